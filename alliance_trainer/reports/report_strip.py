"""One skill over a cohort as a picture: a dot a trainee on a line from 0 to 100 %, and a box below."""

from collections.abc import Sequence
from statistics import quantiles

import msgspec

from alliance_trainer.cohort.study.figures import SkillStudy, TraineeScore
from alliance_trainer.core.debrief import percent
from alliance_trainer.reports.report_words import FEWEST

LEFT, LENGTH = 14.0, 312.0
"""Where the line begins, and how long it is; the picture is 340 wide."""
_DOT = 7.5
_TALLEST = 66.0
"""At most so high do dots stand on each other; more of them stand closer."""


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """Least, first quarter, middle, third quarter and greatest of the dots, as places on the picture."""

    least: float
    lower: float
    middle: float
    upper: float
    greatest: float


class Strip(msgspec.Struct, frozen=True, kw_only=True):
    """The picture of one skill; `chance` is where clicking at random would end, for those who are drawn.

    `sure` and `provisional` are path data: a point for each trainee with at least 12 moments, and with 5 to 11.
    """

    sure: str
    provisional: str
    box: Box | None
    chance: float | None
    floor: float
    undrawn: int
    about: str


def strip_of(study: SkillStudy) -> Strip:
    """Lay out the dots of those trainees whose score is more than counts."""
    drawn = sorted(
        (one for one in study.scores if one.figures.tier != "counts"), key=lambda one: (one.figures.score, one.trainee)
    )
    places = [LEFT + LENGTH * one.figures.score for one in drawn]
    heights = _stacked(places)
    step = min(_DOT, _TALLEST / max(heights, default=1)) if max(heights, default=0) else _DOT
    floor = 16 + step * max(heights, default=0)
    points = {"formative": "", "provisional": ""}
    for one, place, height in zip(drawn, places, heights, strict=True):
        points[one.figures.tier] += f"M{place:.0f} {floor - step * height:.0f}h0"
    many = study.trainees >= FEWEST and len(drawn) >= FEWEST
    return Strip(
        sure=points["formative"],
        provisional=points["provisional"],
        box=_box(places) if many else None,
        chance=LEFT + LENGTH * _chance(drawn) if many else None,
        floor=floor,
        undrawn=len(study.scores) - len(drawn),
        about=_about([percent(one.figures.score) for one in drawn]),
    )


def _chance(drawn: Sequence[TraineeScore]) -> float:
    """The share of all points on offer to them that choosing at random would win."""
    offered = sum(one.figures.offered for one in drawn)
    return sum(one.figures.chance * one.figures.offered for one in drawn) / offered


def _stacked(places: Sequence[float]) -> list[int]:
    """How many dots each one has to stand on, so that none hides another; the places are in order."""
    rows: list[float] = []
    heights = []
    for place in places:
        height = next((row for row, last in enumerate(rows) if place - last >= _DOT), len(rows))
        rows[height : height + 1] = [place]
        heights.append(height)
    return heights


def _box(places: Sequence[float]) -> Box:
    lower, middle, upper = quantiles(places, n=4, method="inclusive")
    return Box(least=places[0], lower=lower, middle=middle, upper=upper, greatest=places[-1])


def _about(percents: Sequence[int]) -> str:
    if not percents:
        return "no trainee with enough moments"
    if len(percents) == 1:
        return f"one trainee at {percents[0]} %"
    return f"{len(percents)} trainees from {percents[0]} to {percents[-1]} %"
