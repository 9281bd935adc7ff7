"""The order of the items in each layer, so that few lines cross: barycentre sweeps, then swaps of neighbours."""

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from itertools import pairwise

from alliance_trainer.reports.graph_layers import Item, Segment

_SWEEPS = 16
_LARGE = 2000
"""A graph with more segments than this gets fewer sweeps and no swaps, so that drawing stays quick."""

Neighbours = Mapping[Item, list[Item]]
Rows = list[list[Item]]


def neighbours_of(segments: Sequence[Segment]) -> tuple[Neighbours, Neighbours]:
    """For each item those that it is joined to in the layer above, and in the layer below."""
    above: dict[Item, list[Item]] = {}
    below: dict[Item, list[Item]] = {}
    for upper, lower in segments:
        above.setdefault(lower, []).append(upper)
        below.setdefault(upper, []).append(lower)
    return above, below


def uncrossed(rows: Rows, segments: Sequence[Segment]) -> Rows:
    """The rows with their items in a better order: never with more crossings than they came with."""
    above, below = neighbours_of(segments)
    best, fewest = rows, crossings(rows, below)
    now = [list(row) for row in rows]
    for sweep in range(4 if len(segments) > _LARGE else _SWEEPS):
        down = sweep % 2 == 0
        _sweep(now, above if down else below, down=down)
        if len(segments) <= _LARGE:
            _swap(now, above, below)
        count = crossings(now, below)
        if count < fewest:
            best, fewest = [list(row) for row in now], count
    return best


def crossings(rows: Rows, below: Neighbours) -> int:
    """How many pairs of segments cross."""
    count = 0
    for upper, lower in pairwise(rows):
        places = {item: place for place, item in enumerate(lower)}
        seen: list[int] = []
        for item in upper:
            ends = sorted(places[other] for other in below.get(item, ()))
            count += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return count


def _sweep(rows: Rows, fixed: Neighbours, *, down: bool) -> None:
    """Sort each layer by the mean place of its neighbours in the layer just sorted."""
    order = range(1, len(rows)) if down else range(len(rows) - 2, -1, -1)
    for number in order:
        places = {item: place for place, item in enumerate(rows[number + (-1 if down else 1)])}
        scale = len(places) / max(1, len(rows[number]))
        keys = {
            item: sum(places[other] for other in fixed[item]) / len(fixed[item]) if item in fixed else place * scale
            for place, item in enumerate(rows[number])
        }
        rows[number].sort(key=keys.__getitem__)


def _swap(rows: Rows, above: Neighbours, below: Neighbours) -> None:
    """Swap neighbours in a layer while that saves crossings, a few times round at most."""
    for _ in range(4):
        swapped = [_swap_in(rows, number, above, below) for number in range(len(rows))]
        if not any(swapped):
            break


def _swap_in(rows: Rows, number: int, above: Neighbours, below: Neighbours) -> bool:
    """Go once through a layer; whether anything was swapped."""
    row, better = rows[number], False
    joined = [_ends(row, rows, number - 1, above), _ends(row, rows, number + 1, below)]
    for place in range(len(row) - 1):
        left, right = row[place], row[place + 1]
        if sum(_gain(ends[left], ends[right]) for ends in joined) > 0:
            row[place], row[place + 1] = right, left
            better = True
    return better


def _ends(row: Sequence[Item], rows: Rows, number: int, of: Neighbours) -> dict[Item, list[int]]:
    """For each item of a layer the places of its neighbours in another."""
    if not 0 <= number < len(rows):
        return {item: [] for item in row}
    places = {item: place for place, item in enumerate(rows[number])}
    return {item: [places[other] for other in of.get(item, ())] for item in row}


def _gain(ours: Sequence[int], theirs: Sequence[int]) -> int:
    """How many crossings are saved if two items with these ends change places."""
    return sum((a > b) - (a < b) for a in ours for b in theirs)
