"""Attempts from a table of steps in which the rows of each stand together, as arrays: read once, from top to bottom.

So they stand in the tables that this program writes. Where one attempt's rows end is where the facts of the next row
differ; only of the first row of each the facts themselves are asked for.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec
import numpy as np

from alliance_trainer.cohort.arrays.columns import Array
from alliance_trainer.cohort.arrays.keys import Keys, joined, keys_in, keys_of, mixed
from alliance_trainer.cohort.reading.batches import Own, Ways
from alliance_trainer.cohort.reading.step_codes import StepCodes
from alliance_trainer.cohort.reading.steps_table import OWN, SHARED, StepsTable
from alliance_trainer.cohort.reading.table_batches import TableBatch
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.journal.attempt_lines import MAX_NAME, MAX_STEPS

_AT_ONCE = 8 * 122_880  # rows: a few of the groups in which such files are written, and arrays of some megabytes
_BATCH = 8192  # attempts
_MOST_SHARED = 10_000
_FIRST = 1  # the number of an attempt's first step
_BEGIN = f"line - greatest(step, {_FIRST - 2})"
"""Where a first step would stand: the same on all rows of an attempt whose steps follow one another."""

_TEXTS: dict[Own, str] = {name: f"coalesce({name}, '')" for name in OWN}


class ScatteredError(Exception):
    """The rows of some attempt do not stand together, from its first step on and in order."""


class _Heads(NamedTuple):
    """Of some attempts the line of the first row, a number for the shared facts, and those that are each one's own."""

    line: Array
    shared: Array
    own: Mapping[Own, Keys]

    def of(self, rows: Array | slice) -> "_Heads":
        """Those of some rows."""
        return _Heads(self.line[rows], self.shared[rows], {name: keys.of(rows) for name, keys in self.own.items()})

    def __add__(self, other: "_Heads") -> "_Heads":  # type: ignore[override]  # not as tuples are added
        own: Mapping[Own, Keys] = {name: joined(keys, other.own[name]) for name, keys in self.own.items()}
        line, shared = (np.concatenate(pair) for pair in zip(self[:2], other[:2], strict=True))
        return _Heads(line, shared, own)


class _Rows(NamedTuple):
    """Some rows that follow one another, where in them attempts begin, and what is said of each of these."""

    code: Array
    facts: Array
    starts: Array
    heads: _Heads | None


_NO_ROWS = np.zeros(0, np.uint64)
_NONE = _Rows(_NO_ROWS, _NO_ROWS, np.zeros(0, np.int64), None)


def together(table: StepsTable, codes: StepCodes) -> Iterator[tuple[TableBatch, list[int]]]:
    """The attempts, some at a time; with the numbers of those that need a closer look (see `StepsTable.records`).

    Raises ScatteredError, perhaps only after some of them, where the rows of an attempt do not stand together.
    """
    reading = _Reading(table, codes)
    left = _NONE
    for begin in range(1, table.rows + 1, _AT_ONCE):
        rows = reading.rows(left, begin)
        done = len(rows.starts) if begin + _AT_ONCE > table.rows else len(rows.starts) - 1  # the last may go on
        yield from reading.batches(rows, done)
        left = _behind(rows, done)
    reading.check()


class _Reading:
    def __init__(self, table: StepsTable, codes: StepCodes) -> None:
        self._table = table
        self._codes = codes
        self._shared: dict[int, int] = {}
        self._facts: list[dict[str, Any]] = []
        self._sound: list[bool] = []
        self._met: list[Array] = []
        self._told = f"{codes.column} AS code, {table.hash_of(*OWN, *SHARED, _BEGIN)} AS facts"
        # Each column as one list or one text for all rows, which is far cheaper to hand over than many.
        texts = ", ".join(f"encode(string_agg({text}, chr(0))) AS {name}" for name, text in _TEXTS.items())
        self._said = f"list(line) AS line, list({table.hash_of(*SHARED)}) AS common, {texts}"

    def rows(self, left: _Rows, begin: int) -> _Rows:
        """The rows from a line on, behind those that are left from before."""
        where = f"line BETWEEN {begin} AND {begin + _AT_ONCE - 1}"
        found = self._table.numpy(f"SELECT {self._told} FROM told WHERE {where}")
        code, facts = (np.concatenate(pair) for pair in ((left.code, found["code"]), (left.facts, found["facts"])))
        starts = np.flatnonzero(np.concatenate(([True], facts[1:] != facts[:-1])))
        heads = self._heads(f"{where} AND step = {_FIRST}", starts[len(left.starts) :] + (begin - len(left.code)))
        return _Rows(code, facts, starts, left.heads + heads if left.heads else heads)

    def _heads(self, where: str, lines: Array) -> _Heads:
        """What is said of the attempts on some lines: those of all first steps, else ScatteredError is raised."""
        rows = self._table.numpy(f"SELECT {self._said} FROM told WHERE {where} HAVING count(*) > 0")
        found = {name: cells[0] for name, cells in rows.items() if len(cells)}
        line, common = (found.get(name, _NO_ROWS) for name in ("line", "common"))
        if not np.array_equal(line, lines):
            raise ScatteredError
        keys = {name: keys_in(bytes(found.get(name, b"")), len(line)) for name in OWN}
        return _Heads(line, common, {name: these or self._one_by_one(name, where) for name, these in keys.items()})

    def _one_by_one(self, name: Own, where: str) -> Keys:
        """The facts of one column, of which some have a NUL."""
        return keys_of([cell for (cell,) in self._table.tuples(f"SELECT {_TEXTS[name]} FROM told WHERE {where}")])

    def batches(self, rows: _Rows, done: int) -> Iterator[tuple[TableBatch, list[int]]]:
        """The first so many attempts of some rows."""
        ends = np.append(rows.starts[1:], len(rows.code))
        for first in range(0, done, _BATCH):
            last = min(first + _BATCH, done)
            some = slice(int(rows.starts[first]), int(ends[last - 1]))
            assert rows.heads is not None
            heads = rows.heads.of(slice(first, last))
            number = self._codes.numbers(rows.code[some], int(heads.line[0]))
            starts = rows.starts[first:last] - some.start
            yield self._batch(Ways(numbers=number, starts=starts, counts=np.diff(starts, append=len(number))), heads)

    def _batch(self, ways: Ways, heads: _Heads) -> tuple[TableBatch, list[int]]:
        self._met.append(mixed(heads.own["attempt"].array))
        which = self._which(heads.shared, heads.line)
        good = np.logical_and.reduceat(ways.numbers >= 0, ways.starts) & (ways.counts <= MAX_STEPS)
        good &= (
            np.array(self._sound, dtype=bool).take(which) & _named(heads.own["attempt"]) & _named(heads.own["trainee"])
        )
        careful = heads.line[~good].tolist()
        if careful:
            rows = np.flatnonzero(good)
            heads, ways, which = heads.of(rows), ways.of(rows), which[rows]
        return TableBatch(own=heads.own, shared=self._facts, which=which, told=ways, lines=heads.line), careful

    def _which(self, shared: Array, lines: Array) -> Array:
        """For each attempt the place of its shared facts in the list of them, which is added to."""
        if len(shared) and int(shared[0]) in self._shared and bool((shared == shared[0]).all()):  # as mostly
            return np.full(len(shared), self._shared[int(shared[0])], dtype=np.int64)
        numbers, firsts, which = np.unique(shared, return_index=True, return_inverse=True)
        told = zip(lines[firsts].tolist(), numbers.tolist(), strict=True)
        new = {line: number for line, number in told if number not in self._shared}
        if len(new) + len(self._shared) > _MOST_SHARED:
            raise ScatteredError
        if new:
            where = f"line IN ({', '.join(map(str, new))})"
            for line, *cells in self._table.tuples(f"SELECT line, {', '.join(SHARED)} FROM told WHERE {where}"):
                self._shared[new[line]] = len(self._facts)
                self._facts.append(dict(zip(SHARED, cells, strict=True)))
                self._sound.append(_is_sound(self._facts[-1]))
        return np.array([self._shared[number] for number in numbers.tolist()], dtype=np.int64)[which]

    def check(self) -> None:
        """Raise ScatteredError if an attempt began twice."""
        met = np.sort(np.concatenate(self._met)) if self._met else np.zeros(0)
        if bool((met[1:] == met[:-1]).any()):
            raise ScatteredError


def _is_sound(facts: Mapping[str, Any]) -> bool:
    """Whether shared facts are such as `read_line` takes."""
    told = {name: fact for name, fact in facts.items() if fact is not None}
    try:
        attempt = msgspec.convert({"attempt": "a", "trainee": "a", "steps": (), **told}, Attempt)
    except ValueError:
        return False
    return 0 < len(attempt.scenario) <= MAX_NAME


def _named(keys: Keys) -> Array:
    """Which ids or pseudonyms are such as `read_line` takes."""
    too_long = [key for key, text in keys.long.items() if len(text) > MAX_NAME]
    named: Array = (keys.array != b"") & ~np.isin(keys.array, np.array(too_long, dtype="S"))
    return named


def _behind(rows: _Rows, done: int) -> _Rows:
    """What is behind the first so many attempts."""
    begin = int(rows.starts[done]) if done < len(rows.starts) else len(rows.code)
    heads = rows.heads.of(slice(done, None)) if rows.heads else None
    return _Rows(rows.code[begin:], rows.facts[begin:], rows.starts[done:] - begin, heads)
