"""The command cohort items: turns and responses of a cohort as items of a test."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from alliance_trainer.cli.scoring import NOT_ALL_SCORED, against
from alliance_trainer.cli.settings import Settings
from alliance_trainer.cli.unread import tell_unread
from alliance_trainer.cli.unshared import Unshared
from alliance_trainer.cli.whole_files import refuse_early, write_all
from alliance_trainer.cli.words import one_of
from alliance_trainer.cohort.gathering import study_cohort
from alliance_trainer.cohort.policy import Policy
from alliance_trainer.cohort.result import CohortResult
from alliance_trainer.cohort.study.building import study_of
from alliance_trainer.cohort.study.figures import Study
from alliance_trainer.cohort.study.trouble import by_trouble
from alliance_trainer.core.counting import counted
from alliance_trainer.core.errors import UsageError
from alliance_trainer.reports.items_csv import items_csv
from alliance_trainer.reports.items_json import items_json
from alliance_trainer.terminal.door import Door, open_door
from alliance_trainer.terminal.items_table import items_blocks

POLICIES: tuple[Policy, ...] = ("first", "last", "best")


class ItemsOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What `cohort items` was asked for."""

    form: str
    out: Path | None
    policy: str
    keys: tuple[Path, ...]
    everyone: bool


def items(settings: Settings, paths: list[Path], options: ItemsOptions) -> int:
    """The command `cohort items`; practice that was not shared stays out, as in the report.

    Raises UsageError for what cannot be meant, CannotSaveError for `--out`.
    """
    form = one_of(options.form, ("text", "json", "csv"), "--format")
    policy = one_of(options.policy, POLICIES, "--policy")
    if form == "text" and options.out is not None:
        raise UsageError("the table is for the screen.", "For a file add --format csv or --format json.")
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    refuse_early([options.out] if options.out else [], (*paths, *options.keys))
    resolve = against(options.keys, settings.libraries)
    gathered = study_cohort(paths, resolve=resolve, policy=policy, wanted=Unshared().wanted)
    found = study_of(gathered)
    if form == "text":
        for block in items_blocks(found, door.columns, plain=door.look.plain, everyone=options.everyone):
            door.show(block)
    else:
        _write(door, found, form, options.out, (*paths, *options.keys))
    to_screen = form == "text" or options.out is not None
    if to_screen:
        tell_unread(door, paths)
    return told_at_the_end(door, gathered.result, to_screen=to_screen)


def _write(door: Door, found: Study, form: str, out: Path | None, read: Sequence[Path]) -> None:
    turns = by_trouble(found)
    text = items_csv(turns) if form == "csv" else items_json(found, turns)
    if out is None:
        door.raw(text)
        return
    write_all({out: [text.encode()]}, read)
    door.say(f"Wrote {out}: {counted(len(turns), 'turn')}, from {counted(found.of_record, 'attempt')} of record.")


def told_at_the_end(door: Door, result: CohortResult, *, to_screen: bool, of: str = "") -> int:
    """Say how many were not scored, and `of` what; the exit code."""
    if result.all_scored:
        return 0
    if to_screen:
        door.say(
            f"{of}{counted(result.unscored, 'attempt')} could not be scored (cohort score names each).", tone="warn"
        )
    return NOT_ALL_SCORED
