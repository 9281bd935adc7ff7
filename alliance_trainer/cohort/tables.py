"""A scenario compiled for fast scoring: at each place, each possible step leads on and adds what it is worth.

Places and steps are filled in when an attempt first comes there. What a table says of an attempt equals what
`core.scoring.score` says, exactly.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import Any

import msgspec

from alliance_trainer.cohort import packing
from alliance_trainer.cohort.edges import Answer, Edge, answer_at, edge_of, trace
from alliance_trainer.core.attempt import Step
from alliance_trainer.core.automaton import UNKNOWN, Automaton
from alliance_trainer.core.recognition import NOTICE_ANSWERS
from alliance_trainer.journal.attempt_lines import read_step

_NEXT = b"},{"
_END = b"}]}"
_AFTER_TIME = re.compile(rb',"ms":[1-9][0-9]*(?:\},\{|\}\]\}\Z)').split
_MOST_LEARNT = 100_000


class Walk(msgspec.Struct, frozen=True, gc=False):
    """A legal way through a table, by the numbers of its edges.

    `way` leads to where the attempt stands at `place`; `scored` are the first answers at each turn; `sums` are
    the points and breaches of the scored edges and the traces of all steps (see `packing`); `answers` counts
    all answers, also those taken back.
    """

    way: list[int]
    scored: list[int]
    sums: int
    place: int
    rewound: bool
    answers: int


# (turn, response, notice, rewind), or a step's text -> (the next _At, value, edge); None -> its place
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
        self._learnt = 0

    @staticmethod
    def fits(automaton: Automaton) -> bool:
        """Whether a table can be made: all places are known, and the sums of any attempt fit their fields."""
        return automaton.complete and packing.fits(turn.weight for turn in automaton.scenario.turns.values())

    def walk(self, steps: Sequence[Step]) -> Walk | None:
        """Follow the steps of an attempt; None where one is not allowed."""
        if not self._loops:
            at, sums = self._start, 0
            way: list[int] = []
            try:
                for step in steps:
                    try:
                        at, value, edge = at[step.turn, step.response, step.notice, step.rewind]
                    except KeyError:
                        at, value, edge = self._enter(at, step)
                    sums += value
                    way.append(edge)
            except _AsideError:
                pass
            else:
                return Walk(way, way, sums, at[None], False, len(way))
        try:
            return self._careful(steps)
        except _AsideError:
            return None

    def recognise(self, spelt: bytes) -> Walk | None:
        """Follow steps as they were written (see `journal.attempt_lines.glance`) without reading each again.

        The text of a step is known by the place it was met at, once it has been read. None where any of them
        is not allowed or needs a closer look: a rewind, another spelling, a way that can come round again.
        """
        if self._loops:
            return None
        # With times of answering the pieces are the steps and, after the last time, nothing. Any other mixture
        # leaves a piece that is not the text of one step.
        texts = _AFTER_TIME(spelt)
        if texts.pop():
            texts = spelt[: -len(_END)].split(_NEXT)
        at, sums = self._start, 0
        way: list[int] = []
        try:
            for text in texts:
                try:
                    at, value, edge = at[text]
                except KeyError:
                    at, value, edge = self._learn(at, text)
                sums += value
                way.append(edge)
        except _AsideError:
            return None
        return Walk(way, way, sums, at[None], False, len(way))

    def _learn(self, at: _At, spelt: bytes) -> tuple[_At, int, int]:
        """Read a step's text and remember what it leads to. Raises _AsideError if it needs a closer look."""
        odd = b'"ms"' in spelt or b"\\" in spelt or self._learnt >= _MOST_LEARNT
        step = None if odd else read_step(spelt)
        if step is None or step.rewind is not None:
            raise _AsideError
        key = (step.turn, step.response, step.notice, None)
        entry = at[spelt] = at.get(key) or self._enter(at, step)
        self._learnt += 1
        return entry

    def _careful(self, steps: Sequence[Step]) -> Walk:
        """The same where an attempt may come to a turn again, by a loop or by going back."""
        at, sums, answers, rewound = self._start, 0, 0, False
        way: list[int] = []
        scored: list[int] = []
        stood = [at]
        met: set[str] = set()
        for number, step in enumerate(steps):
            if step.rewind is not None and step.response is None:
                kept = self._back(stood, step.rewind)
                del stood[kept + 1 :], way[kept:]
                at, rewound = stood[-1], True
                sums += trace("rewind", step.rewind, str(number))
                continue
            key = (step.turn, step.response, step.notice, step.rewind)
            at, value, edge = at.get(key) or self._enter(at, step)
            turn = self.edges[edge].answer.turn
            if turn in met:
                sums += self.edges[edge].trace
            else:
                met.add(turn)
                sums += value
                scored.append(edge)
            way.append(edge)
            stood.append(at)
            answers += 1
        return Walk(way, scored, sums, at[None], rewound, answers)

    def _back(self, stood: list[_At], turn: str) -> int:
        for index in range(len(stood) - 1, -1, -1):
            place = stood[index][None]
            if place < self.first_ending and self.automaton.situations[place].turn == turn:
                return index
        raise _AsideError

    def _at(self, place: int) -> _At:
        return self._places.setdefault(place, {None: place})

    def _enter(self, at: _At, step: Step) -> tuple[_At, int, int]:
        """Put a step into the table that was not there. Raises _AsideError if it cannot be taken."""
        place: int = at[None]
        if place >= self.first_ending or step.rewind is not None or step.response is None:
            raise _AsideError
        situation = self.automaton.situations[place]
        to = situation.moves.get(step.response, UNKNOWN)
        known = step.notice is None or step.notice in NOTICE_ANSWERS
        if step.turn != situation.turn or to == UNKNOWN or not known:
            raise _AsideError
        answer = self._answers.get((place, step.response))
        if answer is None:
            answer = self._answers[place, step.response] = answer_at(self.automaton, place, step.response)
        edge = edge_of(answer, self.scenario.turns[situation.turn], step.notice)
        self.edges.append(edge)
        value = answer.points + edge.trace + int(answer.harm == 2)
        entry = (self._at(to), value, len(self.edges) - 1)
        at[step.turn, step.response, step.notice, step.rewind] = entry
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
