"""Signals that end the program: they become an exception, so that leaving is always the same."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class StoppedError(BaseException):
    """A signal asked the program to end; not an error that anything should swallow."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number


def _stop(number: int, _frame: FrameType | None) -> None:
    raise StoppedError(number)


@contextmanager
def stopping() -> Iterator[None]:
    """While it lasts, SIGTERM and SIGHUP (where they exist) raise StoppedError; afterwards all is as before.

    One that is ignored, as under `nohup`, stays ignored.
    """
    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    heard = [number for number in numbers if signal.getsignal(number) != signal.SIG_IGN]
    before = {number: signal.signal(number, _stop) for number in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
