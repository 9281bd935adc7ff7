"""The data folder: where it is, which attempts lie in it, how one is begun, found and gone on with.

attempts/<id>.jsonl are the journals, scenarios/<sha256>.yaml the copies of what was played, locks/ the locks.
"""

import base64
import os
import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from alliance_trainer.core.errors import CannotSaveError, UsageError
from alliance_trainer.journal import disk, lock, writer
from alliance_trainer.journal.events import Header
from alliance_trainer.journal.repair import repair
from alliance_trainer.journal.scan import Clean, Scanned, TornTail, is_finished, scan
from alliance_trainer.journal.writer import ELSEWHERE, Writer

FOLDER_VARIABLE = "ALLIANCE_TRAINER_DATA"
_JOURNAL = re.compile(r"([a-z2-7]{26})\.jsonl")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt in the data folder. `changed` is when its file last changed, in nanoseconds since 1970."""

    attempt: str
    path: Path
    changed: int
    scanned: Scanned

    @property
    def header(self) -> Header | None:
        """Its header, unless not even that can be read."""
        first = self.scanned.records[0].event if self.scanned.records else None
        return first if isinstance(first, Header) else None

    @property
    def finished(self) -> bool:
        """Whether it is sound and was played to its end."""
        return isinstance(self.scanned, Clean) and is_finished(self.scanned.records)

    @property
    def unfinished(self) -> bool:
        """Whether it can be gone on with."""
        if isinstance(self.scanned, TornTail):
            whole = self.scanned.whole
            records = self.scanned.records + ((whole,) if whole else ())
            return bool(records) and not is_finished(records)
        return isinstance(self.scanned, Clean) and not self.finished


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """An attempt open for writing, and lines for the person about what was noticed on the way."""

    writer: Writer
    notes: tuple[str, ...]


class Store(msgspec.Struct, frozen=True, kw_only=True):
    """The trainee's records in one folder, which is made when it is first written to."""

    folder: Path

    @property
    def attempts_folder(self) -> Path:
        """Where the journals lie."""
        return self.folder / "attempts"

    def path(self, attempt: str) -> Path:
        """Where the journal of an attempt lies, or would lie."""
        return self.attempts_folder / f"{attempt}.jsonl"

    def begin(self, header: Header) -> Opened:
        """Begin an attempt; its header is on the disk when this returns. Close the writer afterwards.

        Raises CannotSaveError if nothing can be kept there.
        """
        self._make("attempts", "locks")
        held = lock.acquire(self.folder / "locks", header.attempt)
        try:
            opened = writer.create(self.path(header.attempt), header, held.release)
        except BaseException:
            held.release()
            raise
        return Opened(writer=opened, notes=_notes(held.note))

    def resume(self, attempt: str) -> Opened:
        """Open an unfinished attempt for going on; a torn tail is put right first. Close the writer afterwards.

        Raises UsageError for an attempt that is finished, missing or of a newer format, DamagedDataError for a
        damaged one, InUseError if it is open elsewhere, CannotSaveError if nothing can be written.
        """
        path = self.path(attempt)
        read_journal(path)  # so that a wrong id makes no lock file
        self._make("locks")
        held = lock.acquire(self.folder / "locks", attempt)
        try:
            mended = repair(path, read_journal(path))
            if is_finished(mended.clean.records):
                raise UsageError(f"The attempt {attempt} is finished.", "Its debrief can be shown again.")
        except BaseException:
            held.release()
            raise
        opened = Writer(path, mended.clean, release=held.release)
        return Opened(writer=opened, notes=_notes(held.note, mended.note))

    def repair(self, attempt: str) -> str | None:
        """Put a torn tail right without going on; one line about what was done, None if nothing was needed.

        Raises as `resume` does, except that a finished attempt is fine.
        """
        path = self.path(attempt)
        read_journal(path)  # so that a wrong id makes no lock file
        self._make("locks")
        held = lock.acquire(self.folder / "locks", attempt)
        try:
            return repair(path, read_journal(path)).note
        finally:
            held.release()

    def entries(self) -> list[Entry]:
        """All attempts, whatever their state, in the order in which they were started; none without a folder.

        Those whose header cannot be read come first. Raises UsageError if the folder cannot be read.
        """
        try:
            found = disk.names(self.attempts_folder)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise UsageError(f"{self.attempts_folder} cannot be read: {disk.why(error)}.") from error
        matches = (_JOURNAL.fullmatch(name) for name in found)
        entries = [self._entry(match[1]) for match in matches if match]
        return sorted(entries, key=lambda entry: (entry.header.started if entry.header else "", entry.changed))

    def find(self, wanted: str, among: Callable[[Entry], bool] = lambda _: True) -> Entry:
        """The one attempt whose id begins so, or the one started last of those that `among` admits ('last').

        Raises UsageError if there is none, or if several begin so.
        """
        entries = [entry for entry in self.entries() if among(entry)]
        if not entries:
            raise UsageError(f"There is no such attempt in {self.attempts_folder}.", "Play one first.")
        if wanted == "last":
            return entries[-1]
        start = wanted.strip().lower()
        fitting = [entry for entry in entries if start and entry.attempt.startswith(start)]
        if not fitting:
            known = ", ".join(entry.attempt[:8] for entry in entries[-5:])
            raise UsageError(f"No attempt here has an id that begins with {wanted!r}.", f"The latest: {known}")
        if len(fitting) > 1:
            ids = ", ".join(entry.attempt[: len(start) + 4] for entry in fitting[:9])
            raise UsageError(f"{len(fitting)} attempts begin with {wanted!r}.", f"Give more of the id: {ids}")
        return fitting[0]

    def keep_scenario(self, sha256: str, data: bytes) -> Path:
        """Keep a copy of a scenario under its content's hash, once; do so before the attempt begins.

        Raises CannotSaveError; a copy is there in full or not at all.
        """
        path = self._scenario_path(sha256)
        if disk.exists(path):
            return path
        self._make("scenarios")
        beside = path.with_name(f"{path.name}.{secrets.token_hex(8)}.new")
        try:
            _write_beside(beside, data)
            disk.replace(beside, path)
            disk.sync_folder(path.parent)
        except OSError as error:
            with suppress(OSError):  # a left-over under a name of its own misleads nobody
                disk.remove(beside)
            raise CannotSaveError(
                f"The scenario's copy cannot be kept in {path.parent}: {disk.why(error)}. "
                "Nothing was played yet, and earlier attempts are as they were.",
                ELSEWHERE,
            ) from error
        return path

    def scenario(self, sha256: str) -> bytes | None:
        """The copy of a scenario; None if there is none. Raises UsageError if it cannot be read."""
        path = self._scenario_path(sha256)
        try:
            return disk.read(path)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise UsageError(f"{path} cannot be read: {disk.why(error)}.") from error

    def _scenario_path(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise ValueError("a scenario's copy is named by 64 hex digits")
        return self.folder / "scenarios" / f"{sha256}.yaml"

    def _entry(self, attempt: str) -> Entry:
        path = self.path(attempt)
        try:
            changed = disk.changed_at(path)
        except OSError:  # read_journal says what is wrong with it
            changed = 0
        return Entry(attempt=attempt, path=path, changed=changed, scanned=read_journal(path))

    def _make(self, *folders: str) -> None:
        try:
            for name in folders:
                _make_folder(self.folder / name)
        except OSError as error:
            raise CannotSaveError(
                f"Nothing can be kept in {self.folder}: {disk.why(error)}. "
                "What may be recorded there already is as it was.",
                "Choose a folder that can be written to with --data-dir.",
            ) from error


def data_folder(given: Path | None = None) -> Path:
    """The folder given, else the one that ALLIANCE_TRAINER_DATA names, else this account's usual place.

    Raises CannotSaveError if the account has no home.
    """
    if given is not None:
        return given
    if named := os.environ.get(FOLDER_VARIABLE):
        return Path(named)
    from platformdirs import user_state_path  # late: it costs 15 ms, and a folder is often given

    folder = user_state_path("alliance-trainer", appauthor=False)
    if not folder.is_absolute():
        raise CannotSaveError(
            "This account has no home folder, so there is no place to keep attempts. Nothing was played yet.",
            "Choose a folder with --data-dir.",
        )
    return folder


def new_attempt_id() -> str:
    """A random id of 128 bits: 26 letters and digits, which say nothing about anybody."""
    return base64.b32encode(secrets.token_bytes(16)).decode("ascii").rstrip("=").lower()


def read_journal(path: Path) -> Scanned:
    """What a journal file is. Raises UsageError if there is none or it cannot be opened."""
    try:
        return scan(disk.read(path))
    except FileNotFoundError:
        raise UsageError(f"There is no attempt at {path}.") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {disk.why(error)}.") from error


def _write_beside(path: Path, data: bytes) -> None:
    descriptor = disk.create(path)
    try:
        writer.write_all(descriptor, data)
        disk.sync(descriptor)
    finally:
        disk.close(descriptor)


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
