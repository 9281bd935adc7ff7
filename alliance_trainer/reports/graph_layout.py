"""A small layered layout: boxes and links in, coordinates out, in pixels.

Links that close a circle are set aside; every box stands one layer below the lowest one that leads to it; the order
in the layers is chosen so that few lines cross; boxes and bends stand near what they are joined to. Lines run
between the layers and pass through them at bends, so no line meets a box that it does not belong to.
"""

from collections.abc import Mapping, Sequence

import msgspec

from alliance_trainer.core.walk import Link, walk
from alliance_trainer.reports.graph_coordinates import abscissae
from alliance_trainer.reports.graph_crossings import Rows, uncrossed
from alliance_trainer.reports.graph_layers import Bend, Item, Segment, layers_of, rows_of, segments_of

_GAP = 44.0
"""The least room between two layers, where the lines run."""
_STEEP = 0.14
_MOST = 130.0
"""The room grows by so much for each pixel that a line must go sideways, up to so much."""


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be placed: width and height, and the room to keep free on either side, for lines beside it."""

    id: str
    width: float
    height: float
    side: float = 0.0


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a box stands: its middle from the left, its top, and its layer from 0."""

    x: float
    top: float
    layer: int


class Layer(msgspec.Struct, frozen=True, kw_only=True):
    """A layer from its top to its bottom."""

    top: float
    bottom: float


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """Where everything stands. `bends`: how far from the left; `back`: the links that go up."""

    width: float
    height: float
    layers: tuple[Layer, ...]
    places: Mapping[str, Place]
    bends: Mapping[Bend, float]
    back: frozenset[Link]

    def course(self, source: str, target: str) -> tuple[Bend, ...]:
        """The bends that a link passes, from its source to its target."""
        first, last = self.places[source].layer, self.places[target].layer
        back = (source, target) in self.back
        between = range(first - 1, last, -1) if back else range(first + 1, last)
        return tuple(Bend(target, layer, back) for layer in between)


def lay_out(boxes: Sequence[Box], links: Sequence[Link], start: str) -> Layout:
    """Place the boxes of a graph that is read from `start`; links name boxes by their ids.

    The same input always gives the same layout. Boxes of one layer stand on one line and never touch, sides included.
    """
    names = [box.id for box in boxes]
    targets: dict[str, list[str]] = {name: [] for name in names}
    for source, target in links:
        targets[source].append(target)
    back = walk(start, targets).back
    numbers = layers_of(names, links, back)
    segments = segments_of(links, numbers)
    rows = uncrossed(rows_of(names, segments, numbers), segments)
    widths: dict[Item, float] = {box.id: box.width + 2 * box.side for box in boxes}
    across = abscissae(rows, segments, widths)
    layers = _layers(rows, segments, across, {box.id: box.height for box in boxes})
    return Layout(
        width=max((place + widths.get(item, 0.0) / 2 for item, place in across.items()), default=0.0),
        height=layers[-1].bottom if layers else 0.0,
        layers=layers,
        places={name: Place(x=across[name], top=layers[numbers[name]].top, layer=numbers[name]) for name in names},
        bends={item: place for item, place in across.items() if isinstance(item, Bend)},
        back=back,
    )


def _layers(
    rows: Rows, segments: Sequence[Segment], across: Mapping[Item, float], heights: Mapping[str, float]
) -> tuple[Layer, ...]:
    """Each layer as high as its highest box, with more room above it the farther lines go sideways there."""
    number = {item: layer for layer, row in enumerate(rows) for item in row}
    widest = [0.0] * len(rows)
    for upper, lower in segments:
        widest[number[lower]] = max(widest[number[lower]], abs(across[upper] - across[lower]))
    layers: list[Layer] = []
    for row, sideways in zip(rows, widest, strict=True):
        gap = min(_MOST, _GAP + _STEEP * sideways) if layers else 0.0
        top = (layers[-1].bottom if layers else 0.0) + gap
        height = max((heights[item] for item in row if isinstance(item, str)), default=0.0)
        layers.append(Layer(top=top, bottom=top + height))
    return tuple(layers)
