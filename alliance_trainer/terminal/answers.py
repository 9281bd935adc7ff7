"""Where answers come from: a person at a terminal, or lines of a pipe or script."""

import select
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Protocol, TextIO

from alliance_trainer.terminal.door import Door

Interruption = Callable[[], None]
"""Called before an answer is read, and at a terminal again and again until one is there; what it raises ends that."""

_LOOK_EVERY = 0.2
"""Seconds between two looks while a person thinks."""

LONGEST_LINE = 4095
"""So many bytes of one line a terminal passes on (Linux, in line mode); what comes after them it drops."""

_AS_THEY_ARE = "surrogateescape"
"""How Python passes on bytes that are no text, so that they can be had back."""

_CUT_OFF = (
    f"That line was too long for this terminal, which passes on {LONGEST_LINE:,} bytes of a line and drops the rest:"
    " its end did not arrive here, and nothing of it was kept. Please say it in a shorter line."
)

_BYTE_ORDER_MARK = "\ufeff"
"""Some editors and shells begin a text with it."""


class EndOfAnswersError(Exception):
    """No more answers will come: the input ended, or the person closed it with Ctrl-D."""


class Answers(Protocol):
    """Something that can be asked for the next answer."""

    person: bool
    """Whether a person sits there, who can be asked again, and who presses Enter to go on."""

    def next(self, prompt: str = "> ") -> str:
        """The next answer, without spaces at its ends. Raises EndOfAnswersError."""
        ...


class TerminalAnswers:
    """A person at a terminal, in the terminal's own line mode: nothing to restore, whatever happens.

    Keys pressed before the prompt appears never answer it.
    """

    person = True

    def __init__(self, door: Door, stream: TextIO, interruption: Interruption | None = None) -> None:
        self._door = door
        self._stream = stream
        self._interruption = interruption
        _take_any_byte(stream)

    def next(self, prompt: str = "> ") -> str:
        """Ask, and read one line; ask again where the terminal cut one off."""
        while True:
            line = self._line(prompt)
            if len(_bytes_of(line, self._stream)) < LONGEST_LINE:
                return in_words(line, self._stream).strip()
            self._door.say(_CUT_OFF)

    def _line(self, prompt: str) -> str:
        """One line without its end, just as it came."""
        _forget_typed_ahead(self._stream)
        with _shown_again_after_a_stop(lambda: self._door.prompt(prompt)):
            self._door.prompt(prompt)  # within: who sees it may press Ctrl-Z at once
            if self._interruption is not None:
                _wait_for_line(self._stream, self._interruption)
            line = self._stream.readline()
        if not line:
            with suppress(OSError):  # the window may have been closed
                self._door.prompt("\n")
            raise EndOfAnswersError
        return line.removesuffix("\n")


@contextmanager
def _shown_again_after_a_stop(show: Callable[[], None]) -> Iterator[None]:
    """After Ctrl-Z and `fg` the prompt stands there again, where the system has such a signal."""
    number = getattr(signal, "SIGCONT", None)
    if number is None:
        yield
        return

    def show_again(*_: object) -> None:
        with suppress(OSError):  # a closed window also continues what it stopped, and shows nothing any more
            show()

    before = signal.signal(number, show_again)
    try:
        yield
    finally:
        signal.signal(number, before)


def _wait_for_line(stream: TextIO, interruption: Interruption) -> None:
    """Return once a line can be read; where the system cannot tell (Windows), at once after one look."""
    ready = False
    while not ready:
        interruption()
        try:
            ready = bool(select.select([stream], [], [], _LOOK_EVERY)[0])
        except (OSError, ValueError):
            return


def _forget_typed_ahead(stream: TextIO) -> None:
    try:
        import termios  # POSIX only; elsewhere typed-ahead keys are kept
    except ImportError:
        return
    try:
        termios.tcflush(stream.fileno(), termios.TCIFLUSH)
    except (termios.error, OSError, ValueError):
        return


class LineAnswers:
    """Lines of a pipe or a script: blank lines and lines that begin with # are passed over."""

    person = False

    def __init__(
        self, lines: Iterable[str], echo: Callable[[str], None], interruption: Interruption | None = None
    ) -> None:
        self._lines = self._useful(lines)
        self._echo = echo
        self._interruption = interruption

    @staticmethod
    def _useful(lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            text = line.lstrip(_BYTE_ORDER_MARK).strip()
            if text and not text.startswith("#"):
                yield text

    def next(self, prompt: str = "> ") -> str:
        """The next line that says something; it is shown as if it had been typed."""
        if self._interruption is not None:
            self._interruption()
        answer = next(self._lines, None)
        if answer is None:
            raise EndOfAnswersError
        self._echo(f"{prompt}{answer}\n")
        return answer


def standard_input() -> Iterator[str]:
    """The lines of standard input; none where it is closed or cannot be read as text."""
    if sys.stdin is None or sys.stdin.closed:
        return
    _take_any_byte(sys.stdin)
    for line in sys.stdin:
        yield in_words(line, sys.stdin)


def _take_any_byte(stream: TextIO) -> None:
    """Have the stream pass on every byte, those too that are no text in its encoding (see `in_words`)."""
    # It can be told so only before anything is read, by whoever comes first.
    if hasattr(stream, "reconfigure") and stream.errors != _AS_THEY_ARE:
        stream.reconfigure(errors=_AS_THEY_ARE)


def _bytes_of(line: str, stream: TextIO) -> bytes:
    """The bytes that a line of this stream was read from."""
    return line.encode(stream.encoding or "utf-8", _AS_THEY_ARE)


def in_words(line: str, stream: TextIO) -> str:
    """A line as text: in the stream's encoding, else as UTF-8 if it is that, else with a sign for what is neither."""
    if not any("\udc80" <= sign <= "\udcff" for sign in line):
        return line
    raw = _bytes_of(line, stream)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode(stream.encoding or "utf-8", "replace")


def milliseconds() -> int:
    """A clock for durations only, in milliseconds."""
    return time.monotonic_ns() // 1_000_000
