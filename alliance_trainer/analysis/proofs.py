"""What holds on every way through a scenario: what can be come to, what is on offer, where a play gets stuck.

Everything is read off the automaton. Where its budget was reached, what was found stands (it was witnessed), and
what was not found is no proof.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal

import msgspec

from alliance_trainer.analysis.reasons import Asked
from alliance_trainer.core import effects
from alliance_trainer.core.asking import Classes
from alliance_trainer.core.automaton import DEFAULT_BUDGET, Automaton, compile_scenario
from alliance_trainer.core.conditions import Condition
from alliance_trainer.core.model import Beat, Scenario

Path = tuple[str, ...]
Way = tuple[tuple[str, str], ...]
"""Turns with the responses given there, from the start."""

Kind = Literal["proved", "witnessed", "not observed", "budget reached"]
"""How a verdict is known: for all ways; by a way that shows it; not seen in plays; or not to be known here."""


class Constant(msgspec.Struct, frozen=True, kw_only=True):
    """A condition that has one value wherever it is asked: its path in the scenario, the value, and why."""

    path: Path
    value: bool
    reason: str


class Proofs(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The proofs of one scenario whose targets all exist, on its automaton with beats told apart."""

    automaton: Automaton

    @property
    def scenario(self) -> Scenario:
        """The scenario that is spoken of."""
        return self.automaton.scenario

    @property
    def complete(self) -> bool:
        """Whether every situation is known, so that what was not found cannot be."""
        return self.automaton.complete

    @cached_property
    def turns(self) -> set[str]:
        """The turns that some play comes to."""
        return set(self.automaton.at_turn)

    @cached_property
    def endings(self) -> set[str]:
        """The endings that some play comes to."""
        first = len(self.automaton.situations)
        places = {to for situation in self.automaton.situations for to in situation.moves.values()}
        return {self.automaton.endings[place - first] for place in places if place >= first}

    @cached_property
    def offered(self) -> set[tuple[str, str]]:
        """The responses that are on offer in some play, with their turns."""
        return set(self.automaton.taken)

    @cached_property
    def stuck(self) -> dict[str, int]:
        """The turns at which a play can have nothing on offer, each with the situation that is soonest come to."""
        return self._first_at_turn(place for place, one in enumerate(self.automaton.situations) if not one.moves)

    @cached_property
    def trapped(self) -> dict[str, int]:
        """The turns at which a play can stand and no ending can be reached any more, though it goes on for ever."""
        if not self.complete:
            return {}
        situations = self.automaton.situations
        lost = {place for place in range(len(situations)) if self.automaton.outlook[place] is None}
        ends_stuck = self._leading_to({place for place in lost if not situations[place].moves}, lost)
        return self._first_at_turn(sorted(lost - ends_stuck))

    def _leading_to(self, goals: set[int], within: set[int]) -> set[int]:
        found, grown = set(goals), True
        while grown:
            new = {
                place
                for place in within - found
                if any(to in found for to in self.automaton.situations[place].moves.values())
            }
            grown = bool(new)
            found |= new
        return found

    def _first_at_turn(self, places: Iterable[int]) -> dict[str, int]:
        first: dict[str, int] = {}
        for place in places:
            first.setdefault(self.automaton.situations[place].turn, place)
        return first

    def asked_at(self, turn: str) -> Asked:
        """Where the conditions of a turn are asked."""
        return Asked(scenario=self.scenario, features=self.automaton.live[turn], facts=self._facts(turn))

    def asked_behind(self, turn: str, response: str) -> Asked:
        """Where the conditions behind a response are asked: once it has been given."""
        return Asked(
            scenario=self.scenario,
            features=self.automaton.live[turn],
            facts=self._facts(turn, response),
            turn=turn,
            response=response,
            changes=effects.changes_of(self.scenario.turns[turn].responses[response]),
        )

    def _facts(self, turn: str, response: str | None = None) -> list[Classes]:
        situations = (self.automaton.situations[place] for place in self.automaton.at_turn.get(turn, ()))
        return [one.facts for one in situations if response is None or response in one.moves]

    @cached_property
    def constants(self) -> tuple[Constant, ...]:
        """The conditions that always or never hold where they are asked; those never asked are left out.

        Conditions in `to` are not among them: see `Automaton.taken` for which of those ways are ever taken.
        """
        return tuple(self._constants()) if self.complete else ()

    def _constants(self) -> Iterator[Constant]:
        for turn_id, turn in self.scenario.turns.items():
            if turn_id not in self.turns:
                continue
            at = self.asked_at(turn_id)
            yield from _constant_beats(at, ("turns", turn_id, "patient"), turn.patient)
            for name, response in turn.responses.items():
                path = ("turns", turn_id, "responses", name)
                yield from _constant(at, (*path, "when"), response.when)
                if (turn_id, name) in self.offered and any(beat.when for beat in response.reply):
                    facts = self._facts(turn_id, name)
                    here = Asked(scenario=self.scenario, features=at.features, facts=facts)
                    yield from _constant_beats(here, (*path, "reply"), response.reply)
        yield from self._constants_of_endings()

    def _constants_of_endings(self) -> Iterator[Constant]:
        for ending_id, ending in self.scenario.endings.items():
            for index, beat in enumerate(ending.patient):
                if beat.when is not None and ending_id in self.endings:
                    path = ("endings", ending_id, "patient", str(index), "when")
                    yield from self._constant_at_ending(path, ending_id, beat.when)

    def _constant_at_ending(self, path: Path, ending: str, condition: Condition) -> Iterator[Constant]:
        """An ending is come to behind many responses: the condition is asked behind each."""
        behind = list(self._behind_all(ending))
        for value in (True, False):
            if behind and all(one.is_always(condition, value) for one in behind):
                reasons = dict.fromkeys(one.why(condition, value) for one in behind)
                yield Constant(path=path, value=value, reason=" or ".join(reasons))

    def _behind_all(self, ending: str) -> Iterator[Asked]:
        goal = len(self.automaton.situations) + self.automaton.endings.index(ending)
        facts: dict[tuple[str, str], list[Classes]] = {}
        for one in self.automaton.situations:
            for name, to in one.moves.items():
                if to == goal:
                    facts.setdefault((one.turn, name), []).append(one.facts)
        for (turn, name), classes in facts.items():
            yield msgspec.structs.replace(self.asked_behind(turn, name), facts=classes)

    def ways_never_taken(self) -> Iterator[tuple[str, str, int, str]]:
        """Turn, response, index in `to` and reason of each way on that no play takes, of responses on offer."""
        if not self.complete:
            return
        for (turn, name), taken in self.automaton.taken.items():
            routes = self.scenario.turns[turn].responses[name].to
            for index in sorted(set(range(len(routes))) - taken):
                yield turn, name, index, self._why_not_taken(turn, name, index)

    def _why_not_taken(self, turn: str, name: str, index: int) -> str:
        """Its own condition never holds, or the ways above it are taken in every case."""
        behind = self.asked_behind(turn, name)
        routes = self.scenario.turns[turn].responses[name].to
        own = routes[index].when
        if own is not None and behind.is_always(own, False):
            return behind.why(own, False)
        above = [
            route.when for route in routes[:index] if route.when is not None and behind.is_always(route.when, True)
        ]
        if above:
            return f"the way above it is always taken: {behind.why(above[0], True)}"
        return "one of the ways above it is taken in every case"


def _constant(asked: Asked, path: Path, condition: Condition | None) -> Iterator[Constant]:
    if condition is None or not asked.facts:
        return
    for value in (True, False):
        if asked.is_always(condition, value):
            yield Constant(path=path, value=value, reason=asked.why(condition, value))


def _constant_beats(asked: Asked, path: Path, beats: tuple[Beat, ...]) -> Iterator[Constant]:
    for index, beat in enumerate(beats):
        yield from _constant(asked, (*path, str(index), "when"), beat.when)


def prove(scenario: Scenario, budget: int = DEFAULT_BUDGET) -> Proofs:
    """The proofs of a scenario. Its start and all targets must exist (see `lint.graph.is_whole`)."""
    return Proofs(automaton=compile_scenario(scenario, budget, beats=True))


def shown(way: Way, most: int = 12) -> str:
    """A way in one line: turn.response > turn.response; the middle of a long one is left out."""
    steps = [f"{turn}.{response}" for turn, response in way]
    if len(steps) > most:
        half = most // 2
        steps = [*steps[:half], f"({len(steps) - 2 * half} more)", *steps[-half:]]
    return " > ".join(steps) if steps else "(right at the start)"
