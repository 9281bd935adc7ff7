"""A Parquet file with a row a step, read through DuckDB: as arrays for scoring, or attempt by attempt."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from alliance_trainer.cohort.batches import TableBatch, Ways
from alliance_trainer.cohort.columns import Array
from alliance_trainer.core.attempt import Attempt, Step
from alliance_trainer.core.errors import UsageError
from alliance_trainer.journal.attempt_blocks import BlockReader
from alliance_trainer.journal.attempt_files import BadRecord
from alliance_trainer.journal.attempt_lines import MAX_NAME, MAX_STEPS, read_line

if TYPE_CHECKING:  # an extra
    from duckdb import DuckDBPyConnection

_SUFFIX = ".parquet"
_TOGETHER = 4_000_000  # so many rows at a time, some 100 MB of them
_FETCHED = 10_000
_NEEDED = ("attempt", "trainee", "scenario", "step", "turn", "response")
_OWN = ("attempt", "trainee", "started")
_SHARED = ("scenario", "cohort", "occasion", "scenario_sha256", "mode", "status")
_OF_ATTEMPT = (*_OWN, *_SHARED)
_OF_STEP = ("turn", "notice", "response", "rewind")
_NUMBERS = ("ms", "confidence")
_FINE = " AND ".join(
    [
        *(f"length(any_value({name})) BETWEEN 1 AND {MAX_NAME}" for name in ("attempt", "trainee", "scenario")),
        "coalesce(any_value(status), 'complete') IN ('complete', 'unfinished', 'abandoned')",
        "coalesce(any_value(mode), 'assess') IN ('practice', 'assess')",
        f"min(hash({', '.join(_OF_ATTEMPT[1:])})) = max(hash({', '.join(_OF_ATTEMPT[1:])}))",
        f"count(*) <= {MAX_STEPS}",
    ]
)
_SAME_STEP = " AND ".join(f"told.{name} IS NOT DISTINCT FROM kinds.{name}" for name in _OF_STEP)
_ONCE = ", ".join(f"any_value({name}) AS {name}" for name in _OWN if name != "attempt")
_MOST_KINDS = 100_000


def is_steps_table(path: Path) -> bool:
    """Whether the name says that this is a Parquet file."""
    return path.suffix.lower() == _SUFFIX


class StepsTable:
    """One file. An attempt is named by the number of its first row, from 1, as if that were its line.

    `trouble` says why nothing can be read. Raises UsageError where DuckDB is missing.
    """

    def __init__(self, path: Path) -> None:
        try:
            import duckdb  # an extra
        except ModuleNotFoundError:
            raise UsageError(
                f"To read {path} the package duckdb is needed.", "Add it with: pip install 'alliance-trainer[cohort]'"
            ) from None
        self._path = path
        self._connection: DuckDBPyConnection = duckdb.connect(config={"threads": 1})
        self.trouble: BadRecord | None = None
        try:
            self._open()
        except duckdb.Error as error:
            self.trouble = self._bad(f"it cannot be read as a table of steps ({str(error).splitlines()[0][:80]})")

    def _bad(self, reason: str) -> BadRecord:
        return BadRecord(file=str(self._path), line=None, reason=reason)

    def _open(self) -> None:
        """Make a view of the columns that are known; those that are not there are empty."""
        path = "'" + str(self._path).replace("'", "''") + "'"
        there = {row[0] for row in self._connection.execute(f"DESCRIBE SELECT * FROM read_parquet({path})").fetchall()}
        missing = [name for name in _NEEDED if name not in there]
        if missing:
            self.trouble = self._bad(f"it has no column {missing[0]!r}, so it is no table of steps")
            return
        types = dict.fromkeys((*_OF_ATTEMPT, *_OF_STEP), "VARCHAR") | dict.fromkeys((*_NUMBERS, "step"), "BIGINT")
        cells = [f"{name if name in there else 'NULL'}::{kind} AS {name}" for name, kind in types.items()]
        self._connection.execute(
            f"CREATE VIEW told AS SELECT {', '.join(cells)}, file_row_number + 1 AS line "
            f"FROM read_parquet({path}, file_row_number = true)"
        )

    @cached_property
    def _rows(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM told").fetchall()[0][0])

    def batches(self, reader: BlockReader) -> Iterator[tuple[TableBatch, list[int]]]:
        """The attempts, some at a time; with the numbers of those that need a closer look (see `records`)."""
        kinds = [_number(reader, *cells) for cells in self._numbered("kinds", _OF_STEP)]
        shared = self._shared()
        parts = self._rows // _TOGETHER + 1
        for part in range(parts):
            where = f"WHERE hash(attempt) % {parts} = {part}" if parts > 1 else ""
            facts = self._numpy(
                f"SELECT attempt, {_ONCE}, hash(attempt) AS key, count(*) AS steps, min(line) AS line, "
                f"any_value(hash({', '.join(_SHARED)})) AS shared, coalesce({_FINE}, false) AS fine "
                f"FROM told {where} GROUP BY attempt"
            )
            steps = self._numpy(
                f"SELECT hash(attempt) AS key, coalesce(step, -1)::INTEGER AS step, number::INTEGER AS number "
                f"FROM told JOIN kinds ON {_SAME_STEP} {where}"
            )
            yield _batch(facts, shared, steps, np.array(kinds, dtype=np.int64))

    def _numbered(self, table: str, columns: Sequence[str]) -> list[tuple[Any, ...]]:
        """Make a table of the different values of some columns together, with their numbers; and give them."""
        names = ", ".join(columns)
        self._connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT row_number() OVER () - 1 AS number, * "
            f"FROM (SELECT DISTINCT {names} FROM told ORDER BY ALL)"
        )
        return list(_fetched(self._connection.execute(f"SELECT {names} FROM {table} ORDER BY number")))

    def _shared(self) -> dict[int, dict[str, Any]]:
        """The facts that many attempts have in common, by a number for them; none where a number is not enough."""
        names = ", ".join(_SHARED)
        rows = self._connection.execute(
            f"SELECT hash({names}), {names} FROM (SELECT DISTINCT {names} FROM told)"
        ).fetchall()
        shared = {number: dict(zip(_SHARED, cells, strict=True)) for number, *cells in rows}
        return shared if len(shared) == len(rows) else {}

    def _numpy(self, query: str) -> dict[str, Any]:
        found: dict[str, Any] = self._connection.execute(query).fetchnumpy()
        return found

    def records(self, chosen: Sequence[int] | None = None) -> Iterator[tuple[int, Attempt | BadRecord]]:
        """Attempts, or what is wrong with them, each with its number: all, or those with chosen numbers."""
        if self.trouble:
            return
        names = ("first", *_OF_ATTEMPT, "step", *_OF_STEP, *_NUMBERS)
        cells = ", ".join(f"told.{name}" if name != "first" else name for name in names)
        for firsts in self._firsts(chosen):
            self._connection.execute(f"CREATE OR REPLACE TEMP TABLE firsts AS {firsts}")
            found = self._connection.execute(
                f"SELECT {cells} FROM told JOIN firsts ON told.attempt IS NOT DISTINCT FROM firsts.attempt "
                "ORDER BY first, step, line"
            )
            rows = (dict(zip(names, row, strict=True)) for row in _fetched(found))
            for first, same in groupby(rows, key=lambda row: row["first"]):
                yield int(first), self._record(int(first), list(same))

    def _firsts(self, chosen: Sequence[int] | None) -> Iterator[str]:
        """Queries for some attempts each, with the number of their first row."""
        if chosen is None:
            for begin in range(1, self._rows + 1, _TOGETHER):
                where = f"first BETWEEN {begin} AND {begin + _TOGETHER - 1}"
                yield f"SELECT attempt, min(line) AS first FROM told GROUP BY attempt HAVING {where}"
        else:
            for start in range(0, len(chosen), _FETCHED):
                lines = ", ".join(map(str, chosen[start : start + _FETCHED]))
                yield f"SELECT attempt, line AS first FROM told WHERE line IN ({lines})"

    def _record(self, first: int, rows: list[Mapping[str, Any]]) -> Attempt | BadRecord:
        facts = [{name: row[name] for name in _OF_ATTEMPT if row[name] is not None} for row in rows]
        places = [row["step"] for row in rows]
        named = BadRecord(file=str(self._path), line=first, reason="", attempt=facts[0].get("attempt"))
        if any(one != facts[0] for one in facts):
            return msgspec.structs.replace(named, reason="its rows do not agree on who played what, and when")
        if None in places or len(set(places)) < len(places):
            return msgspec.structs.replace(named, reason="a number of its steps is missing, or there twice")
        told = (*_OF_STEP, *_NUMBERS)
        steps = [{name: row[name] for name in told if row[name] is not None} for row in rows]
        # Read as a line would be, so that the same is right and wrong, in the same words.
        attempt = read_line(msgspec.json.encode(facts[0] | {"steps": steps}))
        return attempt if isinstance(attempt, Attempt) else msgspec.structs.replace(named, reason=attempt)


def _fetched(found: "DuckDBPyConnection") -> Iterator[tuple[Any, ...]]:
    while rows := found.fetchmany(_FETCHED):
        yield from rows


def _number(reader: BlockReader, turn: str | None, notice: str | None, response: str | None, rewind: str | None) -> int:
    """The number of a step; -1 for what is no plain answer."""
    if rewind is not None or turn is None or response is None or len(reader.steps) >= _MOST_KINDS:
        return -1
    try:
        step = msgspec.convert({"turn": turn, "notice": notice, "response": response}, Step)
    except ValueError:
        return -1
    return reader.number(step)


def _batch(
    facts: dict[str, Any], shared: Mapping[int, dict[str, Any]], steps: dict[str, Any], kinds: Array
) -> tuple[TableBatch, list[int]]:
    """The attempts of some rows. Of those that need a closer look only the numbers are given."""
    order = np.argsort(facts["key"], kind="stable")
    keys, sizes, lines = facts["key"][order], facts["steps"][order], facts["line"][order]
    key, step, kind = _by_attempt(steps)
    starts = np.flatnonzero(np.concatenate((np.ones(min(len(key), 1), dtype=bool), key[1:] != key[:-1])))
    counts = np.diff(starts, append=len(key))
    at = np.searchsorted(keys, key[starts])
    number = kinds[kind]
    odd = number < 0
    odd[1:] |= (step[1:] == step[:-1]) & (key[1:] == key[:-1])
    odd |= step < 0
    # Where rows do not agree on the facts, or two attempts share a key, the sizes differ from what was counted.
    numbers = np.sort(np.array(list(shared), dtype=np.uint64))
    fine = facts["fine"][order][at] & bool(shared) & (sizes[at] == counts) & ~np.logical_or.reduceat(odd, starts)
    good = np.flatnonzero(fine)
    careful = np.ones(len(keys), dtype=bool)
    careful[at[good]] = False
    rows = order[at[good]]
    batch = TableBatch(
        cells={name: facts[name][rows].tolist() for name in _OWN},  # None where masked
        shared=[shared[number] for number in numbers.tolist()],
        which=np.searchsorted(numbers, np.asarray(facts["shared"])[rows]),
        told=Ways(numbers=number, starts=starts, counts=counts).of(good),
        lines=lines[at[good]],
    )
    return batch, lines[careful].tolist()


def _by_attempt(steps: dict[str, Any]) -> tuple[Array, Array, Array]:
    """Keys, step numbers and kinds, attempt by attempt and step by step; mostly they are so already."""
    key, step, kind = (np.asarray(steps[name]) for name in ("key", "step", "number"))
    new = key[1:] != key[:-1]
    begins = key[np.flatnonzero(np.concatenate((np.ones(min(len(key), 1), dtype=bool), new)))]
    begins.sort()
    grouped = bool((begins[1:] != begins[:-1]).all())
    if grouped and bool(((step[1:] >= step[:-1]) | new).all()):
        return key, step, kind
    order = np.lexsort((step, key))
    return key[order], step[order], kind[order]
