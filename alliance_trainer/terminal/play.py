"""Playing: the loop of a patient's turn, the probe, the responses and the comment, until an ending."""

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

from alliance_trainer.core import course as courses
from alliance_trainer.core import engine
from alliance_trainer.core.attempt import NoticeAnswer
from alliance_trainer.core.errors import UsageError
from alliance_trainer.core.reading import called
from alliance_trainer.core.vocabulary.letters import RESERVED
from alliance_trainer.core.vocabulary.markers import RUPTURE_TYPES
from alliance_trainer.terminal import scenes
from alliance_trainer.terminal.answers import Answers, EndOfAnswersError, milliseconds
from alliance_trainer.terminal.asking import LeaveError, Questions
from alliance_trainer.terminal.blocks import Block, Item
from alliance_trainer.terminal.door import Door
from alliance_trainer.terminal.session import Session

T = TypeVar("T")


class Back(Enum):
    """The answer that takes the last one back."""

    UNDO = "u"


class Play:
    """One sitting with one attempt."""

    def __init__(self, *, door: Door, answers: Answers, session: Session) -> None:
        self.session = session
        self.about = len(courses.strongest_way(session.course.scenario).exchanges)
        self._door = door
        self._came: list[Item] = []
        self._seen_at: int | None = None
        self._read_at: int | None = None
        self._commenting = False
        self.questions = Questions(door, answers, {"?": self._help})

    def introduce(self, first_words: Block | None) -> bool:
        """Show who the patient is and what topics come up; False where the trainee would rather not start."""
        try:
            if first_words is not None:
                self.questions.show(first_words)
                self.questions.go_on({})
            return self._start_wanted()
        except (LeaveError, EndOfAnswersError):
            self._door.say("Nothing was started.")
            return False

    def _start_wanted(self) -> bool:
        scenario, details = self.session.course.scenario, False
        while True:
            self.questions.show(scenes.intro(scenario, self.session.rules, self.about, details=details))
            match self.questions.go_on({"d": "d", "s": "s"}):
                case None:
                    return True
                case "s":
                    self._door.say("Nothing was started. See what else there is with: alliance-trainer list")
                    return False
                case _:
                    details = True

    def run(self) -> None:
        """Play until an ending, record it, and show the last scene.

        Raises LeaveError or EndOfAnswersError if the trainee leaves before (all answers are recorded), and
        CannotSaveError if an answer cannot be kept and the trainee gives up on it.
        """
        session = self.session
        self.questions.letters = {"?": self._help, "b": self._look_back, "n": self._note}
        if session.asks_after() or self._commenting:  # it was cut off between a response and what follows it
            self._after_response()
        while not session.course.state.ended:
            if session.course.state.depth >= engine.TURN_CAP:
                raise UsageError(
                    f"this scenario came round and round: {engine.TURN_CAP} answers were given without an ending",
                    "Everything is saved. Tell the scenario's author: alliance-trainer check shows where it loops.",
                )
            self._turn()
        session.finish()
        self.questions.letters = {"?": self._help, "b": self._look_back}  # no note can follow the end
        self.questions.show(scenes.ending(session.course, self._came))
        self.questions.go_on({})

    def stand(self, session: Session, *, same: bool) -> None:
        """Have the next `run` go on with another session, on the screen at hand if that stands at the same place."""
        self.session = session
        self.about = len(courses.strongest_way(session.course.scenario).exchanges)
        self._seen_at = None
        if not same:
            self._read_at = None
            self._commenting = False

    def _turn(self) -> None:
        """One turn from what the patient does to the comment; returns early where something was taken back."""
        session = self.session
        if self._seen_at != session.course.state.depth:
            beats = engine.beats(session.course.scenario, session.course.state)
            self.questions.show(scenes.patient_turn(session.course, beats, self.about, self._came))
            self._came = []
            self._seen_at = session.course.state.depth
            if self._read_at != self._seen_at:
                self.questions.go_on({})
                self._read_at = self._seen_at
        if session.asks_before() and not self._ask_notice():
            return
        if not session.offered:
            raise UsageError(
                f"at the turn {session.course.state.place!r} no response is on offer, so nobody can go on from there",
                "Everything is saved. This is a mistake in the scenario: alliance-trainer check names the place.",
            )
        if self._ask_response():
            self._after_response()

    def _undo(self) -> None:
        self.session.undo()
        self._came = []
        self._seen_at = self._read_at = None
        self._door.say("Taken back. The first answer stays recorded, and stays the score.")

    def _ask_notice(self) -> bool:
        """Ask the probe before the responses; False where an answer was taken back instead."""
        session = self.session
        undo = session.can_undo()
        self.questions.show(scenes.notice_question(session.course, self.about, undo=undo))
        answer, ms = self._timed(notice_choices(), "Please answer with a number from 1 to 4.", undo=undo)
        if isinstance(answer, Back):
            self._undo()
            return False
        session.notice(answer, ms)
        self._confirm(called(answer))
        return True

    def _confirm(self, answer: str) -> None:
        """Say that an answer is recorded; only once it is."""
        word = "Recorded" if self.session.recorder.keeps else "Not recorded, only tried"
        self._door.say(f"{word}: {answer}.")

    def _ask_response(self) -> bool:
        """Ask for a response; False where an answer was taken back instead."""
        session = self.session
        undo = session.can_undo()
        ids = session.show_responses()
        self.questions.show(scenes.response_question(session.course, ids, self.about, undo=undo))
        choices = {name: name for name in ids if name not in RESERVED}
        choices |= {str(number): name for number, name in enumerate(ids, start=1)}
        hint = f"Please answer with a number from 1 to {len(ids)}."
        while True:
            answer, ms = self._timed(choices, hint, undo=undo)
            if isinstance(answer, Back):
                self._undo()
                return False
            if self._confirmed(ids.index(answer) + 1):
                session.say(answer, ms)
                self._confirm(f"option {ids.index(answer) + 1}")
                return True

    def _confirmed(self, number: int) -> bool:
        """In assessment a person confirms the answer, since it cannot be taken back."""
        if self.session.rules.practice or not self.questions.person:
            return True
        self._door.say(f"Say option {number}? Enter or y for yes, n for no.")
        yes = {"": True, "y": True, "yes": True, "n": False, "no": False}
        return self.questions.choose(yes, "Please answer y or n.")

    def _timed(self, choices: Mapping[str, T], hint: str, *, undo: bool) -> tuple[T | Back, int]:
        """An answer, and the milliseconds it took."""
        began = milliseconds()
        either: dict[str, T | Back] = {**choices, "u": Back.UNDO} if undo else {**choices}
        answer = self.questions.choose(either, hint)
        return answer, milliseconds() - began

    def _after_response(self) -> None:
        session = self.session
        if session.asks_after():
            self._ask_notice_after()
        last = session.course.last
        assert last is not None
        if session.rules.practice:
            self._commenting = True
            self.questions.show(scenes.comment(session.course, last, session.order_of(last)))
            answer = self.questions.go_on({"u": Back.UNDO})
            self._commenting = False
            if answer is Back.UNDO:
                self._undo()
        else:
            name = session.course.scenario.patient.name
            self._came = scenes.beat_items(name, last.reply)

    def _ask_notice_after(self) -> None:
        session = self.session
        self.questions.show(scenes.notice_question(session.course, self.about, undo=False))
        answer, ms = self._timed(notice_choices(), "Please answer with a number from 1 to 4.", undo=False)
        assert not isinstance(answer, Back)
        session.notice_after(answer, ms)
        self._confirm(called(answer))

    def _help(self) -> None:
        self.questions.show(scenes.help_page(undo=self.session.rules.practice))

    def _look_back(self) -> None:
        self.questions.show(scenes.looked_back(self.session.course))

    def _note(self) -> None:
        if not self.session.recorder.keeps:
            self._door.say("Nothing is recorded here, and no note either.")
            return
        self._door.say("Note to self, one line (please no real patient material):")
        text = self.questions.answers.next("note > ")
        if text:
            self.session.recorder.note(self.session.course.state.place, text[:2000])
            self._door.say("Noted.")


def notice_choices() -> dict[str, NoticeAnswer]:
    """The answers to the probe, by number and by name."""
    numbered = {str(number): kind for number, kind in enumerate(RUPTURE_TYPES, start=1)}
    return numbered | {kind: kind for kind in RUPTURE_TYPES}
