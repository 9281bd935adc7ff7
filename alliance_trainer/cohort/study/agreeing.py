"""How far raters agree on a sheet, by the figures that fit its scale, and on which items they differ most."""

import msgspec
import numpy as np

from alliance_trainer.cohort.statistics import agreement, raters
from alliance_trainer.cohort.statistics.agreement import Weights
from alliance_trainer.cohort.statistics.describe import Numbers
from alliance_trainer.cohort.statistics.raters import Icc, Level
from alliance_trainer.cohort.study import enough
from alliance_trainer.cohort.study.figures import Figure
from alliance_trainer.cohort.study.rating_sheet import RatingSheet
from alliance_trainer.core.tally import Z95
from alliance_trainer.core.vocabulary.markers import RUPTURE_TYPES

_MOST_NAMED = 5


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """An item on which raters differ: its ratings in the order of the raters, None where missing."""

    item: str
    ratings: tuple[int | None, ...]


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """What a sheet comes to.

    For numbers: weighted kappa of two raters (`kappa` None for more), ICC(2,1) and ICC(2,k) over the items that
    all rated, Krippendorff's alpha for ordinal and for interval. For words: plain kappa and nominal alpha, and no
    ICC. `rated` counts items with two ratings or more, `complete` those that all rated. `disputed`: the items with
    the widest apart ratings first, `more_disputed` how many more there are.
    """

    sheet: RatingSheet
    rated: int
    complete: int
    missing: int
    kappa: Figure | None
    linear_kappa: Figure | None
    icc_one: Figure | None
    icc_mean: Figure | None
    alpha: Figure
    interval_alpha: Figure | None
    disputed: tuple[Dispute, ...]
    more_disputed: int


def agreement_of(sheet: RatingSheet) -> Agreement:
    """Work out how far the raters of a sheet agree."""
    ratings = np.array([[np.nan if one is None else one for one in row] for row in sheet.ratings], dtype=np.float64)
    given = ~np.isnan(ratings)
    words = sheet.scale == "words"
    disputed = _disputed(sheet, words=words)
    complete = ratings[given.all(axis=1)]
    rated = int((given.sum(axis=1) >= 2).sum())
    return Agreement(
        sheet=sheet,
        rated=rated,
        complete=len(complete),
        missing=int((~given).sum()),
        kappa=_kappa(ratings, "none" if words else "quadratic"),
        linear_kappa=None if words else _kappa(ratings, "linear"),
        icc_one=None if words else _icc(raters.icc_one(complete), len(complete)),
        icc_mean=None if words else _icc(raters.icc_mean(complete), len(complete)),
        alpha=_alpha(ratings, rated, "nominal" if words else "ordinal"),
        interval_alpha=None if words else _alpha(ratings, rated, "interval"),
        disputed=disputed[:_MOST_NAMED],
        more_disputed=max(0, len(disputed) - _MOST_NAMED),
    )


def _kappa(ratings: Numbers, weights: Weights) -> Figure | None:
    """Kappa of two raters, over the items that both rated; None for more raters."""
    if ratings.shape[1] != 2:
        return None
    values = np.arange(-2.0, 5.0) if weights != "none" else np.arange(float(len(RUPTURE_TYPES)))
    found = agreement.kappa(agreement.cross_table(ratings[:, 0], ratings[:, 1], values), weights)
    both = int((~np.isnan(ratings)).all(axis=1).sum())
    interval = None
    if found is not None:
        interval = (max(-1.0, found.value - Z95 * found.se), min(1.0, found.value + Z95 * found.se))
    return _given(None if found is None else found.value, both, "that both rated", interval)


def _icc(found: Icc | None, n: int) -> Figure:
    return _given(
        None if found is None else found.value, n, "that all rated", None if found is None else found.interval
    )


def _alpha(ratings: Numbers, rated: int, level: Level) -> Figure:
    return _given(raters.krippendorff(ratings, level), rated, "with two ratings", None)


def _given(value: float | None, n: int, which: str, interval: tuple[float, float] | None) -> Figure:
    return enough.given(
        value,
        n,
        enough.RATED_ITEMS,
        cases=f"items {which}",
        undefined="all ratings are the same",
        interval=interval,
    )


def _disputed(sheet: RatingSheet, *, words: bool) -> tuple[Dispute, ...]:
    """Items on which raters differ: by more than one step, or in the word; the widest apart first."""
    apart = []
    for place, ratings in enumerate(sheet.ratings):
        given = [one for one in ratings if one is not None]
        width = (len(set(given)) if words else max(given) - min(given)) if len(given) > 1 else 0
        if width > 1:
            apart.append((-width, place))
    return tuple(Dispute(item=sheet.items[place], ratings=sheet.ratings[place]) for _, place in sorted(apart))
