"""Moments, and what they add up to: the small cases by hand."""

import math
from fractions import Fraction

import pytest

from alliance_trainer.core.model import Response
from alliance_trainer.core.tally import Tally, moment, moment_of, skill_score, tier_of, wilson


def response(**rates: int) -> Response:
    return Response(says="...", why="...", to="on", rates=rates)


def test_one_moment_by_hand() -> None:
    tally = moment_of([2, 0, -1], 0, 3)
    assert tally == Tally(
        points=3,
        offered=9,
        moments=1,
        chance=3 * (2520 // 3 * 1 + 2520),
        squares=81,
        variance=9 * (2520 * 840 * 5 - 840 * 840),
    )
    found = skill_score(tally)
    assert (found.score, found.chance, found.above_chance) == (Fraction(1, 3), Fraction(4, 9), Fraction(-1, 5))
    assert (found.n_eff, found.n_star) == (1, Fraction(4, 9) * Fraction(5, 9) * 81 / (9 * Fraction(14, 9)))


@pytest.mark.parametrize("ratings", [[1], [0, 0], [-2, -2, -2]])
def test_where_all_ratings_are_the_same_there_is_no_opportunity(ratings: list[int]) -> None:
    assert moment_of(ratings, ratings[0], 1) is None


def test_a_missing_rating_counts_as_0_where_any_is_rated() -> None:
    offered = {"a": response(responsibility=-1), "b": response()}
    assert moment(offered, "b", "responsibility", 1) == moment_of([-1, 0], 0, 1)
    assert moment(offered, "b", "responsibility", 1).points == 1
    assert moment(offered, "b", "recognition", 1) is None


def test_a_skill_never_met_has_no_score() -> None:
    assert skill_score(Tally()) is None


def test_tiers() -> None:
    tiers = ["counts"] * 4 + ["provisional"] * 7 + ["formative"] * 2
    assert [tier_of(moments) for moments in range(1, 14)] == tiers


def test_wilson() -> None:
    low, high = wilson(0.5, 10)
    assert math.isclose(low, 0.236593, abs_tol=1e-6)
    assert math.isclose(high, 0.763407, abs_tol=1e-6)
    assert wilson(0.0, 3)[0] == 0
    assert wilson(1.0, 3)[1] == 1
