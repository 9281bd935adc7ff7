"""Interchange files (`*.attempts.jsonl`, plain, gzip or zstd): one attempt a line, read as a stream.

Whatever a file holds, each line becomes an attempt or a BadRecord that says in words what is wrong with it;
the file itself is never held in memory.
"""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import IO, cast

import msgspec

from alliance_trainer.core.attempt import Attempt
from alliance_trainer.journal.attempt_lines import MAX_LINE, read_line, too_long
from alliance_trainer.journal.zstd_files import is_damage, open_zstd

SUFFIXES = (".attempts.jsonl", ".attempts.jsonl.gz", ".attempts.jsonl.zst")
"""Files with these names are interchange files."""

_BLOCK = 1 << 17  # larger ones no longer fit the processor's cache, and are slower
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
    for first, block in line_runs(path):
        if isinstance(block, BadRecord):
            yield first, block
            continue
        for number, line in enumerate(block.split(b"\n")[:-1], first):
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


def line_runs(path: Path, begin: int = 0, end: int | None = None) -> Iterator[tuple[int, bytes | BadRecord]]:
    """The same as `runs`, each with the number of its first line; at the end comes the number behind the last line."""
    number = 1
    for run in runs(path, begin, end):
        if isinstance(run, BadRecord):
            yield number, msgspec.structs.replace(run, line=number)
            number += 1
        else:
            yield number, run
            number += run.count(b"\n")
    yield number, b""


def runs(path: Path, begin: int = 0, end: int | None = None) -> Iterator[bytes | BadRecord]:
    """Runs of whole lines, each with its line end; in place of a line that cannot be had a BadRecord.

    Of a file that is not compressed a part can be asked for: the lines that begin at the bytes from `begin` to
    before `end`.
    """
    tail, dropping = b"", False
    for read_in in _blocks(path, begin, end):
        if isinstance(read_in, str):
            yield BadRecord(file=str(path), line=None, reason=read_in)
            return
        block = read_in
        if dropping:
            _, found, block = block.partition(b"\n")
            dropping = not found
        cut = block.rfind(b"\n") + 1
        if cut:
            yield b"".join((tail, memoryview(block)[:cut]))
            tail = b""
        tail += block[cut:]
        if len(tail) > MAX_LINE:
            # Dropped as it comes in: a line without end never fills the memory.
            yield BadRecord(file=str(path), line=None, reason=too_long())
            tail, dropping = b"", True
    if tail:
        yield tail + b"\n"


def _blocks(path: Path, begin: int, end: int | None) -> Iterator[bytes | str]:
    """The file unpacked, block by block; a text says why nothing more can be read."""
    try:
        with closing(_open(path)) as stream:
            yield from _part(stream, begin, end)
    except ModuleNotFoundError:
        yield _ZSTD_HELP
    except (EOFError, zlib.error, gzip.BadGzipFile):
        yield "the compressed file is damaged here: it is cut off, or some of it was changed"
    except OSError as error:
        yield f"the file cannot be read ({error.strerror or 'unknown reason'})"
    except Exception as error:
        if not is_damage(error):
            raise
        yield "the compressed file is damaged here: it is cut off, or some of it was changed"


def _part(stream: IO[bytes], begin: int, end: int | None) -> Iterator[bytes]:
    """The lines of a stream that begin in a part of it, in blocks."""
    if begin:
        stream.seek(begin - 1)
        if not _skip_line(stream):
            return
        begin = stream.tell()
    block = b""
    while end is None or begin < end:
        block = stream.read(_BLOCK if end is None else min(_BLOCK, end - begin))
        if not block:
            return
        yield block if begin else block.removeprefix(_BOM)
        begin += len(block)
    while block and not block.endswith(b"\n"):
        block = stream.readline(_BLOCK)
        yield block


def first_line(path: Path, begin: int) -> int:
    """Where the first line begins at or behind a byte of a plain file; past a byte order mark, and before its end.

    Raises OSError if it cannot be read.
    """
    with path.open("rb") as stream:
        if begin == 0:
            return len(_BOM) if stream.read(len(_BOM)) == _BOM else 0
        stream.seek(begin - 1)
        _skip_line(stream)
        return stream.tell()


def _skip_line(stream: IO[bytes]) -> bool:
    """Go behind the next line end; whether there is one."""
    while block := stream.readline(_BLOCK):
        if block.endswith(b"\n"):
            return True
    return False


def _open(path: Path) -> IO[bytes]:
    match path.suffix.lower():
        case ".gz":
            return cast("IO[bytes]", gzip.open(path, "rb"))
        case ".zst":
            return open_zstd(path)
        case _:
            return path.open("rb")


class _Named(msgspec.Struct):
    attempt: str | None = None


def _id_of(line: bytes) -> str | None:
    """The id of a record that is wrong elsewhere, to name it by."""
    try:
        named = msgspec.json.decode(line, type=_Named).attempt
    except (ValueError, RecursionError):
        return None
    return named[:200] if named else None
