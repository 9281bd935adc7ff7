"""The data folder: where it is, which attempts lie in it, how one is begun, found and gone on with.

attempts/<id>.jsonl are the journals (branches/ and drills/ those of the other families), scenarios/<sha256>.yaml
(or .pack) the copies of what was played, locks/ the locks.
"""

import base64
import os
import re
import secrets
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec.structs import replace

from alliance_trainer.core.errors import CannotSaveError, UsageError
from alliance_trainer.journal import disk
from alliance_trainer.journal.events import Header
from alliance_trainer.journal.families import ATTEMPTS, AnyEvent, AnyFirst, Family, id_of
from alliance_trainer.journal.placing import put
from alliance_trainer.journal.scan import Clean, Records, Scanned, TornTail, is_finished
from alliance_trainer.journal.shelf import Opened, Shelf, make_folders
from alliance_trainer.journal.writer import ELSEWHERE, Writer

FOLDER_VARIABLE = "ALLIANCE_TRAINER_DATA"
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt in the data folder. `changed` is when its file last changed, in nanoseconds since 1970."""

    attempt: str
    path: Path
    changed: int
    scanned: Scanned

    @property
    def first(self) -> AnyEvent | None:
        """Its first record, of whatever family, unless not even that can be read."""
        return self.readable[0].event if self.readable else None

    @property
    def header(self) -> Header | None:
        """Its header, unless not even that can be read, or it is no attempt."""
        return self.first if isinstance(self.first, Header) else None

    @property
    def readable(self) -> Records:
        """All records that were confirmed, one that lacks only its line end among them."""
        whole = self.scanned.whole if isinstance(self.scanned, TornTail) else None
        return self.scanned.records + ((whole,) if whole else ())

    @property
    def finished(self) -> bool:
        """Whether it is sound and was played to its end."""
        return isinstance(self.scanned, Clean) and is_finished(self.scanned.records)

    @property
    def unfinished(self) -> bool:
        """Whether it can be gone on with."""
        if isinstance(self.scanned, TornTail):
            return bool(self.readable) and not is_finished(self.readable)
        return isinstance(self.scanned, Clean) and not self.finished


class Store(msgspec.Struct, frozen=True, kw_only=True):
    """The trainee's records in one folder, which is made when it is first written to."""

    folder: Path
    family: Family = ATTEMPTS

    def of(self, family: Family) -> "Store":
        """The journals of another family in the same folder."""
        return replace(self, family=family)

    @property
    def attempts_folder(self) -> Path:
        """Where the journals lie."""
        return self.folder / self.family.folder

    def path(self, attempt: str) -> Path:
        """Where the journal of an attempt lies, or would lie."""
        return self.attempts_folder / f"{attempt}.jsonl"

    @property
    def _shelf(self) -> Shelf:
        return Shelf(data=self.folder, family=self.family)

    def begin(self, header: AnyFirst) -> Opened:
        """Begin an attempt; its header is on the disk when this returns. Close the writer afterwards.

        Raises CannotSaveError if nothing can be kept there.
        """
        return self._shelf.begin(id_of(header), header)

    def begin_with(self, records: Records) -> Writer:
        """Begin a journal with all that another one holds; of a copy that cannot be finished nothing is left.

        Raises CannotSaveError if nothing can be kept there.
        """
        first = records[0].event
        assert isinstance(first, AnyFirst), "every journal begins with what it is about"
        copy = self.begin(first).writer
        try:
            for record in records[1:]:
                copy.append(record.event)
        except CannotSaveError:
            copy.close()
            copy.path.unlink(missing_ok=True)
            raise
        return copy

    def resume(self, attempt: str) -> Opened:
        """Open an unfinished attempt for going on; a torn tail is put right first. Close the writer afterwards.

        Raises UsageError for an attempt that is finished, missing or of a newer format, DamagedDataError for a
        damaged one, InUseError if it is open elsewhere, CannotSaveError if nothing can be written.
        """
        return self._shelf.resume(attempt)

    def repair(self, attempt: str) -> str | None:
        """Put a torn tail right without going on; one line about what was done, None if nothing was needed.

        Raises as `resume` does, except that a finished attempt is fine.
        """
        return self._shelf.mend(attempt)

    def entries(self) -> list[Entry]:
        """All attempts, whatever their state, in the order in which they were started; none without a folder.

        Those whose header cannot be read come first. Raises UsageError if the folder cannot be read.
        """
        entries = [self.entry(name) for name in self._shelf.names()]
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

    def keep_scenario(self, sha256: str, data: bytes, suffix: str = ".yaml") -> Path:
        """Keep a copy of a scenario under its content's hash, once; do so before the attempt begins.

        One from a pack is kept as a pack of its own, with that suffix.
        Raises CannotSaveError; a copy is there in full or not at all.
        """
        path = self._scenario_path(sha256, suffix)
        if disk.exists(path):
            return path
        make_folders(self.folder, "scenarios")
        try:
            put(path, data)
        except OSError as error:
            raise CannotSaveError(
                f"The scenario's copy cannot be kept in {path.parent}: {disk.why(error)}. "
                "Nothing was played yet, and earlier attempts are as they were.",
                ELSEWHERE,
            ) from error
        return path

    def scenario(self, sha256: str, suffix: str = ".yaml") -> bytes | None:
        """The copy of a scenario; None if there is none. Raises UsageError if it cannot be read."""
        path = self._scenario_path(sha256, suffix)
        try:
            return disk.read(path)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise UsageError(f"{path} cannot be read: {disk.why(error)}.") from error

    def _scenario_path(self, sha256: str, suffix: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise ValueError("a scenario's copy is named by 64 hex digits")
        return self.folder / "scenarios" / f"{sha256}{suffix}"

    def entry(self, attempt: str) -> Entry:
        """One attempt by its whole id, whatever its state. Raises UsageError if there is none that can be opened."""
        path = self.path(attempt)
        try:
            changed = disk.changed_at(path)
        except OSError:  # read_journal says what is wrong with it
            changed = 0
        return Entry(attempt=attempt, path=path, changed=changed, scanned=self._shelf.read(attempt))


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
