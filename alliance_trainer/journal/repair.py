"""What to do with a torn tail: complete the record that lacks only its line end, else set the fragment aside.

Damaged journals are never changed here: a person decides about them.
"""

from contextlib import suppress
from pathlib import Path

import msgspec

from alliance_trainer.core.errors import CannotSaveError, DamagedDataError, UsageError
from alliance_trainer.journal import disk
from alliance_trainer.journal.families import ATTEMPTS, Family
from alliance_trainer.journal.scan import Clean, Damaged, NewerFormat, Scanned, TornTail, describe, scan
from alliance_trainer.journal.writer import ELSEWHERE, write_all


class Repaired(msgspec.Struct, frozen=True, kw_only=True):
    """A journal fit to go on with, and one line for the person if something had to be done."""

    clean: Clean
    note: str | None


def repair(path: Path, scanned: Scanned, family: Family = ATTEMPTS) -> Repaired:
    """Make a journal that was just scanned fit to go on with; the caller holds its lock.

    Raises DamagedDataError for a damaged one or one in which nothing had been recorded, UsageError for a
    newer format, CannotSaveError if the fragment cannot be kept; the journal is then as it was.
    """
    match scanned:
        case Clean():
            return Repaired(clean=scanned, note=None)
        case TornTail():
            note = _mend(path, scanned)
        case Damaged() | NewerFormat():
            raise refusal(path, scanned)
    again = scan(disk.read(path), family)
    if not isinstance(again, Clean):
        raise refusal(path, again)
    return Repaired(clean=again, note=note)


def refusal(path: Path, scanned: Scanned) -> DamagedDataError | UsageError:
    """Why a journal cannot be gone on with, and what is safe."""
    found = f"{path} {describe(scanned)}."
    match scanned:
        case NewerFormat(app=app):
            return UsageError(f"{found} It was not changed.", f"Install version {app} or later to open this attempt.")
        case TornTail(records=()):
            return DamagedDataError(f"{found} No answer was in it.", "Start the scenario anew.")
        case _:
            return DamagedDataError(
                f"{found} It was not changed. The {len(scanned.records)} records before that place are sound.",
                "Its sound part can be looked at; it cannot be gone on with.",
            )


def _mend(path: Path, torn: TornTail) -> str:
    if not torn.records and torn.whole is None:
        raise refusal(path, torn)
    try:
        if torn.whole is not None:
            _complete(path, torn)
            return "The last record had lost its line end, which was put back; nothing was lost."
        aside = set_aside(path, torn)
        _cut(path, torn.offset)
    except OSError as error:
        raise CannotSaveError(
            f"The end of {path} was cut off, and cannot be put right: {disk.why(error)}. "
            f"The file was left as it is; the {len(torn.records)} records in it are safe and can be read.",
            ELSEWHERE,
        ) from error
    return (
        f"A record was cut off while it was being saved; its {len(torn.fragment)} bytes were set aside "
        f"in {aside.name}. All recorded answers are there."
    )


def _complete(path: Path, torn: TornTail) -> None:
    body = torn.fragment.rstrip(b"\0")
    with _Opened(path) as descriptor:
        if len(body) < len(torn.fragment):
            disk.truncate(descriptor, torn.offset + len(body))
        write_all(descriptor, b"\n")
        disk.sync(descriptor)


def _cut(path: Path, length: int) -> None:
    with _Opened(path) as descriptor:
        disk.truncate(descriptor, length)
        disk.sync(descriptor)


def set_aside(path: Path, torn: TornTail) -> Path:
    """Copy the fragment to `<id>.torn-<offset>` beside the journal and sync it. Raises OSError."""
    number = 1
    while True:
        suffix = f".torn-{torn.offset}" + (f"-{number}" if number > 1 else "")
        aside = path.with_name(path.stem + suffix)
        if not disk.exists(aside):
            kept = b""
            descriptor = disk.create(aside)
            break
        kept = disk.read(aside)
        if torn.fragment.startswith(kept):  # begun by a repair that was itself cut off: go on with it
            descriptor = disk.open_append(aside)
            break
        number += 1
    try:
        write_all(descriptor, torn.fragment[len(kept) :])
        disk.sync(descriptor)
    finally:
        with suppress(OSError):  # it was synced, or the error is already on its way
            disk.close(descriptor)
    disk.sync_folder(path.parent)
    return aside


class _Opened:
    """A journal's descriptor for the length of a block."""

    def __init__(self, path: Path) -> None:
        self._descriptor = disk.open_append(path)

    def __enter__(self) -> int:
        return self._descriptor

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # it was synced, or the error is already on its way
            disk.close(self._descriptor)
