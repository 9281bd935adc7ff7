"""Deleting one's own records for good: an attempt with all that belongs to it, or everything.

What belongs to a record is found by its id, in names and in contents: so nothing about it stays behind, whatever
kinds of files there will be. Only other attempts and drills stay, should one mention it in a note: they are records of
their own. The journal itself goes last, so that a deletion that was cut short can be repeated.
"""

from collections.abc import Collection, Iterable
from pathlib import Path

from alliance_trainer.core.errors import CannotSaveError, DamagedDataError
from alliance_trainer.journal import disk, lock
from alliance_trainer.journal.families import ATTEMPTS, DRILLS
from alliance_trainer.journal.store import Entry, Store

_COPIES = "scenarios"
_OWN = {ATTEMPTS.folder, DRILLS.folder}


def files_of(store: Store) -> tuple[Path, ...]:
    """Every file in the data folder, in order. Links are files here: they are not followed."""
    found: list[Path] = []
    folders = [store.folder]
    for folder in folders:  # grows while it is walked
        if not disk.is_folder(folder):
            continue
        for name in disk.names(folder):
            path = folder / name
            if disk.is_folder(path) and not path.is_symlink():
                folders.append(path)
            else:
                found.append(path)
    return tuple(sorted(found))


def belongings(store: Store, entries: Collection[Entry]) -> tuple[Path, ...]:
    """The files that tell of these records, their journals last; then the copies of scenarios that nothing else needs.

    Raises DamagedDataError where a file cannot be read, so that nobody takes a part for the whole.
    """
    journals = [entry.path for entry in entries]
    attempts = [entry.attempt for entry in entries]
    telling: list[Path] = []
    others: list[Path] = []
    copies: list[Path] = []
    for path in files_of(store):
        if path.parent == store.folder / _COPIES:
            copies.append(path)
        elif path not in journals:
            (telling if _tells_of(path, attempts, own=path.parent.name in _OWN) else others).append(path)
    return (*telling, *journals, *_unneeded(copies, others))


def _tells_of(path: Path, attempts: Iterable[str], *, own: bool) -> bool:
    """Whether a file belongs to one of these; a record of its `own` does so by its name only (fragments)."""
    content = b"" if own else _content(path)
    return any(attempt in path.name or attempt.encode() in content for attempt in attempts)


def _content(path: Path) -> bytes:
    if path.is_symlink():
        return b""
    try:
        return disk.read(path)
    except OSError as error:
        raise DamagedDataError(
            f"{path} cannot be read ({disk.why(error)}), so it is not known whether it tells of this attempt. "
            "Nothing was deleted.",
            "Make it readable, or delete it by hand, and try again.",
        ) from error


def _unneeded(copies: Iterable[Path], others: Iterable[Path]) -> list[Path]:
    """The copies that no other record names."""
    rest = b"".join(_content(path) for path in others)
    return [path for path in copies if path.name.partition(".")[0].encode() not in rest]


def delete(store: Store, attempts: Collection[str], paths: Iterable[Path]) -> int:
    """Delete the files, in their order, holding the attempts' locks; how many were there.

    Raises InUseError if one of the attempts is open in another window, CannotSaveError if a file stays.
    """
    held = []
    try:
        if disk.is_folder(store.folder / "locks"):
            held = [lock.acquire(store.folder / "locks", attempt) for attempt in attempts]
        count = sum(_removed(path) for path in paths)
    finally:
        for one in held:
            one.release()
    for name in ("lock", "holder", "softlock"):
        for attempt in attempts:
            _removed(store.folder / "locks" / f"{attempt}.{name}")
    return count


def _removed(path: Path) -> bool:
    try:
        disk.remove(path)
        disk.sync_folder(path.parent)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise CannotSaveError(
            f"{path} cannot be deleted: {disk.why(error)}. What stood before it in the list is gone already.",
            "Close whatever has it open, and try again.",
        ) from error
    return True
