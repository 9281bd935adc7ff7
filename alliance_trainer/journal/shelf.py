"""A folder of journals of one family inside the data folder: begin one, go on with one, mend one, read one.

The locks of all families lie together in locks/.
"""

import re
from contextlib import suppress
from pathlib import Path

import msgspec

from alliance_trainer.core.errors import CannotSaveError, UsageError
from alliance_trainer.journal import disk, lock, writer
from alliance_trainer.journal.families import ATTEMPTS, AnyFirst, Family
from alliance_trainer.journal.repair import Repaired, repair
from alliance_trainer.journal.scan import Scanned, is_finished, scan
from alliance_trainer.journal.writer import Writer

_JOURNAL = re.compile(r"([a-z2-7]{26})\.jsonl")
_LOCKS = "locks"


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A journal open for writing, and lines for the person about what was noticed on the way."""

    writer: Writer
    notes: tuple[str, ...]


class Shelf(msgspec.Struct, frozen=True, kw_only=True):
    """The journals of one family in a data folder, which is made when it is first written to."""

    data: Path
    family: Family

    @property
    def folder(self) -> Path:
        """Where the journals lie."""
        return self.data / self.family.folder

    def path(self, name: str) -> Path:
        """Where the journal with this id lies, or would lie."""
        return self.folder / f"{name}.jsonl"

    def begin(self, name: str, header: AnyFirst) -> Opened:
        """Begin a journal; its header is on the disk when this returns. Close the writer afterwards.

        Raises CannotSaveError if nothing can be kept there.
        """
        make_folders(self.data, self.family.folder, _LOCKS)
        held = lock.acquire(self.data / _LOCKS, name)
        try:
            opened = writer.create(self.path(name), header, held.release, self.family)
        except BaseException:
            held.release()
            raise
        return Opened(writer=opened, notes=_notes(held.note))

    def resume(self, name: str) -> Opened:
        """Open an unfinished journal for going on; a torn tail is put right first. Close the writer afterwards.

        Raises UsageError for one that is finished, missing or of a newer format, DamagedDataError for a damaged
        one, InUseError if it is open elsewhere, CannotSaveError if nothing can be written.
        """
        path, noun = self.path(name), self.family.noun
        held = self._held(name)
        try:
            mended = self._mended(path)
            if is_finished(mended.clean.records):
                raise UsageError(f"The {noun} {name} is finished.", "Its debrief can be shown again.")
        except BaseException:
            held.release()
            raise
        opened = Writer(path, mended.clean, release=held.release, family=self.family)
        return Opened(writer=opened, notes=_notes(held.note, mended.note))

    def mend(self, name: str) -> str | None:
        """Put a torn tail right without going on; one line about what was done, None if nothing was needed.

        Raises as `resume` does, except that a finished journal is fine.
        """
        held = self._held(name)
        try:
            return self._mended(self.path(name)).note
        finally:
            held.release()

    def read(self, name: str) -> Scanned:
        """What a journal is. Raises UsageError if there is none or it cannot be opened."""
        return read_journal(self.path(name), self.family)

    def names(self) -> list[str]:
        """The ids of all journals here, sorted; none without a folder. Raises UsageError if it cannot be read."""
        try:
            found = disk.names(self.folder)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise UsageError(f"{self.folder} cannot be read: {disk.why(error)}.") from error
        return [match[1] for match in map(_JOURNAL.fullmatch, found) if match]

    def _held(self, name: str) -> lock.Held:
        self.read(name)  # so that a wrong id makes no lock file
        make_folders(self.data, _LOCKS)
        return lock.acquire(self.data / _LOCKS, name)

    def _mended(self, path: Path) -> Repaired:
        return repair(path, read_journal(path, self.family), self.family)


def read_journal(path: Path, family: Family = ATTEMPTS) -> Scanned:
    """What a journal file is. Raises UsageError if there is none or it cannot be opened."""
    try:
        return scan(disk.read(path), family)
    except FileNotFoundError:
        raise UsageError(f"There is no {family.noun} at {path}.") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {disk.why(error)}.") from error


def make_folders(data: Path, *names: str) -> None:
    """Make these folders of a data folder. Raises CannotSaveError."""
    try:
        for name in names:
            _make_folder(data / name)
    except OSError as error:
        raise CannotSaveError(
            f"Nothing can be kept in {data}: {disk.why(error)}. What may be recorded there already is as it was.",
            "Choose a folder that can be written to with --data-dir.",
        ) from error


def _make_folder(path: Path) -> None:
    """Make a folder and those above it, each on the disk before anything is put into it."""
    if disk.is_folder(path):
        return
    if path.parent != path:
        _make_folder(path.parent)
    with suppress(FileExistsError):  # another window was faster; a file in the way shows at the next step
        disk.make_folder(path)
        disk.sync_folder(path.parent)


def _notes(*notes: str | None) -> tuple[str, ...]:
    return tuple(note for note in notes if note)
