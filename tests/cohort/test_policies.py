"""Which attempt counts, what becomes of the others, and in which version each was played."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import cohort_files
import pytest
from cohort_files import AUTOMATON, SCENARIO, line, record, write_lines
from hypothesis import given, settings
from hypothesis import strategies as st
from random_scenarios import raw
from sizes import scaled

from alliance_trainer.cohort.gathering import Gathered, study_cohort
from alliance_trainer.cohort.policy import POLICIES, Policy
from alliance_trainer.cohort.run import score_cohort
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.automaton import Automaton, compile_scenario
from alliance_trainer.core.identity import identify
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.scoring import Scorecard, score
from alliance_trainer.core.vocabulary.skills import RATED, SKILLS
from alliance_trainer.journal.attempt_lines import read_line


def complete(count: int) -> list[dict[str, Any]]:
    """Different good records that are complete."""
    found: list[dict[str, Any]] = []
    number = 0
    while len(found) < count:
        made = record(number)
        if made["status"] == "complete" and not any("rewind" in step for step in made["steps"]):
            found.append(made)
        number += 1
    return found


COMPLETE = complete(40)


def resolve(scenario: str, sha256: str | None, near: Path) -> Automaton | str:
    return cohort_files.resolve(SCENARIO.id, sha256, near)


def of_record(tmp_path: Path, records: Sequence[dict[str, Any]], policy: Policy) -> set[str]:
    path = write_lines(tmp_path / "a.attempts.jsonl", map(line, records))
    result = score_cohort([path], resolve=resolve, policy=policy, rows=len(records))
    assert result.figures.of_record + result.figures.repeats == result.figures.statuses["complete"]
    return {row.attempt.attempt for row in result.rows if row.of_record}


def named(number: int, name: str, started: str | None = None, **changes: Any) -> dict[str, Any]:
    """A complete record with another id, by one trainee; the steps stay last, as they are mostly written."""
    told = {"started": started} if started else {}
    facts = {key: value for key, value in COMPLETE[number].items() if key != "steps"}
    return facts | {"trainee": "wren", "attempt": name} | told | changes | {"steps": COMPLETE[number]["steps"]}


def test_the_first_is_that_started_first_and_then_that_with_the_first_id(tmp_path: Path) -> None:
    records = [
        named(0, "d"),
        named(1, "c", "2026-11-02T09:14:00Z"),
        named(2, "b", "2026-11-02T09:14:00Z"),
        named(3, "a", "2026-11-03T09:14:00Z"),
        named(4, "e", "2026-11-02T10:14:00+02:00"),
    ]
    assert of_record(tmp_path, records, "first") == {"e"}
    assert of_record(tmp_path, records[:4], "first") == {"b"}
    assert of_record(tmp_path, records, "last") == {"d"}  # without a time: behind those with one
    assert of_record(tmp_path, records[1:], "last") == {"a"}
    long = [named(0, "x" * 40 + "b"), named(1, "x" * 40 + "a"), named(2, "x" * 40 + "\0")]
    assert of_record(tmp_path, long, "first") == {"x" * 40 + "\0"}
    assert of_record(tmp_path, long, "last") == {"x" * 40 + "b"}


def share(card: Scorecard) -> Fraction:
    met = [found.tally for skill in SKILLS if (found := card.skills[skill])]
    offered = sum(tally.offered for tally in met)
    return Fraction(sum(tally.points for tally in met), offered) if offered else Fraction(-1)


@given(st.lists(st.tuples(st.integers(0, 39), st.integers(0, 2), st.integers(0, 3)), min_size=1, max_size=25))
@settings(max_examples=scaled(12), deadline=None)
def test_policies_are_what_they_say(
    tmp_path_factory: pytest.TempPathFactory, chosen: list[tuple[int, int, int]]
) -> None:
    """Against the same worked out one by one, whatever the order of the records."""
    records = [
        named(number, f"{place:03d}", f"2026-11-02T09:14:0{second}Z" if second else None, trainee=f"wren-{who}")
        for place, (number, who, second) in enumerate(chosen)
    ]
    told = [attempt for attempt in map(read_line, map(line, records)) if isinstance(attempt, Attempt)]
    for policy in POLICIES:
        expected = set()
        for who in {attempt.trainee for attempt in told}:
            mine = [attempt for attempt in told if attempt.trainee == who]
            mine.sort(key=lambda attempt: (attempt.started is None, attempt.started or "", attempt.attempt))
            best = max(mine, key=lambda attempt: share(score(AUTOMATON, attempt.steps)))
            expected.add({"first": mine[0], "last": mine[-1], "best": best}[policy].attempt)
        folder = tmp_path_factory.mktemp("policy")
        assert of_record(folder, records, policy) == of_record(folder, records[::-1], policy) == expected


def test_unfinished_and_assisted_attempts_are_never_of_record(tmp_path: Path) -> None:
    records = [record(number, trainee="wren") for number in range(60)]
    cards = {
        made["attempt"]: score(AUTOMATON, attempt.steps, attempt.status)
        for made in records
        if isinstance(attempt := read_line(line(made)), Attempt)
    }
    assert {card.status for card in cards.values()} == {"complete", "unfinished", "assisted"}
    for policy in POLICIES:
        (chosen,) = of_record(tmp_path, records, policy)
        assert cards[chosen].status == "complete"


def test_one_attempt_counts_for_each_scenario(tmp_path: Path) -> None:
    records = [named(number, f"{number}", scenario=f"scenario-{number % 2}") for number in range(4)]
    scenarios = {f"scenario-{n}": Scenario.model_validate(raw(SCENARIO) | {"id": f"scenario-{n}"}) for n in range(2)}
    compiled = {name: compile_scenario(scenario) for name, scenario in scenarios.items()}
    path = write_lines(tmp_path / "a.attempts.jsonl", map(line, records))
    result = score_cohort([path], resolve=lambda scenario, *_: compiled[scenario], rows=9)
    assert {row.attempt.attempt for row in result.rows if row.of_record} == {"0", "1"}
    assert set(result.figures.endings) == set(scenarios)


def changed(**of_turn: Any) -> Scenario:
    """The scenario with something changed at its first turn or its first response."""
    data = raw(SCENARIO)
    turn = data["turns"][data["start"]]
    response = next(iter(turn["responses"].values()))
    for name, value in of_turn.items():
        (response if name in ("says", "rates", "to") else turn)[name] = value
    return Scenario.model_validate(data)


def versions(tmp_path: Path, played: Scenario, *, parts: bool = True, sha256: bool = True) -> tuple[str | None, str]:
    """How an attempt at one version is noted when it is scored against SCENARIO; or why it is not scored."""
    here = identify(played)
    told = {"scenario_graph": here.graph, "scenario_text": here.text, "scenario_key": here.key} if parts else {}
    told |= {"scenario_sha256": here.sha256} if sha256 else {"scenario_sha256": None}
    path = write_lines(tmp_path / "a.attempts.jsonl", [line(named(0, "a", **told))])
    result = score_cohort([path], resolve=resolve)
    assert sum(result.figures.versions.values()) == 1
    return result.rows[0].version, next(note for note, count in result.figures.versions.items() if count)


def test_versions_of_every_kind_are_noted(tmp_path: Path) -> None:
    assert versions(tmp_path, SCENARIO) == ("same", "same")
    assert versions(tmp_path, SCENARIO, sha256=False) == ("same", "same")
    assert versions(tmp_path, changed(patient="Other words.")) == ("text", "text")
    assert versions(tmp_path, changed(rates={"recognition": -2})) == ("re-keyed", "re-keyed")
    assert versions(tmp_path, changed(rates={"recognition": -2}, patient="Other words.")) == ("re-keyed", "re-keyed")
    assert versions(tmp_path, changed(to=[{"to": "e0"}], says="Other words.")) == ("re-routed", "re-routed")
    assert versions(tmp_path, changed(patient="Other words."), parts=False) == ("other", "other")
    assert versions(tmp_path, SCENARIO, parts=False, sha256=False) == ("unstated", "unstated")
    here = identify(SCENARIO)  # all parts are the same, and the whole is not: that cannot be
    odd = {"scenario_graph": here.graph, "scenario_text": here.text, "scenario_key": here.key, "scenario_sha256": "0"}
    path = write_lines(tmp_path / "odd.attempts.jsonl", [line(named(0, "a", **odd))])
    assert score_cohort([path], resolve=resolve).rows[0].version == "other"


def test_a_re_routed_attempt_is_scored_only_where_its_way_is_still_there(tmp_path: Path) -> None:
    here = identify(changed(to=[{"to": "e0"}]))
    told = {"scenario_sha256": here.sha256, "scenario_graph": here.graph, "scenario_text": "0", "scenario_key": "0"}
    records = [named(number, f"{number}", trainee=f"{number}", **told) for number in range(12)]
    other = compile_scenario(changed(to=[{"to": "e0"}]))
    path = write_lines(tmp_path / "a.attempts.jsonl", map(line, records))
    result = score_cohort([path], resolve=resolve, rows=99)
    assert {row.version for row in result.rows} == {"re-routed"}
    against_other = score_cohort([path], resolve=lambda *_: other, rows=99)
    first = next(iter(SCENARIO.turns[SCENARIO.start].responses))
    gone = {made["attempt"] for made in records if COMPLETE[int(made["attempt"])]["steps"][0]["response"] == first}
    assert 0 < len(gone) < 12
    assert {row.attempt.attempt for row in against_other.rows} == {made["attempt"] for made in records} - gone
    assert {entry.kind for entry in against_other.not_scored} <= {"illegal"}


def studied(tmp_path: Path, **options: Any) -> Gathered:
    records = [record(number, occasion=("pre", "post")[number % 2]) for number in range(100)]
    for number, made in enumerate(records):
        for place, step in enumerate(made["steps"]):
            if "turn" in step and number % 4 == 0:
                step["confidence"] = 50 + 10 * (place % 6)
    path = write_lines(tmp_path / "a.attempts.jsonl", map(line, records))
    return study_cohort([path], resolve=resolve, **options)


def test_moments_are_the_scored_answers_of_the_attempts_of_record(tmp_path: Path) -> None:
    for policy in POLICIES:
        found = studied(tmp_path, policy=policy)
        assert [one.attempt.attempt for one in found.scored] == [
            one.attempt.attempt for one in found.kept if one.of_record
        ]
        moments = found.moments
        assert len(moments.trainees) == len(found.scored) == 10
        for number, trainee in enumerate(moments.trainees):
            (kept,) = (one for one in found.kept if one.of_record and one.attempt.trainee == trainee)
            rows = moments.trainee == number
            answers = [step for step in kept.attempt.steps if step.response]
            steps = moments.step[rows].tolist()
            assert [moments.turns[turn].turn for turn in moments.turn[rows]] == [answers[at].turn for at in steps]
            assert moments.ms[rows].tolist() == [-1 if answers[at].ms is None else answers[at].ms for at in steps]
            assert moments.confidence[rows].tolist() == [answers[at].confidence or -1 for at in steps]
            card = score(kept.automaton, kept.attempt.steps)
            for place, skill in enumerate(RATED):
                tally = card.skills[skill].tally if skill in SKILLS and card.skills[skill] else None
                if tally is not None:
                    sums = [
                        column[rows, place].sum()
                        for column in (moments.points, moments.offered, moments.chance, moments.variance)
                    ]
                    assert sums == [tally.points, tally.offered, tally.chance, tally.variance]
        figures = found.result.figures
        assert figures.of_record == len(found.scored)
        assert sum(summary.pooled.points for summary in figures.skills.values() if summary.pooled) == int(
            moments.points[:, [RATED.index(skill) for skill in SKILLS]].sum()
        )


def test_only_an_occasion_or_what_is_wanted_is_studied(tmp_path: Path) -> None:
    post = studied(tmp_path, occasion="post")
    assert {one.attempt.occasion for one in post.kept} == {"post"}
    same = studied(tmp_path, wanted=lambda attempt: attempt.occasion == "post")
    assert same.scored == post.scored
    assert same.result == post.result
    assert post.result.read == 100
