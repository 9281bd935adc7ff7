"""Keeping answers in the journal, and what to do when the disk says no."""

from typing import Literal

from alliance_trainer.core.attempt import NoticeAnswer, Step
from alliance_trainer.core.course import Course
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.pitch import FeltAnswer
from alliance_trainer.core.replay import replay
from alliance_trainer.journal import branches, own_words
from alliance_trainer.journal.events import (
    Branch,
    Choice,
    Felt,
    First,
    Header,
    Hint,
    Note,
    Probe,
    Reason,
    Resume,
    Retract,
    Said,
    Shown,
)
from alliance_trainer.journal.interchange import to_steps
from alliance_trainer.journal.scan import Records
from alliance_trainer.terminal.keeping import Keeper, now
from alliance_trainer.terminal.session import Rules, Standing


class JournalRecorder(Keeper):
    """Records a play in its journal (see `Keeper`)."""

    keeps = True

    def shown(self, turn: str, ids: tuple[str, ...]) -> None:
        """The responses were shown in this order."""
        self.keep(Shown(turn=turn, order=ids))

    def probe(self, turn: str, answer: NoticeAnswer, ms: int | None) -> None:
        """What was noticed."""
        self.keep(Probe(turn=turn, answer=answer, ms=ms or 0))

    def choice(self, turn: str, response: str, ms: int | None) -> None:
        """What was said."""
        self.keep(Choice(turn=turn, response=response, ms=ms or 0))

    def said(self, turn: str, text: str, ms: int) -> None:
        """What the trainee would say, in their own words."""
        self.keep(Said(turn=turn, text=text, ms=ms))

    def hint(self, turn: str) -> None:
        """The hint was looked at."""
        self.keep(Hint(turn=turn))

    def reason(self, turn: str, text: str) -> None:
        """Why that was said."""
        self.keep(Reason(turn=turn, text=text))

    def felt(self, answer: FeltAnswer) -> None:
        """How hard the finished scenario was found."""
        self.keep(Felt(answer=answer))

    def retract(self, turn: str, what: Literal["probe", "choice"]) -> None:
        """The last answer was taken back; the play stands at `turn` again."""
        self.keep(Retract(turn=turn, what=what))

    def note(self, turn: str, text: str) -> None:
        """A note to self."""
        self.keep(Note(turn=turn, text=text))

    def back(self) -> None:
        """The trainee is back."""
        self.keep(Resume(at=now()))

    def end(self, ending: str) -> None:
        """The attempt is finished."""
        self.finish(ending=ending)


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
