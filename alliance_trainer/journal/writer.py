"""Appending to one journal: an answer counts as recorded only when `append` has returned.

The whole line is written, then synced to the disk. If anything fails on the way, the file is cut back to its
last good length and the descriptor is given up: after a failed sync the system may already have dropped the
bytes and forgotten the error, so a second sync of the same descriptor would report success for lost data.
"""

import errno
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from alliance_trainer.core.errors import CannotSaveError
from alliance_trainer.journal import disk, record, scan
from alliance_trainer.journal.drill_events import DrillHeader, ItemNote, Named, Noticed, Sure, TakenBack
from alliance_trainer.journal.events import Choice, End, Felt, First, Note, Probe, Reason, Retract, Said
from alliance_trainer.journal.families import ATTEMPTS, AnyEvent, Family
from alliance_trainer.journal.record import GENESIS, Record
from alliance_trainer.journal.scan import Clean, Records

ELSEWHERE = "Make room or choose another folder with --data-dir, then try again."
"""What to do when nothing can be written where the attempts are."""


class Writer:
    """The one writer of a journal, from its creation or resumption until `close`.

    Not for use by several threads. As a context manager it closes itself.
    """

    def __init__(
        self,
        path: Path,
        good: Clean,
        *,
        descriptor: int | None = None,
        release: Callable[[], None] | None = None,
        family: Family = ATTEMPTS,
    ) -> None:
        """Go on behind the records that are on the disk; `release` is called on closing.

        Without a descriptor the file is opened, and compared with what is expected, at the first append.
        """
        self.path = path
        self._family = family
        self._good = good  # one object, so that an interrupt never sees half of an advance
        self._tried = b""
        self._descriptor = descriptor
        self._release = release

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def records(self) -> Records:
        """The records that are on the disk."""
        return self._good.records

    @property
    def head(self) -> str:
        """The checksum of the last record on the disk."""
        return self._good.records[-1].sum

    def append(self, event: AnyEvent) -> Record:
        """Record an event; once this returns, it survives a crash.

        Raises CannotSaveError: the event is not recorded, the file is as it was before, and the same event
        can be tried again. Raises ValueError for an event that the journal does not allow, or after the end.
        """
        if (reason := scan.out_of_order(self.records[-1].event, event)) is not None:
            raise ValueError(f"{reason}: it is not recorded")
        if isinstance(event, self._family.header):
            raise ValueError("a journal has one header, its first line")
        added, line = record.write(event, seq=len(self.records), prev=self.head, family=self._family)
        try:
            descriptor = self._ready()
            self._tried = line
            write_all(descriptor, line)
            disk.sync(descriptor)
            self._good = Clean(records=(*self.records, added), length=self._good.length + len(line))
        except OSError as error:
            self._take_back()
            raise self._not_saved(event, error) from error
        except BaseException:  # Ctrl-C in the middle of a write must not leave half a line either
            self._take_back()
            raise
        self._tried = b""
        return added

    def finish(self, *, ending: str | None = None, reason: str | None = None) -> Record:
        """Record the end of the attempt, at an ending or for another reason; errors as in `append`."""
        return self.append(End(ending=ending, reason=reason, count=len(self.records), head=self.head))

    def close(self) -> None:
        """Give the file and the lock back; may be called twice."""
        self._give_up()
        release, self._release = self._release, None
        if release is not None:
            release()

    def _ready(self) -> int:
        if self._descriptor is None:
            self._descriptor = self._reopen()
        elif disk.size(self._descriptor) != self._good.length:
            self._give_up()
            raise self._changed_by_others()
        return self._descriptor

    def _reopen(self) -> int:
        data = disk.read(self.path)
        ours, rest = data[: self._good.length], data[self._good.length :]
        # Only what an append of ours left behind, perhaps as NUL, is ours to cut off.
        left_by_us = self._tried.startswith(rest.rstrip(b"\0")) if self._tried else not rest
        if scan.scan(ours, self._family) != self._good or not left_by_us:
            raise self._changed_by_others()
        descriptor = disk.open_append(self.path)
        try:
            if len(data) > self._good.length:  # left by an append that failed, and could not be cut off then
                disk.truncate(descriptor, self._good.length)
        except BaseException:
            with suppress(OSError):  # the first error is the one to tell
                disk.close(descriptor)
            raise
        return descriptor

    def _take_back(self) -> None:
        """Cut the file back to its last good length and give the descriptor up."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            return
        with suppress(OSError):  # if even this fails, the next append or the next opening cuts it off
            disk.truncate(descriptor, self._good.length)
        with suppress(OSError):  # nothing is left to lose with it
            disk.close(descriptor)

    def _give_up(self) -> None:
        """Give the descriptor up and leave the file alone."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            with suppress(OSError):  # every record was synced by its append
                disk.close(descriptor)

    def _not_saved(self, event: AnyEvent, error: OSError) -> CannotSaveError:
        return CannotSaveError(
            f"{_named(event)} could not be saved: {disk.why(error)}. "
            f"All that was recorded before it is safe in {self.path}.",
            ELSEWHERE,
        )

    def _changed_by_others(self) -> CannotSaveError:
        return CannotSaveError(
            f"{self.path} was changed by another program while this {self._family.noun} was open, "
            "so nothing more is written to it.",
            f"Leave this {self._family.noun} and look at the file with: alliance-trainer data check",
        )


def create(
    path: Path, header: First | DrillHeader, release: Callable[[], None] | None = None, family: Family = ATTEMPTS
) -> Writer:
    """Begin a journal in a folder that exists; the header is on the disk when this returns.

    Raises CannotSaveError, and then leaves no file. Never writes over a file that is there.
    """
    first, line = record.write(header, seq=0, prev=GENESIS, family=family)
    try:
        descriptor = disk.create(path)
    except OSError as error:
        raise _not_begun(path, error, family) from error
    try:
        write_all(descriptor, line)
        disk.sync(descriptor)
        disk.sync_folder(path.parent)
    except BaseException as error:
        _remove_unfinished(descriptor, path)
        if isinstance(error, OSError):
            raise _not_begun(path, error, family) from error
        raise
    good = Clean(records=(first,), length=len(line))
    return Writer(path, good, descriptor=descriptor, release=release, family=family)


def write_all(descriptor: int, data: bytes) -> None:
    """Write all bytes, however many each write takes. Raises OSError, with some of them written."""
    while data:
        written = disk.write(descriptor, data)
        if written <= 0:  # no progress and no reason given: better an error than an endless loop
            raise OSError(errno.EIO, "nothing was written")
        data = data[written:]


def _remove_unfinished(descriptor: int, path: Path) -> None:
    with suppress(OSError):  # nothing in it was promised
        disk.close(descriptor)
    with suppress(OSError):  # an empty or half-written header is no attempt: it is told apart when read
        disk.remove(path)


def _not_begun(path: Path, error: OSError, family: Family) -> CannotSaveError:
    return CannotSaveError(
        f"A new {family.noun} cannot be recorded in {path.parent}: {disk.why(error)}. Nothing was played yet, "
        f"and earlier {family.folder} are as they were.",
        ELSEWHERE,
    )


def _named(event: AnyEvent) -> str:
    match event:
        case Probe() | Choice() | Noticed() | Named() | Sure():
            return "Your last answer"
        case Said() | Reason():
            return "What you wrote"
        case Felt():
            return "How hard you found it"
        case Note() | ItemNote():
            return "Your note"
        case Retract() | TakenBack():
            return "Your undo"
        case End():
            return "The end of this attempt"
        case _:
            return "The last step"
