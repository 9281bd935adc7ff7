"""A real pseudo-terminal with a screen emulator behind it: what a person would see, and keys as a person types."""

import os
import re
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import pexpect
import pyte

PROMPT = re.compile(r"(^|\n)[^\n]*> $")
"""The last thing on the screen when an answer is expected."""


class Terminal:
    """The program on a pseudo-terminal of a given size.

    `printed` is everything it has written, without escape sequences; `screen` what is visible now.
    """

    def __init__(
        self, *arguments: str, data: Path, columns: int = 80, rows: int = 24, environment: dict[str, str] | None = None
    ) -> None:
        base = {name: value for name, value in os.environ.items() if name not in ("ACCESSIBLE", "NO_COLOR", "COLUMNS")}
        self.raw = ""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "alliance_trainer", *arguments],
            dimensions=(rows, columns),
            env={**base, "ALLIANCE_TRAINER_DATA": str(data), "TERM": "xterm-256color", **(environment or {})},
            encoding="utf-8",
            timeout=30,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.child.close(force=True)

    @property
    def printed(self) -> str:
        """All that was written so far, without escape sequences and carriage returns."""
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.raw).replace("\r", "")

    @property
    def screen(self) -> list[str]:
        """The lines on the screen now."""
        return [line.rstrip() for line in self._screen.display]

    def wait(self, seconds: float = 30) -> str:
        """Wait for a prompt or the end; the text written since the last wait."""
        before = len(self.printed)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                chunk = self.child.read_nonblocking(65536, timeout=0.05)
            except pexpect.TIMEOUT:
                if PROMPT.search(self.printed) and len(self.printed) > before:
                    return self.printed[before:]
                continue
            except pexpect.EOF:
                return self.printed[before:]
            self.raw += chunk
            self._stream.feed(chunk)
        raise AssertionError(f"no prompt within {seconds} s; the screen:\n" + "\n".join(self.screen))

    def answer(self, text: str = "") -> str:
        """Type an answer and Enter, then wait for the next prompt."""
        self.child.send(text + "\r")
        return self.wait()

    def end(self) -> int:
        """Wait for the program to end; its exit code (128 + n for signal n)."""
        while True:
            try:
                chunk = self.child.read_nonblocking(65536, timeout=30)
            except pexpect.EOF:
                break
            self.raw += chunk
            self._stream.feed(chunk)
        self.child.close()
        return self.child.exitstatus if self.child.exitstatus is not None else 128 + (self.child.signalstatus or 0)
