"""What still matters at each turn: which variables, told apart how finely, and which chose() and visited().

Two values of a variable matter alike at a turn if no comparison that can still be asked tells them apart. All
comparisons come down to "at least n"; going backwards through a response that adds c, "at least n" behind it
is "at least n - c" before it. So each turn gets, for each variable, the few numbers at which anything changes.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from alliance_trainer.core import conditions, effects
from alliance_trainer.core.conditions import Chose, Compare, Condition, Visited
from alliance_trainer.core.model import Beat, Response, Scenario

if TYPE_CHECKING:  # the engine reads the model too, and knows nothing of this module
    from alliance_trainer.core.engine import State

Fact = str | Chose | Visited
"""A variable by its name, or one thing that is remembered."""

Needs = dict[Fact, set[int]]
"""For a variable the numbers n at which "at least n" matters; for what is remembered an empty set."""

_FIRST: dict[str, tuple[int, ...]] = {"<": (0,), "<=": (1,), "==": (0, 1), "!=": (0, 1), ">=": (0,), ">": (1,)}
"""By sign: what to add to the number compared with to have the numbers at which "at least n" changes."""


class Feature(msgspec.Struct, frozen=True, kw_only=True):
    """One fact that matters at a turn. A variable falls into len(steps) + 1 classes: how many steps it has reached.

    `low` is the variable's lowest value, which stands for class 0; a step stands for the class it begins.
    """

    fact: Fact
    steps: tuple[int, ...] = ()
    low: int = 0

    def of(self, state: "State") -> int:
        """The class of a state of the engine; 0 or 1 for what is remembered."""
        match self.fact:
            case Chose(turn=turn, response=response):
                return int(f"{turn}.{response}" in state.chosen)
            case Visited(turn=turn):
                return int(turn in state.visited)
            case str():
                return self.class_of(state.values.get(self.fact, 0))

    def class_of(self, value: int) -> int:
        """The class of a variable's value."""
        return bisect_right(self.steps, value)

    def value_of(self, number: int) -> int:
        """The lowest value of a class; for what is remembered the class itself."""
        if not isinstance(self.fact, str):
            return number
        return self.steps[number - 1] if number else self.low

    def highest_of(self, number: int) -> int | None:
        """The highest value of a class, or None for the last one, which ends with the variable's bound."""
        return self.steps[number] - 1 if number < len(self.steps) else None

    @property
    def classes(self) -> range:
        """All classes, also those that no play comes to."""
        return range(len(self.steps) + 1 if isinstance(self.fact, str) else 2)


def thresholds(compare: Compare) -> tuple[int, ...]:
    """The numbers n such that the comparison changes at "at least n"."""
    return tuple(compare.number + add for add in _FIRST[compare.sign])


@lru_cache(maxsize=1024)  # conditions are shared where they are spelt alike, and a scenario repeats them
def _asked(condition: Condition) -> tuple[tuple[Fact, tuple[int, ...]], ...]:
    """What a condition asks about, and of variables at which numbers its answer changes."""
    found = dict.fromkeys(conditions.atoms(condition))
    return tuple([(one.variable, thresholds(one)) if isinstance(one, Compare) else (one, ()) for one in found])


def features(
    scenario: Scenario, *, beats: bool = False, remember: Iterable[str] = ()
) -> dict[str, tuple[Feature, ...]]:
    """For each turn what matters there, in a fixed order.

    `beats`: what is only shown or not matters as well. `remember`: of these turns it also matters whether they
    were answered before, as it does for scores, which count only first answers.
    """
    needs = _Needs(scenario, beats=beats, remember=frozenset(remember)).settled()
    return {
        turn: tuple(_feature(scenario, fact, of[fact]) for fact in sorted(of, key=repr)) for turn, of in needs.items()
    }


def _feature(scenario: Scenario, fact: Fact, steps: set[int]) -> Feature:
    if not isinstance(fact, str):
        return Feature(fact=fact)
    return Feature(fact=fact, steps=tuple(sorted(steps)), low=scenario.bounds[fact][0])


class _Needs:
    """The backward analysis: each turn needs what it reads itself, and what its targets need, changed on the way.

    Only what a turn has newly come to need is taken on to those that lead to it, so each need is passed on once.
    """

    def __init__(self, scenario: Scenario, *, beats: bool, remember: frozenset[str]) -> None:
        self.scenario = scenario
        self.beats = beats
        self.remember = remember
        self.needs: dict[str, Needs] = {turn: {} for turn in scenario.turns}
        self.new: dict[str, Needs] = {}
        self.changes = {
            (turn_id, name): effects.changes_of(response)
            for turn_id, turn in scenario.turns.items()
            for name, response in turn.responses.items()
        }

    def settled(self) -> Mapping[str, Needs]:
        for turn_id in self.scenario.turns:
            self._own(turn_id)
        into = self._ways_in()
        while self.new:  # most ways lead on, so the last ones come first
            turn_id, new = self.new.popitem()
            for source, name in into[turn_id]:
                for fact, steps in new.items():
                    self._need(source, fact, steps, name)
        return self.needs

    def _ways_in(self) -> dict[str, list[tuple[str, str]]]:
        """For each turn the answers that lead to it: the turn at which each is given, and its id."""
        into: dict[str, list[tuple[str, str]]] = {turn: [] for turn in self.scenario.turns}
        for turn_id, name in self.changes:
            for to in dict.fromkeys([route.to for route in self.scenario.turns[turn_id].responses[name].to]):
                if to in into:
                    into[to].append((turn_id, name))
        return into

    def _own(self, turn_id: str) -> None:
        """What is read at the turn itself: before the answer as it stands, after it as the answer changes it."""
        turn = self.scenario.turns[turn_id]
        if turn_id in self.remember:
            self._need(turn_id, Visited(turn=turn_id), ())
        if self.beats:
            self._add_beats(turn_id, turn.patient)
        for name, response in turn.responses.items():
            self._add(turn_id, response.when)
            if self.beats:
                self._add_beats(turn_id, response.reply)
            for condition in self._after(response):
                self._add(turn_id, condition, name)

    def _after(self, response: Response) -> Iterable[Condition | None]:
        """The conditions that are asked once a response has done what it does."""
        for route in response.to:
            yield route.when
            if self.beats and route.to in self.scenario.endings:
                yield from (beat.when for beat in self.scenario.endings[route.to].patient)

    def _add_beats(self, turn_id: str, beats: tuple[Beat, ...]) -> None:
        for beat in beats:
            self._add(turn_id, beat.when)

    def _add(self, turn_id: str, condition: Condition | None, response: str = "") -> None:
        for fact, steps in _asked(condition) if condition is not None else ():
            self._need(turn_id, fact, steps, response)

    def _need(self, turn_id: str, fact: Fact, steps: Collection[int], response: str = "") -> None:
        """Add what is needed at a turn; with a response what is needed behind it, to what is needed before it."""
        needs = self.needs[turn_id]
        if not isinstance(fact, str):
            if fact not in needs and not (response and _set_by(fact, turn_id, response)):
                needs[fact] = set()
                self.new.setdefault(turn_id, {})[fact] = set()
            return
        if fact not in self.scenario.bounds:
            return  # an unknown variable always counts as 0
        low, high = self.scenario.bounds[fact]
        change = self.changes[turn_id, response].get(fact, 0) if response else 0
        new = {step - change for step in steps if low < step <= high and low < step - change <= high}
        new -= needs.get(fact, _NONE)
        if new:
            needs.setdefault(fact, set()).update(new)
            self.new.setdefault(turn_id, {}).setdefault(fact, set()).update(new)


_NONE: frozenset[int] = frozenset()


def _set_by(fact: Chose | Visited, turn: str, response: str) -> bool:
    """Whether what is remembered is so in any case once this response has been given."""
    return fact.turn == turn and (isinstance(fact, Visited) or fact.response == response)
