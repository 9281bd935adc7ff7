"""Steps in a table of steps, each known by a hash of its cells, so that few of them are ever looked at."""

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np

from alliance_trainer.cohort.arrays.columns import Array
from alliance_trainer.cohort.reading.steps_table import OF_STEP, StepsTable
from alliance_trainer.core.attempt import Step
from alliance_trainer.journal.attempt_blocks import BlockReader

_MOST = 100_000
_WIDTHS = (12, 16, 20)  # bits of a code that say where it stands in a table
_SHIFTS = range(0, 44, 2)
_NAMES = ", ".join(OF_STEP)
_HASH = f"hash({_NAMES})"


class StepCodes:
    """The steps of a table that were met so far.

    `column` is a query's expression for the code of a row's step, 64 bits; 0 stands for none.
    """

    def __init__(self, table: StepsTable, reader: BlockReader) -> None:
        self.column = f"CASE WHEN {table.sound_numbers} THEN {_HASH} ELSE 0 END" if table.sound_numbers else _HASH
        self._table = table
        self._reader = reader
        self._met: dict[int, int] = {}
        self._learn((), np.zeros(1, dtype=np.uint64))

    def numbers(self, codes: Array, line: int | None = None) -> Array:
        """The number of each step in the reader, by its code; -1 for what is no plain answer.

        `line`: where the first of them stands, the others behind it; None: in any order.
        """
        places = self._place(codes)
        strange = self._codes.take(places) != codes
        if strange.any():
            at = np.flatnonzero(strange)
            where = "" if line is None else f"WHERE line BETWEEN {line + at[0]} AND {line + at[-1]}"
            self._learn(self._met_there(where), np.unique(codes[at]))
            places = self._place(codes)
        return self._numbers.take(places)

    def _met_there(self, where: str) -> list[tuple[Any, ...]]:
        """The codes and cells of the different steps there."""
        return self._table.tuples(f"SELECT {_HASH}, {_NAMES} FROM (SELECT DISTINCT {_NAMES} FROM told {where})")

    def _learn(self, found: Sequence[tuple[Any, ...]], codes: Array) -> None:
        """Learn the steps of some codes; they are no plain answers where there are too many."""
        for code, *cells in found:
            if len(self._met) < _MOST:
                self._met[code] = _number(self._reader, *cells)
        self._met |= {int(code): -1 for code in codes if int(code) not in self._met}
        met = np.array(list(self._met), dtype=np.uint64)
        numbers = np.array(list(self._met.values()), dtype=np.int64)
        self._bits = _bits_apart(met)
        order = np.argsort(met)
        self._codes, self._numbers = met[order], numbers[order]
        if self._bits is not None:
            places = self._place(met)
            self._codes = np.zeros(self._bits[1] + 1, dtype=np.uint64)
            self._numbers = np.full(len(self._codes), -1, dtype=np.int64)
            self._codes[places], self._numbers[places] = met, numbers

    def _place(self, codes: Array) -> Array:
        """Where each code stands, if it is known."""
        if self._bits is None:
            return np.searchsorted(self._codes[:-1], codes)
        shift, mask = self._bits
        return (codes >> shift & mask).view(np.int64)


def _bits_apart(codes: Array) -> tuple[np.uint64, np.uint64] | None:
    """By how much to shift codes, and which bits then tell them apart; None if there are too many of them."""
    for width in _WIDTHS:
        mask = np.uint64((1 << width) - 1)
        for shift in map(np.uint64, _SHIFTS if len(codes) ** 2 < 8 << width else ()):
            if len(np.unique(codes >> shift & mask)) == len(codes):
                return shift, mask
    return None


def _number(reader: BlockReader, turn: str | None, notice: str | None, response: str | None, rewind: str | None) -> int:
    if rewind is not None or turn is None or response is None:
        return -1
    try:
        step = msgspec.convert({"turn": turn, "notice": notice, "response": response}, Step)
    except ValueError:
        return -1
    return reader.number(step)
