"""A turn as an item: how hard it is, and whether those who do well elsewhere do well at it."""

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from alliance_trainer.cohort.statistics.describe import Numbers, correlation, covariance


def facility(points: Numbers, offered: Numbers) -> float | None:
    """Points of those on offer among those who met the turn, 0 (hard) to 1; None where nothing was on offer.

    Agrees with Moodle's facility index (there times 100).
    """
    total = float(offered.sum())
    return float(points.sum()) / total if total else None


def item_rest(item: Numbers, rest: Numbers) -> float | None:
    """The discrimination: Pearson's r of the item and the rest without it, -1 to 1; None where either is constant.

    Agrees with psych's r.drop, psychometric's Item.Tot.woi and Moodle's discrimination index (there times 100).
    """
    return correlation(item, rest)


def discriminative_efficiency(item: Numbers, rest: Numbers) -> float | None:
    """The covariance with the rest as a share of the greatest that the same numbers could have, at most 1.

    That is cov(x, o) / cov(sorted x, sorted o); None where either is constant. Agrees with Moodle (there times 100).
    """
    got, most = covariance(item, rest), covariance(np.sort(item), np.sort(rest))
    if got is None or most is None or np.ptp(item) == 0 or np.ptp(rest) == 0:
        return None
    return got / most


def effective_weights(matrix: Numbers) -> tuple[float | None, ...]:
    """How much each item (column) has to do with the spread of the total, in per cent; fixed forms only.

    100 sqrt(cov(x_i, T)) / sum of sqrt(cov(x_j, T)); None for an item whose covariance is negative, which also
    stays out of the sum. Agrees with Moodle's effective weight.
    """
    total = matrix.sum(axis=1)
    roots = [_root(covariance(column, total)) for column in matrix.T]
    whole = sum(root for root in roots if root is not None)
    return tuple(None if root is None or whole == 0 else 100 * root / whole for root in roots)


def _root(value: float | None) -> float | None:
    return sqrt(value) if value is not None and value >= 0 else None


def rest_of(points: Numbers, offered: Numbers, persons: NDArray[np.int64]) -> tuple[Numbers, NDArray[np.int64]]:
    """For each answer: the share of points that the person took at all others, and how many others there are.

    An answer counts as a moment where something was offered. The share is 0 where there is no other.
    """
    moment = offered > 0
    taken = np.bincount(persons, weights=points)[persons] - points
    to_be_had = np.bincount(persons, weights=offered)[persons] - offered
    others = np.bincount(persons, weights=moment.astype(np.float64))[persons] - moment
    share = np.divide(taken, to_be_had, out=np.zeros_like(taken), where=to_be_had > 0)
    return share, others.astype(np.int64)
