"""A Parquet file with a row a step, read through DuckDB: attempt by attempt, or as arrays by others."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import groupby, islice
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import msgspec

from alliance_trainer.cohort.reading.batches import Own
from alliance_trainer.core.attempt import LEAST_CONFIDENCE, LONGEST_MS, MOST_CONFIDENCE, Attempt
from alliance_trainer.core.errors import TrainerError, UsageError
from alliance_trainer.journal.attempt_files import BadRecord
from alliance_trainer.journal.attempt_lines import MAX_STEPS, read_line

if TYPE_CHECKING:  # an extra
    from duckdb import DuckDBPyConnection

OWN: tuple[Own, ...] = ("attempt", "trainee", "started")
"""The facts that differ from attempt to attempt."""

SHARED = ("scenario", "cohort", "occasion", "scenario_sha256", "mode", "status", "shared")
"""The facts that many attempts have in common."""

OF_STEP = ("turn", "notice", "response", "rewind")

_SUFFIX = ".parquet"
_TOGETHER = 4_000_000  # so many rows at a time, some 100 MB of them
_FETCHED = 10_000
_FEW = 50
_MOST_SAID = 200
_ON = "SELECT attempt, line AS first FROM told WHERE {}"
_NEEDED = ("attempt", "trainee", "scenario", "step", "turn", "response")
_OF_ATTEMPT = (*OWN, *SHARED)
_OF_ANSWER = ("ms", "confidence")
_NUMBERS = ("step", *_OF_ANSWER)
_BOUNDS = {"ms": (0, LONGEST_MS), "confidence": (LEAST_CONFIDENCE, MOST_CONFIDENCE)}
_TOO_LARGE = -1
_SHORT = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")
_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
_NUMERIC = (*_WHOLE, *(f"U{name}" for name in _WHOLE), "DOUBLE", "FLOAT", "DECIMAL", '"NULL"')


def is_steps_table(path: Path) -> bool:
    """Whether the name says that this is a Parquet file."""
    return path.suffix.lower() == _SUFFIX


class UnreadableTableError(TrainerError):
    """A table of steps turned out to be spoilt while it was read; `record` says so in its place."""

    def __init__(self, record: BadRecord) -> None:
        super().__init__(f"{record.file}: {record.reason}.", "Make or download the file again. Nothing was changed.")
        self.record = record


class StepsTable:
    """One file. An attempt is named by the number of its first row, from 1, as if that were its line.

    Queries see its rows as the view `told`, which has all known columns and `line`. `trouble` says why nothing can
    be read. Raises UsageError where DuckDB is missing, and UnreadableTableError where the file turns out to be spoilt.
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
        self._error = duckdb.Error
        self.trouble: BadRecord | None = None
        try:
            self._run("SET parquet_metadata_cache = true")  # many queries, one file
            self._open()
        except UnreadableTableError as error:
            self.trouble = error.record

    def _bad(self, reason: str) -> BadRecord:
        return BadRecord(file=str(self._path), line=None, reason=reason)

    def _open(self) -> None:
        """Make a view of the columns that are known; those that are not there are empty."""
        path = _text(str(self._path))
        told = {str(name): str(of) for name, of, *_ in self.tuples(f"DESCRIBE SELECT * FROM read_parquet({path})")}
        missing = [name for name in _NEEDED if name not in told]
        if missing:
            raise UnreadableTableError(self._bad(f"it has no column {missing[0]!r}, so it is no table of steps"))
        no_numbers = [name for name in _NUMBERS if name in told and not told[name].startswith(_NUMERIC)]
        if no_numbers:
            raise UnreadableTableError(self._bad(f"its column {no_numbers[0]!r} holds no numbers"))
        cells = {name: _cell(name, told.get(name)) for name in (*_OF_ATTEMPT, *OF_STEP, *_NUMBERS)}
        self._constant = self._constants(path, {name: told.get(name) for name in SHARED})
        columns = [f"{cell} AS {name}" for name, cell in (cells | self._constant).items()]
        self._run(
            f"CREATE VIEW told AS SELECT {', '.join(columns)}, file_row_number + 1 AS line "
            f"FROM read_parquet({path}, file_row_number = true)"
        )

    def _constants(self, path: str, kinds: Mapping[str, str | None]) -> dict[str, str]:
        """Those of some columns that are the same in all rows, as constants: they need not be read again and again.

        The least and the greatest text of a column, and how many there are, stand in the file itself, as a rule, so
        that asking for them costs nothing.
        """
        constants = {name: _cell(name, None) for name, kind in kinds.items() if kind is None}
        for name in [name for name, kind in kinds.items() if kind == "VARCHAR" and name != "shared"]:
            asked = f"SELECT count(*), count({name}), min({name}), max({name}) FROM read_parquet({path})"
            rows, count, least, greatest = self.tuples(asked)[0]
            if least == greatest and count in (0, rows):
                constants[name] = "NULL::VARCHAR" if least is None else _text(least)
        return constants

    def hash_of(self, *names: str) -> str:
        """A query's expression for a number, the same where these columns are."""
        varying = [name for name in names if name not in self._constant]
        return f"hash({', '.join(varying)})" if varying else "0::UBIGINT"

    def _run(self, query: str) -> "DuckDBPyConnection":
        with self._read():
            return self._connection.execute(query)

    @contextmanager
    def _read(self) -> Iterator[None]:
        try:
            yield
        except self._error as error:
            said = str(error).splitlines()[0]
            for quote in "'\"":  # the file is named already
                said = said.replace(f" {quote}{self._path}{quote}", "")
            shown = shorten(said, _MOST_SAID, placeholder=" ...")
            raise UnreadableTableError(self._bad(f"it cannot be read as a table of steps ({shown})")) from None

    @cached_property
    def rows(self) -> int:
        """How many there are."""
        return int(self.tuples("SELECT count(*) FROM told")[0][0])

    @cached_property
    def sound_numbers(self) -> str:
        """A condition for the rows with a time and a confidence such as answers have; none where all rows are such.

        The least and the greatest mostly stand in the file itself, as of `_constants`.
        """
        found = []
        for name, (least, most) in _BOUNDS.items():
            low, high = self.tuples(f"SELECT min({name}), max({name}) FROM told")[0]
            if low is not None and not least <= low <= high <= most:
                found.append(f"coalesce({name} BETWEEN {least} AND {most}, true)")
        return " AND ".join(found)

    def numpy(self, query: str) -> dict[str, Any]:
        """What a query finds, each column an array, masked where some of it is NULL."""
        with self._read():
            found: dict[str, Any] = self._connection.execute(query).fetchnumpy()
            return found

    def tuples(self, query: str) -> list[tuple[Any, ...]]:
        """What a query finds."""
        with self._read():
            return self._connection.execute(query).fetchall()

    def _few_at_a_time(self, query: str) -> Iterator[tuple[Any, ...]]:
        with self._read():
            found = self._connection.execute(query)
            while rows := found.fetchmany(_FETCHED):
                yield from rows

    def records(self, chosen: Sequence[int] | None = None) -> Iterator[tuple[int, Attempt | BadRecord]]:
        """Attempts, or what is wrong with them, each with its number: all, or those with chosen numbers."""
        if self.trouble:
            return
        names = ("first", *_OF_ATTEMPT, *OF_STEP, *_NUMBERS)
        cells = ", ".join(f"told.{name}" if name != "first" else name for name in names)
        for firsts in self._firsts(chosen):
            self._run(f"CREATE OR REPLACE TEMP TABLE firsts AS {firsts}")
            nameless = self.tuples("SELECT count(*) FROM firsts WHERE attempt IS NULL")[0][0]
            same = "IS NOT DISTINCT FROM" if nameless else "="  # which is much faster
            found = self._few_at_a_time(
                f"SELECT {cells} FROM told JOIN firsts ON told.attempt {same} firsts.attempt ORDER BY first, step, line"
            )
            rows = (dict(zip(names, row, strict=True)) for row in found)
            for first, steps in groupby(rows, key=lambda row: row["first"]):
                yield int(first), self._record(int(first), list(islice(steps, MAX_STEPS + 1)))

    def _firsts(self, chosen: Sequence[int] | None) -> Iterator[str]:
        """Queries for some attempts each, with the number of their first row."""
        if chosen is None:
            for begin in range(1, self.rows + 1, _TOGETHER):
                where = f"first BETWEEN {begin} AND {begin + _TOGETHER - 1}"
                yield f"SELECT attempt, min(line) AS first FROM told GROUP BY attempt HAVING {where}"
        else:
            for start in range(0, len(chosen), _FETCHED):
                yield " UNION ALL ".join(map(_ON.format, _lines(chosen[start : start + _FETCHED])))

    def _record(self, first: int, rows: list[Mapping[str, Any]]) -> Attempt | BadRecord:
        facts = [{name: row[name] for name in _OF_ATTEMPT if row[name] is not None} for row in rows]
        places = [row["step"] for row in rows]
        named = BadRecord(file=str(self._path), line=first, reason="", attempt=facts[0].get("attempt"))
        if len(rows) > MAX_STEPS:
            return msgspec.structs.replace(named, reason=f"it has more than {MAX_STEPS} steps")
        if any(one != facts[0] for one in facts):
            return msgspec.structs.replace(named, reason="its rows do not agree on who played what, and when")
        if None in places or len(set(places)) < len(places):
            return msgspec.structs.replace(named, reason="a number of its steps is missing, or there twice")
        told = (*OF_STEP, *_OF_ANSWER)
        steps = [{name: row[name] for name in told if row[name] is not None} for row in rows]
        # Read as a line would be, so that the same is right and wrong, in the same words.
        attempt = read_line(msgspec.json.encode(facts[0] | {"steps": steps}))
        return attempt if isinstance(attempt, Attempt) else msgspec.structs.replace(named, reason=attempt)


def _text(text: str) -> str:
    """A text as it is written in a query."""
    return "'" + text.replace("'", "''") + "'"


def _cell(name: str, kind: str | None) -> str:
    """A column as text or as whole numbers; a number that is too large for any is below all others."""
    if name == "shared":
        return f"TRY_CAST({name if kind else 'NULL'} AS BOOLEAN)"
    if kind is None or name not in _NUMBERS:
        return f"{name if kind else 'NULL'}::{'BIGINT' if name in _NUMBERS else 'VARCHAR'}"
    if kind.startswith(_SHORT):
        return f"{name}::BIGINT"
    return f"CASE WHEN {name} IS NOT NULL THEN coalesce(TRY_CAST({name} AS BIGINT), {_TOO_LARGE}) END"


def _lines(chosen: Sequence[int]) -> list[str]:
    """Conditions for being on some lines; of a few, one by one, little of the file is read."""
    if len(chosen) <= _FEW:
        return [f"line = {line}" for line in chosen]
    return [f"line IN ({', '.join(map(str, chosen))})"]
