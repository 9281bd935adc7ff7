"""The cohort run: attempts are scored and added up, and none is kept but for what is asked for."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import msgspec
import numpy as np

from alliance_trainer.cohort.arrays.columns import Array
from alliance_trainer.cohort.engines import Crew, Workers
from alliance_trainer.cohort.policy import Policy, of_record
from alliance_trainer.cohort.result import CohortFigures, CohortResult
from alliance_trainer.cohort.retelling import Retold, Task, retell, tasks_of
from alliance_trainer.cohort.scanning import Against
from alliance_trainer.cohort.scoring.scored import Scored
from alliance_trainer.cohort.scoring.targets import Resolve
from alliance_trainer.cohort.spill import Collected, Lines, Writers
from alliance_trainer.cohort.surveying import Survey, survey
from alliance_trainer.cohort.totals import Totals

ALONE = Workers()
_TOGETHER = 256


def score_cohort(
    paths: Sequence[Path],
    *,
    resolve: Resolve | Against,
    policy: Policy = "first",
    workers: Workers = ALONE,
    sink: Collected | None = None,
    rows: int = 200,
    listed: int = 1000,
) -> CohortResult:
    """Score all attempts in and below the paths.

    The result has the first `rows` attempts by trainee and id, and the first `listed` records that were not
    scored; a sink is given every one of both. Memory: some hundred bytes for each attempt and each trainee.
    Raises UsageError for a path that does not exist; whatever is wrong with a file is in the result.
    """
    against = resolve if isinstance(resolve, Against) else Against(resolve=resolve)
    with Crew(workers) as crew:
        found = survey(paths, against, crew, listed)
        record, figures = counted(found, found.counted, policy)
        if sink is not None:
            _write(found, record, against, crew, sink)
    return result_of(found, figures, _first_rows(found, record, rows, against), listed)


def counted(found: Survey, wanted: Array, policy: Policy) -> tuple[Array, CohortFigures]:
    """Which of the `wanted` attempts are of record, and what they add up to."""
    totals = Totals(found.whole, found.targets)
    record = of_record(found.whole, wanted, totals.shares() if policy == "best" else None, policy)
    totals.add(record)
    figures = totals.figures(wanted, record)
    after = int(np.count_nonzero(record & found.after_feedback))
    return record, msgspec.structs.replace(figures, after_feedback=after)


def result_of(found: Survey, figures: CohortFigures, rows: tuple[Scored, ...], listed: int) -> CohortResult:
    """The outcome of a run."""
    scored = int(np.count_nonzero(found.counted))
    return CohortResult(
        read=scored + found.refused.total(),
        scored=scored,
        rows=rows,
        figures=figures,
        not_scored=found.not_scored(listed),
        refused=dict(found.refused),
        files=len(found.files),
    )


def _write(found: Survey, record: Array, against: Against, crew: Crew, sink: Collected) -> None:
    """Give a sink every attempt, and all that was not scored."""
    lines = Lines()
    for number, entry in found.unlisted:
        lines.refused(sink.writers, number << 33, entry)  # before all that is in this file
    sink.add(lines)
    tasks = tasks_of(found, record)
    if crew.workers.alone:
        for task in tasks:
            for some in _written(task, against, sink.writers):
                sink.add(some)
    else:
        for all_of_one in crew.map(partial(_listed, against=against, writers=sink.writers), list(tasks)):
            for some in all_of_one:
                sink.add(some)


def _listed(task: Task, against: Against, writers: Writers) -> list[Lines]:
    return list(_written(task, against, writers))


def _written(task: Task, against: Against, writers: Writers) -> Iterator[Lines]:
    """A shard's attempts written down, some at a time."""
    lines = Lines()
    for place, told in retell(task, against):
        if isinstance(told, Retold):
            lines.scored(writers, told.scored)
        else:
            lines.refused(writers, 2 * place + 1, told)
        if len(lines.rows) + len(lines.entries) >= _TOGETHER:
            yield lines
            lines = Lines()
    yield lines


def _first_rows(found: Survey, record: Array, most: int, against: Against) -> tuple[Scored, ...]:
    """The figures of the first attempts by trainee and id, which are read once more for them."""
    rows = np.flatnonzero(found.counted)
    trainee = found.whole.columns.trainee
    if 0 < most < len(rows):  # with all others of the last trainee among them, whose ids decide
        rows = rows[trainee[rows] <= np.partition(trainee[rows], most - 1)[most - 1]]
    names = [((int(trainee[row]), found.whole.id_of(row)), row) for row in rows.tolist() if most]
    chosen = np.array([row for _, row in sorted(names)[:most]], dtype=np.int64)
    told = (one for task in tasks_of(found, record, chosen) for _, one in retell(task, against))
    scored = {one.row: one.scored for one in told if isinstance(one, Retold)}
    return tuple(scored[row] for row in chosen.tolist())
