"""A scenario compiled to situations and the moves between them, for lint, analysis, simulation and batch scoring.

A situation is a turn together with what some later condition still tells apart (see `liveness`), so a scenario
without conditions has one situation a turn. Endings are places too, after the situations.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

import msgspec

from alliance_trainer.core import effects
from alliance_trainer.core.asking import Ask, Asker, Classes, always, never
from alliance_trainer.core.engine import State
from alliance_trainer.core.liveness import Feature, features
from alliance_trainer.core.model import Response, Scenario
from alliance_trainer.core.vocabulary.outcomes import OUTCOME_VALUES

DEFAULT_BUDGET = 300_000
"""So many situations are compiled at the most; beyond that `complete` is false."""

UNKNOWN = -1
"""The place beyond the budget, or at a turn that does not exist."""


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """A turn with the classes of its features; `moves` maps each response on offer to the place it leads to.

    `parent` is the situation from which it was first come to, and by which response: following parents gives a
    shortest way from the start. None at the start.
    """

    turn: str
    facts: Classes
    moves: Mapping[str, int]
    parent: tuple[int, str] | None = None


class Automaton(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The situations, then the endings; place 0 is the start.

    A move to `UNKNOWN` leads beyond the budget or to a turn that does not exist; `complete` is false then.
    `live` has for each turn its features, in the order of `Situation.facts`. `taken` has for each response that
    was on offer somewhere which of its ways on were taken, by their index in `to`.
    """

    scenario: Scenario
    situations: tuple[Situation, ...]
    endings: tuple[str, ...]
    complete: bool
    live: Mapping[str, tuple[Feature, ...]]
    taken: Mapping[tuple[str, str], frozenset[int]]

    def ending_at(self, place: int) -> str | None:
        """The ending's id, or None where the place is a situation."""
        first = len(self.situations)
        return self.endings[place - first] if place >= first else None

    @cached_property
    def index(self) -> dict[tuple[str, Classes], int]:
        """The place of each situation, by turn and classes."""
        return {(situation.turn, situation.facts): place for place, situation in enumerate(self.situations)}

    @cached_property
    def at_turn(self) -> dict[str, list[int]]:
        """The situations of each turn that can be come to."""
        found: dict[str, list[int]] = {}
        for place, situation in enumerate(self.situations):
            found.setdefault(situation.turn, []).append(place)
        return found

    def place_of(self, state: State) -> int | None:
        """The place at which a state of the engine stands; None beyond the budget."""
        if state.ended:
            return len(self.situations) + self.endings.index(state.place)
        return self.index.get((state.place, facts_of(self.live[state.place], state)))

    def way_to(self, place: int) -> tuple[tuple[str, str], ...]:
        """A shortest way from the start to a situation: turns with the responses given there."""
        way: list[tuple[str, str]] = []
        parent = self.situations[place].parent
        while parent is not None:
            place, response = parent
            way.append((self.situations[place].turn, response))
            parent = self.situations[place].parent
        return tuple(reversed(way))

    @cached_property
    def outlook(self) -> tuple[int | None, ...]:
        """For each place the value (0 to 4) of the best ending that can still be reached; None if none can.

        Backwards through the situations until nothing changes: once and once more where ways only lead on, and
        a few times more where they lead back.
        """
        first = len(self.situations)
        best = [-1] * first + [self.value_at(place) for place in range(first, first + len(self.endings))]
        best.append(-1)  # of UNKNOWN, the last one from behind
        targets = [tuple(situation.moves.values()) for situation in self.situations]
        changed = True
        while changed:
            changed = False
            for place in range(first - 1, -1, -1):
                reached = max([best[to] for to in targets[place]], default=-1)
                if reached > best[place]:
                    best[place], changed = reached, True
        return tuple([None if value < 0 else value for value in best[:-1]])

    def value_at(self, place: int) -> int:
        """What the ending at a place is worth, 0 to 4."""
        ending = self.ending_at(place)
        assert ending is not None
        return OUTCOME_VALUES[self.scenario.endings[ending].outcome]


def facts_of(live: Iterable[Feature], state: State) -> Classes:
    """The classes of a state, in the order of the features."""
    return tuple(feature.of(state) for feature in live)


_Table = tuple[tuple[int, tuple[int, ...]], ...]
"""For each feature of the next turn the index of the feature here that decides it, and what its classes become."""

_Way = tuple[Ask | None, int | None, dict[Classes, int] | None, str, _Table]
"""A way on: when it is taken, the number of the ending or the known situations of the turn it leads to, and the table.

Plain tuples, for these are gone through for every response of every situation. None asks nothing.
"""

_NOTHING: Classes = (0,)
"""Stands for the classes of a turn without features: what follows from it follows in any case."""

_Answer = tuple[str, Ask | None, tuple[_Way, ...], set[int]]
"""A response: its id, when it is on offer, its ways on, and which of them were taken."""


class _Compiler:
    """Breadth-first over the situations, each one met once."""

    def __init__(self, scenario: Scenario, budget: int, live: Mapping[str, tuple[Feature, ...]]) -> None:
        self.scenario = scenario
        self.budget = budget
        self.live = live
        self.endings = tuple(scenario.endings)
        self.complete = True
        self.index: dict[str, dict[Classes, int]] = {turn: {} for turn in scenario.turns}
        self.found: list[tuple[str, Classes, tuple[int, str] | None]] = []
        self.answers: dict[str, tuple[_Answer, ...]] = {}

    def run(self) -> Automaton:
        moves: list[dict[str, int]] = []
        if self.scenario.start in self.scenario.turns:
            start = State(place=self.scenario.start, ended=False, values=self.scenario.start_values)
            self._new(self.scenario.start, facts_of(self.live[self.scenario.start], start), None)
        else:
            self.complete = False
        while len(moves) < len(self.found):
            turn, facts, _ = self.found[len(moves)]
            moves.append(self._moves(len(moves), turn, facts))
        return Automaton(
            scenario=self.scenario,
            situations=tuple(
                Situation(turn=turn, facts=facts, parent=parent, moves=_shifted(of, len(moves)))
                for (turn, facts, parent), of in zip(self.found, moves, strict=True)
            ),
            endings=self.endings,
            complete=self.complete,
            live=self.live,
            taken={
                (turn, name): frozenset(taken)
                for turn, answers in self.answers.items()
                for name, _, _, taken in answers
                if taken
            },
        )

    def _new(self, turn: str, facts: Classes, parent: tuple[int, str] | None) -> int:
        """A place for a situation that was not met before."""
        if len(self.found) >= self.budget:
            self.complete = False
            return UNKNOWN
        place = self.index[turn][facts] = len(self.found)
        self.found.append((turn, facts, parent))
        return place

    def _moves(self, place: int, turn: str, facts: Classes) -> dict[str, int]:
        """For each response on offer a situation's number, or -2, -3, ... for the endings in order."""
        answers = self.answers.get(turn)
        if answers is None:
            answers = self.answers[turn] = tuple(self._answers(turn))
        moves: dict[str, int] = {}
        here = facts or _NOTHING
        for name, offered, ways, taken in answers:
            if offered is not None and not offered(facts):
                continue
            for number, (ask, ending, known, to, table) in enumerate(ways):
                if ask is None or ask(facts):
                    taken.add(number)
                    if known is not None:
                        after = tuple([row[here[index]] for index, row in table])
                        found = known.get(after)
                        moves[name] = self._new(to, after, (place, name)) if found is None else found
                    elif ending is not None:
                        moves[name] = -2 - ending
                    else:
                        self.complete = False
                        moves[name] = UNKNOWN
                    break
        return moves

    def _answers(self, turn: str) -> Iterable[_Answer]:
        before = Asker(self.scenario, self.live[turn])
        for name, response in self.scenario.turns[turn].responses.items():
            ask = before.ready(response.when)
            if ask is not never:
                yield name, _unless_always(ask), tuple(self._ways(turn, name, response)), set()

    def _ways(self, turn: str, name: str, response: Response) -> Iterable[_Way]:
        changes = effects.changes_of(response)
        behind = Asker(self.scenario, self.live[turn], turn, name, changes)
        follow = _follower(self.scenario, self.live[turn], behind, changes)
        tables: dict[str, _Table] = {}  # several ways of a response often lead to one turn
        for route in response.to:
            ask = _unless_always(behind.ready(route.when))
            if route.to in self.scenario.turns:
                if route.to not in tables:
                    tables[route.to] = tuple([follow(feature) for feature in self.live[route.to]])
                yield ask, None, self.index[route.to], route.to, tables[route.to]
            else:
                known = route.to in self.scenario.endings
                yield ask, self.endings.index(route.to) if known else None, None, route.to, ()


def _unless_always(ask: Ask) -> Ask | None:
    return None if ask is always else ask


def _follower(
    scenario: Scenario, live: tuple[Feature, ...], behind: Asker, changes: Mapping[str, int]
) -> Callable[[Feature], tuple[int, tuple[int, ...]]]:
    """How a feature of the next turn follows from the features of this one, for one response.

    What follows in any case follows from every class of the first feature (see `_NOTHING`).
    """
    places = {feature.fact: index for index, feature in enumerate(live)}

    def follow(feature: Feature) -> tuple[int, tuple[int, ...]]:
        fact, index = feature.fact, places.get(feature.fact)
        if not isinstance(fact, str):
            if behind.ready(fact) is always:
                return fixed(1)
            return fixed(0) if index is None else (index, (0, 1))
        low, high = scenario.bounds[fact]
        change = changes.get(fact, 0)
        if index is None:
            return fixed(feature.class_of(min(high, max(low, low + change))))
        own = live[index]
        values = [min(high, max(low, value + change)) for value in (own.low, *own.steps)]  # of each class the lowest
        return index, tuple([feature.class_of(value) for value in values])

    def fixed(number: int) -> tuple[int, tuple[int, ...]]:
        return 0, (number,) * (len(live[0].classes) if live else 1)

    return follow


def _shifted(moves: dict[str, int], situations: int) -> dict[str, int]:
    """The moves with endings numbered after the situations."""
    if min(moves.values(), default=0) < UNKNOWN:
        return {name: to if to >= UNKNOWN else situations - 2 - to for name, to in moves.items()}
    return moves


def compile_scenario(
    scenario: Scenario, budget: int = DEFAULT_BUDGET, *, beats: bool = False, remember: Iterable[str] = ()
) -> Automaton:
    """Compile a scenario to its automaton.

    Stops at `budget` situations and says so by `complete`; moves that lead beyond are `UNKNOWN`. `beats` and
    `remember` tell more situations apart (see `liveness.features`).
    """
    return _Compiler(scenario, budget, features(scenario, beats=beats, remember=remember)).run()
