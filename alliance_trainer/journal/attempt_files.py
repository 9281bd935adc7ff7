"""Interchange files (`*.attempts.jsonl`, plain, gzip or zstd): one attempt a line, read as a stream.

Whatever a file holds, each line becomes an attempt or a BadRecord that says in words what is wrong with it;
the file itself is never held in memory.
"""

import gzip
import importlib
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import IO, Any, cast

import msgspec

from alliance_trainer.core.attempt import Attempt
from alliance_trainer.journal.attempt_lines import MAX_LINE, read_line, too_long

SUFFIXES = (".attempts.jsonl", ".attempts.jsonl.gz", ".attempts.jsonl.zst")
"""Files with these names are interchange files."""

_BLOCK = 1 << 16  # larger ones no longer fit the processor's cache, and are slower
_BOM = b"\xef\xbb\xbf"
_ZSTD_HELP = (
    "it is compressed with zstd, which this Python cannot read: install the package `zstandard`, "
    "or unpack the file first (zstd -d)"
)


class BadRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A record that cannot be read: in which file and line (from 1), and why, as the end of a sentence.

    `line` is None where the file as a whole is meant; `attempt` is the id, where that much can be read.
    """

    file: str
    line: int | None
    reason: str
    attempt: str | None = None


def is_attempt_file(path: Path) -> bool:
    """Whether the name says that this is an interchange file."""
    return path.name.lower().endswith(SUFFIXES)


def read_attempts(path: Path) -> Iterator[tuple[int, Attempt | BadRecord]]:
    """Each line's number, from 1, with the attempt on it or what is wrong with it; blank lines are passed over.

    Never raises for what is in the file or for a file that cannot be read: that is a BadRecord too, with the
    line at which the trouble began.
    """
    for first, lines in line_runs(path):
        if isinstance(lines, BadRecord):
            yield first, lines
            continue
        for number, line in enumerate(lines, first):
            record = read(path, number, line)
            if record is not None:
                yield number, record


def read(path: Path, number: int, line: bytes) -> Attempt | BadRecord | None:
    """The attempt on a line of a file, or what is wrong with it; None if the line is blank."""
    if not line.strip():
        return None
    attempt = read_line(line)
    if isinstance(attempt, Attempt):
        return attempt
    return BadRecord(file=str(path), line=number, reason=attempt, attempt=_id_of(line))


def line_runs(path: Path) -> Iterator[tuple[int, list[bytes] | BadRecord]]:
    """Runs of whole lines with the number of the first; a BadRecord in place of a line that cannot be had."""
    number, tail, dropping = 1, b"", False
    for block in _blocks(path):
        if isinstance(block, str):
            yield number, BadRecord(file=str(path), line=number, reason=block)
            return
        *lines, tail = (tail + block).split(b"\n")
        if dropping and lines:
            del lines[0]
            number, dropping = number + 1, False
        yield number, lines
        number += len(lines)
        if len(tail) > MAX_LINE:
            # Dropped as it comes in: a line without end never fills the memory.
            if not dropping:
                yield number, BadRecord(file=str(path), line=number, reason=too_long())
            dropping, tail = True, b""
    if tail and not dropping:
        yield number, [tail]


def _blocks(path: Path) -> Iterator[bytes | str]:
    """The file unpacked, block by block; a text says why nothing more can be read."""
    try:
        with closing(_open(path)) as stream:
            first = stream.read(_BLOCK)
            yield first.removeprefix(_BOM)
            while block := stream.read(_BLOCK):
                yield block
    except ModuleNotFoundError:
        yield _ZSTD_HELP
    except (EOFError, zlib.error, gzip.BadGzipFile):
        yield "the compressed file is damaged here: it is cut off, or some of it was changed"
    except OSError as error:
        yield f"the file cannot be read ({error.strerror or 'unknown reason'})"
    except Exception as error:
        # Each zstd module has an error class of its own, which cannot be named without the module.
        if "zstd" not in type(error).__module__.lower():
            raise
        yield "the compressed file is damaged here: it is cut off, or some of it was changed"


def _open(path: Path) -> IO[bytes]:
    match path.suffix.lower():
        case ".gz":
            return cast("IO[bytes]", gzip.open(path, "rb"))
        case ".zst":
            return cast("IO[bytes]", _zstd().open(path, "rb"))
        case _:
            return path.open("rb")


def _zstd() -> Any:  # a module that not every Python has
    try:
        return importlib.import_module("compression.zstd")
    except ModuleNotFoundError:
        return importlib.import_module("zstandard")


class _Named(msgspec.Struct):
    attempt: str | None = None


def _id_of(line: bytes) -> str | None:
    """The id of a record that is wrong elsewhere, to name it by."""
    try:
        named = msgspec.json.decode(line, type=_Named).attempt
    except (ValueError, RecursionError):
        return None
    return named[:200] if named else None
