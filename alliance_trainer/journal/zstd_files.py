"""Files compressed with zstd, read as a stream; a file that is cut off is told from one that ends.

Python reads them by itself from 3.14 on; before, the package `zstandard` does, for which a file that is cut off simply
ends. So a frame of our own is put behind the file: only where the file is whole does it come out again at the end.
"""

import importlib
import io
from pathlib import Path
from typing import IO, Any, cast

_LAST = bytes(64)
"""What the frame behind the file holds. Compressed it looks otherwise, so that no part of a file is taken for it."""


def open_zstd(path: Path) -> IO[bytes]:
    """The unpacked file, to be read from its beginning on.

    Raises ModuleNotFoundError where nothing can read it; reading raises EOFError where the file is cut off, and
    whatever error the module has for other damage (see `is_damage`).
    """
    try:
        return cast("IO[bytes]", importlib.import_module("compression.zstd").open(path, "rb"))
    except ModuleNotFoundError:
        return cast("IO[bytes]", io.BufferedReader(_Unpacked(path, importlib.import_module("zstandard"))))


def is_damage(error: Exception) -> bool:
    """Whether this is what a module for zstd says of a damaged file: its class cannot be named without the module."""
    return type(error).__name__ == "ZstdError"


class _Unpacked(io.RawIOBase):
    """A file unpacked by the package `zstandard`; what comes last is held back until it is known to be our own."""

    def __init__(self, path: Path, zstandard: Any) -> None:
        self._file = _Extended(path, zstandard.ZstdCompressor().compress(_LAST))
        self._stream = zstandard.ZstdDecompressor().stream_reader(self._file, read_across_frames=True)
        self._held = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        got = self._held
        while len(got) <= len(_LAST):
            more = self._stream.read(len(buffer))
            if not more:
                if got != _LAST:
                    raise EOFError
                return 0
            got += more
        ready = len(got) - len(_LAST)  # never more than was read now
        buffer[:ready] = got[:ready]
        self._held = got[ready:]
        return ready

    def close(self) -> None:
        self._file.close()
        super().close()


class _Extended(io.RawIOBase):
    """A file with something behind it."""

    def __init__(self, path: Path, behind: bytes) -> None:
        self._file = path.open("rb")
        self._behind = behind

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size)
        if not block:
            block, self._behind = self._behind, b""
        return block

    def close(self) -> None:
        self._file.close()
        super().close()
