"""The command cohort compare: change of the same trainees between two occasions."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from alliance_trainer.cli.itemising import POLICIES, told_at_the_end
from alliance_trainer.cli.scoring import against
from alliance_trainer.cli.settings import Settings
from alliance_trainer.cli.unshared import Unshared
from alliance_trainer.cli.words import one_of
from alliance_trainer.cohort.gathering import Gathered, study_cohort
from alliance_trainer.cohort.study.comparing import Comparisons, compare
from alliance_trainer.core.attempt import Step
from alliance_trainer.core.counting import counted
from alliance_trainer.core.errors import UsageError
from alliance_trainer.reports.compare_json import compare_json
from alliance_trainer.terminal.compare_table import compare_blocks
from alliance_trainer.terminal.door import Door, open_door

_HOW = "Give two paths, before and after; or one, with --occasion pre,post."


class CompareOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What `cohort compare` was asked for."""

    form: str
    occasion: str | None
    reliability: float | None
    policy: str
    keys: tuple[Path, ...]


def compare_occasions(settings: Settings, paths: Sequence[Path], options: CompareOptions) -> int:
    """The command `cohort compare`; practice that was not shared stays out, as in the report.

    Raises UsageError for what cannot be meant.
    """
    form = one_of(options.form, ("text", "json"), "--format")
    one_of(options.policy, POLICIES, "--policy")
    if options.reliability is not None and not 0 <= options.reliability < 1:
        raise UsageError(
            f"--reliability does not take {options.reliability}.", "A reliability is at least 0 and below 1."
        )
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    unshared = Unshared()
    before, after = (
        _gather(settings, place, occasion, options, unshared) for place, occasion in _occasions(paths, options.occasion)
    )
    _refuse_same(before, after)
    _show(door, compare(before, after, options.reliability), form)
    if form == "text":
        unshared.tell(door)
    codes = [told_at_the_end(door, one.result, to_screen=form == "text") for one in _apart(before, after, options)]
    return max(codes)


def _occasions(paths: Sequence[Path], occasion: str | None) -> tuple[tuple[Path, str | None], tuple[Path, str | None]]:
    """Where each of the two lies, and which occasion is meant there."""
    if occasion is None:
        if len(paths) != 2:
            raise UsageError(f"cohort compare needs two paths, and there {_are(len(paths))}.", _HOW)
        return (paths[0], None), (paths[1], None)
    names = [name.strip() for name in occasion.split(",")]
    if len(names) != 2 or not all(names) or names[0] == names[1]:
        raise UsageError(f"--occasion does not take {occasion[:60]!r}.", "Give two names: --occasion pre,post.")
    if len(paths) > 2:
        raise UsageError(f"cohort compare takes two paths at most, and there {_are(len(paths))}.", _HOW)
    return (paths[0], names[0]), (paths[-1], names[1])


def _are(many: int) -> str:
    return "is one" if many == 1 else f"are {many}"


def _gather(
    settings: Settings, place: Path, occasion: str | None, options: CompareOptions, unshared: Unshared
) -> Gathered:
    policy = one_of(options.policy, POLICIES, "--policy")
    resolve = against(options.keys, settings.libraries)
    gathered = study_cohort([place], resolve=resolve, policy=policy, occasion=occasion, wanted=unshared.wanted)
    if gathered.scored:
        return gathered
    if occasion is None:
        raise UsageError(f"there is no complete attempt in {place} (practice that was not shared stays out).", _HOW)
    raise UsageError(
        f"there is no complete attempt of the occasion {occasion!r} in {place}.",
        "The occasion stands in an attempt's record (`occasion`); practice that was not shared stays out.",
    )


def _refuse_same(before: Gathered, after: Gathered) -> None:
    """Raises UsageError where an attempt is to count on both occasions: there is no change from it to itself."""
    same = len(_played(before) & _played(after))
    if same:
        raise UsageError(
            f"{counted(same, 'attempt')} {'is' if same == 1 else 'are'} on both occasions.",
            "Give each occasion attempts of its own: two folders; or one, with --occasion pre,post.",
        )


def _played(gathered: Gathered) -> set[tuple[str, str, tuple[Step, ...]]]:
    """The attempts that count: their ids, and what was played, since others may have given the same ids again."""
    return {(one.attempt.attempt, one.attempt.trainee, one.attempt.steps) for one in gathered.kept if one.of_record}


def _apart(before: Gathered, after: Gathered, options: CompareOptions) -> tuple[Gathered, ...]:
    """The runs to be told of: of one folder read twice, one."""
    return (before, after) if options.occasion is None else (before,)


def _show(door: Door, found: Comparisons, form: str) -> None:
    if form == "json":
        door.raw(compare_json(found))
        return
    for block in compare_blocks(found):
        door.show(block)
