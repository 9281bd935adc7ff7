"""The ways through a scenario as bands from turn to turn: which nodes and bands there are, few enough to be read."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from alliance_trainer.cohort.study.figures import Flow
from alliance_trainer.reports.report_room import Room

LEAST_SHARE = 0.02
"""A node with a smaller share of the attempts is put together with others."""

Key = tuple[int, str]
"""A node: its column from 0, and its name; those of others and of endings cannot be names of turns."""

_OTHER = "\0other"
_END = "\0end "
_OTHER_END = "\0end \0other"


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """A turn, or an ending, in a column; `people` went through it there."""

    column: int
    name: str
    ends: bool
    people: int


class Band(msgspec.Struct, frozen=True, kw_only=True):
    """So many went from one node to another: with a best response, and with another one."""

    source: Key
    target: Key
    best: int
    other: int


class Ways(msgspec.Struct, frozen=True, kw_only=True):
    """Nodes and bands; `cut`: some ways go on behind the last column."""

    nodes: Mapping[Key, Node]
    bands: tuple[Band, ...]
    cut: bool


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the table: from a turn at a step, so many people, and where they went."""

    step: int
    turn: str
    people: int
    onward: str


def ways_of(flow: Flow, room: Room) -> Ways:
    """The nodes and bands of the first steps; rare nodes, and all but the greatest of a step, are put together."""
    shown = [band for band in flow.bands if band.step < room.steps]
    raw = [
        ((band.step, band.turn), (band.step + 1, f"{_END}{band.to}" if band.ends else band.to), band.best, band.other)
        for band in shown
    ]
    people = _people((source, target, best + other) for source, target, best, other in raw)
    rare = _rare(people, LEAST_SHARE * flow.attempts, room.nodes)
    sums: defaultdict[tuple[Key, Key], list[int]] = defaultdict(lambda: [0, 0])
    for source, target, best, other in raw:
        both = sums[_kept(source, rare), _kept(target, rare)]
        both[0] += best
        both[1] += other
    bands = tuple(
        Band(source=source, target=target, best=best, other=other)
        for (source, target), (best, other) in sorted(sums.items())
    )
    counts = _people((band.source, band.target, band.best + band.other) for band in bands)
    return Ways(
        nodes={key: _node(key, count) for key, count in counts.items()},
        bands=bands,
        cut=len(shown) < len(flow.bands),
    )


def _rare(people: Mapping[Key, int], least: float, most: int) -> set[Key]:
    """The nodes that are too small, and those behind the greatest of their column, where two or more are of a kind.

    Turns and endings stay apart, so that a column with both kinds has one place fewer for others to stand alone.
    """
    columns: defaultdict[int, list[Key]] = defaultdict(list)
    for key in sorted(people, key=lambda key: (-people[key], key)):
        columns[key[0]].append(key)
    rare: set[Key] = set()
    for keys in columns.values():
        small = _small(keys, people, least, most)
        if len(set(map(_ends, small))) > 1:
            small = _small(keys, people, least, most - 1)
        for ends in (False, True):
            alike = {key for key in small if _ends(key) == ends}
            rare |= alike if len(alike) > 1 else set()
    return rare


def _small(keys: Sequence[Key], people: Mapping[Key, int], least: float, most: int) -> set[Key]:
    return {key for place, key in enumerate(keys) if place >= most or people[key] < least}


def _ends(key: Key) -> bool:
    return key[1].startswith(_END)


def _kept(key: Key, rare: set[Key]) -> Key:
    if key not in rare:
        return key
    return key[0], _OTHER_END if _ends(key) else _OTHER


def _people(bands: Iterable[tuple[Key, Key, int]]) -> dict[Key, int]:
    """How many went through each node: the greater of those who came and those who left."""
    came: Counter[Key] = Counter()
    left: Counter[Key] = Counter()
    for source, target, people in bands:
        left[source] += people
        came[target] += people
    return {key: max(came[key], left[key]) for key in sorted({*came, *left})}


def _node(key: Key, people: int) -> Node:
    column, name = key
    if name == _OTHER:
        return Node(column=column, name="other turns", ends=False, people=people)
    if name == _OTHER_END:
        return Node(column=column, name="others", ends=True, people=people)
    return Node(column=column, name=name.removeprefix(_END), ends=_ends(key), people=people)


def steps_of(ways: Ways) -> tuple[Step, ...]:
    """The same as a table."""
    onward: defaultdict[Key, list[Band]] = defaultdict(list)
    for band in ways.bands:
        onward[band.source].append(band)
    return tuple(
        Step(
            step=key[0] + 1,
            turn=ways.nodes[key].name,
            people=ways.nodes[key].people,
            onward="; ".join(_told(ways, band) for band in bands),
        )
        for key, bands in sorted(onward.items())
    )


def _told(ways: Ways, band: Band) -> str:
    node = ways.nodes[band.target]
    end = " (end)" if node.ends else ""
    return f"{node.name}{end} {band.best + band.other} ({band.best})"
