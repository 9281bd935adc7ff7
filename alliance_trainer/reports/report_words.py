"""Figures of a cohort in the words of its report: only as much as their number allows."""

import re

import msgspec

from alliance_trainer.cohort.scoring.scored import SkillFigures
from alliance_trainer.cohort.study.figures import Estimate, Figure, Withheld
from alliance_trainer.core.counting import counted
from alliance_trainer.core.debrief import percent
from alliance_trainer.core.vocabulary.markers import RuptureType

FEWEST = 5
"""No average of fewer trainees than this is shown."""

TOO_FEW = Withheld(reason=f"fewer than {FEWEST} trainees", n=0)

KINDS: dict[RuptureType, str] = {
    "none": "no rupture",
    "withdrawal": "withdrawal",
    "confrontation": "confrontation",
    "mixed": "both at once",
}
"""What a turn is, and what it was called."""

OUTCOMES: dict[str, str] = {
    "dropout": "the patient left",
    "impasse": "stuck",
    "sealed": "smoothed over",
    "partly": "partly repaired",
    "resolved-immediate": "repaired at once",
    "resolved": "repaired",
    "worked-on": "the work went on",
}
"""How a session ended, in short."""

_FOLDERS = re.compile(r"[^\s'\"]*[\\/]")


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """A score to be shown: in short, the rest of what is known of it, and its place on a line of 100, if any."""

    short: str
    rest: str
    brief: str = ""
    at: int | None = None
    low: int = 0
    high: int = 0


NOT_MET = Score(short="not met", rest="")


def score_of(figures: SkillFigures | None) -> Score:
    """Counts below 5 moments; a percentage with its interval from there, called provisional below 12."""
    if figures is None:
        return NOT_MET
    points = f"{figures.points} of {counted(figures.offered, 'point')}"
    moments = counted(figures.moments, "moment")
    if figures.tier == "counts":
        return Score(short=points, rest=moments, brief=f"n {figures.moments}")
    low, high = percent(figures.low), percent(figures.high)
    doubt = ", provisional" if figures.tier == "provisional" else ""
    return Score(
        short=f"{percent(figures.score)} %",
        rest=f"{low} to {high}; {moments}{doubt}",
        brief=f"{low} to {high}, n {figures.moments}",
        at=percent(figures.score),
        low=low,
        high=high,
    )


def allowed(figure: Figure, trainees: int) -> Figure:
    """The figure, or that it is withheld because it is over too few trainees."""
    return figure if trainees >= FEWEST or isinstance(figure, Withheld) else TOO_FEW


def in_percent(figure: Figure) -> str:
    """A share of 1 as a percentage with its interval; or why it is not given."""
    match figure:
        case Withheld(reason=reason):
            return f"not given: {reason}"
        case Estimate(value=value, low=float(low), high=float(high)):
            return f"{percent(value)} % ({percent(low)} to {percent(high)})"
        case Estimate(value=value):
            return f"{percent(value)} %"


def in_decimals(figure: Figure) -> str:
    """A figure with two decimals and its interval; or why it is not given."""
    match figure:
        case Withheld(reason=reason):
            return f"not given: {reason}"
        case Estimate(value=value, low=float(low), high=float(high)):
            return f"{decimals(value)} ({decimals(low)} to {decimals(high)})"
        case Estimate(value=value):
            return decimals(value)


def decimals(value: float) -> str:
    """Two decimals, with a proper minus sign; never a minus zero."""
    return f"{value:.2f}".replace("-0.00", "0.00").replace("-", "\N{MINUS SIGN}")


def without_folders(text: str) -> str:
    """The text with the folders left out of every path in it: they can hold a person's name."""
    return _FOLDERS.sub("", text)
