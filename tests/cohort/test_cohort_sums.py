"""Sums merge in any order and grouping; spilled rows come out sorted; packed numbers come back whole."""

import random
import tempfile
from fractions import Fraction
from functools import reduce
from operator import add

import cohort_files
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sizes import scaled

from alliance_trainer.cohort import packing
from alliance_trainer.cohort.packing import pack_details, pack_points, unpack_details, unpack_points
from alliance_trainer.cohort.spill import SpillingSorter, sort_key
from alliance_trainer.cohort.sums import LEAST_ANSWERS, Sums
from alliance_trainer.cohort.targets import Targets
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.scoring import score
from alliance_trainer.core.tally import SCALE, Tally
from alliance_trainer.core.vocabulary.skills import RATED, SKILLS
from alliance_trainer.journal.attempt_lines import read_line

ATTEMPTS = [read_line(cohort_files.line(cohort_files.record(number))) for number in range(80)]


def sums_over(numbers: list[int]) -> Sums:
    sums = Sums()
    targets = Targets(cohort_files.resolve, sums)
    for number in numbers:
        attempt = ATTEMPTS[number]
        assert isinstance(attempt, Attempt)
        target = targets.find(attempt, cohort_files.Path("x"))
        assert target
        target.add(attempt.trainee, target.follow(attempt))
    targets.settle()
    return sums


parts = st.lists(st.lists(st.integers(0, 79), max_size=6), min_size=1, max_size=5)


@given(parts, st.randoms(use_true_random=False))
@settings(max_examples=scaled(100))
def test_merging_is_associative_and_commutative(numbers: list[list[int]], rng: random.Random) -> None:
    whole = sums_over([number for part in numbers for number in part])
    pieces = [sums_over(part) for part in numbers]
    assert reduce(add, pieces, Sums()) == whole
    rng.shuffle(pieces)
    assert reduce(add, pieces) == whole
    while len(pieces) > 1:
        at = rng.randrange(len(pieces) - 1)
        pieces[at : at + 2] = [pieces[at] + pieces[at + 1]]
    assert pieces[0] == whole
    assert pieces[0].figures() == whole.figures()


def test_figures_are_those_of_the_scorecards() -> None:
    """Pooled figures and means worked out anew, from one scorecard an attempt."""
    complete = [attempt for attempt in ATTEMPTS if isinstance(attempt, Attempt) and attempt.status == "complete"]
    cards = [(attempt, score(cohort_files.AUTOMATON, attempt.steps)) for attempt in complete]
    cards = [(attempt, card) for attempt, card in cards if card.status == "complete"]
    figures = sums_over(list(range(80))).figures()
    assert figures.statuses["complete"] == len(cards)
    assert figures.harm == tuple(sum(card.harm[level] for _, card in cards) for level in (0, 1))
    assert figures.review == sum(card.review for _, card in cards)
    for skill in SKILLS:
        of_trainee: dict[str, Tally] = {}
        for attempt, card in cards:
            met = card.skills[skill]
            if met is not None:
                of_trainee[attempt.trainee] = of_trainee.get(attempt.trainee, Tally()) + met.tally
        pooled = reduce(add, of_trainee.values(), Tally())
        shares = [Fraction(tally.points, tally.offered) for tally in of_trainee.values()]
        summary = figures.skills[skill]
        assert summary.trainees == len(shares)
        assert summary.mean == (float(sum(shares) / len(shares)) if shares else None)
        assert (summary.pooled is None) == (pooled.moments == 0)
        if summary.pooled:
            assert (summary.pooled.points, summary.pooled.offered) == (pooled.points, pooled.offered)
            assert summary.pooled.chance == float(Fraction(pooled.chance, SCALE * pooled.offered))


def test_the_hardest_turn_is_that_noticed_least_with_enough_answers() -> None:
    sums = Sums()
    answers = {"easy": (20, 18), "hard": (LEAST_ANSWERS, 1), "few": (LEAST_ANSWERS - 1, 0), "same": (10, 2)}
    for turn, (answered, named) in answers.items():
        key = ("s", turn, "withdrawal")
        sums.answered[key] = answered
        sums.named[key] = named
    sums.exact["s", "same", "withdrawal"] = 2
    hardest = sums.figures().hardest
    assert hardest is not None
    assert (hardest.turn, hardest.noticed, hardest.answers) == ("hard", 1, LEAST_ANSWERS)
    assert Sums().figures().hardest is None


tallies = st.builds(
    Tally,
    points=st.integers(0, 8000),
    offered=st.integers(0, 8000),
    moments=st.integers(0, 200),
    chance=st.integers(0, SCALE * 8000),
    squares=st.integers(0, 320_000),
    variance=st.integers(0, 10**12),
)


@given(st.dictionaries(st.sampled_from(RATED), tallies))
def test_packed_numbers_come_back(given_tallies: dict[str, Tally]) -> None:
    expected = [given_tallies.get(skill, Tally()) for skill in RATED]
    points = unpack_points(pack_points(given_tallies) >> packing.TRACE_BITS)
    assert points == [(tally.points, tally.offered) for tally in expected]
    details = unpack_details(pack_details(given_tallies))
    assert details[: packing.COUNTS] == tuple(number for tally in expected for number in packing.sums_of(tally))


def test_the_largest_scenario_fits_and_larger_ones_are_left_to_the_reference_scorer() -> None:
    assert packing.fits([10] * 200)
    assert not packing.fits([1] * 256)
    assert not packing.fits([20_000])


rows = st.lists(st.tuples(st.binary(max_size=5), st.binary(max_size=30)), max_size=60)


@given(rows, st.integers(1, 3000))
@settings(max_examples=scaled(150))
def test_rows_come_out_sorted_however_little_memory_there_is(given_rows: list[tuple[bytes, bytes]], limit: int) -> None:
    with SpillingSorter(in_memory=limit) as sorter:
        for key, payload in given_rows:
            sorter.add(key, payload)
        assert list(sorter.rows()) == sorted(given_rows)


def test_rows_are_sorted_by_trainee_then_attempt() -> None:
    names = [("a", "b"), ("a", "c"), ("a b", "a"), ("b", "a"), ("ä", "a"), ("\U0001f600", "a")]
    keys = [sort_key(Attempt(attempt=attempt, trainee=trainee, scenario="s", steps=())) for trainee, attempt in names]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_many_runs_keep_few_files_open_and_leave_nothing_behind(
    tmp_path: cohort_files.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    numbers = [number.to_bytes(4, "big") for number in range(500)]
    random.Random(2).shuffle(numbers)
    with SpillingSorter(in_memory=1) as sorter:
        for number in numbers:
            sorter.add(number, b"x" * 10)
        assert sorter.open_files <= 65
        assert [key for key, _ in sorter.rows()] == sorted(numbers)
    assert list(tmp_path.iterdir()) == []
