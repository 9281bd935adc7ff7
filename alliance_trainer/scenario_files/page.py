"""The page of a code that a file can have by its bytes alone: with such a file in it."""

from alliance_trainer.core.findings import Severity
from alliance_trainer.core.manual import Page


class FilePage(Page, frozen=True, kw_only=True):
    """A manual page whose examples are whole files.

    `bad` repeated `repeat` times and encoded in `encoding` is a file that has the problem; `good` is one
    that has not. The tests hold both to it.
    """

    severity: Severity = "error"
    repeat: int = 1
    encoding: str = "utf-8"

    def bad_file(self) -> bytes:
        """The bytes of a file that has this problem."""
        return (self.bad * self.repeat).encode(self.encoding)
