"""Nodes in layers, each below those that lead to it, and the bends of lines that pass through layers."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from alliance_trainer.core.walk import Link


class Bend(NamedTuple):
    """Where the lines to one target pass through a layer; all that go the same way share it.

    `back`: the lines go up, to a target in a layer above.
    """

    target: str
    layer: int
    back: bool


Item = str | Bend
"""What has a place in a layer: a node by its id, or a bend."""

Segment = tuple[Item, Item]
"""Two items in neighbouring layers with a line between them, the upper one first."""


def layers_of(nodes: Sequence[str], links: Iterable[Link], back: frozenset[Link]) -> dict[str, int]:
    """The layer of each node, from 0: one below the lowest node that leads to it, links back left out.

    The links that are not in `back` must have no circle.
    """
    forward = [link for link in links if link not in back]
    targets: dict[str, list[str]] = {name: [] for name in nodes}
    waiting = dict.fromkeys(nodes, 0)
    for source, target in forward:
        targets[source].append(target)
        waiting[target] += 1
    found = dict.fromkeys(nodes, 0)
    ready = [name for name in nodes if not waiting[name]]
    for source in ready:  # grows while it is read
        for target in targets[source]:
            found[target] = max(found[target], found[source] + 1)
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return found


def segments_of(links: Iterable[Link], layers: Mapping[str, int]) -> list[Segment]:
    """Every link cut at the layers that it passes; parts that are shared stand here once. Loops to itself have none."""
    found: dict[Segment, None] = {}
    for source, target in links:
        back = layers[target] < layers[source]
        upper, lower = (target, source) if back else (source, target)
        between = [Bend(target, layer, back) for layer in range(layers[upper] + 1, layers[lower])]
        chain: list[Item] = [upper, *between, lower]
        if source != target:
            found |= dict.fromkeys(pairwise(chain))
    return list(found)


def rows_of(nodes: Iterable[str], segments: Iterable[Segment], layers: Mapping[str, int]) -> list[list[Item]]:
    """The items of each layer, nodes in the order given, then bends."""
    rows: list[list[Item]] = [[] for _ in range(max(layers.values(), default=-1) + 1)]
    for name in nodes:
        rows[layers[name]].append(name)
    for bend in dict.fromkeys(item for segment in segments for item in segment if isinstance(item, Bend)):
        rows[bend.layer].append(bend)
    return rows
