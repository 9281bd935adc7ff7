"""Keeping records in a journal until they are safe: what every recorder does, whatever it records."""

from collections.abc import Callable
from datetime import UTC, datetime

from alliance_trainer.core.errors import CannotSaveError
from alliance_trainer.journal import events
from alliance_trainer.journal.events import Pause
from alliance_trainer.journal.families import AnyEvent
from alliance_trainer.journal.scan import is_finished
from alliance_trainer.journal.writer import Writer

OnTrouble = Callable[[CannotSaveError], Writer]
"""Asked when an answer cannot be kept: gives the writer to try again with, or raises to give up."""


class Keeper:
    """Records in a journal; each method returns once the record is safe on the disk.

    Each raises CannotSaveError once the trainee has given up on it.
    """

    def __init__(self, writer: Writer, on_trouble: OnTrouble) -> None:
        self.writer = writer
        self._on_trouble = on_trouble

    @property
    def finished(self) -> bool:
        """Whether what is recorded has come to its end."""
        return is_finished(self.writer.records)

    def keep(self, event: AnyEvent) -> None:
        """Record an event."""
        self._until_safe(lambda writer: writer.append(event))

    def finish(self, *, ending: str | None = None, reason: str | None = None) -> None:
        """Record that it is finished, at an ending or for another reason."""
        self._until_safe(lambda writer: writer.finish(ending=ending, reason=reason))

    def pause(self) -> None:
        """Record that the trainee leaves; nothing follows the end."""
        if not self.finished:
            self.writer.append(Pause(at=now()))

    def _until_safe(self, write: Callable[[Writer], object]) -> None:
        while True:
            try:
                write(self.writer)
            except CannotSaveError as error:
                self.writer = self._on_trouble(error)
            else:
                return


def now() -> str:
    """The time as journals store it."""
    return events.moment(datetime.now(UTC))
