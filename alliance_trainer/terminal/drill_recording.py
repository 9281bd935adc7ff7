"""Keeping a drill's answers in its journal, and what to do when the disk says no."""

from datetime import UTC, datetime

from alliance_trainer.core.errors import CannotSaveError
from alliance_trainer.journal import events
from alliance_trainer.journal.drill_events import DrillEvent
from alliance_trainer.journal.events import Pause
from alliance_trainer.journal.scan import is_finished
from alliance_trainer.journal.writer import Writer
from alliance_trainer.terminal.recording import OnTrouble


class DrillRecorder:
    """Records in a drill's journal; each method returns once the record is safe on the disk."""

    def __init__(self, writer: Writer, on_trouble: OnTrouble) -> None:
        self.writer = writer
        self._on_trouble = on_trouble

    @property
    def finished(self) -> bool:
        """Whether the drill has come to its end."""
        return is_finished(self.writer.records)

    def keep(self, event: DrillEvent) -> None:
        """Record an event. Raises CannotSaveError once the trainee has given up on it."""
        while True:
            try:
                self.writer.append(event)
            except CannotSaveError as error:
                self.writer = self._on_trouble(error)
            else:
                return

    def finish(self) -> None:
        """Record that all moments are answered."""
        while True:
            try:
                self.writer.finish(reason="all answered")
            except CannotSaveError as error:
                self.writer = self._on_trouble(error)
            else:
                return

    def pause(self) -> None:
        """Record that the trainee leaves; nothing follows the end."""
        if not self.finished:
            self.writer.append(Pause(at=events.moment(datetime.now(UTC))))
