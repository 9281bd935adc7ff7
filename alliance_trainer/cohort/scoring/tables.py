"""A scenario compiled for fast scoring: at each place, each possible step leads on and adds what it is worth.

Places and steps are filled in when an attempt first comes there. What a table says of an attempt equals what
`core.scoring.score` says, exactly.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import Any

import msgspec

from alliance_trainer.cohort.scoring import packing
from alliance_trainer.cohort.scoring.edges import Answer, Edge, answer_at, edge_of
from alliance_trainer.core.attempt import Step
from alliance_trainer.core.automaton import UNKNOWN, Automaton
from alliance_trainer.core.recognition import NOTICE_ANSWERS


class Walk(msgspec.Struct, frozen=True, gc=False):
    """A legal way through a table, by the numbers of its edges.

    `way` leads to where the attempt stands at `place`; `scored` are the first answers at each turn; `answers`
    counts all answers, also those taken back.
    """

    way: list[int]
    scored: list[int]
    place: int
    rewound: bool
    answers: int


# (turn, response, notice, rewind) -> (the next _At, edge); None -> its place
_At = dict[Any, Any]


class _AsideError(Exception):
    """A step that is not in the table: a rewind, or one that the scenario does not allow."""


class Table:
    """The table of one automaton, which must be complete (see `fits`)."""

    def __init__(self, automaton: Automaton) -> None:
        self.automaton = automaton
        self.scenario = automaton.scenario
        self.edges: list[Edge] = []
        self.first_ending = len(automaton.situations)
        self._places: dict[int, _At] = {}
        self._answers: dict[tuple[int, str], Answer] = {}
        self._start = self._at(0)
        self._loops = loops(automaton)

    @staticmethod
    def fits(automaton: Automaton) -> bool:
        """Whether a table can be made: all places are known, and the sums of any attempt fit their fields."""
        return automaton.complete and packing.fits(turn.weight for turn in automaton.scenario.turns.values())

    def walk(self, steps: Sequence[Step]) -> Walk | None:
        """Follow the steps of an attempt; None where one is not allowed."""
        try:
            return self._careful(steps) if self._loops else self._straight(steps)
        except _AsideError:
            return None

    def _straight(self, steps: Sequence[Step]) -> Walk:
        """The way of an attempt that comes to no turn twice, unless it goes back."""
        at = self._start
        way: list[int] = []
        for step in steps:
            if step.rewind is not None:
                return self._careful(steps)
            at, edge = at.get((step.turn, step.response, step.notice)) or self._enter(at, step)
            way.append(edge)
        return Walk(way, way, at[None], False, len(way))

    def _careful(self, steps: Sequence[Step]) -> Walk:
        """The same where an attempt may come to a turn again, by a loop or by going back."""
        at, answers, rewound = self._start, 0, False
        way: list[int] = []
        scored: list[int] = []
        stood = [at]
        met: set[str] = set()
        for step in steps:
            if step.rewind is not None and step.response is None:
                kept = self._back(stood, step.rewind)
                del stood[kept + 1 :], way[kept:]
                at, rewound = stood[-1], True
                continue
            if step.rewind is not None:
                raise _AsideError
            at, edge = at.get((step.turn, step.response, step.notice)) or self._enter(at, step)
            turn = self.edges[edge].answer.turn
            if turn not in met:
                met.add(turn)
                scored.append(edge)
            way.append(edge)
            stood.append(at)
            answers += 1
        return Walk(way, scored, at[None], rewound, answers)

    def _back(self, stood: list[_At], turn: str) -> int:
        """Where in a way it goes back to (see `engine.rewind`)."""
        *earlier, here = range(len(stood))
        for index in (*reversed(earlier), here):
            place = stood[index][None]
            if place < self.first_ending and self.automaton.situations[place].turn == turn:
                return index
        raise _AsideError

    def _at(self, place: int) -> _At:
        return self._places.setdefault(place, {None: place})

    def _enter(self, at: _At, step: Step) -> tuple[_At, int]:
        """Put an answer into the table that was not there. Raises _AsideError if it cannot be given."""
        place: int = at[None]
        if place >= self.first_ending or step.response is None:
            raise _AsideError
        situation = self.automaton.situations[place]
        to = situation.moves.get(step.response, UNKNOWN)
        known = step.notice is None or step.notice in NOTICE_ANSWERS
        if step.turn != situation.turn or to == UNKNOWN or not known:
            raise _AsideError
        answer = self._answers.get((place, step.response))
        if answer is None:
            answer = self._answers[place, step.response] = answer_at(self.automaton, place, step.response)
        self.edges.append(edge_of(answer, self.scenario.turns[situation.turn], step.notice))
        entry = at[step.turn, step.response, step.notice] = (self._at(to), len(self.edges) - 1)
        return entry


def loops(automaton: Automaton) -> bool:
    """Whether some way comes to the same turn twice."""
    after: dict[str, set[str]] = {situation.turn: set() for situation in automaton.situations}
    for situation in automaton.situations:
        places = [to for to in situation.moves.values() if 0 <= to < len(automaton.situations)]
        after[situation.turn].update(automaton.situations[to].turn for to in places)
    before = Counter(chain.from_iterable(after.values()))
    free = [turn for turn in after if not before[turn]]
    for turn in free:  # grows while it is walked: turns that nothing unvisited leads to any more
        before.subtract(after[turn])
        free += [target for target in after[turn] if not before[target]]
    return len(free) < len(after)
