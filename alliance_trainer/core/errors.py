"""The few exceptions: each says what is wrong, what to do next, and with which exit code the program ends."""

from typing import ClassVar


class TrainerError(Exception):
    """An operation that failed for a reason a person can act on.

    `message` says what is wrong and what is safe; `hint` says what to do next (may be empty).
    Mistakes in a scenario are findings, never exceptions.
    """

    exit_code: ClassVar[int] = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(TrainerError):
    """Wrong usage, or a file that cannot be read (exit code 2)."""


class DamagedDataError(TrainerError):
    """Stored data that does not verify (exit code 4)."""

    exit_code = 4


class CannotSaveError(TrainerError):
    """An answer or a file could not be written (exit code 5)."""

    exit_code = 5


class IllegalStepError(TrainerError):
    """A step that the scenario does not allow: an unknown turn or response, or one not on offer."""


class ScreenClosedError(Exception):
    """Whoever read the output has gone (`| head`): the program ends quietly, with 141 like other programs."""
