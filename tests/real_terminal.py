"""A real pseudo-terminal with a screen emulator behind it: what a person would see, and keys as a person types."""

import os
import re
import signal
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyte
import pytest
from forking import be_the_program, can_fork, ready_to_fork

pexpect = pytest.importorskip("pexpect", reason="needs pexpect (POSIX): nothing on a real terminal was tested")

PROMPT = re.compile(r"(^|\n)[^\n]*> \Z")  # not $, which also stands before the echo of Enter
"""The last thing on the screen when an answer is expected."""


UNWANTED = {"ACCESSIBLE", "NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS", "LINES", "PYTHONUNBUFFERED"}
"""What the person who runs the tests may have set, and the tests must not depend on."""


PROGRAM = ("-m", "alliance_trainer")
"""How the program is started."""


def _forked(arguments: Sequence[str], own: Mapping[str, str], cwd: Path | None, size: tuple[int, int]) -> Any:
    """The program as a fork on a pseudo-terminal of its own."""
    import fcntl  # POSIX only, like this whole module's use
    import pty
    import struct
    import termios

    from ptyprocess import PtyProcess  # pexpect is made of it

    def in_its_place() -> None:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
        for name in UNWANTED:
            os.environ.pop(name, None)

    with ready_to_fork():
        number, descriptor = pty.fork()
        if number == 0:
            be_the_program(arguments, own, cwd, in_its_place)
    child = pexpect.spawn(None, encoding="utf-8", timeout=30)
    child.ptyproc = PtyProcess(number, descriptor)
    child.pid, child.child_fd, child.closed, child.terminated = number, descriptor, False, False
    return child


def put_away(child: Any) -> None:
    """End a program, whatever it is doing, and wait until the system has taken it away, however busy that is."""
    if child.isalive():
        child.kill(signal.SIGKILL)
        _wait_for(child)
    child.close(force=True)


def _wait_for(child: Any) -> None:
    end = time.monotonic() + 30
    while child.isalive() and time.monotonic() < end:
        time.sleep(0.005)


class Terminal:
    """The program on a pseudo-terminal of a given size.

    `printed` is everything it has written, without escape sequences; `screen` what is visible now; `modes` are the
    terminal's settings before it began, `modes_at_end` those it left behind.
    """

    def __init__(
        self,
        *arguments: str,
        data: Path,
        columns: int = 80,
        rows: int = 24,
        environment: dict[str, str] | None = None,
        start: tuple[str, str] = PROGRAM,
        cwd: Path | None = None,
    ) -> None:
        own = {"ALLIANCE_TRAINER_DATA": str(data), "TERM": "xterm-256color", **(environment or {})}
        self.raw = ""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        if start == PROGRAM and can_fork(arguments, own):
            self.child = _forked(arguments, own, cwd, (rows, columns))
        else:
            base = {name: value for name, value in os.environ.items() if name not in UNWANTED}
            self.child = pexpect.spawn(
                sys.executable,
                [*start, *arguments],
                dimensions=(rows, columns),
                env={**base, **own},
                encoding="utf-8",
                timeout=30,
                cwd=str(cwd) if cwd else None,
            )
        self.child.delaybeforesend = None  # what is typed waits for a prompt already
        self.child.ptyproc.delayafterclose = self.child.ptyproc.delayafterterminate = 0.02
        self.modes = self._modes()
        self.modes_at_end: list[Any] | None = None

    def _modes(self) -> list[Any]:
        import termios  # POSIX only, like this whole module's use

        return termios.tcgetattr(self.child.child_fd)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        put_away(self.child)

    @property
    def printed(self) -> str:
        """All that was written so far, without escape sequences and carriage returns."""
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.raw).replace("\r", "")

    @property
    def screen(self) -> list[str]:
        """The lines on the screen now."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def cells(self) -> list[list[Any]]:
        """The cells of the screen now, each with its letter, colour and weight."""
        return [
            [self._screen.buffer[row][at] for at in range(self._screen.columns)] for row in range(self._screen.lines)
        ]

    def take_in(self) -> None:
        """Take in what has been written within a moment; nothing is no trouble."""
        with suppress(pexpect.TIMEOUT):
            chunk = self.child.read_nonblocking(65536, timeout=0.05)
            self.raw += chunk
            self._stream.feed(chunk)

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

    def keys(self, answers: Iterable[str]) -> str:
        """Type one answer after the other, with Enter wherever there is more to read; what the last one brought."""
        shown = self._read_on(self.wait()) if not self.raw else ""
        for text in answers:
            shown = self._read_on(self.answer(text))
        return shown

    def _read_on(self, shown: str) -> str:
        while shown.endswith("-- Enter to read on > "):
            shown += self.answer()
        return shown

    def resize(self, columns: int, rows: int = 24) -> None:
        """Change the window's size."""
        self.child.setwinsize(rows, columns)
        self._screen.resize(rows, columns)

    def close_window(self) -> int:
        """Close the terminal's other end, as closing a window does; the exit code."""
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, self.child.child_fd)
        os.close(nowhere)
        self.child.wait()
        return self.child.exitstatus if self.child.exitstatus is not None else 128 + (self.child.signalstatus or 0)

    def end(self) -> int:
        """Wait for the program to end; its exit code (128 + n for signal n)."""
        while True:
            try:
                chunk = self.child.read_nonblocking(65536, timeout=30)
            except pexpect.EOF:
                break
            self.raw += chunk
            self._stream.feed(chunk)
        self.modes_at_end = self._modes()
        _wait_for(self.child)
        self.child.close()
        return self.child.exitstatus if self.child.exitstatus is not None else 128 + (self.child.signalstatus or 0)
