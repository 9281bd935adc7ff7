"""The command cohort export: tidy tables, filled gradebooks, statements; each written whole or not at all."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from alliance_trainer.cli import filling
from alliance_trainer.cli.scoring import NOT_ALL_SCORED, against
from alliance_trainer.cli.settings import Settings
from alliance_trainer.cli.unread import tell_unread
from alliance_trainer.cli.unshared import Unshared
from alliance_trainer.cli.whole_files import refuse_early, write_all
from alliance_trainer.cli.words import one_of
from alliance_trainer.cohort.gathering import Gathered, study_cohort
from alliance_trainer.cohort.notes import remarks
from alliance_trainer.cohort.policy import Policy
from alliance_trainer.cohort.result import NotScored
from alliance_trainer.cohort.study.building import study_of
from alliance_trainer.cohort.study.figures import Study
from alliance_trainer.cohort.study.unbounded import words_on
from alliance_trainer.cohort.told import Teller, Told
from alliance_trainer.core.counting import counted
from alliance_trainer.core.errors import UsageError
from alliance_trainer.reports import xapi
from alliance_trainer.reports.tables import Sheet
from alliance_trainer.reports.tables_all import TABLE_NAMES, attempt_sheets, cohort_sheets
from alliance_trainer.reports.tables_cohort import COHORT
from alliance_trainer.reports.tables_csv import csv_chunks
from alliance_trainer.terminal.door import Door, open_door

FORMATS = ("csv", "parquet", "moodle", "canvas", "xapi")
POLICIES: tuple[Policy, ...] = ("first", "last", "best")


class ExportOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What `cohort export` was asked for."""

    form: str
    out: Path
    policy: str
    keys: tuple[Path, ...]
    jobs: int
    table: str | None
    excel: bool
    home_page: str
    gradebook: filling.GradebookOptions


def export(settings: Settings, paths: list[Path], options: ExportOptions) -> int:
    """The command `cohort export`. Raises UsageError for what cannot be meant, CannotSaveError for the files."""
    form = one_of(options.form, FORMATS, "--format")
    policy = one_of(options.policy, POLICIES, "--policy")
    _check(form, paths, options)
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    read = (*paths, *options.keys)
    refuse_early(_places(form, options).values(), read)
    unshared = Unshared()
    scenarios = against(options.keys, settings.libraries)
    gathered = study_cohort(paths, resolve=scenarios, policy=policy, jobs=options.jobs, wanted=unshared.wanted)
    match form:
        case "xapi":
            _statements(door, gathered, options, read)
        case "moodle" | "canvas":
            filling.fill(door, form, study_of(gathered), options.out, options.gradebook, read)
        case _:
            _tables(door, form, gathered, options, read)
    tell_unread(door, paths)
    return _told_at_the_end(door, gathered, unshared)


def _check(form: str, paths: Sequence[Path], options: ExportOptions) -> None:
    """Raises UsageError for options that do not go together."""
    if options.table is not None:
        one_of(options.table, TABLE_NAMES, "--table")
        if form not in ("csv", "parquet"):
            raise UsageError(f"--table goes with csv and parquet, not with {form}.")
    if form == "parquet" and any(options.out.resolve().is_relative_to(path.resolve()) for path in paths):
        raise UsageError(f"{options.out} lies among the attempts.", "Name another place: Parquet there would be read.")
    if form == "xapi" and not xapi.is_home_page(options.home_page):
        raise UsageError(
            f"{options.home_page[:80]!r} is no address.", "Give one with its scheme, like https://school.example/"
        )
    filling.check(form, options.out, options.gradebook)


def _places(form: str, options: ExportOptions) -> dict[str, Path]:
    """Where each table is written, or the one file under the name of its format."""
    if form not in ("csv", "parquet"):
        return {form: options.out}
    if options.table is not None:
        return {options.table: options.out}
    return {name: options.out / f"{name}.{form}" for name in TABLE_NAMES}


def _told(gathered: Gathered) -> Iterator[Told]:
    teller = Teller()
    for kept in gathered.kept:
        yield teller.tell(kept.attempt, kept.scored, kept.automaton.scenario, kept.sha256)


def _statements(door: Door, gathered: Gathered, options: ExportOptions, read: Sequence[Path]) -> None:
    write_all({options.out: xapi.statements(_told(gathered), options.home_page)}, read)
    door.say(f"Wrote {options.out}: statements of {counted(len(gathered.kept), 'attempt')}.")


def _tables(door: Door, form: str, gathered: Gathered, options: ExportOptions, read: Sequence[Path]) -> None:
    places = _places(form, options)
    study = msgspec.structs.replace(study_of(gathered), scored=len(gathered.kept))
    sheets = {sheet.table.name: sheet for sheet in _sheets(gathered, study, places)}
    write_all({out: _written(form, sheets[name], excel=options.excel) for name, out in places.items()}, read)
    counts = ", ".join(f"{name} ({counted(sheets[name].rows, 'row')})" for name in places)
    door.say(f"Wrote {options.out}: {counts}.")
    if COHORT.name in places and (words := words_on(study)):
        door.say(f"{words}.", tone="warn")


def _sheets(gathered: Gathered, study: Study, wanted: Iterable[str]) -> Iterator[Sheet]:
    refused = [entry for entry in gathered.result.not_scored if _may_leave(entry)]
    yield from attempt_sheets(_told(gathered), refused, wanted)
    yield from cohort_sheets(study, gathered.moments, wanted)


def _may_leave(entry: NotScored) -> bool:
    return entry.record is not None and Unshared().wanted(entry.record)


def _written(form: str, sheet: Sheet, *, excel: bool) -> Iterable[bytes] | Callable[[Path], None]:
    if form == "csv":
        return csv_chunks(sheet, excel=excel)
    from alliance_trainer.cli.parquet_files import connection, write_sheet  # an extra stands behind it

    connection().close()  # said before anything is written, if it is not there
    return lambda path: write_sheet(sheet, path)


def _told_at_the_end(door: Door, gathered: Gathered, unshared: Unshared) -> int:
    """Say what is special about the attempts of record, and what was left out; the exit code."""
    after = sum(one.after_feedback for one in gathered.scored)
    for words in remarks(after, Counter(one.version for one in gathered.scored)):
        door.say(f"Of the {counted(len(gathered.scored), 'attempt')} of record: {words}.")
    unshared.tell(door)
    if gathered.result.all_scored:
        return 0
    door.say(f"Not scored: {counted(gathered.result.unscored, 'record')}. To see why: alliance-trainer cohort score")
    return NOT_ALL_SCORED
