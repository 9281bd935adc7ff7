"""Agreement between two raters, or with the key: kappa, plain and weighted, with its standard error."""

from math import sqrt
from typing import Literal

import msgspec
import numpy as np

from alliance_trainer.cohort.statistics.describe import Numbers

Weights = Literal["none", "linear", "quadratic"]


class Kappa(msgspec.Struct, frozen=True, kw_only=True):
    """Agreement beyond chance (1 full, 0 as by chance) from `n` cases; `observed` and `expected` are 0 to 1."""

    value: float
    se: float
    observed: float
    expected: float
    n: int


def kappa(counts: Numbers, weights: Weights = "none") -> Kappa | None:
    """Kappa of a square table of counts; None without cases, or where chance alone agrees fully.

    With weights a near miss counts in part: 1 - distance / greatest distance, or that distance squared.
    Sources: Cohen 1960, 1968; standard error by Fleiss, Cohen and Everitt 1969. Agrees with psych's cohen.kappa,
    scikit-learn's cohen_kappa_score and statsmodels' cohens_kappa (standard error not under independence).
    """
    n = int(counts.sum())
    if n == 0:
        return None
    shares, credit = counts / n, _credit(len(counts), weights)
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    observed = float((credit * shares).sum())
    expected = float(rows @ credit @ columns)
    if 1 - expected <= 1e-12:
        return None
    by_row, by_column = credit @ columns, rows @ credit
    apart = credit * (1 - expected) - (by_row[:, None] + by_column[None, :]) * (1 - observed)
    spread = float((shares * (apart - (shares * apart).sum()) ** 2).sum())
    return Kappa(
        value=(observed - expected) / (1 - expected),
        se=sqrt(spread / n) / (1 - expected) ** 2,
        observed=observed,
        expected=expected,
        n=n,
    )


def _credit(size: int, weights: Weights) -> Numbers:
    if weights == "none" or size < 2:
        return np.eye(size)
    places = np.arange(size, dtype=np.float64)
    apart: Numbers = np.abs(places[:, None] - places[None, :]) / (size - 1)
    return 1 - (apart if weights == "linear" else apart**2)


def cross_table(first: Numbers, second: Numbers, values: Numbers) -> Numbers:
    """How often the first rater gave one value (row) and the second another (column), over the cases both rated.

    `values` are all that can be given, in order; a missing rating is NaN.
    """
    both = ~(np.isnan(first) | np.isnan(second))
    table = np.zeros((values.size, values.size))
    np.add.at(table, (np.searchsorted(values, first[both]), np.searchsorted(values, second[both])), 1)
    return table
