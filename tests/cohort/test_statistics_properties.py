"""What must hold of every formula whatever the numbers: symmetries, bounds, invariances, definitions by hand."""

import sys
from collections import Counter
from fractions import Fraction
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from sizes import scaled

from alliance_trainer.cohort.statistics import (
    additive,
    agreement,
    calibration,
    change,
    describe,
    detection,
    items,
    quantiles,
    raters,
    reliability,
)
from alliance_trainer.cohort.statistics.describe import Numbers

few = settings(max_examples=scaled(50))
counts = st.integers(0, 60)


def near(expected: Any) -> Any:
    return pytest.approx(expected, rel=1e-9, abs=1e-9)


def columns(least: int = 2, most: int = 30, top: int = 4) -> st.SearchStrategy[Numbers]:
    return st.lists(st.integers(0, top), min_size=least, max_size=most).map(lambda found: np.array(found, dtype=float))


def tables(rows: tuple[int, int] = (2, 8), wide: tuple[int, int] = (2, 5)) -> st.SearchStrategy[Numbers]:
    shapes = st.tuples(st.integers(*rows), st.integers(*wide))
    return shapes.flatmap(lambda shape: arrays.arrays(np.float64, shape, elements=st.integers(0, 4)))


@few
@given(hits=counts, missed=counts, false_alarms=counts, rejected=counts)
def test_detection_is_bounded_and_turns_round_with_its_labels(
    hits: int, missed: int, false_alarms: int, rejected: int
) -> None:
    ruptures, foils = hits + missed, false_alarms + rejected
    found = detection.detect(hits, ruptures, false_alarms, foils)
    if not (ruptures and foils):
        assert found is None
        return
    assert found is not None
    assert 0 < found.hit_rate < 1
    assert 0 <= found.a_prime <= 1
    assert 0 <= found.balanced_accuracy <= 1
    assert found.se > 0
    assert found.b_d is None or -1 <= found.b_d <= 1
    # Who says the contrary of everything sees as much the other way round.
    contrary = detection.detect(missed, ruptures, rejected, foils)
    assert contrary is not None
    assert (contrary.d_prime, contrary.bias) == near((-found.d_prime, -found.bias))
    assert contrary.a_prime == near(1 - found.a_prime)
    # One hit more is never less to be told apart.
    more = detection.detect(min(hits + 1, ruptures), ruptures, false_alarms, foils)
    assert more is not None
    assert more.d_prime >= found.d_prime


@few
@given(signal=columns(1), noise=columns(1))
def test_the_area_under_the_curve_is_how_often_signal_lies_above_noise(signal: Numbers, noise: Numbers) -> None:
    by_hand = np.mean([(one > other) + (one == other) / 2 for one in signal for other in noise])
    assert detection.roc_area(signal, noise) == near(by_hand)
    assert detection.roc_area(noise, signal) == near(1 - by_hand)


@few
@given(table=arrays.arrays(np.float64, (4, 4), elements=st.integers(0, 9)), seed=st.permutations(range(4)))
def test_kappa_is_at_most_one_symmetric_and_blind_to_the_order_of_plain_labels(table: Numbers, seed: list[int]) -> None:
    for weights in ("none", "linear", "quadratic"):
        found = agreement.kappa(table, weights)
        other = agreement.kappa(table.T, weights)
        back = agreement.kappa(table[::-1, ::-1], weights)
        assert (found is None) == (other is None) == (back is None)
        if found is not None and other is not None and back is not None:
            assert found.value <= 1 + 1e-12
            assert found.se >= 0
            assert (other.value, other.se) == near((found.value, found.se))
            assert back.value == near(found.value)
    plain, shuffled = agreement.kappa(table), agreement.kappa(table[np.ix_(seed, seed)])
    assert (plain is None) == (shuffled is None)
    if plain is not None and shuffled is not None:
        assert shuffled.value == near(plain.value)


@few
@given(diagonal=st.lists(st.integers(1, 9), min_size=2, max_size=5))
def test_full_agreement_is_one_and_without_error(diagonal: list[int]) -> None:
    for weights in ("none", "linear", "quadratic"):
        found = agreement.kappa(np.diag(diagonal).astype(float), weights)
        assert found is not None
        assert (found.value, found.se) == near((1, 0))


RATINGS = st.lists(st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=3, max_size=3), min_size=1, max_size=8)


def alpha_by_hand(ratings: list[list[int | None]], level: str) -> Fraction | None:
    """The definition, pair by pair: the mean disagreement within items against that among all values."""
    units = [[value for value in unit if value is not None] for unit in ratings]
    units = [unit for unit in units if len(unit) >= 2]
    values = [value for unit in units for value in unit]
    totals = Counter(values)

    def apart(one: int, other: int) -> Fraction:
        if level == "nominal":
            return Fraction(one != other)
        if level == "interval":
            return Fraction((one - other) ** 2)
        low, high = min(one, other), max(one, other)
        between = sum(totals[value] for value in range(low, high + 1))
        return (between - Fraction(totals[low] + totals[high], 2)) ** 2

    n = len(values)
    expected = sum((apart(*pair) for pair in permutations(values, 2)), Fraction())
    if not expected:
        return None
    observed = sum(
        (sum((apart(*pair) for pair in permutations(unit, 2)), Fraction()) / (len(unit) - 1) for unit in units),
        Fraction(),
    )
    return 1 - (observed / n) / (expected / (n * (n - 1)))


@few
@given(ratings=RATINGS, level=st.sampled_from(("nominal", "ordinal", "interval")))
def test_krippendorffs_alpha_is_its_definition_also_where_ratings_are_missing(
    ratings: list[list[int | None]], level: Any
) -> None:
    matrix = np.array([[np.nan if value is None else value for value in unit] for unit in ratings])
    by_hand, found = alpha_by_hand(ratings, level), raters.krippendorff(matrix, level)
    assert (by_hand is None) == (found is None)
    if by_hand is not None:
        assert found == near(float(by_hand))
        assert raters.krippendorff(matrix[::-1, [2, 0, 1]], level) == near(found)


@few
@given(ratings=tables())
def test_the_mean_of_raters_agrees_more_than_one_of_them(ratings: Numbers) -> None:
    one, mean = raters.icc_one(ratings), raters.icc_mean(ratings)
    if one is None or mean is None:
        return
    assert one.value <= 1 + 1e-12
    if one.value > 1e-9:
        k = ratings.shape[1]
        assert mean.value == near(k * one.value / (1 + (k - 1) * one.value))
    if one.interval:
        assert one.interval[0] <= one.value + 1e-9
        assert one.interval[1] >= one.value - 1e-9
    moved = raters.icc_one(ratings * 3 + 7)
    assert moved is not None
    assert moved.value == near(one.value)


@few
@given(matrix=tables((3, 10), (2, 6)))
def test_alpha_is_the_relative_coefficient_of_the_study_of_persons_by_items(matrix: Numbers) -> None:
    found, parts = reliability.alpha(matrix), reliability.variances(matrix)
    if found is None or parts is None:
        return
    assert found.value <= 1 + 1e-12
    k = matrix.shape[1]
    persons = parts.persons + parts.rest / k
    assert found.value * persons == near(parts.persons)
    relative, absolute = parts.relative(k), parts.absolute(k)
    if relative is not None and absolute is not None and parts.items >= 0 and parts.persons >= 0:
        assert absolute <= relative + 1e-12
    if found.interval:
        assert found.interval[0] <= found.value + 1e-9
        assert found.interval[1] >= found.value - 1e-9


@few
@given(item=columns(3, 12), seed=st.randoms(use_true_random=False))
def test_discrimination_is_bounded_and_efficiency_is_one_in_the_best_order(item: Numbers, seed: Any) -> None:
    rest = np.array([seed.randint(0, 20) for _ in item], dtype=float)
    found, share = items.item_rest(item, rest), items.discriminative_efficiency(item, rest)
    assert (found is None) == (share is None)
    if found is not None and share is not None:
        assert -1 <= found <= 1
        assert share <= 1 + 1e-9
        assert found * share >= 0
        assert items.item_rest(item * 2 + 1, rest) == near(found)
        assert items.discriminative_efficiency(np.sort(item), np.sort(rest)) == near(1)


@few
@given(confidence=columns(1, 30, 5), seed=st.randoms(use_true_random=False))
def test_the_parts_of_briers_score_add_up_to_it(confidence: Numbers, seed: Any) -> None:
    sure = 0.5 + confidence / 10
    right = np.array([seed.random() < 0.6 for _ in sure])
    found = calibration.brier(sure, right)
    assert found is not None
    assert 0 <= found.brier <= 1
    assert found.reliability - found.resolution + found.uncertainty == near(found.brier)
    area = calibration.type_2_area(sure, right)
    assert (area is None) == (right.all() or not right.any())


@few
@given(before=columns(3, 15), seed=st.randoms(use_true_random=False))
def test_change_turns_round_with_time_and_does_not_mind_the_unit(before: Numbers, seed: Any) -> None:
    after = np.array([seed.randint(0, 4) for _ in before], dtype=float)
    found, back, scaled_up = (
        change.change(before, after),
        change.change(after, before),
        change.change(before * 25, after * 25),
    )
    assert found is not None
    assert back is not None
    assert scaled_up is not None
    assert back.mean == near(-found.mean)
    assert scaled_up.mean == near(25 * found.mean)
    for name in ("t", "d_z", "d_av", "g_z", "g_av"):
        value = getattr(found, name)
        if value is None:
            assert getattr(back, name) is None
        else:
            assert getattr(back, name) == near(-value)
            assert getattr(scaled_up, name) == near(value)
    if found.g_av is not None and found.d_av is not None:
        assert abs(found.g_av) <= abs(found.d_av)
    assert found.interval is not None
    assert found.interval[0] <= found.mean <= found.interval[1]


def test_the_small_sample_factor_comes_near_to_the_usual_approximation() -> None:
    assert change.small_sample_factor(1) is None
    for freedom in (2, 5, 20, 500):
        factor = change.small_sample_factor(freedom)
        assert factor is not None
        assert factor == pytest.approx(1 - 3 / (4 * freedom - 1), abs=0.01)
        assert factor < 1


@few
@given(values=columns(1, 40, 20), value=st.integers(0, 20))
def test_ranks_are_between_0_and_100_and_their_mean_is_50(values: Numbers, value: int) -> None:
    found = describe.percentile_rank(float(value), values)
    assert found is not None
    assert 0 <= found <= 100
    assert np.mean([describe.percentile_rank(one, values) for one in values]) == near(50)
    low, high = describe.median_interval(values) or (0, 0)
    middle = describe.median(values)
    assert middle is not None
    assert values.min() <= low <= middle + 1e-9
    assert middle - 1e-9 <= high <= values.max()
    assert describe.median_interval(values) == (low, high)


@pytest.mark.parametrize("n", [1, 2, 9, 10, 41])
def test_the_quick_interval_of_a_median_is_that_of_the_resamples(n: int) -> None:
    values = np.random.default_rng(n).normal(size=n)
    slow = describe.bootstrap_interval(values, lambda rows: np.median(rows, axis=1), 20_000)
    assert describe.median_interval(values, 20_000) == pytest.approx(slow, abs=0.05)


@st.composite
def met(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, Numbers]:
    """Persons, turns and shares: each person met some of the turns."""
    turns = draw(st.integers(2, 5))
    sets = draw(st.lists(st.sets(st.integers(0, turns - 1), min_size=1), min_size=3, max_size=9))
    pairs = [(person, turn) for person, each in enumerate(sets) for turn in sorted(each)]
    persons, which = (np.array(column) for column in zip(*pairs, strict=True))
    _, which = np.unique(which, return_inverse=True)
    shares = draw(st.lists(st.integers(0, 4), min_size=len(pairs), max_size=len(pairs)))
    return persons, which, np.array(shares) / 4


def reachable(persons: np.ndarray, turns: np.ndarray) -> bool:
    """Whether all hang together, by walking from the first person on."""
    pairs = list(zip(persons.tolist(), turns.tolist(), strict=True))
    people, places = {0}, set[int]()
    for _ in range(len(pairs)):
        places |= {turn for person, turn in pairs if person in people}
        people |= {person for person, turn in pairs if turn in places}
    return people == set(persons.tolist()) and places == set(turns.tolist())


@few
@given(data=met(), seed=st.randoms(use_true_random=False))
def test_the_additive_model_is_bounded_and_blind_to_the_order_of_rows(data: Any, seed: Any) -> None:
    persons, turns, shares = data
    assert additive.connected(persons, turns) == reachable(persons, turns)
    if not additive.connected(persons, turns) or persons.size == persons.max() + 1:
        return
    found = additive.fit(persons, turns, shares)
    assert found.person_variance >= 0
    assert found.residual_variance >= 0
    assert 0 <= found.phi <= found.reliability <= 1
    assert sum(found.effects) == pytest.approx(0, abs=1e-6)
    order = np.array(seed.sample(range(persons.size), persons.size))
    again = additive.fit(persons[order], turns[order], shares[order])
    assert again.eases == pytest.approx(found.eases, abs=1e-6)
    assert again.person_variance == pytest.approx(found.person_variance, abs=1e-6)


def likelihood(model: additive.Additive, persons: np.ndarray, turns: np.ndarray, shares: Numbers) -> float:
    """The density of the scores by the covariance matrix of each person's, one at a time."""
    total = 0.0
    for person in set(persons.tolist()):
        at = persons == person
        apart = shares[at] - np.array(model.eases)[turns[at]]
        spread = model.residual_variance * np.eye(at.sum()) + model.person_variance
        total -= 0.5 * (np.linalg.slogdet(spread)[1] + apart @ np.linalg.solve(spread, apart))
    return float(total)


def test_no_neighbour_of_the_fitted_model_is_likelier() -> None:
    draw = np.random.default_rng(5)
    persons, turns = np.nonzero(draw.random((40, 6)) < 0.6)
    _, persons = np.unique(persons, return_inverse=True)
    shares = draw.uniform(0.2, 0.8, 6)[turns] + draw.normal(0, 0.3, persons.max() + 1)[persons]
    shares = shares + draw.normal(0, 0.2, persons.size)
    found = additive.fit(persons, turns, shares)
    best = likelihood(found, persons, turns, shares)
    for by in (0.99, 1.01):
        for name in ("person_variance", "residual_variance"):
            other = replaced(found, **{name: getattr(found, name) * by})
            assert likelihood(other, persons, turns, shares) < best
        other = replaced(found, eases=(found.eases[0] * by, *found.eases[1:]))
        assert likelihood(other, persons, turns, shares) < best


def replaced(model: additive.Additive, **changes: Any) -> additive.Additive:
    from msgspec.structs import replace

    return replace(model, **changes)


def test_a_table_in_two_pieces_is_not_connected_and_one_shared_turn_joins_it() -> None:
    persons, turns = np.array([0, 0, 1, 2, 2, 3]), np.array([0, 1, 1, 2, 3, 3])
    assert not additive.connected(persons, turns)
    assert additive.connected(np.append(persons, 3), np.append(turns, 0))
    assert not additive.connected(np.array([], dtype=int), np.array([], dtype=int))


def test_without_scipy_there_are_no_intervals_and_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy", None)
    monkeypatch.setitem(sys.modules, "scipy.special", None)
    quantiles.installed.cache_clear()
    try:
        values = np.array([1.0, 2.0, 4.0, 4.0])
        table = np.array([[1.0, 2.0], [3.0, 3.0], [4.0, 2.0]])
        assert describe.t_interval(values) is None
        alpha, one = reliability.alpha(table), raters.icc_one(table)
        assert alpha is not None
        assert one is not None
        assert (alpha.interval, one.interval) == (None, None)
    finally:
        monkeypatch.undo()
        quantiles.installed.cache_clear()
    assert describe.t_interval(values) is not None


def test_of_nothing_there_is_no_figure() -> None:
    nothing = np.array([], dtype=np.float64)
    assert [describe.mean(nothing), describe.sd(nothing), describe.median(nothing)] == [None] * 3
    assert [describe.t_interval(nothing), describe.median_interval(nothing)] == [None] * 2
    assert [describe.percentile_rank(1, nothing), describe.skewness(nothing), describe.kurtosis(nothing)] == [None] * 3
    assert [describe.correlation(nothing, nothing), describe.covariance(nothing, nothing)] == [None] * 2
    assert calibration.brier(nothing, nothing.astype(bool)) is None
    assert agreement.kappa(np.zeros((3, 3))) is None
    assert raters.krippendorff(np.full((2, 2), np.nan), "ordinal") is None
    assert change.change(nothing, nothing) is None
    assert items.facility(nothing, nothing) is None
