"""A compiled scenario as arrays, through which the ways of many attempts are followed at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alliance_trainer.cohort.scoring.kinds import NOTICES, OF_PAIR, Kinds, notice_place
from alliance_trainer.cohort.scoring.tables import loops
from alliance_trainer.core.attempt import Step
from alliance_trainer.core.automaton import Automaton

Whole = NDArray[np.int64]
Truth = NDArray[np.bool_]

_TURN = 32  # bits below the number of a turn
_NOWHERE = -2
_ENDED = -1


@dataclass(frozen=True, kw_only=True, eq=False)
class Followed:
    """Where each attempt stands, `dead` where its way is not legal; and the kind of each of its answers."""

    place: Whole
    legal: Truth
    kinds: Whole


class Routes:
    """The moves of a complete automaton.

    The responses of a place's turn have rows that follow one another; `_to` has where each leads, or the place behind
    all others where it is not on offer. `_enter` has for each place the first of these rows, less the number of its
    turn far above; a step adds that number again, and the response's place: so the step of any other turn ends
    outside of all rows.
    """

    def __init__(self, automaton: Automaton, kinds: Kinds) -> None:
        turns = automaton.scenario.turns
        self.loops = loops(automaton)
        self._turn = {turn: number for number, turn in enumerate(turns)}
        self._response = {
            (turn_id, name): place for turn_id, turn in turns.items() for place, name in enumerate(turn.responses)
        }
        situations = automaton.situations
        self.first_ending = len(situations)
        self.dead = self.first_ending + len(automaton.endings)
        sizes = [len(turns[one.turn].responses) for one in situations]
        widest = max(sizes, default=0)
        starts = np.cumsum([0, *sizes], dtype=np.int64)
        behind = np.full(self.dead + 1 - len(situations), starts[-1])
        self._to = np.full(starts[-1] + widest + 1, self.dead, dtype=np.int64)
        for start, one in zip(starts.tolist(), situations, strict=False):
            for name, to in one.moves.items():
                self._to[start + self._response[one.turn, name]] = to
        at = [self._turn[one.turn] for one in situations]
        turn_at = np.array([*at, *[_ENDED] * len(automaton.endings), _ENDED], dtype=np.int64)
        self._enter = np.concatenate((starts[:-1], behind)) - (turn_at << _TURN)
        pairs = [kinds.pair(one.turn, one.moves) for one in situations]
        self._kind_at = np.array([*pairs, *[0] * (self.dead + 1 - len(situations))], dtype=np.int64) * OF_PAIR
        self._known: tuple[Whole, Whole, Whole] = (np.zeros(0, dtype=np.int64),) * 3

    def _of_steps(self, steps: Sequence[Step]) -> tuple[Whole, Whole, Whole]:
        """For each step its turn's number, what it adds to `_enter`, and what it adds to the kind."""
        known = len(self._known[0])
        if known < len(steps):
            turns = [self._turn.get(step.turn or "", _NOWHERE) for step in steps[known:]]
            places = [self._response.get((step.turn or "", step.response or ""), -1) for step in steps[known:]]
            turns = [turn if place >= 0 else _NOWHERE for turn, place in zip(turns, places, strict=True)]
            notices = [notice_place(step.notice) for step in steps[known:]]
            more = np.array([turns, np.maximum(places, 0), notices], dtype=np.int64)
            more[2] += NOTICES * more[1]
            more[1] += more[0] << _TURN
            turn, move, kind = (np.concatenate(pair) for pair in zip(self._known, more, strict=True))
            self._known = turn, move, kind
        return self._known

    def follow(self, steps: Sequence[Step], numbers: Whole, starts: Whole, counts: Whole) -> Followed:
        """Follow the ways of attempts whose steps are given by number, `counts` of them from `starts` on."""
        _, move, kind = self._of_steps(steps)
        size, nowhere = np.uint64(len(self._to)), len(self._to) - 1
        order = np.argsort(-counts.astype(np.int16), kind="stable")  # of numbers so short, far faster
        begins, lengths = starts[order], -counts[order]
        at = np.zeros(len(order), dtype=np.int64)
        kinds = np.zeros(len(numbers), dtype=np.int64)
        for step in range(-int(lengths[0]) if len(lengths) else 0):
            going = int(np.searchsorted(lengths, -step))  # those with more steps than this come first
            cells = begins[:going] + step
            here, number = at[:going], numbers.take(cells)
            kinds[cells] = self._kind_at.take(here) + kind.take(number)
            row = self._enter.take(here) + move.take(number)
            at[:going] = self._to.take(np.where(row.view(np.uint64) < size, row, nowhere))
        places = np.empty_like(at)
        places[order] = at
        return Followed(place=places, legal=places != self.dead, kinds=kinds)

    def met_twice(self, owner: Whole, numbers: Whole) -> Whole:
        """The owners of steps that have two at the same turn."""
        keys = np.sort(owner * (len(self._turn) + 2) + self._known[0][numbers] + 2)
        twice: Whole = keys[1:][keys[1:] == keys[:-1]] // (len(self._turn) + 2)
        return twice
