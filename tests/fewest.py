"""The fewest turns of some kind that any way through a scenario meets, exactly, over its automaton."""

from collections.abc import Callable

from alliance_trainer.core.automaton import Automaton
from alliance_trainer.core.model import Ending, Turn


def fewest(automaton: Automaton, counts: Callable[[Turn], bool], ends: Callable[[Ending], bool]) -> int | None:
    """Over all ways to an ending that is meant, the fewest turns that count; None if no way leads to one.

    Bellman's recursion, again and again until nothing changes: right with loops as well.
    """
    turns, endings = automaton.scenario.turns, automaton.scenario.endings
    found: list[int | None] = [None] * len(automaton.situations)
    found += [0 if ends(endings[name]) else None for name in automaton.endings]
    changed = True
    while changed:
        changed = False
        for place, one in enumerate(automaton.situations):
            after = [best for to in one.moves.values() if to >= 0 and (best := found[to]) is not None]
            new = min(after) + counts(turns[one.turn]) if after else None
            if new != found[place]:
                found[place], changed = new, True
    return found[0]
