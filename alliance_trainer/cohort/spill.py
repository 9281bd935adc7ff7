"""More rows than memory holds: sorted in runs that are put aside in temporary files, then merged."""

import heapq
import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Self

import msgspec

from alliance_trainer.cohort.result import NotScored
from alliance_trainer.cohort.scoring.scored import Scored
from alliance_trainer.core.attempt import Attempt

_IN_MEMORY = 8 << 20
_MOST_RUNS = 64
_OVERHEAD = 200  # bytes of Python's own beside those of a row
_HEAD = 4  # bytes for the length of each part
_PLACE = 16

Row = tuple[bytes, bytes]


class SpillingSorter:
    """Rows (key, payload) in, in any order; the same rows sorted by key, then payload, out.

    Holds about 8 MiB; the rest lies in unnamed temporary files, which are gone when this is closed.
    """

    def __init__(self, in_memory: int = _IN_MEMORY) -> None:
        self._limit = in_memory
        self._rows: list[Row] = []
        self._size = 0
        self._runs: list[IO[bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def open_files(self) -> int:
        """How many temporary files there are."""
        return len(self._runs)

    def close(self) -> None:
        """Drop everything."""
        for run in self._runs:
            run.close()
        self._runs, self._rows = [], []

    def add(self, key: bytes, payload: bytes) -> None:
        """Take in one row."""
        self._rows.append((key, payload))
        self._size += len(key) + len(payload) + _OVERHEAD
        if self._size > self._limit:
            self._put_aside()

    def rows(self) -> Iterator[Row]:
        """All rows in order."""
        self._rows.sort()
        yield from heapq.merge(*map(_read, self._runs), self._rows)

    def _put_aside(self) -> None:
        self._rows.sort()
        if len(self._runs) >= _MOST_RUNS:  # few files stay open, however many rows there are
            merged = _written(heapq.merge(*map(_read, self._runs)))
            for run in self._runs:
                run.close()
            self._runs = [merged]
        self._runs.append(_written(self._rows))
        self._rows, self._size = [], 0


def _written(rows: Iterable[Row]) -> IO[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the sorter closes it, when all is read)
    for key, payload in rows:
        head = len(key).to_bytes(_HEAD, "little") + len(payload).to_bytes(_HEAD, "little")
        file.write(head + key + payload)
    return file


def _read(run: IO[bytes]) -> Iterator[Row]:
    run.seek(0)
    while head := run.read(2 * _HEAD):
        key = run.read(int.from_bytes(head[:_HEAD], "little"))
        yield key, run.read(int.from_bytes(head[_HEAD:], "little"))


class Writers(msgspec.Struct, frozen=True):
    """How a report writes down an attempt.

    `row` turns a scored attempt into the bytes of its row. `refused_row` does so for one that was not scored
    but has a row among the others (None: it has none). `entry` gives the bytes of its place in the list of
    what was not scored.
    """

    row: Callable[[Scored], bytes]
    refused_row: Callable[[NotScored], bytes | None]
    entry: Callable[[NotScored], bytes | None]


class Lines(msgspec.Struct):
    """Rows, and entries for the list of what was not scored, each with what it is sorted by."""

    rows: list[Row] = msgspec.field(default_factory=list)
    entries: list[Row] = msgspec.field(default_factory=list)

    def scored(self, writers: Writers, scored: Scored) -> None:
        """Write down a scored attempt."""
        self.rows.append((sort_key(scored.attempt), writers.row(scored)))

    def refused(self, writers: Writers, place: int, entry: NotScored) -> None:
        """Write down what was not scored; `place` says where it comes in the list."""
        payload = writers.entry(entry)
        if payload is not None:
            self.entries.append((place.to_bytes(_PLACE, "big"), payload))
        row = writers.refused_row(entry)
        if row is not None and entry.record is not None:
            self.rows.append((sort_key(entry.record), row))


class Collected:
    """What a report needs of every attempt, kept in order, whatever the number.

    Rows come out sorted by trainee and attempt, the list of what was not scored in the order of files and lines.
    """

    def __init__(
        self,
        row: Callable[[Scored], bytes],
        refused_row: Callable[[NotScored], bytes | None],
        entry: Callable[[NotScored], bytes | None],
    ) -> None:
        self.writers = Writers(row, refused_row, entry)
        self._rows = SpillingSorter()
        self._refused = SpillingSorter()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._rows.close()
        self._refused.close()

    def add(self, lines: Lines) -> None:
        """Take in what was written."""
        for key, payload in lines.rows:
            self._rows.add(key, payload)
        for key, payload in lines.entries:
            self._refused.add(key, payload)

    def rows(self) -> Iterator[bytes]:
        """The rows by trainee and attempt."""
        return (payload for _, payload in self._rows.rows())

    def refusals(self) -> Iterator[bytes]:
        """The entries of what was not scored."""
        return (payload for _, payload in self._refused.rows())


def sort_key(attempt: Attempt) -> bytes:
    """Sorts by trainee, then attempt, by code points."""
    return attempt.trainee.encode() + b"\0" + attempt.attempt.encode()
