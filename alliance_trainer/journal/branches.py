"""Branches on disk: a turn of an attempt tried again, kept in branches/<id>.jsonl, apart from the attempt itself.

A branch names the attempt and the record it branches from: the choice that is tried again. The records before
that choice stand, those of the branch follow them. No branch ever counts for the attempt.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from alliance_trainer.core.attempt import Step
from alliance_trainer.core.errors import DamagedDataError, UsageError
from alliance_trainer.journal import events
from alliance_trainer.journal.events import Branch, Choice, Header
from alliance_trainer.journal.families import BRANCHES
from alliance_trainer.journal.interchange import to_steps
from alliance_trainer.journal.record import Record
from alliance_trainer.journal.scan import Clean, Records, Scanned, TornTail
from alliance_trainer.journal.shelf import Shelf

_NO_ATTEMPT = "Restore the attempt from a backup; the branch itself is as it was."


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A branch that was read: what it begins with, where it lies, and all its confirmed records."""

    branch: Branch
    path: Path
    records: Records


def shelf(data: Path) -> Shelf:
    """The branches in a data folder."""
    return Shelf(data=data, family=BRANCHES)


def first_record(records: Records, choice: int, *, app: str, branch: str, started: str) -> Branch:
    """What a branch begins with that tries the attempt's choice with this number again, counted from 0.

    The order of the responses is another one than in the attempt, the same in all branches from there.
    Raises ValueError for records without a header, IndexError where there is no such choice.
    """
    header = records[0].event
    if not isinstance(header, Header):
        raise ValueError("these records have no header")
    record, chosen = list(_choices(records))[choice]
    return Branch(
        v=events.FORMAT,
        app=app,
        branch=branch,
        attempt=header.attempt,
        trainee=header.trainee,
        scenario=header.scenario,
        turn=chosen.turn,
        at=record.seq,
        head=record.sum,
        seed=f"{header.seed}/{record.seq}",
        notice=header.notice,
        started=started,
        say_first=header.say_first,
        hints=header.hints,
    )


def _choices(records: Records) -> Iterator[tuple[Record, Choice]]:
    for record in records:
        if isinstance(record.event, Choice):
            yield record, record.event


def steps_before(branch: Branch, attempt: Records) -> tuple[Step, ...]:
    """The steps of the attempt before the choice that is tried again.

    Raises DamagedDataError if the attempt's records are not those that the branch was begun from.
    """
    record = attempt[branch.at] if branch.at < len(attempt) else None
    if record is None or record.sum != branch.head or not isinstance(record.event, Choice):
        raise DamagedDataError(
            f"the branch {branch.branch[:8]} does not fit the attempt {branch.attempt[:8]}: that was changed, or its"
            " end is missing.",
            _NO_ATTEMPT,
        )
    return to_steps(attempt[: branch.at])


def choice_tried(branch: Branch, attempt: Records) -> int:
    """Which of the attempt's choices is tried again, counted from 0; errors as in `steps_before`."""
    steps_before(branch, attempt)
    return sum(isinstance(record.event, Choice) for record in attempt[: branch.at])


def all_steps(branch: Records, attempt: Records) -> tuple[Step, ...]:
    """The attempt's steps before the choice that is tried again, then the branch's own; errors as above."""
    first = branch[0].event
    assert isinstance(first, Branch)
    return (*steps_before(first, attempt), *to_steps(branch))


def of_attempt(data: Path, attempt: str) -> list[Found]:
    """The branches of an attempt that can be read, in the order in which they were begun."""
    return [found for found in every(data) if found.branch.attempt == attempt]


def find(data: Path, wanted: str) -> Found | None:
    """The one branch whose id begins so; None if there is none. Raises UsageError if several begin so."""
    start = wanted.strip().lower()
    fitting = [found for found in every(data) if start and found.branch.branch.startswith(start)]
    if len(fitting) > 1:
        ids = ", ".join(found.branch.branch[: len(start) + 4] for found in fitting[:9])
        raise UsageError(f"{len(fitting)} branches begin with {wanted!r}.", f"Give more of the id: {ids}")
    return fitting[0] if fitting else None


def every(data: Path) -> list[Found]:
    """All branches of a data folder that can be read, in the order in which they were begun."""
    kept = shelf(data)
    found = []
    for name in kept.names():
        records = _confirmed(kept.read(name))
        first = records[0].event if records else None
        if isinstance(first, Branch):
            found.append(Found(branch=first, path=kept.path(name), records=records))
    return sorted(found, key=lambda one: (one.branch.started, one.branch.at, one.branch.branch))


def _confirmed(scanned: Scanned) -> Records:
    match scanned:
        case Clean(records=records):
            return records
        case TornTail(records=records, whole=whole):
            return records + ((whole,) if whole else ())
        case _:
            return ()
