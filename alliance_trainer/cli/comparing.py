"""The command cohort compare: change of the same trainees between two occasions."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from alliance_trainer.cli.itemising import POLICIES, told_at_the_end
from alliance_trainer.cli.scoring import against
from alliance_trainer.cli.settings import Settings
from alliance_trainer.cli.unread import tell_unread
from alliance_trainer.cli.unshared import Unshared
from alliance_trainer.cli.words import one_of
from alliance_trainer.cohort.gathering import Gathered, Kept, study_cohort
from alliance_trainer.cohort.study.comparing import Comparisons, compare
from alliance_trainer.core.attempt import Attempt, Step
from alliance_trainer.core.counting import counted
from alliance_trainer.core.errors import UsageError
from alliance_trainer.reports.compare_json import compare_json
from alliance_trainer.terminal.compare_table import compare_blocks
from alliance_trainer.terminal.door import Door, open_door

_Where = tuple[Path, str | None]
"""A file or folder, and which occasion is meant of those in it."""

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
    first, second = _occasions(paths, options.occasion)
    before = _gather(settings, first, options, unshared, _Again(()))
    again = _Again(before.kept)
    after = _gather(settings, second, options, unshared, again)
    _show(door, compare(before, after, options.reliability, on_both=again.attempts), form)
    if form == "text":
        unshared.tell(door)
        tell_unread(door, paths)
    codes = [
        told_at_the_end(door, one.result, to_screen=form == "text", of=of)
        for of, one in _apart(before, after, options).items()
    ]
    return max(codes)


class _Again:
    """Attempts of the second occasion that are among those of the first already, and count there: whoever writes out
    all attempts after each occasion has the first ones in both files."""

    def __init__(self, before: Iterable[Kept]) -> None:
        self.attempts = 0
        self._before = {_which(one.attempt) for one in before}

    def wanted(self, attempt: Attempt) -> bool:
        """Whether it is new."""
        if _which(attempt) not in self._before:
            return True
        self.attempts += 1
        return False


def _which(attempt: Attempt) -> tuple[str, str, tuple[Step, ...]]:
    """What tells an attempt from all others: also what was played, since others may have given the same ids again."""
    return attempt.attempt, attempt.trainee, attempt.steps


def _occasions(paths: Sequence[Path], occasion: str | None) -> tuple[_Where, _Where]:
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


def _gather(settings: Settings, where: _Where, options: CompareOptions, unshared: Unshared, again: _Again) -> Gathered:
    place, occasion = where
    gathered = study_cohort(
        [place],
        resolve=against(options.keys, settings.libraries),
        policy=one_of(options.policy, POLICIES, "--policy"),
        occasion=occasion,
        wanted=lambda attempt: unshared.wanted(attempt) and again.wanted(attempt),
    )
    if gathered.scored:
        return gathered
    if again.attempts:
        are = "is" if again.attempts == 1 else "are"
        raise UsageError(
            f"{counted(again.attempts, 'attempt')} {are} on both occasions, and on the second there is no other.",
            "Give each occasion attempts of its own: two folders; or one, with --occasion pre,post.",
        )
    if occasion is None:
        raise UsageError(f"there is no complete attempt in {place} (practice that was not shared stays out).", _HOW)
    raise UsageError(
        f"there is no complete attempt of the occasion {occasion!r} in {place}.",
        "The occasion stands in an attempt's record (`occasion`); practice that was not shared stays out.",
    )


def _apart(before: Gathered, after: Gathered, options: CompareOptions) -> dict[str, Gathered]:
    """The runs to be told of, by occasion: of one folder read twice, one."""
    return {"before: ": before, "after: ": after} if options.occasion is None else {"": before}


def _show(door: Door, found: Comparisons, form: str) -> None:
    if form == "json":
        door.raw(compare_json(found))
        return
    for block in compare_blocks(found):
        door.show(block)
