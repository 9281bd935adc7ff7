"""The moves of an automaton as arrays: for whole batches of plays, and for exact results on large scenarios.

Scores count only the first answer at a turn. So where a turn can be met twice on one way, the situations also tell
whether it was answered before (see `scoring_automaton`), and a later answer is worth nothing.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from alliance_trainer.core.automaton import DEFAULT_BUDGET, Automaton, compile_scenario
from alliance_trainer.core.conditions import Visited
from alliance_trainer.core.liveness import features
from alliance_trainer.core.model import Response, Scenario
from alliance_trainer.core.vocabulary.skills import RATED, SKILLS, Rated

if TYPE_CHECKING:  # numpy costs 0.1 s, and only where arrays are made
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]


class Moves(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All moves of an automaton, situation by situation, each situation's in the author's order.

    Of place p the moves are `first[p]` to `first[p] + count[p] - 1`; endings have none. For move m: `to[m]` is
    the place it leads to; `points[m, s]` and `offered[m, s]` are what it adds for the skill s (in the order of
    `RATED`), nothing where the turn was answered before; `total[m]` is the sum of its ratings over the four
    skills; `names[m]` its turn and response.
    """

    automaton: Automaton
    first: "Array"
    count: "Array"
    to: "Array"
    points: "Array"
    offered: "Array"
    total: "Array"
    names: tuple[tuple[str, str], ...]

    @property
    def situations(self) -> int:
        """How many situations there are; the endings are the places from here on."""
        return len(self.automaton.situations)

    @property
    def places(self) -> int:
        """How many places there are."""
        return self.situations + len(self.automaton.endings)

    @cached_property
    def source(self) -> "Array":
        """For each move the place it starts from."""
        import numpy as np  # arrays are wanted already

        return np.repeat(np.arange(self.places), self.count)

    @cached_property
    def ending_values(self) -> "Array":
        """For each ending what it is worth, 0 to 4."""
        import numpy as np  # arrays are wanted already

        first = self.situations
        return np.array([self.automaton.value_at(place) for place in range(first, self.places)])


def turns_met_twice(automaton: Automaton) -> frozenset[str]:
    """The turns that may be met a second time on one way: those on a loop of turns, conditions minded."""
    after: dict[str, set[str]] = {}
    situations = automaton.situations
    for one in situations:
        places = (to for to in one.moves.values() if 0 <= to < len(situations))
        after.setdefault(one.turn, set()).update(situations[to].turn for to in places)
    return frozenset(turn for turn in after if _leads_back(turn, after))


def _leads_back(turn: str, after: Mapping[str, set[str]]) -> bool:
    found: set[str] = set()
    queue = [turn]
    while queue:
        new = after.get(queue.pop(), set()) - found
        if turn in new:
            return True
        found |= new
        queue.extend(new)
    return False


def scoring_automaton(scenario: Scenario, budget: int = DEFAULT_BUDGET, *, known: Automaton | None = None) -> Automaton:
    """The automaton whose situations also tell whether a turn that can be met twice was answered before.

    One that is not complete tells nothing of the kind: with more to tell apart it would not be complete either.
    `known`: an automaton of the scenario with this budget, taken as it is where it tells the same situations apart.
    """
    same = known is not None and known.live == features(scenario)
    automaton = known if known is not None and same else compile_scenario(scenario, budget)
    twice = turns_met_twice(automaton) if automaton.complete else frozenset()
    return compile_scenario(scenario, budget, remember=twice) if twice else automaton


def moves_of(automaton: Automaton) -> Moves:
    """The arrays of an automaton from `scoring_automaton`; it must be complete."""
    import numpy as np  # kept off the start-up path

    known: dict[tuple[str, tuple[str, ...], bool], _Block] = {}
    blocks: list[_Block] = []
    to: list[int] = []
    for one in automaton.situations:
        offered = tuple(one.moves)
        key = (one.turn, offered, _answered_before(automaton, one.turn, one.facts))
        block = known.get(key)
        if block is None:
            block = known[key] = _block(automaton.scenario, *key)
        blocks.append(block)
        to.extend(one.moves.values())
    counts = [len(block.names) for block in blocks] + [0] * len(automaton.endings)
    count = np.array(counts, dtype=np.int64)
    points, offered_points = _stacked(blocks, "points"), _stacked(blocks, "offered")
    return Moves(
        automaton=automaton,
        first=np.concatenate(([0], np.cumsum(count)))[:-1],
        count=count,
        to=np.array(to, dtype=np.int64),
        points=points,
        offered=offered_points,
        total=np.array([total for block in blocks for total in block.totals], dtype=np.int64),
        names=tuple(name for block in blocks for name in block.names),
    )


class _Block(msgspec.Struct, frozen=True, kw_only=True):
    """What the moves of one situation are worth."""

    names: list[tuple[str, str]]
    points: "Array"
    offered: "Array"
    totals: list[int]


def _stacked(blocks: list[_Block], field: str) -> "Array":
    import numpy as np  # arrays are wanted already

    parts = [getattr(block, field) for block in blocks if block.names]
    return np.concatenate(parts) if parts else np.zeros((0, len(RATED)), dtype=np.int64)


def _answered_before(automaton: Automaton, turn: str, facts: tuple[int, ...]) -> bool:
    fact = Visited(turn=turn)
    return any(value == 1 and feature.fact == fact for feature, value in zip(automaton.live[turn], facts, strict=True))


def _block(scenario: Scenario, turn_id: str, offered: tuple[str, ...], answered: bool) -> _Block:
    import numpy as np  # arrays are wanted already

    turn = scenario.turns[turn_id]
    responses = [turn.responses[name] for name in offered]
    points = np.zeros((len(offered), len(RATED)), dtype=np.int64)
    worth = np.zeros_like(points)
    if not answered:
        for column, skill in enumerate(RATED):
            ratings = ratings_of(responses, skill)
            points[:, column] = [turn.weight * (rating - min(ratings)) for rating in ratings]
            worth[:, column] = turn.weight * (max(ratings, default=0) - min(ratings, default=0))
    return _Block(
        names=[(turn_id, name) for name in offered],
        points=points,
        offered=worth,
        totals=[sum(response.rates.get(skill, 0) for skill in SKILLS) for response in responses],
    )


def ratings_of(responses: list[Response], skill: Rated) -> list[int]:
    """The ratings of the responses on offer for a skill; a missing one counts as 0 (see `core.tally.moment`)."""
    return [response.rates.get(skill, 0) for response in responses]
