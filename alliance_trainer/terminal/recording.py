"""Keeping answers in the journal, and what to do when the disk says no."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal

from alliance_trainer.core.attempt import NoticeAnswer, Step
from alliance_trainer.core.course import Course
from alliance_trainer.core.errors import CannotSaveError
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.pitch import FeltAnswer
from alliance_trainer.core.replay import replay
from alliance_trainer.journal import branches, events, own_words
from alliance_trainer.journal.events import (
    Branch,
    Choice,
    Event,
    Felt,
    First,
    Header,
    Hint,
    Note,
    Pause,
    Probe,
    Reason,
    Resume,
    Retract,
    Said,
    Shown,
)
from alliance_trainer.journal.interchange import to_steps
from alliance_trainer.journal.scan import Records, is_finished
from alliance_trainer.journal.writer import Writer
from alliance_trainer.terminal.session import Rules, Standing

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

    def said(self, turn: str, text: str, ms: int) -> None:
        """What the trainee would say, in their own words."""
        self._keep(Said(turn=turn, text=text, ms=ms))

    def hint(self, turn: str) -> None:
        """The hint was looked at."""
        self._keep(Hint(turn=turn))

    def reason(self, turn: str, text: str) -> None:
        """Why that was said."""
        self._keep(Reason(turn=turn, text=text))

    def felt(self, answer: FeltAnswer) -> None:
        """How hard the finished scenario was found."""
        self._keep(Felt(answer=answer))

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


def recorded_course(scenario: Scenario, records: Records, attempt: Records = ()) -> tuple[Course, Standing]:
    """The course that the records tell, and how the play stands there.

    For a branch, `attempt` are the records of the attempt that it branches from. Raises IllegalStepError if the
    records do not fit the scenario, DamagedDataError if the branch does not fit the attempt.
    """
    first = records[0].event
    before = branches.steps_before(first, attempt) if isinstance(first, Branch) else ()
    steps: tuple[Step, ...] = (*before, *to_steps(records))
    course = replay(scenario, steps, "unfinished")
    place = course.state.place
    asked_before = isinstance(first, First) and first.notice == "before" and not course.state.ended
    return course, Standing(
        noticed=_pending(records, place) if asked_before else None,
        said=own_words.waiting_words(records, place),
        worded=own_words.worded_turns(records),
        reason_due=isinstance(first, First) and first.say_first and own_words.reason_is_due(records),
        branched=replay(scenario, before, "unfinished").state.depth if isinstance(first, Branch) else None,
    )


def rules_of(first: First) -> Rules:
    """How an attempt, or a branch, is played, from its first record. A branch is always practice."""
    return Rules(
        mode=first.mode if isinstance(first, Header) else "practice",
        notice=first.notice,
        seed=first.seed,
        say_first=first.say_first,
        hints=first.hints,
    )


def _pending(records: Records, turn: str) -> NoticeAnswer | None:
    for event in (record.event for record in reversed(records)):
        match event:
            case Choice() | Retract():
                return None
            case Probe(turn=probed, answer=answer) if probed == turn:
                return answer
    return None
