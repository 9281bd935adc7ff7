"""Journals in a folder: whole ones are scored, unfinished ones as far as they go, damaged ones are named."""

from dataclasses import dataclass
from pathlib import Path

import cohort_files
import pytest
from cohort_files import AUTOMATON, SCENARIO, resolve
from random_scenarios import make_play

from alliance_trainer.cohort.run import score_cohort
from alliance_trainer.core.identity import identify
from alliance_trainer.core.scoring import score
from alliance_trainer.journal import events
from alliance_trainer.journal.store import Store, new_attempt_id

NAMED = identify(SCENARIO)
REF = events.ScenarioRef(id=SCENARIO.id, sha256=NAMED.sha256, graph=NAMED.graph, text=NAMED.text, key=NAMED.key)


@dataclass
class Played:
    path: Path
    attempt: str
    steps: tuple


def keep(store: Store, seed: int, trainee: str, *, finish: bool = True) -> Played:
    """Write a random play into a journal; without its last answer if it is not to finish."""
    play = make_play(SCENARIO, seed, rewinds=False, unfinished=False)
    header = events.Header(
        v=events.FORMAT,
        app="0.1.0",
        attempt=new_attempt_id(),
        trainee=trainee,
        scenario=REF,
        mode="assess",
        seed="1",
        notice="before",
        started="2026-11-02T09:14:00Z",
    )
    with store.begin(header).writer as writer:
        for step in play.steps if finish else play.steps[:-1]:
            if step.notice:
                writer.append(events.Probe(turn=step.turn, answer=step.notice, ms=5))
            writer.append(events.Choice(turn=step.turn, response=step.response, ms=7))
        if finish:
            writer.finish(ending=play.state.place)
    return Played(path=store.path(header.attempt), attempt=header.attempt, steps=play.steps)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(folder=tmp_path / "autumn")


@pytest.mark.parametrize("folders", [("1-march", "2-april"), ("2-april", "1-march")])
def test_of_two_copies_the_finished_one_counts_wherever_it_lies(tmp_path: Path, folders: tuple[str, str]) -> None:
    unfinished, finished = (tmp_path / name / "attempts" for name in folders)
    played = keep(Store(folder=finished.parent), 3, "wren-3")
    lines = played.path.read_bytes().splitlines(keepends=True)
    unfinished.mkdir(parents=True)
    (unfinished / played.path.name).write_bytes(b"".join(lines[:-2]))
    (unfinished / f"{played.path.stem}-again.jsonl").write_bytes(b"".join(lines[:-3]))
    result = score_cohort([tmp_path], resolve=resolve)
    (row,) = result.rows
    assert (row.status, row.attempt.steps) == (
        "complete",
        score_cohort([finished], resolve=resolve).rows[0].attempt.steps,
    )
    assert result.refused == {"repeated": 2}
    assert all(str(finished) in entry.reason for entry in result.not_scored)


def test_journals_are_scored_like_their_steps(store: Store) -> None:
    played = [keep(store, seed, f"wren-{seed}") for seed in range(6)]
    result = score_cohort([store.folder], resolve=resolve)
    assert (result.scored, result.files) == (6, 6)
    assert result.all_scored
    for row, one in zip(result.rows, played, strict=True):
        card = score(AUTOMATON, one.steps)
        assert (row.attempt.attempt, row.version, row.status) == (one.attempt, "same", card.status)
        assert (row.ending, row.harm, row.alliance) == (card.ending, card.harm, card.alliance)
        assert row.attempt.receipt is not None


def test_each_kind_of_damage_is_named_and_the_rest_is_scored(store: Store) -> None:
    keep(store, 1, "whole")
    unfinished = keep(store, 2, "unfinished", finish=False)
    torn = keep(store, 3, "torn", finish=False)
    torn.path.write_bytes(torn.path.read_bytes() + b'{"half')
    damaged = keep(store, 4, "damaged")
    data = bytearray(damaged.path.read_bytes())
    data[len(data) // 2] ^= 1
    damaged.path.write_bytes(data)
    empty = keep(store, 5, "empty")
    empty.path.write_bytes(b"")
    large = keep(store, 6, "large")
    with large.path.open("r+b") as file:
        file.truncate((64 << 20) + 1)
    result = score_cohort([store.folder], resolve=resolve)
    assert {row.attempt.trainee: row.status for row in result.rows} == {
        "whole": "complete",
        "unfinished": "unfinished",
        "torn": "unfinished",
    }
    assert {row.attempt.attempt for row in result.rows} >= {unfinished.attempt, torn.attempt}
    reasons = {entry.attempt: entry.reason for entry in result.not_scored}
    assert reasons.keys() == {damaged.attempt, empty.attempt, large.attempt}
    assert "damaged at line" in reasons[damaged.attempt]
    assert "cut off before anything was recorded" in reasons[empty.attempt]
    assert "larger than any journal" in reasons[large.attempt]
    assert not result.all_scored


def test_drills_and_branches_beside_the_attempts_are_passed_over(store: Store) -> None:
    keep(store, 1, "whole")
    for number, first in enumerate((b'{"drill":"k7q2","kind":"header"}', b'{"kind":"branch","seq":0}')):
        (store.folder / f"{number}.jsonl").write_bytes(first + b'\n{"half')
    result = score_cohort([store.folder], resolve=resolve)
    assert (result.read, result.scored) == (1, 1)
    assert result.all_scored


def test_an_attempt_that_is_there_as_journal_and_in_an_interchange_file_counts_once(
    store: Store, tmp_path: Path
) -> None:
    one = keep(store, 1, "wren-1")
    exported = {
        "attempt": one.attempt,
        "trainee": "wren-1",
        "scenario": SCENARIO.id,
        "steps": [cohort_files.as_dict(step) for step in one.steps],
    }
    cohort_files.write_lines(tmp_path / "autumn" / "export.attempts.jsonl", [cohort_files.line(exported)])
    result = score_cohort([store.folder], resolve=resolve)
    assert (result.scored, result.refused) == (1, {"repeated": 1})
    assert str(one.path) in result.not_scored[0].reason or "export" in result.not_scored[0].reason
