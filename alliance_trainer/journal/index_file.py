"""The index of the history: rows that were drawn from journals, kept so that they need not be drawn again each time.

It is derived, and never trusted over the records. A row is used only while its journal has the same name, size and
time of change, and ends with the same checksum, to which every record before it is chained; any other is drawn anew
from the records. An index that is damaged, or was written by another version, is as good as none. Nothing but
progress and suggestions reads it: a debrief, a score, an export and `data check` always read the journals.
"""

import hashlib
import re
from contextlib import suppress
from pathlib import Path

import msgspec

from alliance_trainer import __version__
from alliance_trainer.core.history import ROWS, AttemptRow, DrillRow, Shelved
from alliance_trainer.journal import disk
from alliance_trainer.journal.placing import put

NAME = "history.index"
_HEADING = b"alliance-trainer history index "
_MAKER = f"{__version__} {ROWS}"
"""Rows of another program or another scorer may say something else, and are not used."""
_TAIL = 4096
"""So many bytes at a journal's end are looked at; its last record lies within, or the journal is read whole."""

_SUM = re.compile(rb'"sum":"([0-9a-f]{16})"')


class Stamp(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """How a file is known again: its size in bytes, its time of change in nanoseconds, its last checksum."""

    size: int
    changed: int
    head: str


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """All rows that are kept, each with its file's stamp: attempts and drills by their ids, scenarios by path."""

    made_by: str = _MAKER
    attempts: dict[str, tuple[Stamp, AttemptRow]] = {}
    drills: dict[str, tuple[Stamp, DrillRow]] = {}
    shelf: dict[str, tuple[Stamp, Shelved]] = {}


def stamp_of(journal: Path) -> Stamp | None:
    """The stamp of a journal; None if it does not end with a whole record, or cannot be opened."""
    try:
        size, changed, tail = disk.tail(journal, _TAIL)
    except OSError:
        return None
    sums = _SUM.findall(tail[tail.rfind(b"\n", 0, -1) + 1 :])
    return Stamp(size, changed, sums[-1].decode()) if tail.endswith(b"\n") and sums else None


def read(folder: Path) -> Index:
    """The index in a data folder; an empty one if there is none that is whole and was made by this version."""
    with suppress(OSError, ValueError, RecursionError):  # msgspec's errors are ValueErrors
        heading, _, body = disk.read(folder / NAME).partition(b"\n")
        if heading == _HEADING + _checksum(body):
            index = msgspec.json.decode(body, type=Index)
            if index.made_by == _MAKER:
                return index
    return Index()


def write(folder: Path, index: Index) -> None:
    """Put the index in the place of the one before, whole or not at all; without a word where it cannot be written."""
    body = msgspec.json.encode(index)
    with suppress(OSError):  # it only saves time
        put(folder / NAME, _HEADING + _checksum(body) + b"\n" + body)


def _checksum(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()
