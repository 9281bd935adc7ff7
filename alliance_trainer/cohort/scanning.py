"""A shard scanned: attempts read and followed through their scenarios, many at once where they are spelt as usual."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import msgspec

from alliance_trainer.cohort.arrays.making import Making
from alliance_trainer.cohort.arrays.parts import Part
from alliance_trainer.cohort.reading.batches import ENOUGH, Batch
from alliance_trainer.cohort.reading.shards import Shard, Source, can_be_cut
from alliance_trainer.cohort.reading.sources import is_journal, read_journal
from alliance_trainer.cohort.reading.step_codes import StepCodes
from alliance_trainer.cohort.reading.steps_scattered import scattered
from alliance_trainer.cohort.reading.steps_table import StepsTable, UnreadableTableError, is_steps_table
from alliance_trainer.cohort.reading.steps_together import ScatteredError, together
from alliance_trainer.cohort.reading.table_batches import TableBatch
from alliance_trainer.cohort.result import NotScored
from alliance_trainer.cohort.scoring.following import Translate, follow_record
from alliance_trainer.cohort.scoring.targets import Resolve, Targets
from alliance_trainer.cohort.settling import Settler
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.journal.attempt_blocks import BlockReader
from alliance_trainer.journal.attempt_files import BadRecord, first_line, read, runs

_BETWEEN_MARKS = 1 << 20


class Tools:
    """What a scanner has at hand: the scenarios and the steps that it has met so far. It may be handed on."""

    def __init__(self, resolve: Resolve) -> None:
        self.targets = Targets(resolve)
        self.reader = BlockReader()


class Against(msgspec.Struct, frozen=True, kw_only=True):
    """What attempts are scored against: `resolve` finds the scenario; `translate` is asked of each before, if given.

    Tools that are free lie in `kept`, for the next task; pickled, it has none.
    """

    resolve: Resolve
    translate: Translate | None = None
    kept: list[Tools] = []

    @contextmanager
    def tools(self) -> Iterator[Tools]:
        """Tools to use."""
        tools = self.kept.pop() if self.kept else Tools(self.resolve)
        yield tools
        self.kept.append(tools)

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(Against, resolve=self.resolve, translate=self.translate), ()


def scan(shard: Shard, against: Against, listed: int) -> Part:
    """What is in a shard; of the records that were not scored the first `listed`.

    A pure function of the shard and the scenarios, to be called anywhere.
    """
    with against.tools() as tools:
        scanner = _Scanner(against, tools, listed)
        for source in shard.files:
            scanner.file(source, shard.begin, shard.end)
        return Part(pieces={shard.place: scanner.making.piece()})


class _Scanner:
    def __init__(self, against: Against, tools: Tools, listed: int) -> None:
        self.making = Making(listed)
        self._translate = against.translate
        self._targets = tools.targets
        self._reader = tools.reader
        self._settler = Settler(self.making, self._targets, self._reader)
        self._batch = Batch()
        self._source = Source.none()

    def file(self, source: Source, begin: int, end: int | None) -> None:
        """Scan a file, or a part of it."""
        self._source = source
        if is_steps_table(source.path):
            self._table()
        elif is_journal(source.path):
            record = read_journal(source.path)
            if record is not None:
                self._record(None, record)
        else:
            self._lines(begin, end)
            self._settle()

    def _lines(self, begin: int, end: int | None) -> None:
        """Take in the lines of a file."""
        line, at = 1, self._first_line(begin)
        marks = self.making.marks = [] if at is None else [(1, begin)]
        for run in runs(self._source.path, begin, end):
            if isinstance(run, BadRecord):
                self._record(line, msgspec.structs.replace(run, line=line))
                line, at = line + 1, None
            else:
                line += self._run(line, run)
                at = None if at is None else at + len(run)
            if at is not None and at > marks[-1][1] + _BETWEEN_MARKS:
                marks.append((line, at))
        self.making.lines = line - 1

    def _first_line(self, begin: int) -> int | None:
        """The byte at which the first line begins; None where the file cannot be read from anywhere."""
        try:
            return first_line(self._source.path, begin) if can_be_cut(self._source.path) else None
        except OSError:
            return None

    def _run(self, first: int, lines: bytes) -> int:
        """Take in some lines; how many they are."""
        found = self._reader.read(lines)
        if found is not None:
            self._batch.add(first, found)
            count = len(found.facts)
        else:
            single = lines.split(b"\n")[:-1]
            count = len(single)
            for number, line in enumerate(single, first):
                self._line(number, line)
        if len(self._batch) >= ENOUGH:
            self._settle()
        return count

    def _line(self, number: int, line: bytes) -> None:
        found = self._reader.read(line + b"\n")
        if found is not None:
            self._batch.add(number, found)
            return
        record = read(self._source.path, number, line)
        if record is not None:
            self._record(number, record)

    def _settle(self) -> None:
        batch, self._batch = self._batch, Batch()
        for line, attempt in self._settler.settle(batch, self._source):
            self._record(line, attempt)

    def _table(self) -> None:
        """Take in a table of steps."""
        table = StepsTable(self._source.path)
        if table.trouble:
            self._record(None, table.trouble)
            return
        before = self.making.mark()
        try:
            self._steps(table)
        except UnreadableTableError as error:
            self.making.back_to(before)
            self._record(None, error.record)

    def _steps(self, table: StepsTable) -> None:
        codes = StepCodes(table, self._reader)
        before = self.making.mark()
        try:
            self._rows(table, together(table, codes))
        except ScatteredError:
            self.making.back_to(before)
            self._rows(table, scattered(table, codes))

    def _rows(self, table: StepsTable, batches: Iterable[tuple[TableBatch, list[int]]]) -> None:
        """Take in what was read from a table, and then what needs a closer look."""
        odd: list[int] = []
        for batch, more in batches:
            odd += more
            for line, attempt in self._settler.settle(batch, self._source):
                self._record(line, attempt)
        for line, record in table.records(odd) if odd else ():
            self._record(line, record)

    def _record(self, line: int | None, record: Attempt | BadRecord) -> None:
        """Take in a record by itself."""
        followed = follow_record(record, self._source, line, self._targets, self._translate)
        if isinstance(followed, NotScored):
            self.making.refuse(self._source.number, followed)
        else:
            number = self.making.target(followed.target, followed.attempt.scenario_sha256, self._source.path)
            self.making.one(self._source.number, line, followed, number)
