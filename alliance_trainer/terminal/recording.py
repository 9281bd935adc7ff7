"""Keeping answers in the journal, and what to do when the disk says no."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal

from alliance_trainer.core.attempt import NoticeAnswer
from alliance_trainer.core.course import Course
from alliance_trainer.core.errors import CannotSaveError
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.replay import replay
from alliance_trainer.journal import events
from alliance_trainer.journal.events import Choice, Event, Header, Note, Pause, Probe, Resume, Retract, Shown
from alliance_trainer.journal.interchange import to_steps
from alliance_trainer.journal.record import Record
from alliance_trainer.journal.scan import is_finished
from alliance_trainer.journal.writer import Writer

OnTrouble = Callable[[CannotSaveError], Writer]
"""Asked when an answer cannot be kept: gives the writer to try again with, or raises to give up."""


class JournalRecorder:
    """Records in a journal; each method returns once the record is safe on the disk."""

    keeps = True

    def __init__(self, writer: Writer, on_trouble: OnTrouble) -> None:
        self.writer = writer
        self._on_trouble = on_trouble

    @property
    def finished(self) -> bool:
        """Whether the attempt has come to its end."""
        return is_finished(self.writer.records)

    def _keep(self, event: Event) -> None:
        while True:
            try:
                self.writer.append(event)
            except CannotSaveError as error:
                self.writer = self._on_trouble(error)
            else:
                return

    def shown(self, turn: str, ids: tuple[str, ...]) -> None:
        """The responses were shown in this order."""
        self._keep(Shown(turn=turn, order=ids))

    def probe(self, turn: str, answer: NoticeAnswer, ms: int | None) -> None:
        """What was noticed."""
        self._keep(Probe(turn=turn, answer=answer, ms=ms or 0))

    def choice(self, turn: str, response: str, ms: int | None) -> None:
        """What was said."""
        self._keep(Choice(turn=turn, response=response, ms=ms or 0))

    def retract(self, turn: str, what: Literal["probe", "choice"]) -> None:
        """The last answer was taken back; the play stands at `turn` again."""
        self._keep(Retract(turn=turn, what=what))

    def note(self, turn: str, text: str) -> None:
        """A note to self."""
        self._keep(Note(turn=turn, text=text))

    def pause(self) -> None:
        """The trainee leaves for now; nothing follows the end of an attempt."""
        if not self.finished:
            self.writer.append(Pause(at=_now()))

    def back(self) -> None:
        """The trainee is back."""
        self._keep(Resume(at=_now()))

    def end(self, ending: str) -> None:
        """The attempt is finished."""
        while True:
            try:
                self.writer.finish(ending=ending)
            except CannotSaveError as error:
                self.writer = self._on_trouble(error)
            else:
                return


def _now() -> str:
    return events.moment(datetime.now(UTC))


def recorded_course(scenario: Scenario, records: tuple[Record, ...]) -> tuple[Course, NoticeAnswer | None]:
    """The course that the records tell, and the answer to the probe of the turn at hand, if it was given.

    Raises IllegalStepError if the records do not fit the scenario.
    """
    course = replay(scenario, to_steps(records), "unfinished")
    header = records[0].event
    asked_before = isinstance(header, Header) and header.notice == "before"
    pending = asked_before and not course.state.ended
    return course, _pending(records, course.state.place) if pending else None


def _pending(records: tuple[Record, ...], turn: str) -> NoticeAnswer | None:
    for event in (record.event for record in reversed(records)):
        match event:
            case Choice() | Retract():
                return None
            case Probe(turn=probed, answer=answer) if probed == turn:
                return answer
    return None
