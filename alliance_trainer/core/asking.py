"""Conditions made ready to be asked of situations: each becomes a function of the classes of a turn's features."""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce

from alliance_trainer.core.conditions import And, Chose, Compare, Condition, Not, Or, Visited
from alliance_trainer.core.liveness import Fact, Feature, thresholds
from alliance_trainer.core.model import Scenario

Classes = tuple[int, ...]
"""The classes of a turn's features, in their order."""

Ask = Callable[[Classes], bool]


def always(_: Classes) -> bool:
    """What no condition says."""
    return True


def never(_: Classes) -> bool:
    """What can never be."""
    return False


class Asker:
    """Makes conditions ready for one turn, as they stand before an answer or behind a given one.

    `response` and `changes` say behind which answer; without them the conditions are asked before it.
    """

    def __init__(
        self,
        scenario: Scenario,
        features: Sequence[Feature],
        turn: str = "",
        response: str = "",
        changes: Mapping[str, int] | None = None,
    ) -> None:
        self._bounds = scenario.bounds
        self._places: dict[Fact, int] = {feature.fact: index for index, feature in enumerate(features)}
        self._features = features
        self._set_here: tuple[Fact, ...] = (Visited(turn=turn), Chose(turn=turn, response=response)) if response else ()
        self._changes = changes or {}

    def ready(self, condition: Condition | None) -> Ask:
        """The condition as a function; `always` and `never` themselves where it does not depend on anything."""
        match condition:
            case None:
                return always
            case Compare():
                return self._compare(condition)
            case Chose() | Visited():
                return self._remembered(condition)
            case Not(of=inner):
                return _not(self.ready(inner))
            case And(parts=parts):
                return reduce(_both, map(self.ready, parts))
            case Or(parts=parts):
                return reduce(_either, map(self.ready, parts))

    def _remembered(self, fact: Chose | Visited) -> Ask:
        if fact in self._set_here:
            return always
        place = self._places.get(fact)
        return never if place is None else lambda classes: classes[place] == 1

    def _compare(self, compare: Compare) -> Ask:
        first, *rest = [self._at_least(compare.variable, step) for step in thresholds(compare)]
        match compare.sign:
            case ">=" | ">":
                return first
            case "<" | "<=":
                return _not(first)
            case "==":
                return _both(first, _not(rest[0]))
            case "!=":
                return _not(_both(first, _not(rest[0])))

    def _at_least(self, variable: str, number: int) -> Ask:
        """Whether the variable is at least so much (behind the answer, once it has changed it)."""
        if variable not in self._bounds:
            return always if number <= 0 else never
        low, high = self._bounds[variable]
        before = number - self._changes.get(variable, 0)
        if number <= low or (number <= high and before <= low):
            return always
        if number > high or before > high:
            return never
        place = self._places[variable]
        reached = self._features[place].class_of(before)
        return lambda classes: classes[place] >= reached


def _not(ask: Ask) -> Ask:
    if ask is always:
        return never
    return always if ask is never else lambda classes: not ask(classes)


def _both(one: Ask, other: Ask) -> Ask:
    if never in (one, other):
        return never
    if one is always:
        return other
    return one if other is always else lambda classes: one(classes) and other(classes)


def _either(one: Ask, other: Ask) -> Ask:
    if always in (one, other):
        return always
    if one is never:
        return other
    return one if other is never else lambda classes: one(classes) or other(classes)
