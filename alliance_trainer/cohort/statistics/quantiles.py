"""Quantiles of Student's t and of F, by scipy where it is installed; without it there are no such intervals."""

from functools import cache
from math import isfinite

MISSING = "the interval needs scipy: pip install 'alliance-trainer[cohort]'"
"""Why a figure has no interval where `installed` says no."""


@cache
def installed() -> bool:
    """Whether scipy can be loaded, so that intervals can be given."""
    try:
        import scipy.special  # an extra; scipy.stats would take ten times as long to load
    except ImportError:
        return False
    return bool(scipy.special)


def t_quantile(share: float, freedom: float) -> float | None:
    """The quantile of Student's t at a share in (0, 1); None without scipy. Agrees with R's qt."""
    if not installed():
        return None
    from scipy.special import stdtrit  # see `installed`

    return float(stdtrit(freedom, share))


def f_quantile(share: float, above: float, below: float) -> float | None:
    """The quantile of F with so many degrees of freedom above and below; None without scipy, or where it has no bound.

    Degrees of freedom need not be whole. Agrees with R's qf.
    """
    if not installed():
        return None
    from scipy.special import fdtri  # see `installed`

    quantile = float(fdtri(above, below, share))
    return quantile if isfinite(quantile) else None
