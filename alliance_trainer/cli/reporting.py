"""The command cohort report: a cohort's study as one HTML file."""

from pathlib import Path

import msgspec

from alliance_trainer.cli.itemising import POLICIES, told_at_the_end
from alliance_trainer.cli.scoring import against
from alliance_trainer.cli.settings import Settings
from alliance_trainer.cli.unread import tell_unread
from alliance_trainer.cli.unshared import Unshared
from alliance_trainer.cli.whole_files import refuse_early, write_all
from alliance_trainer.cli.words import one_of
from alliance_trainer.cohort.gathering import study_cohort
from alliance_trainer.cohort.study.building import study_of
from alliance_trainer.cohort.study.unbounded import words_on
from alliance_trainer.core.counting import counted
from alliance_trainer.core.errors import UsageError
from alliance_trainer.reports.report_html import TITLE, cohort_report
from alliance_trainer.terminal.door import open_door

_SUFFIXES = (".html", ".htm")


class ReportOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What `cohort report` was asked for."""

    out: Path
    policy: str
    keys: tuple[Path, ...]
    title: str
    jobs: int


def report(settings: Settings, paths: list[Path], options: ReportOptions) -> int:
    """The command `cohort report`. Raises UsageError for what cannot be meant, CannotSaveError for the file.

    A report of the same name is replaced; practice that was not shared stays out, as in every export.
    """
    policy = one_of(options.policy, POLICIES, "--policy")
    if options.out.suffix.lower() not in _SUFFIXES:
        raise UsageError(f"the report is an HTML file, and {options.out} is not named like one.", "Try report.html")
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    refuse_early([options.out], (*paths, *options.keys))
    unshared = Unshared()
    resolve = against(options.keys, settings.libraries)
    gathered = study_cohort(paths, resolve=resolve, policy=policy, jobs=options.jobs, wanted=unshared.wanted)
    found = study_of(gathered)
    page = cohort_report(found, options.title.strip() or TITLE).encode()
    write_all({options.out: [page]}, (*paths, *options.keys))
    attempts, trainees = counted(found.of_record, "attempt"), counted(len(found.trainees), "trainee")
    door.say(f"Wrote {options.out}: {attempts} of record by {trainees}.")
    if words := words_on(found):
        door.say(f"{words}.", tone="warn")
    unshared.tell(door)
    tell_unread(door, paths)
    return told_at_the_end(door, gathered.result, to_screen=True)
