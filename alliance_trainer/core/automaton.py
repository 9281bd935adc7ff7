"""A scenario compiled to situations and the moves between them, for lint, analysis and batch scoring.

A situation is a turn together with what some later condition still reads: the values of variables, and
which chose() and visited() are true. What nothing downstream reads is dropped (live-variable analysis),
so a scenario without conditions has one situation a turn. Endings are places too, after the situations.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from functools import cached_property

import msgspec

from alliance_trainer.core import conditions, effects
from alliance_trainer.core.conditions import Chose, Compare, Condition, Visited
from alliance_trainer.core.engine import State
from alliance_trainer.core.model import Response, Scenario, Turn
from alliance_trainer.core.vocabulary.outcomes import OUTCOME_VALUES

DEFAULT_BUDGET = 300_000
"""So many situations are compiled at the most; beyond that `complete` is false."""

Fact = str | Chose | Visited
Facts = tuple[tuple[Fact, int], ...]


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """A turn with its live facts; `moves` maps each response on offer to the place it leads to."""

    turn: str
    facts: Facts
    moves: Mapping[str, int]


class Automaton(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The situations, then the endings; place 0 is the start.

    A move to `UNKNOWN` leads beyond the budget or to a turn that does not exist; `complete` is false then.
    """

    scenario: Scenario
    situations: tuple[Situation, ...]
    endings: tuple[str, ...]
    complete: bool
    live: Mapping[str, tuple[Fact, ...]]

    def ending_at(self, place: int) -> str | None:
        """The ending's id, or None where the place is a situation."""
        first = len(self.situations)
        return self.endings[place - first] if place >= first else None

    @cached_property
    def index(self) -> dict[tuple[str, Facts], int]:
        """The place of each situation, by turn and facts."""
        return {(situation.turn, situation.facts): place for place, situation in enumerate(self.situations)}

    def place_of(self, state: State) -> int | None:
        """The place at which a state of the engine stands; None beyond the budget."""
        if state.ended:
            return len(self.situations) + self.endings.index(state.place)
        return self.index.get((state.place, facts_of(self.live[state.place], state)))

    @cached_property
    def outlook(self) -> tuple[int | None, ...]:
        """For each place the value (0 to 4) of the best ending that can still be reached; None if none can.

        Breadth-first from the endings backwards, best first: linear in the number of moves, right with loops.
        """
        sources: list[list[int]] = [[] for _ in range(len(self.situations) + len(self.endings))]
        for place, situation in enumerate(self.situations):
            for target in situation.moves.values():
                if target != UNKNOWN:
                    sources[target].append(place)
        best: list[int | None] = [None] * len(sources)
        ranked = sorted(range(len(self.situations), len(sources)), key=self._value, reverse=True)
        for ending in ranked:
            queue = deque([ending])
            while queue:
                place = queue.popleft()
                if best[place] is None:
                    best[place] = self._value(ending)
                    queue.extend(sources[place])
        return tuple(best)

    def _value(self, place: int) -> int:
        ending = self.ending_at(place)
        assert ending is not None
        return OUTCOME_VALUES[self.scenario.endings[ending].outcome]


UNKNOWN = -1


def facts_of(live: Iterable[Fact], state: State) -> Facts:
    """The live facts of a state, in their fixed order."""
    return tuple((fact, _fact(fact, state)) for fact in live)


def _fact(fact: Fact, state: State) -> int:
    match fact:
        case Chose(turn=turn, response=response):
            return int(f"{turn}.{response}" in state.chosen)
        case Visited(turn=turn):
            return int(turn in state.visited)
        case str():
            return state.values.get(fact, 0)


def _reads(condition: Condition | None) -> set[Fact]:
    return {atom.variable if isinstance(atom, Compare) else atom for atom in conditions.atoms(condition)}


def _conditions(turn: Turn) -> Iterable[Condition | None]:
    """The conditions that decide at a turn: beats do not, they are only shown or not."""
    for response in turn.responses.values():
        yield response.when
        yield from (route.when for route in response.to)


def live_facts(scenario: Scenario) -> dict[str, tuple[Fact, ...]]:
    """For each turn the facts that a condition at it or after it reads, in a fixed order.

    Changes never make a fact's old value irrelevant (they add to it), so liveness only flows backwards.
    """
    live: dict[str, set[Fact]] = {}
    for turn_id, turn in scenario.turns.items():
        live[turn_id] = set().union(*(_reads(condition) for condition in _conditions(turn)))
    changed = True
    while changed:
        changed = False
        for turn_id, turn in reversed(scenario.turns.items()):
            size = len(live[turn_id])
            for response in turn.responses.values():
                live[turn_id].update(*(live.get(route.to, ()) for route in response.to))
            changed = changed or len(live[turn_id]) > size
    for own, facts in live.items():
        settled = {fact for fact in facts if isinstance(fact, str) and fact not in scenario.bounds}
        live[own] = facts - settled
    return {turn_id: tuple(sorted(facts, key=repr)) for turn_id, facts in live.items()}


class _Compiler:
    """Breadth-first over the situations, each one met once."""

    def __init__(self, scenario: Scenario, budget: int) -> None:
        self.scenario = scenario
        self.budget = budget
        self.live = live_facts(scenario)
        self.endings = tuple(scenario.endings)
        self.complete = True
        self.index: dict[tuple[str, Facts], int] = {}
        self.queue: deque[tuple[str, Facts]] = deque()
        self.changes = {
            (turn_id, name): effects.changes_of(response)
            for turn_id, turn in scenario.turns.items()
            for name, response in turn.responses.items()
        }

    def run(self) -> Automaton:
        moves: list[dict[str, int]] = []
        start = State(place=self.scenario.start, ended=False, values=self.scenario.start_values)
        if self.scenario.start in self.scenario.turns:
            self._place(self.scenario.start, facts_of(self.live[self.scenario.start], start))
        else:
            self.complete = False
        while self.queue:
            moves.append(self._moves(*self.queue.popleft()))
        count = len(moves)
        situations = tuple(
            Situation(turn=turn, facts=facts, moves={name: _shift(to, count) for name, to in of.items()})
            for (turn, facts), of in zip(self.index, moves, strict=True)
        )
        return Automaton(
            scenario=self.scenario,
            situations=situations,
            endings=self.endings,
            complete=self.complete,
            live=self.live,
        )

    def _place(self, turn: str, facts: Facts) -> int:
        known = self.index.get((turn, facts))
        if known is not None:
            return known
        if len(self.index) >= self.budget:
            self.complete = False
            return UNKNOWN
        self.index[turn, facts] = len(self.index)
        self.queue.append((turn, facts))
        return len(self.index) - 1

    def _moves(self, turn: str, facts: Facts) -> dict[str, int]:
        values = {fact: value for fact, value in facts if isinstance(fact, str)}
        chosen = {f"{fact.turn}.{fact.response}" for fact, value in facts if value and isinstance(fact, Chose)}
        visited = {fact.turn for fact, value in facts if value and isinstance(fact, Visited)}
        moves: dict[str, int] = {}
        for name, response in self.scenario.turns[turn].responses.items():
            if conditions.holds(response.when, values, chosen, visited):
                moves[name] = self._target(
                    response,
                    State(
                        place=turn,
                        ended=False,
                        values=self._moved(values, self.changes[turn, name]),
                        visited=frozenset(visited | {turn}),
                        chosen=frozenset(chosen | {f"{turn}.{name}"}),
                    ),
                )
        return moves

    def _moved(self, values: dict[str, int], changes: dict[str, int]) -> dict[str, int]:
        live = {name: change for name, change in changes.items() if name in values}
        return effects.apply(self.scenario, values, live) if live else values

    def _target(self, response: Response, after: State) -> int:
        """The place a response leads to: a situation's number, or -2, -3, ... for the endings in order."""
        to = next(
            route.to for route in response.to if conditions.holds(route.when, after.values, after.chosen, after.visited)
        )
        if to in self.scenario.turns:
            return self._place(to, facts_of(self.live[to], after))
        if to in self.scenario.endings:
            return -2 - self.endings.index(to)
        self.complete = False
        return UNKNOWN


def _shift(target: int, situations: int) -> int:
    return target if target >= UNKNOWN else situations - 2 - target


def compile_scenario(scenario: Scenario, budget: int = DEFAULT_BUDGET) -> Automaton:
    """Compile a scenario to its automaton.

    Stops at `budget` situations and says so by `complete`; moves that lead beyond are `UNKNOWN`.
    """
    return _Compiler(scenario, budget).run()
