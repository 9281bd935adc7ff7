"""What moments add up to for one skill, in whole numbers: sums are exact, and their order never matters."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import sqrt
from typing import Literal

import msgspec

from alliance_trainer.core.model import Response
from alliance_trainer.core.vocabulary.skills import Rated

Tier = Literal["counts", "provisional", "formative"]

SCALE = 2520
"""The least common multiple of 1 to 9: a mean over up to nine responses is a whole number of 1/2520."""

Z95 = 1.959963984540054
"""The .975 quantile of the normal distribution."""


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """Sums over moments of one skill; adding tallies pools them (over turns, scenarios, trainees).

    With w the turn's weight, r the ratings of the responses on offer, m and M their least and greatest:
    points = sum w (r_chosen - m); offered = sum w (M - m); moments = how many;
    chance = sum 2520 w (mean r - m); squares = sum (w (M - m))^2; variance = sum 2520^2 w^2 Var(r).
    """

    points: int = 0
    offered: int = 0
    moments: int = 0
    chance: int = 0
    squares: int = 0
    variance: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            points=self.points + other.points,
            offered=self.offered + other.offered,
            moments=self.moments + other.moments,
            chance=self.chance + other.chance,
            squares=self.squares + other.squares,
            variance=self.variance + other.variance,
        )

    @property
    def regret(self) -> int:
        """The points left behind."""
        return self.offered - self.points


def moment(responses: Mapping[str, Response], chosen: str, skill: Rated, weight: int) -> Tally | None:
    """What one moment gives for one skill, over the responses on offer; None where it is no opportunity.

    A turn is an opportunity if some response on offer rates the skill and the ratings differ; a missing
    rating then counts as 0.
    """
    if not any(skill in response.rates for response in responses.values()):
        return None
    ratings = {name: response.rates.get(skill, 0) for name, response in responses.items()}
    return moment_of(ratings.values(), ratings[chosen], weight)


def moment_of(ratings: Iterable[int], chosen: int, weight: int) -> Tally | None:
    """What one moment gives, from the bare ratings on offer; None where they are all the same."""
    values = list(ratings)
    low, spread = min(values), max(values) - min(values)
    if spread == 0:
        return None
    share = SCALE // len(values)
    total, squares = sum(values), sum(value * value for value in values)
    return Tally(
        points=weight * (chosen - low),
        offered=weight * spread,
        moments=1,
        chance=weight * (share * total - SCALE * low),
        squares=(weight * spread) ** 2,
        variance=weight * weight * (SCALE * share * squares - (share * total) ** 2),
    )


class SkillScore(msgspec.Struct, frozen=True, kw_only=True):
    """One skill's score with its chance level, its uncertainty, and how much may be said of it.

    `score` S = points / offered; `chance` what a uniform clicker expects on the same way; `above_chance`
    K = (S - chance) / (1 - chance); `n_eff` = offered^2 / sum of squares; `n_star` the number of trials with
    the variance of uniform choice; `low` and `high` Wilson's 95 % interval with n_star trials, inside [0, 1].
    """

    tally: Tally
    score: Fraction
    chance: Fraction
    above_chance: Fraction
    n_eff: Fraction
    n_star: Fraction
    low: float
    high: float
    tier: Tier


def tier_of(moments: int) -> Tier:
    """How much may be said with so many moments: counts below 5, provisional below 12, else formative."""
    if moments < 5:
        return "counts"
    return "provisional" if moments < 12 else "formative"


def wilson(share: float, trials: float, z: float = Z95) -> tuple[float, float]:
    """Wilson's score interval for a share in [0, 1] with so many trials (> 0), clipped to [0, 1].

    It reaches 0 exactly where the share is 0, and 1 where it is 1, which rounding would miss by a hair.
    Source: Wilson 1927, J Am Stat Assoc 22:209-212.
    """
    shrink = 1 + z * z / trials
    centre = (share + z * z / (2 * trials)) / shrink
    half = z * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials)) / shrink
    low = 0.0 if share == 0 else max(0.0, centre - half)
    high = 1.0 if share == 1 else min(1.0, centre + half)
    return low, high


def skill_score(tally: Tally) -> SkillScore | None:
    """The score of a tally; None where the skill was never met."""
    if tally.moments == 0:
        return None
    score = Fraction(tally.points, tally.offered)
    chance = Fraction(tally.chance, SCALE * tally.offered)
    n_star = chance * (1 - chance) * tally.offered**2 * SCALE**2 / tally.variance
    low, high = wilson(float(score), float(n_star))
    return SkillScore(
        tally=tally,
        score=score,
        chance=chance,
        above_chance=(score - chance) / (1 - chance),
        n_eff=Fraction(tally.offered**2, tally.squares),
        n_star=n_star,
        low=low,
        high=high,
        tier=tier_of(tally.moments),
    )
