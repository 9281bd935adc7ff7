"""A cohort's figures in JSON: the value and its interval, or null and the reason."""

from typing import Any

from alliance_trainer.cohort.study.figures import Estimate, Figure


def figure_json(figure: Figure) -> dict[str, Any]:
    """One figure; `value` is null where it is not given, and `reason` says why."""
    if isinstance(figure, Estimate):
        return {"value": figure.value, "n": figure.n, "low": figure.low, "high": figure.high, "reason": None}
    return {"value": None, "n": figure.n, "low": None, "high": None, "reason": figure.reason}
