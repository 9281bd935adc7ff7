"""What `cohort agree` says, as JSON: `alliance-trainer/cohort-agree`. Keys are only ever added."""

from typing import Any

from alliance_trainer.cohort.statistics import quantiles
from alliance_trainer.cohort.study.agreeing import Agreement
from alliance_trainer.cohort.study.figures import Figure
from alliance_trainer.core.vocabulary.markers import RUPTURE_TYPES
from alliance_trainer.reports.figures_json import figure_json
from alliance_trainer.reports.json_text import json_text

FORMAT = "alliance-trainer/cohort-agree"
VERSION = 1


def agree_json(found: Agreement) -> str:
    """One JSON object and a line end. A figure that does not fit the scale, or the number of raters, is null."""
    words = found.sheet.scale == "words"
    return json_text(
        {
            "format": FORMAT,
            "version": VERSION,
            "scale": found.sheet.scale,
            "raters": list(found.sheet.raters),
            "items": len(found.sheet.items),
            "items_rated": found.rated,
            "items_complete": found.complete,
            "ratings_missing": found.missing,
            "no_intervals": None if quantiles.installed() else quantiles.MISSING,
            "kappa": _figure(found.kappa) if words else None,
            "quadratic_kappa": None if words else _figure(found.kappa),
            "linear_kappa": _figure(found.linear_kappa),
            "icc_2_1": _figure(found.icc_one),
            "icc_2_k": _figure(found.icc_mean),
            "krippendorff_nominal": _figure(found.alpha) if words else None,
            "krippendorff_ordinal": None if words else _figure(found.alpha),
            "krippendorff_interval": _figure(found.interval_alpha),
            "disputed": [
                {"item": one.item, "ratings": [_rating(rating, words=words) for rating in one.ratings]}
                for one in found.disputed
            ],
            "more_disputed": found.more_disputed,
        }
    )


def _figure(figure: Figure | None) -> dict[str, Any] | None:
    return None if figure is None else figure_json(figure)


def _rating(rating: int | None, *, words: bool) -> int | str | None:
    return RUPTURE_TYPES[rating] if words and rating is not None else rating
