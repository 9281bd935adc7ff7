"""How far the scores of a fixed form can be relied on: alpha, its error, and the variances of persons and items."""

from math import sqrt

import msgspec
import numpy as np

from alliance_trainer.cohort.statistics.describe import Interval, Numbers
from alliance_trainer.cohort.statistics.quantiles import f_quantile


class Alpha(msgspec.Struct, frozen=True, kw_only=True):
    """Cronbach's alpha, at most 1, with the bounds of Feldt's 95 % interval (None without scipy)."""

    value: float
    interval: Interval | None


class Variances(msgspec.Struct, frozen=True, kw_only=True):
    """The components of a crossed study of persons by items: persons, items, and the rest (may be negative)."""

    persons: float
    items: float
    rest: float

    def relative(self, items: int) -> float | None:
        """E rho^2 over so many items, for ranking: persons / (persons + rest / n); None without any variance."""
        return _share(self.persons, self.rest / items)

    def absolute(self, items: int) -> float | None:
        """Phi over so many items, for judging each by itself: the items' variance counts as error too."""
        return _share(self.persons, (self.items + self.rest) / items)


def _share(true: float, error: float) -> float | None:
    return true / (true + error) if true + error > 0 else None


def alpha(matrix: Numbers) -> Alpha | None:
    """Alpha of a complete table, a row a person, a column an item: k/(k-1) (1 - sum of variances / their covariances).

    None of fewer than two persons or items, or where the total does not vary. Sources: Cronbach 1951; Feldt 1965
    (interval). Agrees with psych's raw_alpha and pingouin's cronbach_alpha.
    """
    n, k = matrix.shape
    if n < 2 or k < 2:
        return None
    whole = float(matrix.sum(axis=1).var(ddof=1))
    if whole <= 1e-15:
        return None
    value = k / (k - 1) * (1 - float(matrix.var(axis=0, ddof=1).sum()) / whole)
    return Alpha(value=value, interval=_feldt(value, n, k))


def _feldt(value: float, n: int, k: int) -> Interval | None:
    high = f_quantile(0.975, n - 1, (n - 1) * (k - 1))
    low = f_quantile(0.025, n - 1, (n - 1) * (k - 1))
    return None if high is None or low is None else (1 - (1 - value) * high, 1 - (1 - value) * low)


def alpha_without(matrix: Numbers) -> tuple[float | None, ...]:
    """Alpha with each item left out in turn. Agrees with psych's alpha.drop."""
    left = [alpha(np.delete(matrix, place, axis=1)) for place in range(matrix.shape[1])]
    return tuple(one.value if one else None for one in left)


def standard_error(matrix: Numbers) -> float | None:
    """The standard error of measurement of the total: SD sqrt(1 - alpha), in points.

    Agrees with psych, and with Moodle's standard error; None where alpha is, or is above 1 by rounding.
    """
    found = alpha(matrix)
    return None if found is None else float(matrix.sum(axis=1).std(ddof=1)) * sqrt(max(0.0, 1 - found.value))


def variances(matrix: Numbers) -> Variances | None:
    """The variances of persons (rows), items (columns) and the rest, by expected mean squares of a complete table.

    On shares of the points on offer E rho^2 over as many items equals alpha. None of fewer than two of either.
    Source: Brennan 2001, Generalizability theory. Agrees with R's lm and, as it is balanced, lme4 (REML).
    """
    n, k = matrix.shape
    if n < 2 or k < 2:
        return None
    persons, items, middle = matrix.mean(axis=1), matrix.mean(axis=0), matrix.mean()
    rest = float(((matrix - persons[:, None] - items[None, :] + middle) ** 2).sum() / ((n - 1) * (k - 1)))
    of_persons = float(k * ((persons - middle) ** 2).sum() / (n - 1))
    of_items = float(n * ((items - middle) ** 2).sum() / (k - 1))
    return Variances(persons=(of_persons - rest) / k, items=(of_items - rest) / n, rest=rest)
