"""Playing: the loop of a patient's turn, the probe, the responses and the comment, until an ending."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import TypeVar

from alliance_trainer.core import course as courses
from alliance_trainer.core import engine
from alliance_trainer.core.course import Exchange
from alliance_trainer.core.errors import UsageError
from alliance_trainer.core.reading import called
from alliance_trainer.core.vocabulary.letters import RESERVED
from alliance_trainer.terminal import practice_scenes, scenes
from alliance_trainer.terminal.answers import Answers, EndOfAnswersError, milliseconds
from alliance_trainer.terminal.asking import GO_ON, LeaveError, Questions
from alliance_trainer.terminal.blocks import Block, Item
from alliance_trainer.terminal.door import Door
from alliance_trainer.terminal.session import Session

T = TypeVar("T")


TryAgain = Callable[[Answers], None]
"""Tries the turn just answered again, in a branch, with answers from there; returns when that is done."""


class Back(Enum):
    """The answers that go back: taking the last answer back, or trying the turn again beside it."""

    UNDO = "u"
    AGAIN = "t"


class Play:
    """One sitting with one attempt."""

    def __init__(self, *, door: Door, answers: Answers, session: Session, again: TryAgain | None = None) -> None:
        self.session = session
        self.again = again
        """Opens a branch at the last exchange; None where a turn cannot be tried again."""
        self._warned = False
        self.about = len(courses.strongest_way(session.course.scenario).exchanges)
        self._door = door
        self._came: list[Item] = []
        self._seen_at: int | None = None
        self._read_at: int | None = None
        self._commenting = False
        self._noticing = False
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
        if session.reason_due or session.asks_after() or self._commenting:
            self._after_response()  # it was cut off between a response and what follows it
        while not session.course.state.ended:
            if session.course.state.depth >= engine.TURN_CAP:
                raise UsageError(
                    f"this scenario came round and round: {engine.TURN_CAP} answers were given without an ending",
                    "Everything is saved. Tell the scenario's author: alliance-trainer check shows where it loops.",
                )
            self._turn()
        session.finish()
        self._last_scene()

    def once(self) -> None:
        """Play until one more response has been given and its comment read; errors as in `run`."""
        self.questions.letters = {"?": self._help, "b": self._look_back, "n": self._note}
        before = self.session.course.state.depth
        while self.session.course.state.depth <= before:
            self._turn()

    def _last_scene(self) -> None:
        """What becomes of it; a person is asked in the same breath how hard it was."""
        session = self.session
        asked = session.rules.practice and session.recorder.keeps and session.branched is None
        asks = asked and self.questions.person
        show, told = self.questions.show, practice_scenes.ending_help(asks=asks)
        self.questions.letters = {"?": lambda: show(told), "b": self._look_back}  # no note can follow the end
        show(scenes.ending(session.course, self._came, asks=asks))
        hint = practice_scenes.FELT_HINT if asks else GO_ON
        answer = self.questions.go_on(practice_scenes.FELT_CHOICES if asks else {}, hint)
        if answer is not None:
            session.recorder.felt(answer)
            self._confirm(practice_scenes.FELT_WORDS[answer])

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
            self._show(scenes.patient_turn(session.course, beats, self.about, self._came))
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
        if session.asks_words() and not self._ask_words():
            return
        if self._ask_response():
            self._after_response()

    def _show(self, block: Block) -> None:
        """Show a block with the keys that mean something here."""
        self.questions.show(block if self.session.recorder.keeps else scenes.unrecorded(block))

    def _undo(self) -> None:
        self.session.undo()
        self._came = []
        self._seen_at = self._read_at = None
        self._door.say("Taken back. The first answer stays recorded, and stays the score.")

    def _ask_notice(self) -> bool:
        """Ask the probe before the responses; False where an answer was taken back instead."""
        session = self.session
        undo = session.can_undo()
        self._show(scenes.notice_question(session.course, self.about, undo=undo, hint=session.rules.hints))
        self._noticing = True
        answer, ms = self._timed(scenes.NOTICE_CHOICES, "Please answer with a number from 1 to 4.", undo=undo)
        self._noticing = False
        if isinstance(answer, Back):
            self._undo()
            return False
        session.notice(answer, ms)
        self._confirm(called(answer))
        return True

    def _ask_words(self) -> bool:
        """Ask for own words before the responses; False where an answer was taken back instead."""
        session = self.session
        undo = session.can_undo()
        at = scenes.where(session.course, self.about)
        self._show(practice_scenes.words_question(session.course, at, undo=undo, warn=not self._warned))
        self._warned = True
        began = milliseconds()
        answer = self.questions.words("words > ", {"u": Back.UNDO} if undo else {})
        if isinstance(answer, Back):
            self._undo()
            return False
        session.say_own(answer, milliseconds() - began)
        if answer:
            self._confirm("your own words")
        return True

    def _ask_reason(self) -> None:
        """Ask why the response was chosen."""
        self._door.say(practice_scenes.REASON)
        answer = self.questions.words("why > ", {})
        self.session.give_reason(answer)
        if answer:
            self._confirm("why you chose it")

    def _confirm(self, answer: str) -> None:
        """Say that an answer is recorded; only once it is."""
        word = "Recorded" if self.session.recorder.keeps else "Not recorded, only tried"
        self._door.say(f"{word}: {answer}.")

    def _ask_response(self) -> bool:
        """Ask for a response; False where an answer was taken back instead."""
        session = self.session
        undo = session.can_undo()
        ids = session.show_responses()
        self._show(scenes.response_question(session.course, ids, self.about, undo=undo))
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
        if session.reason_due:
            self._ask_reason()
        if session.asks_after():
            self._ask_notice_after()
        last = session.course.last
        assert last is not None
        if session.rules.practice:
            self._comment(last)
        else:
            name = session.course.scenario.patient.name
            self._came = scenes.beat_items(name, last.reply)

    def _comment(self, last: Exchange) -> None:
        """The comment on the last exchange, until the trainee goes on or takes it back."""
        session = self.session
        tries = self.again is not None and self.questions.person
        choices = {"u": Back.UNDO, "t": Back.AGAIN} if tries else {"u": Back.UNDO}
        self._commenting = True
        keys = practice_scenes.comment_keys(tries=tries, branch=session.branched is not None)
        block = scenes.comment(session.course, last, session.order_of(last), session.words, keys)
        self._show(block)
        while (answer := self.questions.go_on(choices)) is Back.AGAIN:
            assert self.again is not None
            self.again(self.questions.answers)
            self._door.say("You are back in your attempt. What you said first stands.")
            self._show(practice_scenes.only_keys(block))
        self._commenting = False
        if answer is Back.UNDO:
            self._undo()

    def _ask_notice_after(self) -> None:
        session = self.session
        self._show(scenes.notice_question(session.course, self.about, undo=False))
        answer, ms = self._timed(scenes.NOTICE_CHOICES, "Please answer with a number from 1 to 4.", undo=False)
        assert not isinstance(answer, Back)
        session.notice_after(answer, ms)
        self._confirm(called(answer))

    def _help(self) -> None:
        session = self.session
        rules, keeps = session.rules, session.recorder.keeps
        self.questions.show(scenes.help_page(undo=rules.practice, words=rules.say_first, keeps=keeps))
        if rules.hints and self._noticing:
            self.questions.show(practice_scenes.hint(session.course, rules.seed))
            session.look_at_hint()

    def _look_back(self) -> None:
        self.questions.show(scenes.looked_back(self.session.course))

    def _note(self) -> None:
        if not self.session.recorder.keeps:
            self._door.say("Nothing is recorded here, and no note either.")
            return
        self._door.say(practice_scenes.NOTE)
        text = self.questions.words("note > ", {}, without="n")
        if text:
            self.session.recorder.note(self.session.course.state.place, text)
            self._door.say("Noted.")
