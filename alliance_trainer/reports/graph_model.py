"""What a picture of a scenario shows: turns and endings as nodes, responses and their ways between them."""

from collections.abc import Iterator
from typing import Literal

import msgspec

from alliance_trainer.core.conditions import write
from alliance_trainer.core.model import Ending, Response, Scenario, Turn
from alliance_trainer.core.outline import strongest_of, targets, ways_on
from alliance_trainer.core.reading import signs
from alliance_trainer.core.vocabulary.markers import RuptureType
from alliance_trainer.core.vocabulary.outcomes import OUTCOME_MEANINGS, RESOLVED_FROM
from alliance_trainer.core.walk import Link, walk

Kind = Literal["plain", "withdrawal", "confrontation", "mixed", "good", "partly", "sealed", "bad"]
"""What a node is: a turn by its rupture type, or an ending by what became of the rupture."""

Weight = Literal["strongest", "plain", "weak"]
"""How a line is drawn: from the strongest response, from one that does harm or is a trap, or from any other."""

WEIGHTS: tuple[Weight, ...] = ("weak", "plain", "strongest")
"""In the order of drawing: what comes later covers what came before."""

_KINDS: dict[RuptureType, Kind] = {
    "none": "plain",
    "withdrawal": "withdrawal",
    "confrontation": "confrontation",
    "mixed": "mixed",
}

LETTERS: dict[Kind, str] = {
    "plain": "N",
    "withdrawal": "W",
    "confrontation": "C",
    "mixed": "M",
    "good": "G",
    "partly": "P",
    "sealed": "S",
    "bad": "B",
}
"""One letter a kind, so that nobody needs to see its colour or its shape."""

WORDS: dict[Kind, str] = {
    "plain": "no rupture",
    "withdrawal": "withdrawal",
    "confrontation": "confrontation",
    "mixed": "withdrawal and confrontation",
    "good": "good ending",
    "partly": "ending: in part",
    "sealed": "ending: smoothed over",
    "bad": "bad ending",
}
"""What stands in a node for its kind."""

ENDINGS: tuple[Kind, ...] = ("good", "partly", "sealed", "bad")
"""The kinds that are endings."""


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """Where a response leads, and if so; `condition` is empty where there is but one way. `back`: to a turn before."""

    condition: str
    to: str
    back: bool


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """A response: its words, what it is keyed as, on which condition it is on offer (empty if always), its ways on."""

    id: str
    says: str
    why: str
    strongest: bool
    trap: str
    harm: int
    offered: str
    ways: tuple[Way, ...]

    @property
    def weight(self) -> Weight:
        """How its lines are drawn."""
        return "strongest" if self.strongest else "weak" if self.trap or self.harm else "plain"

    @property
    def sign(self) -> str:
        """What stands before its id: a plus for the strongest, an exclamation mark for a trap or harm."""
        return {"strongest": "+ ", "plain": "", "weak": "! "}[self.weight]

    @property
    def marks(self) -> tuple[str, ...]:
        """What it is keyed as, in words."""
        return (
            *(["strongest"] if self.strongest else []),
            *([f"trap: {self.trap}"] if self.trap else []),
            *([f"harm {self.harm}"] if self.harm else []),
        )


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """A turn with its responses, or an ending. `facts` are lines that say what it is; `told` what happens there."""

    id: str
    kind: Kind
    start: bool
    facts: tuple[str, ...]
    told: str
    choices: tuple[Choice, ...] = ()

    @property
    def ending(self) -> bool:
        """Whether it is an ending."""
        return self.kind in ENDINGS


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """All ways from one node to another: each with the response that it is a way of."""

    source: str
    target: str
    back: bool
    ways: tuple[tuple[Choice, Way], ...]

    @property
    def weights(self) -> frozenset[Weight]:
        """Those of its responses."""
        return frozenset(choice.weight for choice, _ in self.ways)

    @property
    def lines(self) -> tuple[str, ...]:
        """Each way in a line: the response with its sign (+ strongest, ! a trap or harm), and on which conditions."""
        return tuple(
            f"{choice.sign}{choice.id}"
            f"{f' [{choice.offered}]' if choice.offered else ''}{f': {way.condition}' if way.condition else ''}"
            for choice, way in self.ways
        )

    @property
    def weight(self) -> Weight:
        """The heaviest of its weights: what one line for all of them is drawn as."""
        return max(self.weights, key=WEIGHTS.index)


class Graph(msgspec.Struct, frozen=True, kw_only=True):
    """A scenario as a graph, its nodes in the order of reading."""

    id: str
    title: str
    language: str
    start: str
    nodes: tuple[Node, ...]

    @property
    def bundles(self) -> tuple[Bundle, ...]:
        """The ways between each two nodes, in the order of the nodes and of their responses."""
        return tuple(bundle for node in self.nodes for bundle in _bundles(node))

    @property
    def names(self) -> dict[str, str]:
        """For each node a name that any language takes: ids have no underscore, so that two never become the same."""
        return {node.id: f"{'e' if node.ending else 't'}_{node.id.replace('-', '_')}" for node in self.nodes}

    @property
    def links(self) -> tuple[Link, ...]:
        """Which node leads to which."""
        return tuple((bundle.source, bundle.target) for bundle in self.bundles)


def graph_of(scenario: Scenario) -> Graph:
    """The graph of a scenario whose targets all exist."""
    links = {name: targets(turn) for name, turn in scenario.turns.items()} | {name: [] for name in scenario.endings}
    walked = walk(scenario.start, links)
    return Graph(
        id=scenario.id,
        title=scenario.title,
        language=scenario.language,
        start=scenario.start,
        nodes=tuple(
            _turn(scenario, name, walked.back) if name in scenario.turns else _ending(name, scenario.endings[name])
            for name in walked.order
        ),
    )


def _turn(scenario: Scenario, name: str, back: frozenset[Link]) -> Node:
    turn: Turn = scenario.turns[name]
    kind = _KINDS[turn.rupture]
    stage = f", stage {turn.stage}" if turn.stage != "none" else ""
    best = strongest_of(turn.responses)
    return Node(
        id=name,
        kind=kind,
        start=name == scenario.start,
        facts=(f"{WORDS[kind]}{stage}", *([signs(turn)] if turn.markers else [])),
        told=" ".join(beat.says or f"({beat.shows or '...'})" for beat in turn.patient),
        choices=tuple(_choice(name, own, response, own in best, back) for own, response in turn.responses.items()),
    )


def _choice(turn: str, name: str, response: Response, best: bool, back: frozenset[Link]) -> Choice:
    return Choice(
        id=name,
        says=response.says,
        why=response.why,
        strongest=best,
        trap=response.trap or "",
        harm=response.harm,
        offered=f"only if {write(response.when)}" if response.when is not None else "",
        ways=tuple(Way(condition=condition, to=to, back=(turn, to) in back) for condition, to in _distinct(response)),
    )


def _distinct(response: Response) -> list[tuple[str, str]]:
    """The ways on, without those before the last that lead where the last leads anyway."""
    *ways, last = ways_on(response)
    while ways and ways[-1][1] == last[1]:
        ways.pop()
    return [*ways, last if ways else ("", last[1])]


def _ending(name: str, ending: Ending) -> Node:
    kind: Kind = "bad"
    if ending.value >= RESOLVED_FROM:
        kind = "good"
    elif ending.outcome in ("partly", "sealed"):
        kind = "partly" if ending.outcome == "partly" else "sealed"
    return Node(
        id=name,
        kind=kind,
        start=False,
        facts=(WORDS[kind], f"{ending.outcome}: {OUTCOME_MEANINGS[ending.outcome]}"),
        told=ending.debrief,
    )


def _bundles(node: Node) -> Iterator[Bundle]:
    by_target: dict[str, list[tuple[Choice, Way]]] = {}
    for choice in node.choices:
        for way in choice.ways:
            by_target.setdefault(way.to, []).append((choice, way))
    for target, ways in by_target.items():
        yield Bundle(source=node.id, target=target, back=ways[0][1].back, ways=tuple(ways))
