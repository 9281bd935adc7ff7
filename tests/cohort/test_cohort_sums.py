"""Spilled rows come out sorted, packed numbers come back whole, and the hardest turn is found."""

import random
import tempfile
from collections import Counter

import cohort_files
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sizes import scaled

from alliance_trainer.cohort.scoring import packing
from alliance_trainer.cohort.scoring.packing import pack_details, unpack_details
from alliance_trainer.cohort.spill import SpillingSorter, sort_key
from alliance_trainer.cohort.totals import LEAST_ANSWERS, hardest
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.tally import SCALE, Tally
from alliance_trainer.core.vocabulary.markers import RuptureType
from alliance_trainer.core.vocabulary.skills import RATED


def test_the_hardest_turn_is_that_noticed_least_with_enough_answers() -> None:
    answers = {"easy": (20, 18), "hard": (LEAST_ANSWERS, 1), "few": (LEAST_ANSWERS - 1, 0), "same": (10, 2)}
    answered: Counter[tuple[str, str, RuptureType]] = Counter()
    named: Counter[tuple[str, str, RuptureType]] = Counter()
    for turn, (count, noticed) in answers.items():
        answered["s", turn, "withdrawal"] = count
        named["s", turn, "withdrawal"] = noticed
    exact: Counter[tuple[str, str, RuptureType]] = Counter({("s", "same", "withdrawal"): 2})
    found = hardest(answered, named, exact)
    assert found is not None
    assert (found.turn, found.noticed, found.answers) == ("hard", 1, LEAST_ANSWERS)
    assert hardest(Counter(), Counter(), Counter()) is None


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
