"""A cohort's scores as CSV: one row an attempt, whole numbers beside every share, nothing that a spreadsheet runs.

Text cells are quoted, numbers are not; what is not known is empty, never 0.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

from alliance_trainer.cohort.result import NotScored
from alliance_trainer.cohort.scoring.scored import NoticedFigures, Scored
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.vocabulary.markers import RUPTURE_TYPES
from alliance_trainer.core.vocabulary.skills import RATED
from alliance_trainer.reports import cells
from alliance_trainer.reports.cells import LINE_END

_OF_SKILL = ("points", "offered", "moments", "score", "low", "high", "chance", "above_chance", "tier")
_FACTS = ("attempt", "trainee", "cohort", "occasion", "scenario", "scenario_sha256", "mode", "started", "receipt")
_COURSE = (
    "scenario_version",
    "status",
    "reason",
    "ending",
    "assisted",
    "review",
    "answers",
    "outcome",
    "best_outcome",
    "outcome_regret",
    "turning_points",
    "harm_1",
    "harm_2",
    "repair_resolved",
    "repair_closed",
    "recovery_resolved",
    "recovery_closed",
    "alliance_start",
    "alliance_end",
)
_NOTICED = (
    "noticed_points",
    "noticed_offered",
    "noticed_n_ruptures",
    "noticed_n_foils",
    "noticed_rupture_points",
    "noticed_foil_points",
    "noticed_score",
    *(f"noticed_{gold}_as_{answer}" for gold in RUPTURE_TYPES for answer in RUPTURE_TYPES),
    "noticed_skipped",
    "noticed_unasked",
)
_COUNTS = ("of_record", "after_feedback", "not_shared")
COLUMNS = (*_FACTS, *_COURSE, *_NOTICED, *(f"{skill}_{name}" for skill in RATED for name in _OF_SKILL), *_COUNTS)
"""The columns in order. `assisted`, `review` and the last three are 1 or 0, `turning_points` is their number,
`alliance_start` and `alliance_end` are levels from 0 to 100; the rest is named as in the JSON answer."""

Cells = tuple[int | float | str | None, ...]
_NO_SKILL: Cells = (None,) * len(_OF_SKILL)
_encode = msgspec.json.Encoder().encode


text_cell = lru_cache(maxsize=4096)(cells.text_cell)  # most texts stand in many rows


def header(*, excel: bool = False) -> bytes:
    """The first line; with `excel` a byte order mark before it, without which Excel takes it for Latin-1."""
    line = ",".join(f'"{name}"' for name in COLUMNS) + LINE_END
    return line.encode("utf-8-sig" if excel else "utf-8")


def document(rows: Iterable[bytes], *, excel: bool = False) -> Iterator[bytes]:
    """The whole table in pieces; `rows` from the two functions below, by trainee and attempt."""
    yield header(excel=excel)
    yield from rows


def attempt_row(scored: Scored) -> bytes:
    """The row of a scored attempt."""
    numbers = [*_course_numbers(scored), *_noticed(scored.noticed)]
    for figures in (*scored.skills.values(), *scored.further.values()):
        numbers += _NO_SKILL if figures is None else msgspec.structs.astuple(figures)
    numbers += map(int, (scored.of_record, scored.after_feedback, scored.attempt.not_shared))
    # Numbers and the tiers are spelt in JSON as in CSV, except for null; no other text is among them.
    spelt = _encode(numbers)[1:-1].replace(b"null", b"").decode()
    words = f'{_facts(scored.attempt)},"{scored.version}","{scored.status}",,{text_cell(scored.ending)}'
    return f"{words},{spelt}{LINE_END}".encode()


def refused_row(entry: NotScored) -> bytes | None:
    """The row of an attempt that was read but not scored, with the reason and no figures; else None.

    The same id a second time has no row: each id is in the table once.
    """
    if entry.row is None:
        return None
    filled = f'{_facts(entry.row)},,"not-scored",{text_cell(entry.reason)}'
    return (filled + "," * (len(COLUMNS) - len(_FACTS) - 3) + LINE_END).encode()


def no_entry(_: NotScored) -> None:
    """The table has no list of what was not scored."""


def _facts(facts: Attempt) -> str:
    return ",".join(
        (
            _own_cell(facts.attempt),
            text_cell(facts.trainee),
            text_cell(facts.cohort),
            text_cell(facts.occasion),
            text_cell(facts.scenario),
            text_cell(facts.scenario_sha256),
            text_cell(facts.mode),
            text_cell(facts.started),
            text_cell(facts.receipt),
        )
    )


_own_cell = cells.text_cell  # ids differ from row to row: remembering them would only cost memory


def _course_numbers(scored: Scored) -> Cells:
    turning = scored.turning_points
    return (
        int(scored.assisted),
        int(scored.review),
        scored.answers,
        scored.outcome,
        scored.best_outcome,
        scored.outcome_regret,
        None if turning is None else len(turning),
        *scored.harm,
        scored.repair.resolved,
        scored.repair.closed,
        scored.recovery.resolved,
        scored.recovery.closed,
        scored.alliance[0].level,
        scored.alliance[-1].level,
    )


def _noticed(noticed: NoticedFigures) -> Cells:
    none, withdrawal, confrontation, mixed = noticed.confusion
    return (
        noticed.points,
        noticed.offered,
        noticed.n_ruptures,
        noticed.n_foils,
        noticed.rupture_points,
        noticed.foil_points,
        noticed.score,
        *none,
        *withdrawal,
        *confrontation,
        *mixed,
        noticed.skipped,
        noticed.unasked,
    )
