"""Saves noticed while the program runs: which folders to look at, that something happened, and when a file is whole."""

import os
import stat
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from alliance_trainer.core.errors import UsageError

S = TypeVar("S")
T = TypeVar("T")
Stamp = tuple[int, ...] | None
"""What changes when a file is saved; None where there is none."""

_QUIET = 0.5
"""Seconds for which a file that looks broken must have rested before it is believed: editors save in several steps."""

_ROUNDS = 10
"""So often a file that looks broken is read again, at most; after that something else than an editor is writing it."""

_TICK = 1.0
"""Seconds after which files are looked at in any case: network drives and exchanged folders say nothing."""

_NAP = 0.05


class Saves:
    """Says whether something happened in the folders since the last time it was asked."""

    def __init__(self) -> None:
        self._happened = threading.Event()
        self.ended = threading.Event()

    def happened(self) -> bool:
        """Whether something may have been saved, or a second has passed; look at the files to know."""
        happened = self._happened.is_set()
        self._happened.clear()
        return happened

    def wait(self) -> None:
        """Return once something may have been saved, or a second has passed."""
        while not self._happened.wait(_TICK):  # with a limit, because Windows hears no Ctrl-C without one
            pass
        self._happened.clear()

    def tell(self) -> None:
        """Something happened."""
        self._happened.set()


@contextmanager
def noticed(*, files: Iterable[Path] = (), folders: Iterable[Path] = ()) -> Iterator[Saves]:
    """Notice saves of the files, and of all that lies in the folders and below them.

    Not the files but their folders are looked at, because many editors put a new file in the old one's place; for a
    link, that of the file it leads to as well. Raises UsageError where the library for it is missing.
    """
    _require_library()
    saves = Saves()
    beside = {place.parent for file in files for place in (file.absolute(), Path(os.path.realpath(file)))}
    kinds = (frozenset(beside), False), (frozenset(folder.absolute() for folder in folders), True)
    threads = [
        threading.Thread(target=_follow, args=(saves, roots, recursive), daemon=True)
        for roots, recursive in kinds
        if roots
    ]
    for thread in threads:
        thread.start()
    try:
        yield saves
    finally:
        saves.ended.set()
        for thread in threads:
            thread.join(_TICK)


def _require_library() -> None:
    try:
        import watchfiles  # noqa: F401  # an extra, and heavy; here only to see whether it is there
    except ImportError:
        raise UsageError(
            "--watch needs the library watchfiles, which is not installed.",
            "Install it with: pip install 'alliance-trainer[watch]'",
        ) from None


def _follow(saves: Saves, roots: frozenset[Path], recursive: bool) -> None:
    from watchfiles import watch  # an extra, and heavy

    try:
        for _ in watch(
            *roots,
            watch_filter=None,
            debounce=200,
            stop_event=saves.ended,
            rust_timeout=int(_TICK * 1000),
            yield_on_timeout=True,
            recursive=recursive,
            ignore_permission_denied=True,
        ):
            saves.tell()
    except (OSError, RuntimeError):  # the system lets us follow no more, or a folder is gone: looking still works
        while not saves.ended.wait(_TICK):
            saves.tell()


def stamp_of(file: Path) -> Stamp:
    """The file's stamp. All folders have the same, since what happens in them is no save."""
    try:
        found = file.stat()
    except (OSError, ValueError):  # ValueError: a null character in the name
        return None
    if not stat.S_ISREG(found.st_mode):
        return (stat.S_IFMT(found.st_mode),)
    return (found.st_mode, found.st_mtime_ns, found.st_size, found.st_ino)


def settled(stamp: Callable[[], S], read: Callable[[S], T], fine: Callable[[T], bool]) -> tuple[S, T]:
    """The stamp of a file or of several, and what `read` made of them with that stamp.

    At once where it is fine; else once nothing has been saved for half a second, since an editor may be in the
    middle of it. `stamp` is taken before the reading, so that a save in between is noticed.
    """
    for _ in range(_ROUNDS):
        before = stamp()
        found = read(before)
        if fine(found) or _rests(stamp, before):
            break
    return before, found


def _rests(stamp: Callable[[], S], before: S) -> bool:
    until = time.monotonic() + _QUIET
    while time.monotonic() < until:
        time.sleep(_NAP)
        if stamp() != before:
            return False
    return True
