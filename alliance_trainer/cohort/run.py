"""The cohort run: attempts are read, scored and added up one by one, and none is kept."""

import bisect
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from alliance_trainer.cohort.edges import trace_of
from alliance_trainer.cohort.packing import TRACE_MASK
from alliance_trainer.cohort.result import CohortResult, NotScored, Refusal
from alliance_trainer.cohort.scored import Scored, facts_of
from alliance_trainer.cohort.sources import find_files, is_journal, read_journal
from alliance_trainer.cohort.sums import Sums
from alliance_trainer.cohort.targets import Resolve, Target, Targets, Way
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.course import Course
from alliance_trainer.core.errors import IllegalStepError
from alliance_trainer.journal.attempt_files import BadRecord, line_runs, read
from alliance_trainer.journal.attempt_lines import glance

_STEP = re.compile(r"step (\d+): ")
_BEHIND_ALL = "\U0010ffff" * 201  # no pseudonym sorts behind it
_LINE_BITS = 40
_LINE_MASK = (1 << _LINE_BITS) - 1
_PLACE_BITS = 2 * _LINE_BITS


class Sink(Protocol):
    """Takes in each attempt as it comes (see `spill.Collected`)."""

    def scored(self, scored: Scored) -> None:
        """Take in a scored attempt."""

    def refused(self, entry: NotScored) -> None:
        """Take in what was not scored."""


def score_cohort(
    paths: Sequence[Path], *, resolve: Resolve, sink: Sink | None = None, rows: int = 200, listed: int = 1000
) -> CohortResult:
    """Score all attempts in and below the paths.

    The result has the first `rows` attempts by trainee and id, and the first `listed` records that were not
    scored; a sink is given every one of both. Memory: about 200 bytes for each attempt (its id, so that
    duplicates are found), 150 for each trainee and 100 for each file; nothing else grows with their number.
    Raises UsageError for a path that does not exist; whatever is wrong with a file is in the result.
    """
    run = _Run(resolve, sink, rows, listed)
    for found in find_files(paths):
        if isinstance(found, BadRecord):
            run.bad(found)
        else:
            run.file(found)
    return run.result()


class _Run:
    """What a run has come to so far."""

    def __init__(self, resolve: Resolve, sink: Sink | None, rows: int, listed: int) -> None:
        self._sums = Sums()
        self._targets = Targets(resolve, self._sums)
        self._sink = sink
        self._first = _First(rows)
        self._files: list[str] = []
        self._file = 0  # the number of the file at hand, above the bits of a line's number
        # The ids that were there before, each with what tells the same attempt from another, and where it was.
        self._ids: dict[str, int] = {}
        self._listed = listed
        self._not_scored: list[NotScored] = []
        self._refused: Counter[Refusal] = Counter()

    def file(self, path: Path) -> None:
        """Score what is in a file."""
        self._file = len(self._files) << _LINE_BITS
        self._files.append(str(path))
        if is_journal(path):
            self._whole(path, None, read_journal(path))
            return
        for first, lines in line_runs(path):
            if isinstance(lines, BadRecord):
                self.bad(lines)
            else:
                self._lines(path, first, lines)

    def _lines(self, path: Path, first: int, lines: list[bytes]) -> None:
        """Score lines. Those spelt as usual go a short way, since they are what takes the time."""
        target, asked = None, None
        for number, glanced in enumerate(glance(lines), first):
            if glanced is not None:
                facts, spelt = glanced
                if asked != (asked := (facts.scenario, facts.scenario_sha256)):
                    target = self._targets.find(facts, path)
                way = target and target.recognise(spelt)
                if target and way and (way.place >= target.first_ending or facts.status != "complete"):
                    self._legal(path, number, facts, target, way)
                    continue
            record = read(path, number, lines[number - first])
            if record is not None:
                self._whole(path, number, record)

    def bad(self, record: BadRecord) -> None:
        """Name a record that cannot be read."""
        self._refuse(
            NotScored(
                file=_writable(record.file),
                line=record.line,
                kind="unreadable",
                reason=record.reason,
                attempt=record.attempt and _writable(record.attempt),
            )
        )

    def _whole(self, path: Path, line: int | None, attempt: Attempt | BadRecord) -> None:
        if isinstance(attempt, BadRecord):
            self.bad(attempt)
            return
        target = self._targets.find(attempt, path)
        if target is None:
            reason = self._targets.why_not(attempt, path)
            self._refuse(_refusal(path, line, attempt, "no-scenario", reason))
            return
        try:
            way = target.follow(attempt)
        except IllegalStepError as error:
            self._refuse(_refusal(path, line, attempt, "illegal", error.message))
        else:
            self._legal(path, line, attempt, target, way)

    def _legal(self, path: Path, line: int | None, attempt: Attempt, target: Target, way: Way) -> None:
        trace = trace_of(attempt.steps) if isinstance(way, Course) else way.sums & TRACE_MASK
        trainee = attempt.trainee
        mine = (trace ^ hash(trainee)) << _PLACE_BITS | self._file + (line or 0)
        known = self._ids.setdefault(attempt.attempt, mine)
        if known is not mine:
            self._refuse(_refusal(path, line, attempt, *self._again(known, mine)))
            return
        target.add(trainee, way)
        if trainee <= self._first.last:
            self._first.offer(attempt, target, way)
        if self._sink is not None:
            self._sink.scored(target.figures(attempt, way))

    def _again(self, known: int, mine: int) -> tuple[Refusal, str]:
        """What it means that an id was there before."""
        line = known & _LINE_MASK
        file = self._files[known >> _LINE_BITS & _LINE_MASK]
        first = f"{file}, line {line}" if line else file
        if known >> _PLACE_BITS == mine >> _PLACE_BITS:
            return "repeated", f"it is the same attempt as in {first}, and was counted there"
        return "conflict", f"its id is that of the attempt in {first}, which differs from it; only that was scored"

    def _refuse(self, entry: NotScored) -> None:
        self._refused[entry.kind] += 1
        if len(self._not_scored) < self._listed:
            self._not_scored.append(entry)
        if self._sink is not None:
            self._sink.refused(entry)

    def result(self) -> CohortResult:
        """What it came to."""
        self._targets.settle()
        scored = self._sums.attempts.total()
        return CohortResult(
            read=scored + self._refused.total(),
            scored=scored,
            rows=self._first.rows(),
            figures=self._sums.figures(),
            not_scored=tuple(self._not_scored),
            refused=dict(sorted(self._refused.items())),
            files=len(self._files),
        )


class _First:
    """The first attempts by trainee and id; their figures are worked out at the end.

    No attempt of a trainee behind `last` is among them.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: list[tuple[tuple[str, str], Attempt, Target, Way]] = []
        self.last = _BEHIND_ALL if most else ""

    def offer(self, attempt: Attempt, target: Target, way: Way) -> None:
        """Keep an attempt if it is among the first so far."""
        kept = ((attempt.trainee, attempt.attempt), attempt, target, way)
        bisect.insort(self._kept, kept, key=lambda kept: kept[0])
        del self._kept[self._most :]
        if self._kept and len(self._kept) == self._most:
            self.last = self._kept[-1][0][0]

    def rows(self) -> tuple[Scored, ...]:
        """Their figures, in order."""
        return tuple(target.figures(attempt, way) for _, attempt, target, way in self._kept)


def _refusal(path: Path, line: int | None, attempt: Attempt, kind: Refusal, reason: str) -> NotScored:
    step = _STEP.match(reason) if kind == "illegal" else None
    return NotScored(
        file=_writable(str(path)),
        line=line,
        kind=kind,
        reason=_writable(reason),
        step=int(step[1]) if step else None,
        attempt=attempt.attempt,
        record=facts_of(attempt),
    )


def _writable(text: str) -> str:
    """A file's name can hold bytes that are no text; they are shown as U+FFFD."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
