"""How far to the right the items of each layer stand: near the median of their neighbours, never on each other."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import inf

from alliance_trainer.reports.graph_crossings import Neighbours, Rows, neighbours_of
from alliance_trainer.reports.graph_layers import Bend, Item, Segment

_ROUNDS, _FEW, _LARGE = 24, 8, 2000
"""How often the layers are gone through; how often with more segments than the last."""
_STRAIGHT = 16.0
"""How much more the wish of a bend counts that goes on from a bend: lines through many layers should be straight."""
_IDLE = 0.05
"""How much the wish of an item without neighbours counts."""
_BETWEEN_NODES = 26.0
_BESIDE_BEND = 12.0
"""Free room between two nodes, and beside a bend, in pixels."""


def abscissae(rows: Rows, segments: Sequence[Segment], widths: Mapping[Item, float]) -> dict[Item, float]:
    """The middle of each item, in pixels; the leftmost edge is at 0. Bends have no width."""
    above, below = neighbours_of(segments)
    rooms = [_rooms(row, widths) for row in rows]
    places: dict[Item, float] = {}
    for row, room in zip(rows, rooms, strict=True):
        places |= _packed(row, room, [0.0] * len(row), [1.0] * len(row))
    rounds = _ROUNDS if len(segments) <= _LARGE else _FEW
    for turn in range(rounds):
        for number in _direction(len(rows), down=turn % 2 == 0):
            row = rows[number]
            wishes, weights = _wishes(row, places, above, below, down=turn % 2 == 0, last=turn >= rounds - 3)
            places |= _packed(row, rooms[number], wishes, weights)
    for chain in _chains(segments):
        _straighten(chain, rows, rooms, places, _ends(chain, above, below))
    left = min((place - widths.get(item, 0.0) / 2 for item, place in places.items()), default=0.0)
    return {item: place - left for item, place in places.items()}


def _chains(segments: Sequence[Segment]) -> list[list[Bend]]:
    """The bends of each line that passes through several layers, from above to below."""
    chains: dict[tuple[str, bool], set[Bend]] = {}
    for bend in (item for segment in segments for item in segment if isinstance(item, Bend)):
        chains.setdefault((bend.target, bend.back), set()).add(bend)
    return [sorted(chain, key=lambda bend: bend.layer) for chain in chains.values()]


def _ends(chain: Sequence[Bend], above: Neighbours, below: Neighbours) -> list[Item]:
    """The nodes that the line of a chain joins."""
    near = [other for bend in chain for other in (*above.get(bend, ()), *below.get(bend, ()))]
    return [other for other in near if not isinstance(other, Bend)]


def _straighten(
    chain: list[Bend],
    rows: Rows,
    rooms: Sequence[Sequence[float]],
    places: dict[Item, float],
    ends: Sequence[Item],
) -> None:
    """Put the bends of a chain exactly below each other, as far down as what stands beside them allows.

    Within what is allowed the line runs near the nodes that it joins.
    """
    wish = _median([places[other] for other in ends])
    run: list[Bend] = []
    low, high = -inf, inf
    for bend in [*chain, None]:
        least, most = _between(bend, rows, rooms, places) if bend is not None else (inf, -inf)
        if run and max(low, least) > min(high, most):
            places |= dict.fromkeys(run, min(high, max(low, wish)))
            run, low, high = [], -inf, inf
        if bend is not None:
            run, low, high = [*run, bend], max(low, least), min(high, most)


def _between(
    bend: Bend, rows: Rows, rooms: Sequence[Sequence[float]], places: Mapping[Item, float]
) -> tuple[float, float]:
    """How far to the left and to the right a bend could stand while all else stays where it is."""
    row, room = rows[bend.layer], rooms[bend.layer]
    at = row.index(bend)
    low = places[row[at - 1]] + room[at] if at else -inf
    high = places[row[at + 1]] - room[at + 1] if at + 1 < len(row) else inf
    return low, high


def _direction(count: int, *, down: bool) -> range:
    return range(count) if down else range(count - 1, -1, -1)


def _rooms(row: Sequence[Item], widths: Mapping[Item, float]) -> list[float]:
    """How far the middle of each item must stand from that of the one before; 0 for the first."""
    rooms = [0.0]
    for left, right in pairwise(row):
        free = _BESIDE_BEND if isinstance(left, Bend) or isinstance(right, Bend) else _BETWEEN_NODES
        rooms.append((widths.get(left, 0.0) + widths.get(right, 0.0)) / 2 + free)
    return rooms[: len(row)]


def _wishes(
    row: Sequence[Item],
    places: Mapping[Item, float],
    above: Neighbours,
    below: Neighbours,
    *,
    down: bool,
    last: bool,
) -> tuple[list[float], list[float]]:
    """Where each item wants to stand, and how much that counts: in the last rounds both neighbours are heard."""
    wishes, weights = [], []
    for item in row:
        near = list(above.get(item, ())) if down or last else []
        near += list(below.get(item, ())) if not down or last else []
        near = [other for other in near if isinstance(other, Bend)] or near if isinstance(item, Bend) else near
        wishes.append(_median([places[other] for other in near]) if near else places[item])
        straight = isinstance(item, Bend) and any(isinstance(other, Bend) for other in near)
        weights.append(_STRAIGHT if straight else 1.0 if near else _IDLE)
    return wishes, weights


def _median(values: list[float]) -> float:
    values.sort()
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


def _packed(
    row: Sequence[Item], rooms: Sequence[float], wishes: Sequence[float], weights: Sequence[float]
) -> dict[Item, float]:
    """The places nearest to the wishes (least squares) that keep the order and the rooms.

    With the rooms taken off, that is a rising sequence: neighbours that would overtake each other are merged into
    one group at their weighted mean.
    """
    groups: list[tuple[float, float, int]] = []  # sum of weighted wishes, weight, how many
    offset, offsets = 0.0, []
    for room, wish, weight in zip(rooms, wishes, weights, strict=True):
        offset += room
        offsets.append(offset)
        group = ((wish - offset) * weight, weight, 1)
        while groups and groups[-1][0] / groups[-1][1] >= group[0] / group[1]:
            before = groups.pop()
            group = (before[0] + group[0], before[1] + group[1], before[2] + group[2])
        groups.append(group)
    level = [total / weight for total, weight, count in groups for _ in range(count)]
    return {item: base + offset for item, base, offset in zip(row, level, offsets, strict=True)}
