"""The program as it runs on beside an editor: what it says as it says it, and saves as editors make them."""

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

WITHIN = 40.0
"""Seconds in which what is waited for has to come; a busy machine needs a few."""


class Running:
    """The program without a terminal, still running; `said` is all that it has written so far."""

    def __init__(self, *arguments: str | Path, data: Path, cwd: Path | None = None) -> None:
        self.said = ""
        self._pieces: queue.Queue[str | None] = queue.Queue()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "alliance_trainer", *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "ALLIANCE_TRAINER_DATA": str(data), "COLUMNS": "200"},
            cwd=cwd,
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        while piece := os.read(self.process.stdout.fileno(), 65536):
            self._pieces.put(piece.decode())
        self._pieces.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            stream.close()

    def until(self, *texts: str) -> str:
        """Wait until all of the texts have come since the last call; what came."""
        came = ""
        end = time.monotonic() + WITHIN
        while not all(text in came for text in texts):
            try:
                piece = self._pieces.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                piece = None
            if piece is None:
                raise AssertionError(f"{texts} did not come; this did:\n{came}")
            came += piece
        self.said += came
        return came

    def type(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n".encode())
        self.process.stdin.flush()

    def interrupt(self) -> int:
        """Ctrl-C; the exit code. What came with it is the end of `said`."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(WITHIN)
        while (piece := self._pieces.get(timeout=WITHIN)) is not None:
            self.said += piece
        return code


def save_by_rename(file: Path, text: str) -> None:
    """As most editors save: a new file beside the old one, then put in its place."""
    beside = file.with_name(f".{file.name}.swp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


def save_in_place(file: Path, text: str) -> None:
    """As the other editors save: the file is emptied, then written."""
    file.write_text(text, encoding="utf-8")


def save_slowly(file: Path, text: str) -> float:
    """In place, with half of the file there for a moment; for how many seconds."""
    half = text[: len(text) // 2]
    file.write_text(half, encoding="utf-8")
    began = time.monotonic()
    time.sleep(0.2)
    file.write_text(text, encoding="utf-8")
    return time.monotonic() - began
