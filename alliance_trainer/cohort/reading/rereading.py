"""The records of a shard read once more, whole and one by one: all of them, or some by their lines."""

import bisect
from collections.abc import Iterator, Mapping, Sequence

from alliance_trainer.cohort.arrays.parts import Mark
from alliance_trainer.cohort.reading.shards import Shard, Source
from alliance_trainer.cohort.reading.sources import is_journal, read_journal
from alliance_trainer.cohort.reading.steps_table import StepsTable, is_steps_table
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.journal.attempt_files import BadRecord, line_runs, read

_LAST = 1 << 62  # behind every byte

Chosen = Mapping[int, Sequence[int]] | None
"""The lines that are wanted, ascending, by the number of the file; None: all."""

Record = tuple[int | None, Attempt | BadRecord]
"""The line of a record, from 1 (None for a journal, which is one record), and what stands there."""


def reread(shard: Shard, before: int, marks: Sequence[Mark], chosen: Chosen) -> Iterator[tuple[Source, Record]]:
    """The records of a shard in order, each with its file.

    `before`: so many lines of its file come before it; `marks`: where some of its own lines begin.
    """
    for source in shard.files:
        lines = None if chosen is None else chosen.get(source.number, ())
        if lines is None or lines:
            yield from ((source, record) for record in _records(source, shard, before, marks, lines))


def _records(
    source: Source, shard: Shard, before: int, marks: Sequence[Mark], lines: Sequence[int] | None
) -> Iterator[Record]:
    if is_steps_table(source.path):
        table = StepsTable(source.path)
        yield from table.records(lines)
        if table.trouble:
            yield None, table.trouble
    elif is_journal(source.path):
        record = read_journal(source.path)
        if record is not None:
            yield None, record
    elif lines is None or len(lines) > len(marks):
        yield from _lines(source, (before + 1, shard.begin), shard.end, lines)
    else:
        for line in lines:
            known, begin = marks[bisect.bisect(marks, (line - before, _LAST)) - 1]
            yield from _lines(source, (before + known, begin), shard.end, [line])


def _lines(source: Source, mark: Mark, end: int | None, lines: Sequence[int] | None) -> Iterator[Record]:
    """The records on lines of a file that is read from a line with this number and this byte on."""
    first, begin = mark
    for number, run in line_runs(source.path, begin, end):
        line = first + number - 1
        if lines is not None and lines[-1] < line:
            return
        yield from _of_run(source, line, run, lines)


def _of_run(source: Source, first: int, run: bytes | BadRecord, lines: Sequence[int] | None) -> Iterator[Record]:
    if isinstance(run, BadRecord):
        yield first, run
        return
    behind = first + run.count(b"\n")
    wanted = range(first, behind) if lines is None else lines[bisect.bisect_left(lines, first) :]
    if not wanted or wanted[0] >= behind:
        return
    texts = run.split(b"\n")
    for number in wanted:
        if number >= behind:
            return
        record = read(source.path, number, texts[number - first])
        if record is not None:
            yield number, record
