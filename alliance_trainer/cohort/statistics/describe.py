"""Describing numbers: means, spread, intervals, ranks, and how two columns go together."""

from collections.abc import Callable
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from alliance_trainer.cohort.statistics.quantiles import t_quantile

Numbers = NDArray[np.float64]
Interval = tuple[float, float]

RESAMPLES = 2000
_SEED = 20_261_102
_AT_ONCE = 1_000_000


def mean(values: Numbers) -> float | None:
    """The mean; None of nothing."""
    return float(values.mean()) if values.size else None


def sd(values: Numbers) -> float | None:
    """The standard deviation with n - 1; None of fewer than two."""
    return float(values.std(ddof=1)) if values.size > 1 else None


def median(values: Numbers) -> float | None:
    """The median; None of nothing."""
    return float(np.median(values)) if values.size else None


def t_interval(values: Numbers) -> Interval | None:
    """The 95 % interval of a mean: m -+ t(.975, n-1) s / sqrt(n); None of fewer than two, and without scipy.

    Source: Student 1908. Agrees with R's t.test.
    """
    middle, spread, quantile = mean(values), sd(values), t_quantile(0.975, max(values.size - 1, 1))
    if middle is None or spread is None or quantile is None:
        return None
    half = quantile * spread / sqrt(values.size)
    return middle - half, middle + half


def percentile_rank(value: float, values: Numbers) -> float | None:
    """The mid-rank percentile of a value among values, 0 to 100: 100 (below + equal / 2) / N.

    Agrees with scipy's percentileofscore(kind="mean").
    """
    if not values.size:
        return None
    return float(100 * ((values < value).sum() + 0.5 * (values == value).sum()) / values.size)


def bootstrap_interval(
    values: Numbers, figure: Callable[[Numbers], Numbers], resamples: int = RESAMPLES
) -> Interval | None:
    """The 95 % percentile interval over resamples of the values; None of nothing.

    `figure` takes a matrix, one resample a row, and gives one figure a row. The seed is fixed, so the same
    values give the same interval. Source: Efron and Tibshirani 1993, chapter 13.
    """
    if not values.size:
        return None
    draw = np.random.Generator(np.random.PCG64(_SEED))
    rows = max(1, min(resamples, _AT_ONCE // values.size))
    figures: list[Numbers] = []
    for start in range(0, resamples, rows):
        uniform = draw.random((min(rows, resamples - start), values.size))
        figures.append(figure(values[(uniform * values.size).astype(np.int64)]))
    low, high = np.quantile(np.concatenate(figures), (0.025, 0.975))
    return float(low), float(high)


def median_interval(values: Numbers, resamples: int = RESAMPLES) -> Interval | None:
    """The bootstrap interval of a median; None of nothing.

    Which values stand in the middle of a resample follows from the middle order statistics of as many uniform
    numbers, which are drawn directly (the k-th of n is a Beta(k, n + 1 - k)): the same as `bootstrap_interval` of
    the median, at a cost that does not grow with the values.
    """
    n = values.size
    if not n:
        return None
    draw = np.random.Generator(np.random.PCG64(_SEED))
    lower = draw.beta((n + 1) // 2, n + 1 - (n + 1) // 2, resamples)
    upper = lower if n % 2 else lower + (1 - lower) * (1 - draw.random(resamples) ** (2 / n))
    ordered = np.sort(values)
    below, above = (ordered[np.minimum((n * place).astype(np.int64), n - 1)] for place in (lower, upper))
    low, high = np.quantile((below + above) / 2, (0.025, 0.975))
    return float(low), float(high)


def covariance(first: Numbers, second: Numbers) -> float | None:
    """The covariance with n - 1; None of fewer than two pairs."""
    if first.size < 2:
        return None
    return float(((first - first.mean()) * (second - second.mean())).sum() / (first.size - 1))


def correlation(first: Numbers, second: Numbers) -> float | None:
    """Pearson's r, -1 to 1; None where either does not vary. Agrees with R's cor."""
    if first.size < 2 or np.ptp(first) == 0 or np.ptp(second) == 0:
        return None
    one, other = first - first.mean(), second - second.mean()
    scale = sqrt(float((one * one).sum())) * sqrt(float((other * other).sum()))
    return max(-1.0, min(1.0, float((one * other).sum()) / scale)) if scale else None


def skewness(values: Numbers) -> float | None:
    """k3 / k2^1.5 of Fisher's k statistics; None of fewer than three or no spread.

    Agrees with Moodle and with scipy's skew(bias=False).
    """
    n, apart = values.size, values - values.mean() if values.size else values
    squares = float((apart**2).sum())
    if n < 3 or squares == 0:
        return None
    k2 = squares / (n - 1)
    k3 = n * float((apart**3).sum()) / ((n - 1) * (n - 2))
    return float(k3 / k2**1.5)


def kurtosis(values: Numbers) -> float | None:
    """The excess kurtosis k4 / k2^2 of Fisher's k statistics; None of fewer than four or no spread.

    Agrees with Moodle and with scipy's kurtosis(bias=False).
    """
    n, apart = values.size, values - values.mean() if values.size else values
    squares = float((apart**2).sum())
    if n < 4 or squares == 0:
        return None
    fourth = float((apart**4).sum())
    k2 = squares / (n - 1)
    k4 = n * ((n + 1) * fourth - 3 * (n - 1) * squares**2 / n) / ((n - 1) * (n - 2) * (n - 3))
    return float(k4 / k2**2)
