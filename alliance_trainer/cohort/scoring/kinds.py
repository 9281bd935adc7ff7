"""Scored answers by kind: which turn, what was on offer, what was said, what was noticed; a whole number for each."""

from collections.abc import Iterable
from itertools import chain

import msgspec

from alliance_trainer.cohort.scoring import packing
from alliance_trainer.core.attempt import NoticeAnswer
from alliance_trainer.core.automaton import Automaton
from alliance_trainer.core.model import Turn
from alliance_trainer.core.recognition import CREDIT, NOTICE_ANSWERS
from alliance_trainer.core.tally import Tally, moment
from alliance_trainer.core.vocabulary.markers import RUPTURE_TYPES
from alliance_trainer.core.vocabulary.skills import RATED

MOST_RESPONSES = 9
NOTICES = len(NOTICE_ANSWERS) + 1
"""The four answers, and none."""

OF_PAIR = MOST_RESPONSES * NOTICES
"""So many kinds for each pair of a turn and what is on offer there."""

_Pair = tuple[str, tuple[str, ...]]


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """What a number stands for; `offered` are the ids of the responses on offer, in the author's order."""

    turn_id: str
    turn: Turn
    offered: tuple[str, ...]
    response: str
    notice: NoticeAnswer | None


class Kinds:
    """The kinds of one scenario.

    The numbers are the same wherever the same scenario is compiled: of a complete automaton the pairs of turn and
    offer are counted; else a pair's number is made of the turn's place and a bit for each response on offer.
    """

    def __init__(self, automaton: Automaton) -> None:
        self._turns = automaton.scenario.turns
        self._order = {turn: number for number, turn in enumerate(self._turns)}
        self._pairs: list[_Pair] | None = None
        self._numbers: dict[_Pair, int] = {}
        if automaton.complete:
            met = {(one.turn, tuple(one.moves)) for one in automaton.situations}
            self._pairs = sorted(met, key=lambda pair: (self._order[pair[0]], pair[1]))
            self._numbers = {pair: number for number, pair in enumerate(self._pairs)}

    @property
    def narrow(self) -> bool:
        """Whether all numbers fit into 16 bits."""
        return self._pairs is not None and len(self._pairs) * OF_PAIR <= 1 << 16

    def pair(self, turn_id: str, offered: Iterable[str]) -> int:
        """The number of a turn with some responses on offer."""
        if self._pairs is not None:
            return self._numbers[turn_id, tuple(offered)]
        places = {name: place for place, name in enumerate(self._turns[turn_id].responses)}
        return (self._order[turn_id] << MOST_RESPONSES) + sum(1 << places[name] for name in offered)

    def number(self, pair: int, turn_id: str, response: str, notice: NoticeAnswer | None) -> int:
        """The number of a kind."""
        place = list(self._turns[turn_id].responses).index(response)
        return pair * OF_PAIR + place * NOTICES + notice_place(notice)

    def kind(self, number: int) -> Kind:
        """What a number stands for."""
        pair, rest = divmod(number, OF_PAIR)
        place, notice = divmod(rest, NOTICES)
        if self._pairs is not None:
            turn_id, offered = self._pairs[pair]
        else:
            turn_id = list(self._turns)[pair >> MOST_RESPONSES]
            names = enumerate(self._turns[turn_id].responses)
            offered = tuple(name for at, name in names if pair >> at & 1)
        turn = self._turns[turn_id]
        return Kind(
            turn_id=turn_id,
            turn=turn,
            offered=offered,
            response=list(turn.responses)[place],
            notice=NOTICE_ANSWERS[notice] if notice < len(NOTICE_ANSWERS) else None,
        )


def notice_place(notice: NoticeAnswer | None) -> int:
    """The place of an answer to the probe among the NOTICES."""
    return len(NOTICE_ANSWERS) if notice is None else NOTICE_ANSWERS.index(notice)


def sums_of(kind: Kind) -> tuple[int, ...]:
    """What one such answer adds, in the order of `packing.unpack_details`."""
    offered = {name: kind.turn.responses[name] for name in kind.offered}
    met = (moment(offered, kind.response, skill, kind.turn.weight) or Tally() for skill in RATED)
    counts, credit = noticed(kind.turn, kind.notice)
    harm = offered[kind.response].harm
    return (*chain.from_iterable(map(packing.sums_of, met)), *counts, int(harm == 1), int(harm == 2), *credit)


def noticed(turn: Turn, notice: NoticeAnswer | None) -> tuple[list[int], tuple[int, int]]:
    """The counts of the probe: 16 by row and column, skipped, unasked; and the credit at ruptures and at foils."""
    counts = [0] * 18
    if not turn.notice:
        counts[17] = int(notice is not None)
        return counts, (0, 0)
    if notice is None:
        counts[16] = 1
        return counts, (0, 0)
    row, column = RUPTURE_TYPES.index(turn.rupture), NOTICE_ANSWERS.index(notice)
    counts[4 * row + column] = 1
    quarters = CREDIT[row][column]
    return counts, ((quarters, 0) if row else (0, quarters))
