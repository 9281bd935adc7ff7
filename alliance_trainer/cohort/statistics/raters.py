"""Agreement among any number of raters: Krippendorff's alpha, and intraclass correlations of complete ratings."""

from typing import Literal

import msgspec
import numpy as np

from alliance_trainer.cohort.statistics.describe import Interval, Numbers
from alliance_trainer.cohort.statistics.quantiles import f_quantile

_ROUNDING = 1e-9
"""Mean squares that are this small beside the others are rounding, and stand for 0."""

Level = Literal["nominal", "ordinal", "interval"]


class Icc(msgspec.Struct, frozen=True, kw_only=True):
    """An intraclass correlation, at most 1, with the bounds of its 95 % interval (None without scipy)."""

    value: float
    interval: Interval | None


def krippendorff(ratings: Numbers, level: Level) -> float | None:
    """Krippendorff's alpha = 1 - observed / expected disagreement; 1 full agreement, 0 as by chance.

    `ratings`: a row an item, a column a rater, NaN where one is missing; an item with one rating is left out.
    None where nothing can be compared or all ratings are the same. Source: Krippendorff 2011, Computing
    Krippendorff's alpha-reliability. Agrees with the package krippendorff 0.9.
    """
    values = np.unique(ratings[~np.isnan(ratings)])
    given = (ratings[:, :, None] == values[None, None, :]).sum(axis=1).astype(np.float64)
    given = given[given.sum(axis=1) >= 2]
    sizes = given.sum(axis=1)
    pairs = (given[:, :, None] * given[:, None, :] - given[:, :, None] * np.eye(values.size)) / (
        sizes[:, None, None] - 1
    )
    together, totals = pairs.sum(axis=0), given.sum(axis=0)
    apart = _distances(values, totals, level)
    expected = float((np.outer(totals, totals) * apart).sum())
    if expected == 0:
        return None
    return float(1 - (totals.sum() - 1) * float((together * apart).sum()) / expected)


def _distances(values: Numbers, totals: Numbers, level: Level) -> Numbers:
    """The squared distance between any two values."""
    if level == "nominal":
        return 1 - np.eye(values.size)
    # Ordinal: values are as far apart as ratings lie between them, those at both ends counted half.
    places = values if level == "interval" else np.cumsum(totals) - totals / 2
    squares: Numbers = (places[:, None] - places[None, :]) ** 2
    return squares


def icc_one(ratings: Numbers) -> Icc | None:
    """ICC(2,1), the agreement to be had of one rater: (B - E) / (B + (k-1) E + k (J - E) / n).

    `ratings`: a row an item, a column a rater, complete; B, J, E are the mean squares of items, raters and
    the rest. None of fewer than two items or raters, or without any spread. Source: Shrout and Fleiss 1979; the
    interval as corrected in McGraw and Wong 1996. Agrees with psych's ICC2 (pingouin names it ICC(A,1)).
    """
    squares = _mean_squares(ratings)
    if squares is None:
        return None
    items, raters, rest = squares
    n, k = ratings.shape
    below = items + (k - 1) * rest + k * (raters - rest) / n
    if below <= _ROUNDING * (items + raters + rest):
        return None
    value = (items - rest) / below
    return Icc(value=value, interval=_interval(value, squares, n, k))


def icc_mean(ratings: Numbers) -> Icc | None:
    """ICC(2,k), the agreement to be had of the mean of all k raters: (B - E) / (B + (J - E) / n).

    None as for `icc_one`. Source: Shrout and Fleiss 1979. Agrees with psych's ICC2k (pingouin: ICC(A,k)).
    """
    one = icc_one(ratings)
    squares = _mean_squares(ratings)
    if one is None or squares is None:
        return None
    items, raters, rest = squares
    n, k = ratings.shape
    below = items + (raters - rest) / n
    if below <= _ROUNDING * (items + raters + rest):
        return None
    return Icc(value=(items - rest) / below, interval=one.interval and _stepped_up(one.interval, k))


def _stepped_up(interval: Interval, raters: int) -> Interval | None:
    """The interval for the mean of the raters; None where its lower end has no bound."""
    if any(1 + bound * (raters - 1) <= _ROUNDING for bound in interval):
        return None
    low, high = (bound * raters / (1 + bound * (raters - 1)) for bound in interval)
    return low, high


def _mean_squares(ratings: Numbers) -> tuple[float, float, float] | None:
    """Of items, raters and the rest, in a table with two ways and one rating a cell."""
    n, k = ratings.shape
    if n < 2 or k < 2:
        return None
    by_item, by_rater, middle = ratings.mean(axis=1), ratings.mean(axis=0), ratings.mean()
    rest = ratings - by_item[:, None] - by_rater[None, :] + middle
    return (
        float(k * ((by_item - middle) ** 2).sum() / (n - 1)),
        float(n * ((by_rater - middle) ** 2).sum() / (k - 1)),
        float((rest**2).sum() / ((n - 1) * (k - 1))),
    )


def _interval(value: float, squares: tuple[float, float, float], n: int, k: int) -> Interval | None:
    items, raters, rest = squares
    if rest <= _ROUNDING * (items + raters):
        return None  # every rating follows from item and rater alone: F has no bound
    ratio = raters / rest
    inner = n * (1 + (k - 1) * value) - k * value
    below = (n - 1) * (k * value * ratio) ** 2 + inner**2
    freedom = (k - 1) * (n - 1) * (k * value * ratio + inner) ** 2 / below if below else 0.0
    if freedom <= 0:
        return None
    upper, lower = f_quantile(0.975, n - 1, freedom), f_quantile(0.975, freedom, n - 1)
    if upper is None or lower is None:
        return None
    noise = k * raters + (k * n - k - n) * rest
    above, below = upper * noise + n * items, noise + n * lower * items
    if min(above, below) <= 0:
        return None
    low, high = n * (items - upper * rest) / above, n * (lower * items - rest) / below
    return (low, high) if low <= value <= high else None  # the approximation fails far below 0
