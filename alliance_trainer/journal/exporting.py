"""Copies of one's own records to take along: all of them as they are, or attempts as data for an instructor."""

import shutil
from collections.abc import Iterable
from pathlib import Path

import msgspec

from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.errors import CannotSaveError
from alliance_trainer.journal import disk
from alliance_trainer.journal.deleting import files_of
from alliance_trainer.journal.interchange import to_attempt
from alliance_trainer.journal.scan import Clean, TornTail
from alliance_trainer.journal.store import Entry, Store

_NOT_TAKEN = "locks"


def copy_all(store: Store, out: Path) -> int:
    """Copy every record into a new folder, as it is; how many files.

    Raises CannotSaveError if the folder is there already, or cannot be written; then nothing of it is left.
    """
    if out.resolve().is_relative_to(store.folder.resolve()):
        raise CannotSaveError(f"{out} lies inside the records themselves.", "Name another place with --out FOLDER.")
    try:
        disk.make_folder(out)
    except FileExistsError:
        raise CannotSaveError(f"{out} is there already and is left as it is.", "Name another folder.") from None
    except OSError as error:
        raise _refused(out, error) from error
    try:
        return sum(_copied(path, out / path.relative_to(store.folder)) for path in _taken(store))
    except OSError as error:
        shutil.rmtree(out, ignore_errors=True)
        raise _refused(out, error) from error
    except BaseException:
        shutil.rmtree(out, ignore_errors=True)
        raise


def _taken(store: Store) -> Iterable[Path]:
    return (
        path
        for path in files_of(store)
        if path.relative_to(store.folder).parts[0] != _NOT_TAKEN and not path.is_symlink()
    )


def _copied(source: Path, target: Path) -> bool:
    missing = [above for above in target.parents if not disk.is_folder(above)]
    for folder in reversed(missing):
        disk.make_folder(folder)
    data = disk.read(source)
    descriptor = disk.create(target)
    try:
        while data:
            data = data[disk.write(descriptor, data) :]
        disk.sync(descriptor)
    finally:
        disk.close(descriptor)
    return True


def _refused(out: Path, error: OSError) -> CannotSaveError:
    return CannotSaveError(
        f"The copy cannot be written to {out}: {disk.why(error)}. Your records are as they were.",
        "Name another place with --out FOLDER.",
    )


def attempts_for_instructor(entries: Iterable[Entry], *, practice: bool) -> list[Attempt]:
    """The attempts that an instructor gets: those of assessments, and practice only where the trainee says so.

    Practice that is given away is marked as shared. Answers only: no notes, no words of one's own. Damaged
    records are left out.
    """
    attempts = []
    for entry in entries:
        if entry.header is None or not isinstance(entry.scanned, Clean | TornTail):
            continue
        whole = entry.scanned.whole if isinstance(entry.scanned, TornTail) else None
        attempt = to_attempt((*entry.scanned.records, whole) if whole else entry.scanned.records)
        if attempt.mode == "assess":
            attempts.append(attempt)
        elif practice:
            attempts.append(msgspec.structs.replace(attempt, shared=True))
    return attempts


def lines_of(attempts: Iterable[Attempt]) -> str:
    """The attempts in the interchange format, one a line."""
    encode = msgspec.json.Encoder().encode
    return "".join(encode(attempt).decode() + "\n" for attempt in attempts)
