"""Why a condition is never or always true where it is asked, in words: "trust never exceeds 2 here"."""

from collections.abc import Callable, Collection, Mapping, Sequence

import msgspec

from alliance_trainer.core.asking import Asker, Classes
from alliance_trainer.core.conditions import And, Chose, Compare, Condition, Not, Or, Visited
from alliance_trainer.core.liveness import Feature
from alliance_trainer.core.model import Scenario


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Where a condition is asked: at a turn, behind a response if one is named, in these classes of its features."""

    scenario: Scenario
    features: Sequence[Feature]
    facts: Collection[Classes]
    turn: str = ""
    response: str = ""
    changes: Mapping[str, int] = {}

    def _values(self, condition: Condition) -> set[bool]:
        """The values, true or false, that the condition takes here."""
        asker = Asker(self.scenario, self.features, self.turn, self.response, self.changes)
        ask = asker.ready(condition)
        return {bool(ask(facts)) for facts in self.facts}

    def is_always(self, condition: Condition, value: bool) -> bool:
        """Whether the condition has this value in every case; also where it is never asked at all."""
        return self._values(condition) <= {value}

    def why(self, condition: Condition, value: bool) -> str:
        """Why the condition always has this value here; it must (see `is_always`)."""
        match condition:
            case Compare():
                return self._why_compare(condition, value)
            case Chose(turn=turn, response=response):
                return f"{_who(value)} who comes here has said {turn}.{response}"
            case Visited(turn=turn):
                return f"{_who(value)} who comes here has answered {turn}"
            case Not(of=inner):
                return self.why(inner, not value)
            case And(parts=parts):
                return self._why_parts(parts, value, value)
            case Or(parts=parts):
                return self._why_parts(parts, value, not value)

    def _why_parts(self, parts: Sequence[Condition], value: bool, all_decide: bool) -> str:
        """All parts together decide (all of `and` for true, of `or` for false), or any one of them does."""
        deciding = [part for part in parts if self.is_always(part, value)]
        if all_decide:
            return " and ".join(self.why(part, value) for part in parts)
        if deciding:
            return self.why(deciding[0], value)
        return "one of its parts is true in every case" if value else "its parts are never true together"

    def _why_compare(self, compare: Compare, value: bool) -> str:
        name, number = compare.variable, compare.number
        if compare.sign in ("==", "!="):
            is_there = value == (compare.sign == "==")
            return f"{name} is always {number} here" if is_there else f"{name} is never {number} here"
        lowest, highest = self._range(name)
        wants_more = (compare.sign in (">=", ">")) == value
        return f"{name} is never below {lowest} here" if wants_more else f"{name} never exceeds {highest} here"

    def _range(self, name: str) -> tuple[int, int]:
        """Between which values a variable is known to lie here."""
        if name not in self.scenario.bounds:
            return 0, 0
        low, high = self.scenario.bounds[name]
        change = self.changes.get(name, 0)
        places = [index for index, feature in enumerate(self.features) if feature.fact == name]
        if not places or not self.facts:
            return _clamped(low, high, change)(low), _clamped(low, high, change)(high)
        feature = self.features[places[0]]
        classes = [facts[places[0]] for facts in self.facts]
        top = feature.highest_of(max(classes))
        moved = _clamped(low, high, change)
        return moved(feature.value_of(min(classes))), moved(high if top is None else top)


def _who(value: bool) -> str:
    return "everybody" if value else "nobody"


def _clamped(low: int, high: int, change: int) -> Callable[[int], int]:
    return lambda value: min(high, max(low, value + change))
