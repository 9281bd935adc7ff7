"""Columns: shards merge in any order and grouping to the same cohort, and say what the scorecards say."""

import random
import tempfile
from fractions import Fraction
from functools import reduce
from operator import add
from pathlib import Path

import cohort_files
import numpy as np
import pytest
from cohort_files import line, record, resolve, write_lines
from hypothesis import given, settings
from hypothesis import strategies as st
from random_scenarios import make_play, make_scenario, random_shape
from sizes import scaled

from alliance_trainer.cohort.arrays.keys import counted, keys_of, mixed
from alliance_trainer.cohort.arrays.parts import Part
from alliance_trainer.cohort.arrays.times import UNTOLD, times
from alliance_trainer.cohort.arrays.traces import step_trace, trace_of, traces_of
from alliance_trainer.cohort.arrays.whole import whole
from alliance_trainer.cohort.engines import Crew, Workers
from alliance_trainer.cohort.reading.shards import cut
from alliance_trainer.cohort.run import counted as totals_of
from alliance_trainer.cohort.scanning import Against, scan
from alliance_trainer.cohort.scoring.kinds import Kinds
from alliance_trainer.cohort.surveying import survey
from alliance_trainer.core.attempt import Attempt, Step
from alliance_trainer.core.automaton import compile_scenario
from alliance_trainer.core.replay import replay
from alliance_trainer.core.scoring import score
from alliance_trainer.core.tally import SCALE, Tally
from alliance_trainer.core.vocabulary.skills import SKILLS
from alliance_trainer.journal.attempt_lines import read_line

AGAINST = Against(resolve=resolve)
LINES = [line(record(number), close=number % 5 > 0) for number in range(80)]
BAD = [cohort_files.bad_line(number)[0] for number in range(16)]


def as_data(part: Part) -> object:
    """Everything of a part that a result can depend on."""
    found = whole(part)
    columns = {name: column.tolist() for name, column in vars(found.columns).items()}
    return columns, found.trainees, found.occasions, found.targets, found.long_ids, found.refused


@given(st.integers(200, 6000), st.integers(0, 10**6))
@settings(max_examples=scaled(15), deadline=None)
def test_merging_is_associative_and_commutative(size: int, seed: int) -> None:
    rng = random.Random(seed)
    lines = [*LINES, *BAD, line(record(3, attempt="x" * 40, occasion="post"))]
    rng.shuffle(lines)
    with tempfile.TemporaryDirectory() as folder:
        files = [write_lines(Path(folder) / f"{n}.attempts.jsonl", lines[n::3]) for n in range(3)]
        expected = as_data(reduce(add, (scan(shard, AGAINST, 1000) for shard in cut(files, 1 << 40)), Part()))
        shards = list(cut(files, size))
        rng.shuffle(shards)
        pieces = [scan(shard, AGAINST, 1000) for shard in shards]
        while len(pieces) > 1:
            at = rng.randrange(len(pieces) - 1)
            one, other = pieces[at : at + 2]
            pieces[at : at + 2] = [one + other if rng.random() < 0.5 else other + one]
        assert as_data(pieces[0]) == expected


def attempts() -> list[Attempt]:
    return [attempt for attempt in map(read_line, LINES) if isinstance(attempt, Attempt)]


def test_figures_are_those_of_the_scorecards(tmp_path: Path) -> None:
    """Pooled figures and means worked out anew, from one scorecard an attempt of record."""
    path = write_lines(tmp_path / "a.attempts.jsonl", LINES)
    found = survey([path], AGAINST, Crew(Workers()), 10)
    record_of, figures = totals_of(found, found.counted, "first")
    chosen = {found.whole.id_of(row) for row in np.flatnonzero(record_of).tolist()}
    of_record = [attempt for attempt in attempts() if attempt.attempt in chosen]
    cards = [(attempt, score(cohort_files.AUTOMATON, attempt.steps)) for attempt in of_record]
    assert all(card.status == "complete" for _, card in cards)
    assert figures.of_record == len(cards) == figures.trainees == 10
    assert figures.harm == tuple(sum(card.harm[level] for _, card in cards) for level in (0, 1))
    assert figures.review == sum(card.review for _, card in cards)
    assert sum(sum(found.values()) for found in figures.endings.values()) == len(cards)
    for skill in SKILLS:
        of_trainee = {attempt.trainee: met.tally for attempt, card in cards if (met := card.skills[skill])}
        pooled = reduce(add, of_trainee.values(), Tally())
        shares = [Fraction(tally.points, tally.offered) for tally in of_trainee.values()]
        summary = figures.skills[skill]
        assert summary.trainees == len(shares)
        assert summary.mean == (float(sum(shares) / len(shares)) if shares else None)
        assert (summary.pooled is None) == (pooled.moments == 0)
        if summary.pooled:
            assert (summary.pooled.points, summary.pooled.offered) == (pooled.points, pooled.offered)
            assert summary.pooled.chance == float(Fraction(pooled.chance, SCALE * pooled.offered))


def test_the_hardest_turn_is_counted_from_the_answers(tmp_path: Path) -> None:
    lines = [line(record(number, trainee=f"wren-{number}")) for number in range(80)]
    found = survey([write_lines(tmp_path / "a.attempts.jsonl", lines)], AGAINST, Crew(Workers()), 10)
    record_of, figures = totals_of(found, found.counted, "first")
    chosen = {found.whole.id_of(row) for row in np.flatnonzero(record_of).tolist()}
    assert figures.hardest is not None
    told = [
        (one.turn.rupture, one.notice)
        for attempt in attempts()
        if attempt.attempt in chosen
        for one in replay(cohort_files.SCENARIO, attempt.steps).scored
        if one.turn_id == figures.hardest.turn and one.notice is not None
    ]
    assert figures.hardest.answers == len(told)
    assert figures.hardest.noticed == sum(notice != "none" for _, notice in told)
    assert figures.hardest.exact == sum(rupture == notice for rupture, notice in told)


@given(st.integers(0, 10**6), st.booleans())
@settings(max_examples=scaled(60), deadline=None)
def test_kinds_stand_for_what_was_answered(seed: int, complete: bool) -> None:
    scenario = make_scenario(random_shape(random.Random(seed)), seed)
    automaton = compile_scenario(scenario, budget=2_000 if complete else 1)
    kinds = Kinds(automaton)
    for exchange in replay(scenario, make_play(scenario, seed).steps, "unfinished").exchanges:
        pair = kinds.pair(exchange.turn_id, exchange.offered)
        kind = kinds.kind(kinds.number(pair, exchange.turn_id, exchange.response_id, exchange.notice))
        assert (kind.turn_id, kind.response, kind.notice) == (exchange.turn_id, exchange.response_id, exchange.notice)
        assert kind.offered == tuple(exchange.offered)


STEPS = [Step(turn=turn, response=response, notice=None) for turn in "ab" for response in "xy"]


def test_traces_tell_ways_apart_and_are_the_same_many_at_once() -> None:
    ways = [[0], [1], [0, 1], [1, 0], [0, 1, 2], [2, 1, 0], [1, 2, 0], [3, 3]]
    told = [trace_of([STEPS[number] for number in way]) for way in ways]
    assert len(set(told)) == len(ways)
    assert trace_of([STEPS[0], Step(rewind="a")]) != trace_of([Step(rewind="a"), STEPS[0]])
    counts = np.array([len(way) for way in ways])
    numbers = np.array([number for way in ways for number in way])
    of_steps = np.array([step_trace(step) for step in STEPS], dtype=np.uint64)
    assert traces_of(of_steps, numbers, np.cumsum(counts) - counts, counts).tolist() == told


def test_times_sort_as_they_are_and_what_is_no_time_comes_last() -> None:
    told = [
        "2026-11-02T09:14:00Z",
        "2026-11-02T09:14:00.500Z",
        "2026-11-02T09:14:01Z",
        "2026-11-02T11:14:02+02:00",
        "2026-11-02T09:14:03",
        "2026-12-01",
    ]
    numbers = times(told).tolist()
    assert numbers == sorted(numbers)
    assert len(set(numbers)) == len(told)
    assert times([None, "", "yesterday", "2026-11-02T09:14:0xZ"]).tolist() == [UNTOLD] * 4


@given(st.lists(st.text(max_size=60), max_size=40))
def test_ids_of_any_length_are_told_apart(ids: list[str]) -> None:
    column, long = keys_of(ids)
    assert [long.get(bytes(key)) or bytes(key).decode() for key in column] == ids
    assert len(set(mixed(column).tolist())) == len(set(ids))
    distinct, places = counted(column)
    assert len(distinct) == len(set(ids))
    assert distinct[places].tolist() == column.tolist()


def test_an_attempt_takes_few_bytes(tmp_path: Path) -> None:
    path = write_lines(
        tmp_path / "a.attempts.jsonl", [line(record(number % 50, attempt=f"{number:026d}")) for number in range(2000)]
    )
    columns = survey([path], AGAINST, Crew(Workers()), 10).whole.columns
    assert sum(column.nbytes for column in vars(columns).values()) < 100 * len(columns)


def test_different_ids_with_one_number_are_no_duplicates(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from alliance_trainer.cohort import duplicates

    monkeypatch.setattr(duplicates, "mixed", lambda ids: np.zeros(len(ids), dtype=np.uint64))
    path = write_lines(tmp_path / "a.attempts.jsonl", [*LINES, LINES[7], LINES[3]])
    found = survey([path], AGAINST, Crew(Workers()), 10)
    assert found.first.tolist() == [*range(80), 7, 3]
    assert found.refused == {"repeated": 2}
