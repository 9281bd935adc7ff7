"""A cohort surveyed: all its attempts followed through their scenarios, and those found that are there twice."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial, reduce
from operator import add
from pathlib import Path

import numpy as np

from alliance_trainer.cohort import refusals
from alliance_trainer.cohort.arrays.columns import Array
from alliance_trainer.cohort.arrays.parts import Mark, Part, TargetRef
from alliance_trainer.cohort.arrays.whole import Whole, whole
from alliance_trainer.cohort.duplicates import first_of, is_repeated, that_counts
from alliance_trainer.cohort.engines import Crew
from alliance_trainer.cohort.feedback import after_feedback
from alliance_trainer.cohort.reading.shards import Shard, cut, length_of
from alliance_trainer.cohort.reading.sources import find_files, nothing_in
from alliance_trainer.cohort.result import NotScored, Refusal
from alliance_trainer.cohort.scanning import Against, scan
from alliance_trainer.cohort.scoring.targets import Target, Targets
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.errors import TrainerError
from alliance_trainer.journal.attempt_files import BadRecord

_ALL = 1 << 62
_LEAST, _MOST = 1 << 20, 32 << 20  # bytes of a shard where several processes work
_FOR_EACH = 4

Refused = tuple[int, NotScored]
"""A record that was not scored, with the number of its file."""


@dataclass(kw_only=True, eq=False)
class Survey:
    """All attempts of some files.

    `lines` has for each shard how many lines of its file come before it, and `marks` where some of its own begin.
    `first` has for each attempt the row of the one with its id that counts. `unlisted` are folders that cannot be
    read, each with the number of the file that comes next.
    """

    files: tuple[Path, ...]
    shards: tuple[Shard, ...]
    lines: tuple[int, ...]
    marks: tuple[tuple[Mark, ...], ...]
    whole: Whole
    targets: tuple[Target, ...]
    first: Array
    unlisted: tuple[Refused, ...]
    refusals: Counter[Refusal]

    @cached_property
    def counted(self) -> Array:
        """Which attempts are those with their id that count."""
        counted: Array = self.first == np.arange(len(self.first))
        return counted

    @cached_property
    def after_feedback(self) -> Array:
        """Which of those that count were made after feedback."""
        return after_feedback(self.whole, self.counted)

    @cached_property
    def again(self) -> Array:
        """The rows of the attempts whose id another has that counts."""
        return np.flatnonzero(~self.counted)

    @cached_property
    def repeated(self) -> Array:
        """Of those in `again`, whether it is the same attempt, or another one with its id."""
        return is_repeated(self.whole.columns, self.whole.scenarios, self.again, self.first[self.again])

    @cached_property
    def places(self) -> Array:
        """For each attempt the number of its file, above its line: ascending."""
        return self.whole.columns.file.astype(np.int64) << 32 | self.whole.columns.line

    @property
    def shards_with_lines(self) -> list[tuple[Shard, int]]:
        """The shards, each with how many lines of its file come before it."""
        return list(zip(self.shards, self.lines, strict=True))

    @cached_property
    def refused(self) -> Counter[Refusal]:
        """How many records were not scored, by kind."""
        repeated = int(np.count_nonzero(self.repeated))
        found = Counter(self.refusals)
        found["repeated"] += repeated
        found["conflict"] += len(self.again) - repeated
        found["unreadable"] += len(self.unlisted)
        return Counter({kind: count for kind, count in sorted(found.items()) if count})

    def not_scored(self, listed: int) -> tuple[NotScored, ...]:
        """The first records that were not scored, in the order of files and lines."""
        twice = [(int(self.whole.columns.file[row]), self._twice(row)) for row in self.again[:listed].tolist()]
        every = sorted([*self.unlisted, *self.whole.refused, *twice], key=lambda one: (one[0], one[1].line or 0))
        return tuple(entry for _, entry in every[:listed])

    def _twice(self, row: int) -> NotScored:
        columns = self.whole.columns
        before = int(self.first[row])
        first = refusals.writable(str(self.files[columns.file[before]]))
        repeated = bool(self.repeated[np.searchsorted(self.again, row)])
        kind, reason = refusals.again(first, int(columns.line[before]), repeated=repeated)
        attempt = Attempt(
            attempt=self.whole.id_of(row),
            trainee=self.whole.trainees[columns.trainee[row]],
            scenario=self.whole.targets[columns.target[row]].scenario,
            steps=(),
        )
        name = refusals.writable(str(self.files[columns.file[row]]))
        return refusals.of_attempt(name, int(columns.line[row]) or None, attempt, kind, reason)


def survey(paths: Sequence[Path], against: Against, crew: Crew, listed: int) -> Survey:
    """Follow all attempts in and below the paths; of the records that cannot be, the first `listed` are kept.

    Raises UsageError for a path that does not exist, and for folders without any attempt.
    """
    files: list[Path] = []
    unlisted: list[Refused] = []
    for found in find_files(paths):
        if isinstance(found, BadRecord):
            unlisted.append((len(files), refusals.of_record(refusals.writable(found.file), found)))
        else:
            files.append(found)
    shards = tuple(cut(files, _size(files, crew)))
    parts = crew.map(partial(scan, against=against, listed=listed), shards)
    part = reduce(add, parts, Part())
    pieces = [piece for _, piece in sorted(part.pieces.items())]
    lines, counts = _lines(part), sum((piece.refusals for piece in pieces), Counter[Refusal]())
    everything = whole(part)
    if not (unlisted or counts or len(everything.columns.line)) and all(path.is_dir() for path in paths):
        raise nothing_in(paths)
    return Survey(
        files=tuple(files),
        shards=shards,
        lines=lines,
        marks=tuple(piece.marks if len(shard.files) == 1 else () for shard, piece in zip(shards, pieces, strict=True)),
        whole=everything,
        targets=tuple(_targets(everything, against)),
        first=that_counts(everything.columns, everything.scenarios, first_of(everything.columns)),
        unlisted=tuple(unlisted),
        refusals=counts,
    )


def _size(files: Sequence[Path], crew: Crew) -> int:
    if crew.workers.alone:
        return _ALL
    total = sum(map(length_of, files))
    return max(_LEAST, min(_MOST, total // (_FOR_EACH * crew.workers.jobs)))


def _lines(part: Part) -> tuple[int, ...]:
    """How many lines of its file come before each piece."""
    lines: list[int] = []
    before = 0
    for (_, begin), piece in sorted(part.pieces.items()):
        before = before if begin else 0
        lines.append(before)
        before += piece.lines
    return tuple(lines)


def _targets(everything: Whole, against: Against) -> Sequence[Target]:
    with against.tools() as tools:
        return [_target(ref, tools.targets) for ref in everything.targets]


def _target(ref: TargetRef, targets: Targets) -> Target:
    target = targets.find(ref.scenario, ref.asked, ref.near)
    if isinstance(target, str) or target.identity.sha256 != ref.sha256:
        raise TrainerError(
            f"The scenario {ref.scenario!r} was changed while attempts were scored against it.", "Score them again."
        )
    return target
