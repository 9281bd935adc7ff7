"""Shards: parts of the work that can be done anywhere and in any order."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from alliance_trainer.cohort.refusals import writable
from alliance_trainer.journal.attempt_files import is_attempt_file

_MOST_FILES = 512
_PACKED = (".gz", ".zst", ".parquet")  # read from their beginning only


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A file: its number among all, its name as it was given, and where it is found from anywhere."""

    number: int
    name: str
    path: Path

    @classmethod
    def none(cls) -> "Source":
        """No file yet."""
        return cls(number=0, name="", path=Path())


class Shard(msgspec.Struct, frozen=True, kw_only=True):
    """Some files, or of one file the lines that begin at some of its bytes; `end` None: to its end."""

    files: tuple[Source, ...]
    begin: int = 0
    end: int | None = None

    @property
    def place(self) -> tuple[int, int]:
        """Sorts shards in the order of what is in them."""
        return self.files[0].number, self.begin


def cut(files: Sequence[Path], size: int) -> Iterator[Shard]:
    """Shards of about so many bytes: large files in parts, small ones together."""
    together: list[Source] = []
    filled = 0
    for number, path in enumerate(files):
        length = length_of(path)
        source = Source(number=number, name=writable(str(path)), path=path.absolute())
        if together and (filled + length > size or len(together) >= _MOST_FILES):
            yield Shard(files=tuple(together))
            together, filled = [], 0
        if length <= size or not can_be_cut(path):
            together.append(source)
            filled += length
            continue
        for begin in range(0, length, size):
            end = begin + size if begin + size < length else None
            yield Shard(files=(source,), begin=begin, end=end)
    if together:
        yield Shard(files=tuple(together))


def can_be_cut(path: Path) -> bool:
    """Whether a file can be read from anywhere in it: it is plain, and each line stands for itself."""
    return is_attempt_file(path) and path.suffix.lower() not in _PACKED


def length_of(path: Path) -> int:
    """The size of a file in bytes; 0 if it cannot be had."""
    try:
        return path.stat().st_size
    except OSError:
        return 0  # whoever reads it will say so
