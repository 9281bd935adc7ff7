"""Who met which turn, and how they did there: a table for each scenario whose cells are coloured."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from alliance_trainer.cohort.study.figures import Cell, Study, TurnStudy
from alliance_trainer.core.debrief import percent
from alliance_trainer.reports.report_words import KINDS
from alliance_trainer.reports.short_text import shortened

SHADES = "abcdefg"
"""From nothing to all of the points in seven steps; the middle one is round a half."""

ALL = SHADES[-1]
"""The shade of a square that has no class of its own: most have it."""
NOTHING_ON_OFFER = "\N{EN DASH}"
MISSED = "!"
ALARM = "?"
_NAME = 28


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A turn, and its number in the scenario, from 1."""

    number: int
    turn: str


class Square(msgspec.Struct, frozen=True, kw_only=True):
    """A trainee at a turn: the class of its cell, and the text. Empty where it was not met: the style draws a dot."""

    shade: str
    text: str


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A trainee's squares, beside their name, shortened where it is very long."""

    trainee: str
    squares: tuple[Square, ...]


class HeatMap(msgspec.Struct, frozen=True, kw_only=True):
    """One scenario's table; `absent` have no attempt of record there."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    absent: tuple[str, ...]


def heat_maps(study: Study) -> tuple[HeatMap, ...]:
    """A table for each scenario, in the order of the turns."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, turn in enumerate(study.turns):
        places[turn.scenario].append(place)
    titles = {note.scenario: note.title for note in study.scenarios}
    met = [{cell.turn: cell for cell in trainee.cells} for trainee in study.trainees]
    return tuple(_heat_map(study, titles.get(scenario, scenario), here, met) for scenario, here in places.items())


def _heat_map(study: Study, title: str, places: Sequence[int], met: Sequence[Mapping[int, Cell]]) -> HeatMap:
    rows, absent = [], []
    for trainee, cells in zip(study.trainees, met, strict=True):
        if any(place in cells for place in places):
            squares = tuple(_square(study.turns[place], cells.get(place)) for place in places)
            rows.append(Row(trainee=shortened(trainee.trainee, _NAME), squares=squares))
        else:
            absent.append(trainee.trainee)
    columns = tuple(Column(number=number, turn=study.turns[place].turn) for number, place in enumerate(places, 1))
    return HeatMap(title=title, columns=columns, rows=tuple(rows), absent=tuple(absent))


def _square(turn: TurnStudy, cell: Cell | None) -> Square:
    if cell is None:
        return Square(shade="", text="")
    mark = "" if cell.noticed is not False else ALARM if turn.rupture == "none" else MISSED
    if cell.share is None:
        return Square(shade="n", text=NOTHING_ON_OFFER + mark)
    shade = shade_of(cell.share)
    return Square(shade="" if shade == ALL else shade, text=f"{percent(cell.share)}{mark}")


def shade_of(share: float) -> str:
    """The letter of the shade for a share from 0 to 1."""
    return SHADES[min(len(SHADES) - 1, int(share * len(SHADES)))]


def misread(turn: TurnStudy, cell: Cell) -> str:
    """What was misread at a turn, in a sentence; empty where nothing was."""
    if cell.noticed is not False:
        return ""
    if turn.rupture == "none":
        return "You called it a rupture; nothing was wrong between you here."
    return f"You saw nothing special; it was a rupture ({KINDS[turn.rupture]})."
