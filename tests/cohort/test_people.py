"""Intervals over people: what a bootstrap over people says, from whole numbers, in any order, cheap at ten thousand."""

import itertools
import random
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_cohorts import cohort
from random_scenarios import Shape, make_scenario
from sizes import scaled

from alliance_trainer.cohort.scoring.pooled import pooled_figures
from alliance_trainer.cohort.scoring.scored import skill_figures
from alliance_trainer.cohort.statistics import agreement, detection, people
from alliance_trainer.cohort.study.building import study
from alliance_trainer.cohort.study.figures import Estimate, Study
from alliance_trainer.core.tally import Z95

KINDS = 4


def answers(trainees: int, seed: int, each: int = 40) -> np.ndarray:
    """Tables of trainees who differ: some notice nearly all, others guess."""
    rng = random.Random(seed)
    tables = np.zeros((trainees, KINDS, KINDS), dtype=np.int64)
    for table in tables:
        sees = rng.random()
        for number in range(each):
            what = rng.randrange(1, KINDS) if number % 2 else 0
            table[what, what if rng.random() < sees else rng.randrange(KINDS)] += 1
    return tables


def points(trainees: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = random.Random(seed)
    offered = np.array([rng.randint(20, 60) for _ in range(trainees)])
    return np.array([round(had * rng.uniform(0.4, 0.9)) for had in offered]), offered


def drawn(trainees: int, times: int = 4000) -> np.ndarray:
    """How often each trainee is drawn, in so many bootstrap samples."""
    rng = np.random.default_rng(7)
    return np.array([np.bincount(rng.integers(0, trainees, trainees), minlength=trainees) for _ in range(times)])


def width(values: np.ndarray) -> float:
    low, high = np.quantile(values, (0.025, 0.975))
    return float(high - low)


# ------------------------------------------------------------------------------------------------------ formulas


@settings(max_examples=scaled(50))
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 20)), min_size=2, max_size=40), st.randoms())
def test_the_variance_of_a_share_is_its_definition_in_any_order(
    pairs: list[tuple[int, int]], rng: random.Random
) -> None:
    rows = [(won, won + lost + 1) for won, lost in pairs]
    total, had = sum(won for won, _ in rows), sum(offered for _, offered in rows)
    share, n = Fraction(total, had), len(rows)
    expected = Fraction(n, n - 1) * sum((won - share * offered) ** 2 for won, offered in rows) / had**2
    found = people.share_variance(people.spread_of(*map(np.array, zip(*rows, strict=True))))
    assert found == pytest.approx(float(expected), rel=1e-12, abs=1e-15)
    rng.shuffle(rows)
    assert people.share_variance(people.spread_of(*map(np.array, zip(*rows, strict=True)))) == found


@settings(max_examples=scaled(30))
@given(st.integers(1, 12), st.integers(0, 999))
def test_many_tables_at_once_are_each_of_them(trainees: int, seed: int) -> None:
    tables = answers(trainees, seed, each=6)
    sensitivity, bias = people.detections(tables)
    kappas = people.kappas(tables)
    for place, table in enumerate(tables):
        one = detection.detect(
            int(table[1:, 1:].sum()), int(table[1:].sum()), int(table[0, 1:].sum()), int(table[0].sum())
        )
        agreed = agreement.kappa(table.astype(float))
        assert one is not None
        assert (sensitivity[place], bias[place]) == pytest.approx((one.d_prime, one.bias), abs=1e-12)
        assert np.isnan(kappas[place]) if agreed is None else kappas[place] == pytest.approx(agreed.value, abs=1e-12)


def test_t_without_scipy_is_right_to_three_places() -> None:
    special = pytest.importorskip("scipy.special")
    for freedom in itertools.chain(range(people.FEWEST - 1, 60), (100, 1000, 10_000)):
        assert people.t_95(freedom) == pytest.approx(float(special.stdtrit(freedom, 0.975)), abs=1e-3)


# ------------------------------------------------------------------------------------- beside a bootstrap over people


@pytest.mark.parametrize("seed", range(3))
def test_intervals_are_as_wide_as_a_bootstrap_over_people(seed: int) -> None:
    tables = answers(60, seed)
    sums = np.einsum("bn,nij->bij", drawn(60), tables)
    left = people.without_each(tables)
    for found, resampled in (
        (people.detections(left)[0], people.detections(sums)[0]),
        (people.detections(left)[1], people.detections(sums)[1]),
        (people.kappas(left), people.kappas(sums)),
    ):
        half = people.half_width(found, 0.0)
        assert half is not None
        assert 2 * half == pytest.approx(width(resampled), rel=0.15)
    won, had = points(60, seed)
    bounds = people.share_interval(people.spread_of(won, had), 1e9)
    assert bounds is not None
    assert bounds[1] - bounds[0] == pytest.approx(width((drawn(60) @ won) / (drawn(60) @ had)), rel=0.15)


def test_never_narrower_than_independent_answers_and_over_these_where_people_are_few() -> None:
    alike = np.tile(answers(1, 3), (people.FEWEST, 1, 1))
    left = people.kappas(people.without_each(alike))
    assert people.half_width(left, 0.1) == pytest.approx(Z95 * 0.1)
    assert people.half_width(left[1:], 0.1) is None
    sums = (288, 384, 100, 2520 * 192, 1, 2520**2 * 96)
    same = np.full(people.FEWEST, 48)
    found, over = pooled_figures(sums, same * 3 // 4, same)
    assert over == "trainees"
    few, over_answers = pooled_figures(sums, same[1:] * 3 // 4, same[1:])
    assert over_answers == "answers"
    assert few == skill_figures(sums)
    assert found is not None
    assert few is not None
    assert found.low <= few.low < few.score < few.high <= found.high


# ------------------------------------------------------------------------------------------------------ in a study


def of(trainees: int) -> Study:
    scenarios = [make_scenario(Shape(turns=9, responses=4, conditions=False, loops=False), seed) for seed in range(4)]
    made = cohort([one.model_copy(update={"id": f"s{place}"}) for place, one in enumerate(scenarios)], trainees)
    return study(policy="first", result=made.result, moments=made.moments, scored=made.scored, scenarios=made.scenarios)


def test_a_study_says_what_its_intervals_are_over() -> None:
    for trainees, over in ((people.FEWEST - 1, "answers"), (people.FEWEST, "trainees"), (40, "trainees")):
        told = of(trainees)
        noticed = told.recognition
        for figure in (noticed.pooled.d_prime, noticed.pooled.bias, noticed.kappa):
            assert isinstance(figure, Estimate)
            assert figure.over == over
        assert {skill.pooled_over for skill in told.skills} == {over}


def test_the_figures_of_detection_say_from_how_many_answers_they_are() -> None:
    told = of(12)
    pooled = told.recognition.pooled
    assert {pooled.d_prime.n, pooled.bias.n, pooled.a_prime.n} == {pooled.ruptures + pooled.foils}
    assert told.recognition.kappa.n == pooled.ruptures + pooled.foils
