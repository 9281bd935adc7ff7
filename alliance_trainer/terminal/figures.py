"""A cohort's figures in words: rounded, with the interval behind, or why there is none."""

from alliance_trainer.cohort.study.figures import Estimate, Figure
from alliance_trainer.core.debrief import percent


def decimal(number: float) -> str:
    """A number with two decimals; never a minus before zeros."""
    return f"{number:.2f}".replace("-0.00", "0.00")


def in_words(figure: Figure) -> str:
    """The figure with two decimals and its interval, or that it is not given and why."""
    if not isinstance(figure, Estimate):
        return f"not given: {figure.reason} (here {figure.n})"
    if figure.low is None or figure.high is None:
        return decimal(figure.value)
    return f"{decimal(figure.value)} (95 % interval {decimal(figure.low)} to {decimal(figure.high)})"


def in_short(figure: Figure | None) -> str:
    """The figure with two decimals, or a dash."""
    return decimal(figure.value) if isinstance(figure, Estimate) else "-"


def per_cent(share: float) -> str:
    """A share as a whole number of per cent."""
    return f"{percent(share)} %"
