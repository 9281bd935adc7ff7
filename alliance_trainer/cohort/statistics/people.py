"""Intervals of figures over the answers of many people: people are drawn, not answers, which go together in each."""

from math import sqrt
from statistics import NormalDist

import msgspec
import numpy as np

from alliance_trainer.cohort.statistics.describe import Numbers
from alliance_trainer.core.tally import Z95, wilson

FEWEST = 8
"""From so many people on how they differ says something of how others would; below, an interval is over answers."""

_NORMAL = NormalDist()


class Spread(msgspec.Struct, frozen=True, kw_only=True):
    """How points of so many people lie beside what was on offer to each: whole numbers, the same in any order."""

    people: int
    points: int
    offered: int
    points_squared: int
    products: int
    offered_squared: int


def spread_of(points: np.ndarray, offered: np.ndarray) -> Spread:
    """The spread of whole numbers, one of each for a person to whom something was on offer."""
    won, had = points.astype(np.int64), offered.astype(np.int64)
    return Spread(
        people=won.size,
        points=int(won.sum()),
        offered=int(had.sum()),
        points_squared=int((won * won).sum()),
        products=int((won * had).sum()),
        offered_squared=int((had * had).sum()),
    )


def share_variance(spread: Spread) -> float | None:
    """The variance of points / offered of all together, people drawn; None of fewer than two.

    n / (n - 1) sum (p - R o)^2 / O^2, from whole numbers. Source: Cochran 1977, Sampling Techniques, chapter 6
    (the ratio estimator, with people as clusters of answers).
    """
    if spread.people < 2:
        return None
    won, had = spread.points, spread.offered
    squares = had * had * spread.points_squared - 2 * won * had * spread.products + won * won * spread.offered_squared
    return spread.people * squares / ((spread.people - 1) * had**4)


def share_interval(spread: Spread, trials: float) -> tuple[float, float] | None:
    """The 95 % interval of points / offered of all together over people; None of fewer than `FEWEST`.

    Wilson's with as many trials as would vary as much as the people do, fewer yet for few people, and never more
    than the `trials` of independent answers. Source: Korn and Graubard 1998, Survey Methodology 24:193-201.
    """
    variance = share_variance(spread)
    if variance is None or spread.people < FEWEST:
        return None
    share = spread.points / spread.offered
    if variance > 0:
        trials = min(trials, share * (1 - share) / variance * (Z95 / t_95(spread.people - 1)) ** 2)
    return wilson(share, trials)


def t_95(freedom: int) -> float:
    """The quantile of Student's t at .975, to three places from 7 degrees of freedom on; for them scipy is not needed.

    Source: Abramowitz and Stegun 1964, 26.7.5.
    """
    z = Z95
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return z + sum(term / float(freedom) ** power for power, term in enumerate(terms, 1))


def half_width(left_out: Numbers, se: float) -> float | None:
    """Half of the 95 % interval of a figure over people, from the figure without each of them in turn.

    The delete-one jackknife with t, and never less than with the standard error of independent answers. None of
    fewer than `FEWEST`, or where the figure is not defined without one of them.
    Source: Efron and Tibshirani 1993, chapter 11.
    """
    n = left_out.size
    if n < FEWEST or not np.isfinite(left_out).all():
        return None
    own = sqrt((n - 1) / n * float(((left_out - left_out.mean()) ** 2).sum()))
    return max(t_95(n - 1) * own, Z95 * se)


def without_each(tables: np.ndarray) -> np.ndarray:
    """The sum of all tables less each of those that hold something."""
    held = tables[tables.any(axis=(1, 2))]
    left: np.ndarray = tables.sum(axis=0) - held
    return left


def detections(tables: np.ndarray) -> tuple[Numbers, Numbers]:
    """d' and bias c of each of many tables of what was (none first) and what was said; NaN where one kind is missing.

    Log-linear, as in `detection.detect`.
    """
    ruptures, foils = tables[:, 1:].sum(axis=(1, 2)), tables[:, 0].sum(axis=1)
    hits = _normal_quantiles((tables[:, 1:, 1:].sum(axis=(1, 2)) + 0.5) / (ruptures + 1))
    alarms = _normal_quantiles((tables[:, 0, 1:].sum(axis=1) + 0.5) / (foils + 1))
    both = (ruptures > 0) & (foils > 0)
    return np.where(both, hits - alarms, np.nan), np.where(both, -(hits + alarms) / 2, np.nan)


def _normal_quantiles(rates: Numbers) -> Numbers:
    kinds, which = np.unique(rates, return_inverse=True)
    found: Numbers = np.array([_NORMAL.inv_cdf(rate) for rate in kinds.tolist()], dtype=np.float64)[which.ravel()]
    return found


def kappas(tables: np.ndarray) -> Numbers:
    """Plain kappa of each of many square tables; NaN where it is not defined. As in `agreement.kappa`."""
    n = tables.sum(axis=(1, 2)).astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = tables / n[:, None, None]
        observed = np.trace(shares, axis1=1, axis2=2)
        expected = (shares.sum(axis=2) * shares.sum(axis=1)).sum(axis=1)
        found: Numbers = np.where(1 - expected > 1e-12, (observed - expected) / (1 - expected), np.nan)
    return found
