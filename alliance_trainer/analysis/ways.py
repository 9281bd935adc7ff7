"""The ways through a scenario as such: how many there are, how long, and whether more than one is right."""

from collections.abc import Callable, Iterable

import msgspec

from alliance_trainer.core.automaton import UNKNOWN, Automaton
from alliance_trainer.core.vocabulary.outcomes import RESOLVED_FROM


class Ways(msgspec.Struct, frozen=True, kw_only=True):
    """How many ways lead from the start to an ending, and how many answers the shortest and the longest have.

    `paths` and `longest` are None where a way can go round in circles; `shortest` where no ending can be reached.
    """

    paths: int | None
    shortest: int | None
    longest: int | None


def ways(automaton: Automaton) -> Ways:
    """Count the ways, exactly; linear in the number of moves."""
    order = _backwards(automaton)
    first = len(automaton.situations)
    if order is None:
        return Ways(paths=None, shortest=_shortest(automaton), longest=None)
    count = [0] * first + [1] * len(automaton.endings)
    short: list[int | None] = [None] * first + [0] * len(automaton.endings)
    long = list(short)
    for place in order:
        for to in automaton.situations[place].moves.values():
            if to == UNKNOWN:
                continue
            count[place] += count[to]
            short[place] = _better(short[place], short[to], min)
            long[place] = _better(long[place], long[to], max)
    return Ways(paths=count[0], shortest=short[0], longest=long[0])


def _better(own: int | None, other: int | None, which: Callable[[int, int], int]) -> int | None:
    if other is None:
        return own
    return other + 1 if own is None else which(own, other + 1)


def _shortest(automaton: Automaton) -> int | None:
    """Breadth-first from the start to the first ending."""
    first = len(automaton.situations)
    seen, front, steps = {0}, [0], 0
    while front:
        steps += 1
        reached = {to for place in front for to in automaton.situations[place].moves.values()} - {UNKNOWN}
        if any(to >= first for to in reached):
            return steps
        front = sorted(reached - seen)
        seen |= reached
    return None


def _backwards(automaton: Automaton) -> list[int] | None:
    """The situations, each after all that it leads to; None where a way can go round in circles."""
    first = len(automaton.situations)
    order: list[int] = []
    waiting: list[int] = []
    sources: list[list[int]] = [[] for _ in range(first)]
    for place, one in enumerate(automaton.situations):
        targets = [to for to in one.moves.values() if 0 <= to < first]
        waiting.append(len(targets))
        for to in targets:
            sources[to].append(place)
    free = [place for place in range(first) if not waiting[place]]
    while free:
        place = free.pop()
        order.append(place)
        for source in sources[place]:
            waiting[source] -= 1
            if not waiting[source]:
                free.append(source)
    return order if len(order) == first else None


def one_good_route(automaton: Automaton) -> tuple[str, ...] | None:
    """The turns of the only way to the endings that count as good (worth 3 or more), if there is only one.

    Ways are told apart by the turns they meet, not by what is said there. None where there are several or none.
    """
    outlook, first = automaton.outlook, len(automaton.situations)
    good = [value is not None and value >= RESOLVED_FROM for value in outlook]
    here, route = {0}, list[str]()
    if not good[0]:
        return None
    while True:
        route.append(automaton.situations[min(here)].turn)
        after = {to for place in here for to in automaton.situations[place].moves.values() if to >= 0 and good[to]}
        names = _names(automaton, after)
        if len(names) != 1 or names <= set(route):
            return None
        if min(after) >= first:
            return (*route, *names)
        here = after


def _names(automaton: Automaton, places: Iterable[int]) -> set[str]:
    """The turns, or the endings, of some places."""
    return {automaton.ending_at(place) or automaton.situations[place].turn for place in places}
