"""Beside each box, the lanes in which lines leave it: one for each place it leads to, left or right, inner or outer."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from alliance_trainer.reports.graph_layout import Layout

_FIRST = 12.0
"""How far the innermost lane is from the box."""
_APART = 9.0
"""How far lanes are from each other."""


class Lane(msgspec.Struct, frozen=True, kw_only=True):
    """A lane: -1 on the left or 1 on the right, and its rank there, 0 for the innermost."""

    side: int
    rank: int


class Lanes(msgspec.Struct, frozen=True, kw_only=True):
    """The lanes of one box by target, and where lines that come back to it arrive.

    `order` ranks the targets by how high their responses should stand in the box, so that lines beside it do not
    cross: what goes up first, from the inner lane to the outer, then what goes down, from the outer to the inner.
    """

    lanes: Mapping[str, Lane]
    entry: Lane
    order: Mapping[str, int]


def room(targets: int, *, entered: bool) -> float:
    """How much room a box needs on either side for lines to so many places, and for lines that come back to it."""
    lanes = _on_a_side(targets) + entered
    return _FIRST + _APART * (lanes - 1) + _APART if lanes else 0.0


def offset(lane: Lane) -> float:
    """How far a lane is from the side of its box."""
    return _FIRST + _APART * lane.rank


def _on_a_side(targets: int) -> int:
    return (targets + 1) // 2


def lanes_of(layout: Layout, name: str, targets: Sequence[str], sources: Iterable[str]) -> Lanes:
    """Share out the lanes of a box: the places that lie to the left on the left, half of them at most on a side.

    `sources`: from where lines come back to the box.
    """
    middle = layout.places[name].x
    ahead = {target: _next(layout, name, target) for target in targets if target != name}
    ranked = sorted(ahead, key=ahead.__getitem__)
    most = _on_a_side(len(targets))
    left = min(most, max(len(ranked) - most, sum(ahead[target] < middle for target in ranked)))
    own = [name] if name in targets else []
    sides = {-1: ranked[:left][::-1], 1: ranked[left:]}
    smaller = -1 if len(sides[-1]) < len(sides[1]) else 1
    sides[smaller] = own + sides[smaller]
    lanes = {target: Lane(side=side, rank=rank) for side, of in sides.items() for rank, target in enumerate(of)}
    back = {target for target in targets if (name, target) in layout.back}
    up = sorted(back, key=lambda target: lanes[target].rank)
    down = sorted(set(targets) - back, key=lambda target: (-lanes[target].rank, ahead[target]))
    return Lanes(
        lanes=lanes,
        entry=_entry(layout, name, middle, sources, most),
        order={target: rank for rank, target in enumerate([*up, *down])},
    )


def _next(layout: Layout, source: str, target: str) -> float:
    """Where a line first goes: the middle of its first bend, or of its target."""
    course = layout.course(source, target)
    return layout.bends[course[0]] if course else layout.places[target].x


def _entry(layout: Layout, name: str, middle: float, sources: Iterable[str], rank: int) -> Lane:
    """The lane for lines that come back to the box, outside all others: on the side from which most of them come."""
    wishes = []
    for source in sources:
        course = layout.course(source, name)
        wishes.append(layout.bends[course[-1]] if course else layout.places[source].x)
    left = sum(wish < middle for wish in wishes) * 2 > len(wishes)
    return Lane(side=-1 if left else 1, rank=rank)
