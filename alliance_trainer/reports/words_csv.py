"""A trainee's own words as a sheet for raters: what the patient did, what the trainee would have said, a free column.

What was chosen, what was stronger and how it ended are left out, so that raters judge the words alone.
"""

from collections.abc import Iterable, Sequence

import msgspec

from alliance_trainer.core.course import Course, Exchange
from alliance_trainer.core.own_words import OwnWords, beside
from alliance_trainer.reports.cells import LINE_END, row

COLUMNS = ("item", "scenario", "turn", "patient", "own_words", "rating")
"""`rating` is empty: each rater gets a column of their own, called as they like."""


class Worded(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one attempt, or of one branch: its id, and its exchanges with their words."""

    name: str
    scenario: str
    rows: tuple[tuple[Exchange, OwnWords], ...]


def worded(name: str, course: Course, words: Sequence[OwnWords]) -> Worded:
    """The words of an attempt."""
    return Worded(name=name, scenario=course.scenario.id, rows=beside(course, words))


def rating_sheet(parts: Iterable[Worded]) -> str:
    """The sheet: a line for each turn with own words. An item is called by the attempt or branch and the turn.

    Cells are cleaned, and none begins like a formula.
    """
    lines = [",".join(f'"{name}"' for name in COLUMNS) + LINE_END]
    for part in parts:
        for exchange, own in part.rows:
            if own.said:
                item = f"{part.name[:8]}.{exchange.turn_id}"
                said = " ".join(own.said.split())
                lines.append(row((item, part.scenario, exchange.turn_id, _patient(exchange), said, None)))
    return "".join(lines)


def _patient(exchange: Exchange) -> str:
    """What the patient says and shows there, on one line."""
    words = []
    for beat in exchange.beats:
        if beat.says is not None:
            words.append(beat.says)
        elif beat.shows is not None:
            words.append(f"({beat.shows})")
        else:
            words.append(f"(silence, about {beat.silence} seconds)")
    return " ".join(" ".join(words).split())
