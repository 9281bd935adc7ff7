"""Loops that a play can go round as often as it likes, and what it gains by that.

Only loops of situations count: a loop that some condition closes after a round is none.
"""

from collections.abc import Iterator

import msgspec

from alliance_trainer.core import effects
from alliance_trainer.core.automaton import Automaton
from alliance_trainer.core.episodes import mistaken
from alliance_trainer.core.model import Scenario


class FarmableLoop(msgspec.Struct, frozen=True, kw_only=True):
    """A loop that raises a variable each time: the turns with the responses given, and how to get there."""

    variable: str
    gain: int
    loop: tuple[tuple[str, str], ...]
    way: tuple[tuple[str, str], ...]


class _Edge(msgspec.Struct, frozen=True, kw_only=True):
    turn: str
    response: str
    to: str
    changes: dict[str, int]


def farmable_loops(automaton: Automaton) -> Iterator[FarmableLoop]:
    """For each part of the scenario with such loops, one for each variable that can be raised without a mistake.

    Mistakes (see `core.episodes.mistaken`) are no way to farm: they cost what they gain. Nothing is found where
    the automaton is not complete.
    """
    for component in components(automaton) if automaton.complete and _comes_back(automaton.scenario) else ():
        edges = list(_edges(automaton, component))
        names = {name for edge in edges for name in edge.changes if name != "tension"}
        way = automaton.way_to(min(component))
        for name in sorted(names):
            loop = _rising(edges, name)
            if loop:
                gain = sum(edge.changes.get(name, 0) for edge in loop)
                steps = tuple((edge.turn, edge.response) for edge in loop)
                yield FarmableLoop(variable=name, gain=gain, loop=steps, way=way)


def _comes_back(scenario: Scenario) -> bool:
    """Whether any turn leads back to itself, conditions aside: else the situations need not be looked at."""
    left = {turn: {way.to for one in of.responses.values() for way in one.to} for turn, of in scenario.turns.items()}
    while ends := [turn for turn, to in left.items() if not to & left.keys()]:
        for turn in ends:
            del left[turn]
    return bool(left)


def _edges(automaton: Automaton, component: set[int]) -> Iterator[_Edge]:
    seen = set()
    for place in sorted(component):
        one = automaton.situations[place]
        for name, to in one.moves.items():
            response = automaton.scenario.turns[one.turn].responses[name]
            if to in component and (one.turn, name) not in seen and not mistaken(response):
                seen.add((one.turn, name))
                changes = effects.changes_of(response)
                yield _Edge(turn=one.turn, response=name, to=automaton.situations[to].turn, changes=changes)


def _rising(edges: list[_Edge], name: str) -> list[_Edge]:
    """A loop of turns round which the variable rises; empty if there is none (Bellman and Ford)."""
    turns = {turn for edge in edges for turn in (edge.turn, edge.to)}
    height, came_by = dict.fromkeys(turns, 0), dict[str, _Edge]()
    last = ""
    for _ in range(len(turns) + 1):
        last = ""
        for edge in edges:
            reached = height[edge.turn] + edge.changes.get(name, 0)
            if reached > height[edge.to]:
                height[edge.to], came_by[edge.to], last = reached, edge, edge.to
        if not last:
            return []
    return _loop_behind(last, came_by)


def _loop_behind(turn: str, came_by: dict[str, _Edge]) -> list[_Edge]:
    """Back along the edges by which the turns were come to, until one comes again."""
    seen: set[str] = set()
    while turn not in seen:
        seen.add(turn)
        turn = came_by[turn].turn
    loop, start = [came_by[turn]], turn
    while loop[-1].turn != start:
        loop.append(came_by[loop[-1].turn])
    return loop[::-1]


def components(automaton: Automaton) -> list[set[int]]:
    """The sets of situations that lead to each other round and round, by Kosaraju's algorithm, without recursion."""
    first = len(automaton.situations)
    after = [[to for to in one.moves.values() if 0 <= to < first] for one in automaton.situations]
    before: list[list[int]] = [[] for _ in range(first)]
    for place, targets in enumerate(after):
        for to in targets:
            before[to].append(place)
    found: list[set[int]] = []
    seen: set[int] = set()
    for root in reversed(_finished(after)):
        if root not in seen:
            component = _spread(root, before, seen)
            if len(component) > 1 or root in after[root]:
                found.append(component)
    return found


def _finished(after: list[list[int]]) -> list[int]:
    """The situations in the order in which a depth-first walk is done with them."""
    order: list[int] = []
    seen: set[int] = set()
    for root in range(len(after)):
        work = [(root, iter(after[root]))] if root not in seen else []
        seen.add(root)
        while work:
            rest = work[-1][1]
            to = next((to for to in rest if to not in seen), None)
            if to is None:
                order.append(work.pop()[0])
            else:
                seen.add(to)
                work.append((to, iter(after[to])))
    return order


def _spread(root: int, edges: list[list[int]], seen: set[int]) -> set[int]:
    """What can be come to from the root and was not seen before; it is now."""
    found, queue = {root}, [root]
    seen.add(root)
    while queue:
        new = set(edges[queue.pop()]) - seen
        seen |= new
        found |= new
        queue.extend(new)
    return found
