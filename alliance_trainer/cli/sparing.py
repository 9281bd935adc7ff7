"""What `--out` never takes the place of: what was read, records of trainees, packs, their keys, and scenarios."""

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from alliance_trainer.cohort.reading.sources import JOURNAL_SUFFIX, find_files, holds_attempts
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.errors import UsageError
from alliance_trainer.journal.attempt_files import is_attempt_file, read_attempts
from alliance_trainer.journal.families import FAMILIES
from alliance_trainer.scenario_files import loader
from alliance_trainer.scenario_files.packs import key as keys
from alliance_trainer.scenario_files.packs import pack as packs

_OTHER = "Name another file with --out. Nothing was changed."
_RECORDS = {family.folder for family in FAMILIES}
_FIRST_OF_A_JOURNAL = b'"prev":"0000000000000000"'
_OF_A_KEY = f'"format": "{keys.FORMAT}"'.encode()
_FIRST_LOOK = 4096
_LINES = 10


def refuse_loss(outs: Iterable[Path], read: Sequence[Path]) -> None:
    """Raise UsageError where writing the files would lose something, however they are named or linked.

    `read`: the files and folders that what is written was made from.
    """
    for out in outs:
        reason = _kept_because(out, read) if out.is_file() else _taken_for_attempts(out, read)
        if reason:
            raise UsageError(f"{out} {reason}.", _OTHER)


def _kept_because(out: Path, read: Sequence[Path]) -> str:
    """Why a file that is there stays, as the end of a sentence; nothing where it may go."""
    real = out.resolve()
    if _is_pack_or_key(real):
        return "is a pack or the key of one, and is not written over"
    if real.suffix.lower() in loader.SUFFIXES:
        return "is a scenario, and is not written over"
    if any(map(_holds_records, {out, real})):
        return "holds what somebody played, and is not written over"
    there = out.stat()
    if any(os.path.samestat(there, one.stat()) for one in _files_read(read)):
        return "is among what is read, and is not written over"
    return ""


def _is_pack_or_key(path: Path) -> bool:
    return packs.is_pack(path) or keys.is_key(path) or _OF_A_KEY in _beginning(path)


def _holds_records(path: Path) -> bool:
    """Whether a file has a journal or attempts as data in it, by its name or by what stands in it."""
    if is_attempt_file(path) or (path.suffix.lower() == JOURNAL_SUFFIX and path.parent.name in _RECORDS):
        return True
    if _FIRST_OF_A_JOURNAL in _beginning(path).partition(b"\n")[0]:
        return True
    return any(isinstance(one, Attempt) for _, one in islice(read_attempts(path), _LINES))


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_FIRST_LOOK)


def _files_read(read: Sequence[Path]) -> Iterator[Path]:
    there = [path for path in read if path.exists()]
    yield from (path for path in there if path.is_file())
    yield from (found for found in find_files(there) if isinstance(found, Path))


def _taken_for_attempts(out: Path, read: Sequence[Path]) -> str:
    """Why a new file must not come here, as the end of a sentence."""
    folders = [path.resolve() for path in read if path.is_dir()]
    if holds_attempts(out) and any(out.resolve().is_relative_to(folder) for folder in folders):
        return "lies among what is read, where it would be read as attempts the next time"
    return ""
