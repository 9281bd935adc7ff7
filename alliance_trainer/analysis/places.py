"""The places of a scenario that playing can tell apart: the smallest graph on which a play looks the same.

The situations of the automaton still know variables that no play may ever show. Those from which everything shown,
offered and come to is alike, on every way on, are one place here. So the graph tells exactly what somebody would
know who had played every way, and nothing of effects or conditions.
"""

from collections.abc import Mapping, Sequence

import msgspec

from alliance_trainer.core import engine
from alliance_trainer.core.automaton import DEFAULT_BUDGET, Automaton, compile_scenario
from alliance_trainer.core.engine import State
from alliance_trainer.core.model import Beat, Scenario

Shown = tuple[int, ...]
"""Which beats of a list are shown, by their numbers from 0."""


class WayOn(msgspec.Struct, frozen=True, kw_only=True):
    """What a response on offer brings: the beats of its reply, and the number of the place it leads to."""

    reply: Shown
    to: int


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A turn as it can be met: which of the patient's beats are shown, and what is on offer."""

    turn: str
    patient: Shown
    on_offer: Mapping[str, WayOn]


class Close(msgspec.Struct, frozen=True, kw_only=True):
    """An ending as it can be met."""

    ending: str
    patient: Shown


class Places(msgspec.Struct, frozen=True, kw_only=True):
    """All places, the start first; ways on count the places, and then the endings after them."""

    places: tuple[Place, ...]
    endings: tuple[Close, ...]


def places_of(scenario: Scenario, budget: int = DEFAULT_BUDGET) -> Places | None:
    """The places of a scenario without errors; None where it has more situations than the budget."""
    automaton = compile_scenario(scenario, budget, beats=True)
    if not automaton.complete:
        return None
    return _joined(*_met(automaton))


_Looks = tuple[str, Shown, tuple[tuple[str, Shown], ...]]
_Ending = tuple[str, Shown]
_To = int | _Ending


def _met(automaton: Automaton) -> tuple[list[_Looks], list[dict[str, _To]]]:
    """For each situation what it looks like, and for each response what it leads to."""
    scenario = automaton.scenario
    states = [engine.begin(scenario)]
    looks: list[_Looks] = []
    leads: list[dict[str, _To]] = []
    for number, situation in enumerate(automaton.situations):
        if situation.parent is not None:
            before, response = situation.parent  # met earlier: parents come first
            states.append(engine.respond(scenario, states[before], response)[0])
        state, turn = states[number], scenario.turns[situation.turn]
        replies = tuple((name, _shown(state, turn.responses[name].reply)) for name in situation.moves)
        looks.append((situation.turn, _shown(state, turn.patient), replies))
        leads.append({name: _to(automaton, state, name, to) for name, to in situation.moves.items()})
    return looks, leads


def _shown(state: State, beats: tuple[Beat, ...]) -> Shown:
    visible = engine.visible(state, beats)
    return tuple(number for number, beat in enumerate(beats) if any(beat is one for one in visible))


def _to(automaton: Automaton, state: State, response: str, to: int) -> _To:
    ending = automaton.ending_at(to)
    if ending is None:
        return to
    after, _ = engine.respond(automaton.scenario, state, response)
    return ending, _shown(after, automaton.scenario.endings[ending].patient)


def _joined(looks: list[_Looks], leads: list[dict[str, _To]]) -> Places:
    kind = _kinds(looks, leads)
    first: dict[int, int] = {}
    for number, one in enumerate(kind):
        first.setdefault(one, number)
    endings = sorted({to for each in leads for to in each.values() if isinstance(to, tuple)})
    numbers: dict[_To, int] = {one: len(first) + number for number, one in enumerate(endings)}
    numbers |= dict(enumerate(kind))
    places = tuple(
        Place(
            turn=looks[number][0],
            patient=looks[number][1],
            on_offer={name: WayOn(reply=reply, to=numbers[leads[number][name]]) for name, reply in looks[number][2]},
        )
        for number in first.values()
    )
    return Places(places=places, endings=tuple(Close(ending=name, patient=shown) for name, shown in endings))


def _kinds(looks: list[_Looks], leads: list[dict[str, _To]]) -> list[int]:
    """The number of each situation's place, the start's being 0: split by what they lead to until nothing changes."""
    kind = _numbered(looks)
    while True:
        finer = _numbered(
            [
                (kind[number], tuple(to if isinstance(to, tuple) else kind[to] for to in each.values()))
                for number, each in enumerate(leads)
            ]
        )
        if max(finer) == max(kind):
            return finer
        kind = finer


def _numbered(signs: Sequence[object]) -> list[int]:
    """Equal signs get equal numbers, in the order in which they are first met."""
    known: dict[object, int] = {}
    return [known.setdefault(sign, len(known)) for sign in signs]
