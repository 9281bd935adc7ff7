"""Change of the same people between two occasions: its mean, its size, and whether a single change is reliable."""

from math import exp, lgamma, sqrt

import msgspec
import numpy as np

from alliance_trainer.cohort.statistics.describe import Interval, Numbers, t_interval

RELIABLE = 1.96
"""A reliable change index beyond this, either way, is more than error of measurement (at 95 %)."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """The change of `n` pairs; the sizes are None where there is no spread to measure them by.

    d_z divides the mean change by the spread of the changes, d_av by the mean spread of the two occasions;
    g_z and g_av are the same times J (n - 1 degrees of freedom), which takes out the bias of few cases.
    """

    n: int
    mean: float
    interval: Interval | None
    t: float | None
    d_z: float | None
    d_av: float | None
    g_z: float | None
    g_av: float | None


def change(before: Numbers, after: Numbers) -> Change | None:
    """The change of pairs, after less before; None of fewer than two.

    Sources: Cumming 2012 (d_av); Hedges 1981 (J); Lakens 2013 for the names. d_z and d_av agree with pingouin's
    cohen_dz and cohen, g_z with effectsize's hedges_g(paired); "Hedges' g for pairs" alone names neither.
    """
    n = before.size
    if n < 2:
        return None
    apart = after - before
    spread = float(apart.std(ddof=1))
    both = sqrt((float(before.var(ddof=1)) + float(after.var(ddof=1))) / 2)
    moved = float(apart.mean())
    d_z, d_av = _ratio(moved, spread), _ratio(moved, both)
    factor = small_sample_factor(n - 1)
    return Change(
        n=n,
        mean=moved,
        interval=t_interval(apart),
        t=None if d_z is None else d_z * sqrt(n),
        d_z=d_z,
        d_av=d_av,
        g_z=None if d_z is None or factor is None else factor * d_z,
        g_av=None if d_av is None or factor is None else factor * d_av,
    )


def _ratio(moved: float, spread: float) -> float | None:
    return moved / spread if spread > 1e-12 else None


def small_sample_factor(freedom: int) -> float | None:
    """J = Gamma(df / 2) / (sqrt(df / 2) Gamma((df - 1) / 2)), below 1; None of fewer than two degrees of freedom.

    Source: Hedges 1981, equation 6e, exact.
    """
    if freedom < 2:
        return None
    return exp(lgamma(freedom / 2) - lgamma((freedom - 1) / 2)) / sqrt(freedom / 2)


def reliable_change(before: Numbers, after: Numbers, reliability: float) -> Numbers | None:
    """The reliable change index of each pair: (after - before) / (s_before sqrt(2 (1 - reliability))).

    `reliability` is that of the score, from another sample or a generalizability study, 0 up to but not 1. None
    where the first occasion does not vary. Source: Jacobson and Truax 1991.
    """
    if before.size < 2:
        return None
    error = float(before.std(ddof=1)) * sqrt(2 * (1 - reliability))
    if error <= 1e-12:
        return None
    index: Numbers = (after - before) / np.float64(error)
    return index
