"""All tables of an export, and the collector that fills those that are wanted."""

from collections.abc import Callable, Iterable, Iterator

from alliance_trainer.cohort.result import NotScored
from alliance_trainer.cohort.study.figures import Study
from alliance_trainer.cohort.study.moments import Moments
from alliance_trainer.cohort.told import Told
from alliance_trainer.reports.tables import Row, Sheet, Table, sheet
from alliance_trainer.reports.tables_attempts import (
    ATTEMPTS,
    RECOGNITION,
    SKILL_ROWS,
    attempt_row,
    recognition_row,
    refused_row,
    skill_rows,
)
from alliance_trainer.reports.tables_cohort import COHORT, cohort_rows
from alliance_trainer.reports.tables_hidden import hidden_of
from alliance_trainer.reports.tables_steps import STEPS, step_rows
from alliance_trainer.reports.tables_turns import RESPONSES, TURNS, response_rows, turn_rows

TABLES: tuple[Table, ...] = (ATTEMPTS, STEPS, SKILL_ROWS, RECOGNITION, TURNS, RESPONSES, COHORT)
"""The tables in the order in which they are written and documented."""

TABLE_NAMES = tuple(table.name for table in TABLES)

_OF_ATTEMPT: tuple[tuple[Table, Callable[[Told], Iterable[Row]]], ...] = (
    (ATTEMPTS, lambda told: (attempt_row(told),)),
    (STEPS, step_rows),
    (SKILL_ROWS, skill_rows),
    (RECOGNITION, lambda told: (recognition_row(told),)),
)


def attempt_sheets(told: Iterable[Told], refused: Iterable[NotScored], wanted: Iterable[str]) -> Iterator[Sheet]:
    """The wanted ones of the tables about single attempts, filled; the attempts are gone through once.

    Rows are sorted by trainee and attempt, whatever the order in which they come; steps stay in order.
    """
    names = set(wanted)
    chosen = [(table, rows) for table, rows in _OF_ATTEMPT if table.name in names]
    found: list[list[tuple[tuple[str, str], list[Row]]]] = [[] for _ in chosen]
    for one in told:
        key = (one.attempt.trainee, one.attempt.attempt)
        for place, (_, rows) in enumerate(chosen):
            found[place].append((key, list(rows(one))))
    for (table, _), groups in zip(chosen, found, strict=True):
        others = _refused(refused) if table is ATTEMPTS else []
        in_order = sorted([*groups, *others], key=lambda group: group[0])
        yield sheet(table, (row for _, rows in in_order for row in rows))


def _refused(entries: Iterable[NotScored]) -> list[tuple[tuple[str, str], list[Row]]]:
    """The rows of what was not scored, in an order that does not depend on where it was met."""
    found = []
    for entry in entries:
        row = refused_row(entry)
        if row is not None and entry.record is not None:
            found.append(((entry.record.trainee, entry.record.attempt), [row]))
    return sorted(found, key=repr)


def cohort_sheets(study: Study, moments: Moments, wanted: Iterable[str]) -> Iterator[Sheet]:
    """The wanted ones of the tables that may be passed on, filled."""
    names = set(wanted)
    hidden = hidden_of(moments)
    if TURNS.name in names:
        yield sheet(TURNS, turn_rows(study, moments, hidden))
    if RESPONSES.name in names:
        yield sheet(RESPONSES, response_rows(study, hidden))
    if COHORT.name in names:
        yield sheet(COHORT, cohort_rows(study, hidden))
