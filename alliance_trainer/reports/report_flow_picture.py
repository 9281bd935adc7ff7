"""The ways through a scenario laid out: where nodes and bands stand in the picture."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from textwrap import wrap

import msgspec

from alliance_trainer.cohort.study.figures import Flow
from alliance_trainer.reports.report_flow import Band, Key, Node, Ways, ways_of
from alliance_trainer.reports.report_room import Room

WIDTH = 1180.0
_TALL = 230.0
"""How high all people together stand."""
_THICKEST = 16.0
"""A person is at most so thick."""
_GAP = 22.0
_BAR = 8
_LABEL = 150.0
"""Room for the last column's words."""
_LETTER = 6.9
"""How wide a letter is, on the safe side."""
_TOP = 34.0
_LINE = 14
"""How far the lines of a label stand apart."""


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """The words beside a node in full, the first line at a height and the others below it."""

    y: int
    lines: tuple[str, ...]


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A step: where it stands, and the words beside its nodes."""

    x: int
    labels: tuple[Label, ...]


class FlowPicture(msgspec.Struct, frozen=True, kw_only=True):
    """The picture: path data of all turns, all endings, and all bands of a kind; the columns with their words.

    A turn is a thick line, `_BAR` wide; an ending the outline of a bar.
    """

    height: float
    turns: str
    ends: str
    columns: tuple[Column, ...]
    best: str
    other: str


class _Frame(msgspec.Struct, frozen=True, kw_only=True):
    unit: float
    pitch: float
    tops: Mapping[Key, float]
    lines: Mapping[Key, tuple[str, ...]]


def flow_picture(flow: Flow, ways: Ways) -> FlowPicture:
    """Lay out the ways; everything has a place of its own, and the labels keep their distance."""
    unit = min(_THICKEST, _TALL / max(1, flow.attempts))
    columns = max((key[0] for key in ways.nodes), default=0)
    pitch = min(220.0, (WIDTH - _LABEL) / max(1, columns))
    lines = {key: _lines(key, node, pitch) for key, node in ways.nodes.items()}
    tops, height = _placed(ways, unit, lines)
    frame = _Frame(unit=unit, pitch=pitch, tops=tops, lines=lines)
    best, other = _paths(ways, frame)
    return FlowPicture(
        height=_TOP + height + 16,
        turns="".join(_bar(key, node, frame) for key, node in ways.nodes.items() if not node.ends),
        ends="".join(_bar(key, node, frame) for key, node in ways.nodes.items() if node.ends),
        columns=tuple(
            Column(
                x=round(column * pitch),
                labels=tuple(_label(key, node, frame) for key, node in ways.nodes.items() if key[0] == column),
            )
            for column in range(columns + 1)
            if ways.nodes
        ),
        best=best,
        other=other,
    )


def _bar(key: Key, node: Node, frame: _Frame) -> str:
    x, y, high = round(key[0] * frame.pitch), round(_TOP + frame.tops[key]), max(2, round(node.people * frame.unit))
    return f"M{x} {y}h{_BAR}v{high}h-{_BAR}z" if node.ends else f"M{x + _BAR // 2} {y}v{high}"


def _lines(key: Key, node: Node, pitch: float) -> tuple[str, ...]:
    """The words beside a node, in lines that end before the next column, and before the picture does."""
    wide = min(pitch, WIDTH - key[0] * pitch) - _BAR - 8
    return tuple(wrap(f"{node.people} {'end: ' if node.ends else ''}{node.name}", int(wide / _LETTER)))


def _label(key: Key, node: Node, frame: _Frame) -> Label:
    middle = _TOP + frame.tops[key] + node.people * frame.unit / 2
    lines = frame.lines[key]
    return Label(y=round(middle - _LINE * (len(lines) - 1) / 2) + 4, lines=lines)


def _placed(ways: Ways, unit: float, lines: Mapping[Key, Sequence[str]]) -> tuple[dict[Key, float], float]:
    """The upper edge of every node, column by column in the order of where its people come from; and the height.

    Each has room for its bar and for its words, whichever are taller.
    """
    room = {key: max(node.people * unit, _LINE * (len(lines[key]) - 1.0)) for key, node in ways.nodes.items()}
    columns: defaultdict[int, list[Key]] = defaultdict(list)
    for key in ways.nodes:
        columns[key[0]].append(key)
    incoming: defaultdict[Key, list[Band]] = defaultdict(list)
    for band in ways.bands:
        incoming[band.target].append(band)
    heights = {column: sum(room[key] for key in keys) + _GAP * (len(keys) - 1) for column, keys in columns.items()}
    tallest = max(heights.values(), default=0.0)
    tops: dict[Key, float] = {}
    centres: dict[Key, float] = {}
    for column in sorted(columns):
        top = (tallest - heights[column]) / 2
        for key in sorted(columns[column], key=lambda key: (_origin(incoming[key], centres), key)):
            centres[key] = top + room[key] / 2
            tops[key] = centres[key] - ways.nodes[key].people * unit / 2
            top += room[key] + _GAP
    return tops, tallest


def _origin(bands: Sequence[Band], centres: Mapping[Key, float]) -> float:
    """The mean height of those who come to a node."""
    people = sum(band.best + band.other for band in bands)
    return sum(centres[band.source] * (band.best + band.other) for band in bands) / people if people else 0.0


def _paths(ways: Ways, frame: _Frame) -> tuple[str, str]:
    leaving = sorted(ways.bands, key=lambda band: (frame.tops[band.source], frame.tops[band.target]))
    starts: dict[tuple[Key, Key], float] = {}
    used: defaultdict[Key, float] = defaultdict(float)
    for band in leaving:
        starts[band.source, band.target] = used[band.source]
        used[band.source] += (band.best + band.other) * frame.unit
    arrived: defaultdict[Key, float] = defaultdict(float)
    paths: tuple[list[str], list[str]] = ([], [])
    for band in sorted(ways.bands, key=lambda band: (frame.tops[band.target], frame.tops[band.source])):
        for people, path in zip((band.best, band.other), paths, strict=True):
            if people:
                start = frame.tops[band.source] + starts[band.source, band.target]
                end = frame.tops[band.target] + arrived[band.target]
                path.append(_ribbon(band, start, end, people * frame.unit, frame.pitch))
                starts[band.source, band.target] += people * frame.unit
                arrived[band.target] += people * frame.unit
    return "".join(paths[0]), "".join(paths[1])


def _ribbon(band: Band, start: float, end: float, thick: float, pitch: float) -> str:
    """A band from the right edge of one node to the left edge of the next, in whole numbers for brevity."""
    left, right = round(band.source[0] * pitch) + _BAR, round(band.target[0] * pitch)
    top, low = round(_TOP + start), round(_TOP + end)
    wide, rise, high = right - left, low - top, max(1, round(thick))
    if rise == 0:
        return f"M{left} {top}h{wide}v{high}H{left}z"
    return f"M{left} {top}l{wide} {rise}v{high}L{left} {top + high}z".replace(" -", "-")


def picture_of(flow: Flow, room: Room) -> tuple[Ways, FlowPicture]:
    """The ways of a flow, and their picture."""
    ways = ways_of(flow, room)
    return ways, flow_picture(flow, ways)
