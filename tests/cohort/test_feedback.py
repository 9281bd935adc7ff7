"""Practice among the attempts of a cohort: what was kept comes behind all else, and what was played after it says so."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cohort_files import AUTOMATON, SCENARIO, line, record, resolve, write_lines
from sizes import scaled

from alliance_trainer.cli.unshared import Unshared
from alliance_trainer.cohort.gathering import study_cohort
from alliance_trainer.cohort.policy import POLICIES, Policy
from alliance_trainer.cohort.run import score_cohort
from alliance_trainer.cohort.scanning import Against
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.scoring import score
from alliance_trainer.core.vocabulary.skills import SKILLS
from alliance_trainer.journal.attempt_lines import read_line


def made(name: str, number: int = 0, **facts: Any) -> dict[str, Any]:
    """A record that is complete, with its steps last, as they are mostly written."""
    found = next(
        one
        for one in map(record, range(7 * number, 7 * number + 500))
        if one["status"] == "complete" and not any("rewind" in step for step in one["steps"])
    )
    steps = found.pop("steps")
    told = found | {"trainee": "wren", "attempt": name} | facts
    return {key: value for key, value in told.items() if value is not None} | {"steps": facts.get("steps", steps)}


def began(day: int) -> str:
    return f"2026-11-{day:02d}T09:14:00Z"


PRACTICE = {"mode": "practice"}
ASSESS = {"mode": "assess"}
SHARED = {"mode": "practice", "shared": True}


def scored(folder: Path, records: Sequence[dict[str, Any]], policy: Policy = "first", *, close: bool = True) -> Any:
    folder.mkdir(exist_ok=True)
    path = write_lines(folder / "a.attempts.jsonl", [line(one, close=close) for one in records])
    return score_cohort([path], resolve=resolve, policy=policy, rows=len(records))


def after(result: Any) -> set[str]:
    return {row.attempt.attempt for row in result.rows if row.after_feedback}


def of_record(result: Any) -> set[str]:
    return {row.attempt.attempt for row in result.rows if row.of_record}


@pytest.mark.parametrize("policy", POLICIES)
def test_practice_that_was_kept_is_of_record_only_where_there_is_nothing_else(tmp_path: Path, policy: Policy) -> None:
    records = [
        made("a-practice", 1, started=began(1), **PRACTICE),
        made("b-assess", 2, started=began(2), **ASSESS),
        made("c-practice", 3, started=began(3), **PRACTICE),
        made("d-practice", 4, started=began(4), trainee="lark", **PRACTICE),
    ]
    for close in (True, False):
        result = scored(tmp_path, records, policy, close=close)
        assert of_record(result) == {"b-assess", "d-practice"}
        assert result.figures.not_shared == 3
    gathered = study_cohort([tmp_path], resolve=resolve, policy=policy, wanted=Unshared().wanted)
    assert {one.attempt.attempt for one in gathered.scored} == {"b-assess"}


def test_the_debrief_of_an_assessment_is_feedback_once_it_has_ended(tmp_path: Path) -> None:
    first, later = made("a", 1, started=began(1), **ASSESS), made("b", 2, started=began(2), **ASSESS)
    cut_off = first | {"status": "unfinished", "steps": first["steps"][:1]}
    of_unknown_kind = {name: fact for name, fact in first.items() if name != "mode"}
    for close in (True, False):
        assert after(scored(tmp_path, [first, later], close=close)) == {"b"}
        assert after(scored(tmp_path, [cut_off, later], close=close)) == set()
        assert after(scored(tmp_path, [of_unknown_kind, later], close=close)) == set()


def test_an_assessment_from_a_pack_shows_nothing(tmp_path: Path) -> None:
    records = [made("a", 1, started=began(1), **ASSESS), made("b", 2, started=began(2), **ASSESS)]
    packed = [one | {"scenario": "packed"} for one in records]
    path = write_lines(tmp_path / "a.attempts.jsonl", map(line, packed))
    against = Against(resolve=resolve, translate=lambda one: msgspec.structs.replace(one, scenario=SCENARIO.id))
    result = score_cohort([path], resolve=against)
    assert (result.scored, after(result)) == (2, set())


def test_an_attempt_that_began_after_one_in_practice_says_so(tmp_path: Path) -> None:
    records = [
        made("a-before", 1, started=began(1), **ASSESS),
        made("b-practice", 2, started=began(2), **PRACTICE),
        made("c-assess", 3, started=began(3), **ASSESS),
        made("d-shared", 4, started=began(4), **SHARED),
        made("e-untold", 5, **ASSESS),
        made("f-lark", 6, started=began(5), trainee="lark", **ASSESS),
    ]
    for close in (True, False):
        result = scored(tmp_path, records, close=close)
        assert after(result) == {"b-practice", "c-assess", "d-shared"}
        assert of_record(result) == {"a-before", "f-lark"}
        assert result.figures.after_feedback == 0
        last = scored(tmp_path, records[:4], "last", close=close)
        assert of_record(last) == {"d-shared"}
        assert last.figures.after_feedback == 1


def test_practice_need_not_have_been_finished_but_something_was_answered(tmp_path: Path) -> None:
    first = made("a", 1, started=began(1), status="unfinished", **PRACTICE)
    later = made("b", 2, started=began(2), **ASSESS)
    first["steps"] = first["steps"][:1]
    assert after(scored(tmp_path, [first, later])) == {"b"}
    assert scored(tmp_path, [first, later]).figures.after_feedback == 1
    first["steps"] = []
    assert after(scored(tmp_path, [first, later])) == set()


def test_practice_that_is_there_twice_or_could_not_be_scored_is_no_other_practice(tmp_path: Path) -> None:
    one = made("a", 1, started=began(1), **PRACTICE)
    assert after(scored(tmp_path, [one, one])) == set()
    impossible = one | {"steps": [{"turn": "nowhere", "response": "none"}]}
    assert after(scored(tmp_path, [impossible, made("b", 2, started=began(2), **ASSESS)])) == set()


def a_cohort(rng: random.Random) -> list[dict[str, Any]]:
    found = []
    for number in range(rng.randrange(1, 30)):
        mode = rng.choice((PRACTICE, PRACTICE, SHARED, ASSESS, {}))
        facts = mode | {
            "trainee": f"wren-{rng.randrange(3)}",
            "started": rng.choice((None, began(rng.randrange(1, 9)))),
        }
        found.append(made(f"{number:03d}", rng.randrange(40), **facts))
        if rng.random() < 0.3:
            found[-1] |= {"status": "unfinished", "steps": found[-1]["steps"][: rng.randrange(3)]}
    return found


def share(attempt: Attempt) -> float:
    met = [found.tally for skill in SKILLS if (found := score(AUTOMATON, attempt.steps).skills[skill])]
    offered = sum(tally.offered for tally in met)
    return sum(tally.points for tally in met) / offered if offered else -1.0


def expected_record(attempts: Sequence[Attempt], policy: Policy) -> set[str]:
    chosen = set()
    for who in {one.trainee for one in attempts}:
        mine = [one for one in attempts if one.trainee == who and one.status == "complete"]
        mine = [one for one in mine if one.mode != "practice" or one.shared] or mine
        mine.sort(key=lambda one: (one.started is None, one.started or "", one.attempt))
        if mine:
            chosen.add({"first": mine[0], "last": mine[-1], "best": max(mine, key=share)}[policy].attempt)
    return chosen


def expected_after(attempts: Sequence[Attempt]) -> set[str]:
    return {
        one.attempt
        for one in attempts
        for other in attempts
        if (other.mode == "practice" and other.steps) or (other.mode == "assess" and other.status == "complete")
        if other.trainee == one.trainee
        if one.started and other.started and other.started < one.started
    }


@pytest.mark.parametrize("seed", range(scaled(12)))
def test_all_of_it_as_worked_out_one_by_one(tmp_path: Path, seed: int) -> None:
    records = a_cohort(random.Random(seed))
    told = [one for one in map(read_line, map(line, records)) if isinstance(one, Attempt)]
    assert len(told) == len(records)
    for policy in POLICIES:
        for close in (True, False):
            result = scored(tmp_path, records, policy, close=close)
            assert of_record(result) == expected_record(told, policy)
            assert after(result) == expected_after(told)
            assert result.figures.after_feedback == len(of_record(result) & after(result))
        gathered = study_cohort([tmp_path], resolve=resolve, policy=policy, wanted=Unshared().wanted)
        kept = {one.attempt for one in told if one.not_shared}
        assert {one.attempt.attempt for one in gathered.scored} == of_record(result) - kept
        assert {one.attempt.attempt for one in gathered.kept if one.scored.after_feedback} == after(result) - kept
