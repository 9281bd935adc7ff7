"""The attempts of a survey read once more, whole and one by one: for rows, for moments, for whatever needs them all."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
import numpy as np

from alliance_trainer.cohort import refusals
from alliance_trainer.cohort.arrays.columns import Array
from alliance_trainer.cohort.arrays.parts import Mark
from alliance_trainer.cohort.reading.rereading import reread
from alliance_trainer.cohort.reading.shards import Shard, Source
from alliance_trainer.cohort.result import NotScored
from alliance_trainer.cohort.scanning import Against
from alliance_trainer.cohort.scoring.following import Followed, follow_record
from alliance_trainer.cohort.scoring.scored import Scored
from alliance_trainer.cohort.scoring.targets import Target
from alliance_trainer.cohort.surveying import Survey
from alliance_trainer.core.attempt import Attempt

_LINE = (1 << 32) - 1  # a place is the file's number above the line's


class Retold(msgspec.Struct, frozen=True, kw_only=True):
    """A scored attempt with its steps; `row` is its place in the survey."""

    row: int
    attempt: Attempt
    scored: Scored
    target: Target


@dataclass(frozen=True, kw_only=True, eq=False)
class Task:
    """A shard to be read once more, with what the survey found there.

    `before`: lines of its file before it; `marks`: where some of its own begin. `places` of the attempts that were
    followed, ascending, the first of them in the survey's row `row`; `record`, which of them are of record; `after`,
    which were made after feedback; `first`, the place of the one with the same id that counts, and `repeated`, whether
    it is the same attempt. `names` of all files, where they are needed to tell of those. `chosen`: the lines that are
    wanted, by file; None: all, and what is not scored.
    """

    shard: Shard
    before: int
    marks: tuple[Mark, ...]
    row: int
    places: Array
    record: Array
    after: Array
    first: Array
    repeated: Array
    names: tuple[str, ...]
    chosen: dict[int, list[int]] | None = None


def tasks_of(survey: Survey, record: Array, chosen: Array | None = None) -> Iterator[Task]:
    """All shards of a survey; where rows are `chosen` only those with some of them."""
    places = survey.places
    begins = [(shard.files[0].number << 32) + before + bool(before) for shard, before in survey.shards_with_lines]
    starts = [*np.searchsorted(places, begins).tolist(), len(places)]
    repeated = np.zeros(len(places), dtype=bool)
    repeated[survey.again] = survey.repeated
    names = tuple(refusals.writable(str(path)) for path in survey.files) if len(survey.again) else ()
    for number, (shard, before) in enumerate(survey.shards_with_lines):
        rows = slice(starts[number], starts[number + 1])
        lines = None if chosen is None else _lines(places[chosen[(chosen >= rows.start) & (chosen < rows.stop)]])
        if lines is None or lines:
            yield Task(
                shard=shard,
                before=before,
                marks=survey.marks[number],
                row=rows.start,
                places=places[rows],
                record=record[rows],
                after=survey.after_feedback[rows],
                first=places[survey.first[rows]],
                repeated=repeated[rows],
                names=names,
                chosen=lines,
            )


def _lines(places: Array) -> dict[int, list[int]]:
    lines: dict[int, list[int]] = {}
    for place in sorted(places.tolist()):
        lines.setdefault(place >> 32, []).append(place & _LINE)
    return lines


def retell(task: Task, against: Against) -> Iterator[tuple[int, Retold | NotScored]]:
    """The attempts of a shard, and what was not scored, each with its place, which sorts by file and line."""
    with against.tools() as tools:
        for source, (line, record) in reread(task.shard, task.before, task.marks, task.chosen):
            told = follow_record(record, source, line, tools.targets, against.translate)
            place = (source.number << 32) + (line or 0)
            yield place, _told(task, source, place, told) if isinstance(told, Followed) else _moved(told, line)


def _told(task: Task, source: Source, place: int, followed: Followed) -> Retold | NotScored:
    attempt, target = followed.attempt, followed.target
    at = int(np.searchsorted(task.places, place))
    first = int(task.first[at])
    if first != place:
        kind, reason = refusals.again(task.names[first >> 32], first & _LINE, repeated=bool(task.repeated[at]))
        return refusals.of_attempt(source.name, place & _LINE or None, attempt, kind, reason)
    scored = target.figures(attempt, followed.way)
    of_record, after = bool(task.record[at]), bool(task.after[at])
    if after or not of_record:
        scored = msgspec.structs.replace(scored, of_record=of_record, after_feedback=after)
    return Retold(row=task.row + at, attempt=attempt, scored=scored, target=target)


def _moved(entry: NotScored, line: int | None) -> NotScored:
    """The entry with the line as it is counted in the whole file."""
    return entry if entry.line is None or entry.line == line else msgspec.structs.replace(entry, line=line)
