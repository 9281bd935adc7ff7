"""Withdrawals that are passed over for good: ways from one to a good ending on which nothing meets it."""

from collections import deque
from collections.abc import Mapping

import msgspec

from alliance_trainer.core.automaton import Automaton
from alliance_trainer.core.model import Response, Scenario
from alliance_trainer.core.vocabulary.outcomes import RESOLVED_FROM
from alliance_trainer.core.vocabulary.skills import Rated

Way = tuple[tuple[str, str], ...]

MEETING: tuple[Rated, ...] = ("recognition", "metacommunication", "responsibility", "inquiry", "empathy", "shifts")
"""A response meets a withdrawal if one of these is rated above 0; to be nondefensive alone is not to meet it."""


class Dropped(msgspec.Struct, frozen=True, kw_only=True):
    """A turn with a withdrawal at which it is passed over for good: a shortest such way from the start, and its end."""

    turn: str
    way: Way
    ending: str


def meets(response: Response) -> bool:
    """Whether a response takes up what the patient has drawn back from."""
    return any(response.rates.get(skill, 0) > 0 for skill in MEETING)


def _not_meeting(scenario: Scenario, turn: str) -> set[str]:
    return {name for name, response in scenario.turns[turn].responses.items() if not meets(response)}


def _is_there_to_be_met(scenario: Scenario, turn: str) -> bool:
    """Whether there is a withdrawal; where no response is rated, nobody can say what would meet it."""
    found = scenario.turns[turn]
    return found.rupture in ("withdrawal", "mixed") and any(response.rates for response in found.responses.values())


def dropped_withdrawals(automaton: Automaton) -> tuple[Dropped, ...]:
    """For each turn at which a withdrawal was last there, was not met and never is, on some way to a good ending.

    A good ending is worth 3 or more. Where several turns with a withdrawal follow each other, the last one counts: up
    to there it could still have been met.
    """
    if not _may_be_dropped(automaton):
        return ()
    on = _unmet_ways_on(automaton)
    depths = _depths(automaton)
    best: dict[str, tuple[int, int, str, int]] = {}
    unmet = {
        turn: _not_meeting(automaton.scenario, turn)
        for turn in automaton.at_turn
        if _is_there_to_be_met(automaton.scenario, turn)
    }
    for place, one in enumerate(automaton.situations):
        for name, to in one.moves.items() if one.turn in unmet else ():
            if to in on and name in unmet[one.turn]:
                length = depths[place] + 1 + on[to][0]
                found = (length, place, name, to)
                best[one.turn] = min(best.get(one.turn, found), found)
    return tuple(_dropped(automaton, on, turn, *found[1:]) for turn, found in best.items())


def _may_be_dropped(automaton: Automaton) -> bool:
    """The same by turns alone, conditions aside: only where it says yes the situations have to be looked at."""
    turns, endings = automaton.scenario.turns, automaton.scenario.endings
    on = {name for name, ending in endings.items() if ending.value >= RESOLVED_FROM}
    past = {turn: not _is_there_to_be_met(automaton.scenario, turn) for turn in automaton.at_turn}
    unmet = {
        turn: {way.to for one in turns[turn].responses.values() if not meets(one) for way in one.to} for turn in past
    }
    while grown := {turn for turn, free in past.items() if free and turn not in on and unmet[turn] & on}:
        on |= grown
    return any(unmet[turn] & on for turn, free in past.items() if not free)


_On = Mapping[int, tuple[int, str, int]]
"""For a place: how many answers to a good ending, the first of them, and where that leads (both empty at the end)."""


def _unmet_ways_on(automaton: Automaton) -> _On:
    """The shortest ways to a good ending past no turn with a withdrawal, by responses that would not meet one."""
    first = len(automaton.situations)
    unmet = {
        turn: set() if _is_there_to_be_met(automaton.scenario, turn) else _not_meeting(automaton.scenario, turn)
        for turn in automaton.at_turn
    }
    sources: dict[int, list[tuple[int, str]]] = {}
    for place, one in enumerate(automaton.situations):
        for name, to in one.moves.items():
            if name in unmet[one.turn]:
                sources.setdefault(to, []).append((place, name))
    places = range(first, first + len(automaton.endings))
    ends = [place for place in places if automaton.value_at(place) >= RESOLVED_FROM]
    on = {end: (0, "", end) for end in ends}
    queue = deque(ends)
    while queue:
        to = queue.popleft()
        for place, name in sources.get(to, ()):
            if place not in on:
                on[place] = (on[to][0] + 1, name, to)
                queue.append(place)
    return on


def _depths(automaton: Automaton) -> list[int]:
    """How many answers a shortest way from the start to each situation has."""
    depths: list[int] = []
    for one in automaton.situations:  # parents stand before their children
        depths.append(0 if one.parent is None else depths[one.parent[0]] + 1)
    return depths


def _dropped(automaton: Automaton, on: _On, turn: str, place: int, name: str, to: int) -> Dropped:
    way = [*automaton.way_to(place), (turn, name)]
    while (ending := automaton.ending_at(to)) is None:
        _, answer, after = on[to]
        way.append((automaton.situations[to].turn, answer))
        to = after
    return Dropped(turn=turn, way=tuple(way), ending=ending)
