"""One writer at a time: a lock file beside the journals, held for the writer's whole life.

The kernel's lock goes with the process that holds it, however that ends. Where a file system has none (some
network homes), a marker file with the process number and the computer's name takes its place.
"""

import errno
import json
import os
import warnings
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from alliance_trainer.core.errors import CannotSaveError
from alliance_trainer.journal import disk, events
from alliance_trainer.journal.writer import ELSEWHERE, write_all

if TYPE_CHECKING:
    from filelock import BaseFileLock

_NO_LOCKS = {errno.ENOLCK, errno.EBADF, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}

SOFT_NOTE = (
    "This folder's file system cannot lock files, so a marker file is used instead: "
    "do not open the same attempt on two computers at once."
)


class InUseError(CannotSaveError):
    """The attempt is open elsewhere, so nothing can be saved to it from here (exit code 5)."""


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A lock that is held, and one line for the person if it is the weaker kind."""

    lock: "BaseFileLock"
    holder: Path
    note: str | None

    def release(self) -> None:
        """Give the lock back."""
        with suppress(OSError):  # only a hint for others; the next holder writes it anew
            disk.remove(self.holder)
        with suppress(OSError):  # it goes with the process at the latest
            self.lock.release()


def acquire(folder: Path, attempt: str) -> Held:
    """Lock an attempt, without waiting; the folder for lock files exists.

    Raises InUseError if another process, or another part of this one, holds it; CannotSaveError if lock files
    cannot be made there.
    """
    # Imported here because it costs 15-35 ms at start-up, and most commands write no attempt.
    from filelock import SoftFileLock, Timeout

    holder = folder / f"{attempt}.holder"
    try:
        lock = _kernel_lock(folder / f"{attempt}.lock") or _soft_lock(folder / f"{attempt}.softlock")
    except Timeout:
        raise InUseError(
            f"This attempt is already open in {_who(holder)}. Nothing was changed.",
            "Go on there, or close that window first.",
        ) from None
    except OSError as error:
        raise CannotSaveError(
            f"Attempts cannot be opened for writing in {folder.parent}: {disk.why(error)}. "
            "What is recorded there is as it was.",
            ELSEWHERE,
        ) from error
    soft = isinstance(lock, SoftFileLock)
    _leave_word(holder, soft=soft)
    return Held(lock=lock, holder=holder, note=SOFT_NOTE if soft else None)


def _kernel_lock(path: Path) -> "BaseFileLock | None":
    """The kernel's lock, held; None where the file system has none."""
    from filelock import FileLock, Timeout  # late for the same reason as above

    # thread_local: closing from another thread than the opening one must release the same lock.
    lock = FileLock(path, timeout=0, mode=0o600, thread_local=False)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # our own note says it in our own words
            lock.acquire()
    except Timeout:  # an OSError too, so it must be told apart first
        raise
    except NotImplementedError:
        return None
    except OSError as error:
        if error.errno in _NO_LOCKS:
            return None
        raise
    return lock


def _soft_lock(path: Path) -> "BaseFileLock":
    from filelock import SoftFileLock  # late for the same reason as above

    lock = SoftFileLock(path, timeout=0, mode=0o600, thread_local=False)
    lock.acquire()
    return lock


def _leave_word(holder: Path, *, soft: bool) -> None:
    """Write who holds the lock, for the message that the next one gets."""
    word: dict[str, object] = {"pid": os.getpid(), "since": events.moment(datetime.now(UTC))}
    if soft:  # a process number alone means nothing on a folder that several computers share
        word["host"] = _computer()
    with suppress(OSError):
        disk.remove(holder)
    with suppress(OSError):  # a full disk must not keep anyone from reading on
        descriptor = disk.create(holder)
        try:
            write_all(descriptor, json.dumps(word).encode())
        finally:
            disk.close(descriptor)


def _who(holder: Path) -> str:
    try:
        word = json.loads(disk.read(holder))
        where = f" on the computer {word['host']}" if "host" in word else ""
        return f"another window of this program (process {int(word['pid'])}{where}, since {word['since']})"
    except (OSError, ValueError, TypeError, KeyError):  # no word was left, or only half of it
        return "another window of this program"


def _computer() -> str:
    import platform  # 5 ms, and only for folders without locks

    return platform.node()
