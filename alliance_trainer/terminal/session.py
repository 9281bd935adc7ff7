"""One play as it goes: the course so far; every answer is recorded before it counts."""

from typing import Literal, Protocol

import msgspec

from alliance_trainer.core import course, engine, order
from alliance_trainer.core.attempt import Mode, NoticeAnswer
from alliance_trainer.core.course import Course, Exchange
from alliance_trainer.core.model import Response, Turn

NoticeWhen = Literal["before", "after", "off"]


class Recorder(Protocol):
    """Where answers are kept. Each method returns once the answer is safe, or raises CannotSaveError."""

    keeps: bool
    """Whether anything is kept at all."""

    def shown(self, turn: str, ids: tuple[str, ...]) -> None:
        """The responses were shown in this order."""
        ...

    def probe(self, turn: str, answer: NoticeAnswer, ms: int | None) -> None:
        """What was noticed."""
        ...

    def choice(self, turn: str, response: str, ms: int | None) -> None:
        """What was said."""
        ...

    def retract(self, turn: str, what: Literal["probe", "choice"]) -> None:
        """The last answer was taken back; the play stands at `turn` again."""
        ...

    def note(self, turn: str, text: str) -> None:
        """A note to self."""
        ...

    def pause(self) -> None:
        """The trainee leaves for now."""
        ...

    def end(self, ending: str) -> None:
        """The attempt is finished."""
        ...


class NoRecorder:
    """Keeps nothing: for authors who try a turn."""

    keeps = False

    def shown(self, turn: str, ids: tuple[str, ...]) -> None:
        """Keep nothing."""

    def probe(self, turn: str, answer: NoticeAnswer, ms: int | None) -> None:
        """Keep nothing."""

    def choice(self, turn: str, response: str, ms: int | None) -> None:
        """Keep nothing."""

    def retract(self, turn: str, what: Literal["probe", "choice"]) -> None:
        """Keep nothing."""

    def note(self, turn: str, text: str) -> None:
        """Keep nothing."""

    def pause(self) -> None:
        """Keep nothing."""

    def end(self, ending: str) -> None:
        """Keep nothing."""


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """How this attempt is played: with comments and undo or without, and when the probe is asked."""

    mode: Mode
    notice: NoticeWhen
    seed: str

    @property
    def practice(self) -> bool:
        """Whether comments and undo are on."""
        return self.mode == "practice"


class Session:
    """The changing middle between the questions on the screen and the records on disk."""

    def __init__(self, *, start: Course, recorder: Recorder, rules: Rules, noticed: NoticeAnswer | None = None) -> None:
        self.course = start
        self.recorder = recorder
        self.rules = rules
        self.noticed = noticed
        """The answer to the probe of the turn at hand, once it is given."""

    @property
    def turn(self) -> Turn:
        """The turn at hand."""
        return self.course.scenario.turns[self.course.state.place]

    @property
    def offered(self) -> dict[str, Response]:
        """The responses on offer now."""
        return engine.offered(self.course.scenario, self.course.state)

    def asks_before(self) -> bool:
        """Whether the probe is to be asked now, before the responses."""
        return self.rules.notice == "before" and self.turn.notice and self.noticed is None

    def asks_after(self) -> bool:
        """Whether the probe is to be asked now, about the exchange just made."""
        last = self.course.last
        return self.rules.notice == "after" and last is not None and last.turn.notice and last.notice is None

    def order(self, turn_id: str, offered: dict[str, Response]) -> tuple[str, ...]:
        """The responses on offer in the order in which this attempt shows them."""
        return order.shuffled(self.rules.seed, turn_id, offered)

    def order_of(self, exchange: Exchange) -> tuple[str, ...]:
        """The order in which the responses of a past exchange were shown."""
        return order.shuffled(self.rules.seed, exchange.turn_id, exchange.offered)

    def show_responses(self) -> tuple[str, ...]:
        """The order for the turn at hand, recorded as shown."""
        ids = self.order(self.course.state.place, self.offered)
        self.recorder.shown(self.course.state.place, ids)
        return ids

    def notice(self, answer: NoticeAnswer, ms: int | None) -> None:
        """Record what was noticed at the turn at hand."""
        self.recorder.probe(self.course.state.place, answer, ms)
        self.noticed = answer

    def notice_after(self, answer: NoticeAnswer, ms: int | None) -> None:
        """Record what was noticed at the turn just answered."""
        last = self.course.last
        assert last is not None
        self.recorder.probe(last.turn_id, answer, ms)
        self.course = course.with_notice(self.course, answer)

    def say(self, response: str, ms: int | None) -> None:
        """Record a response, then let the patient answer it."""
        ahead = course.answer(self.course, response, self.noticed)
        self.recorder.choice(self.course.state.place, response, ms)
        self.course, self.noticed = ahead, None

    def can_undo(self) -> bool:
        """Whether there is an answer to take back."""
        return self.rules.practice and (self.noticed is not None or self.course.last is not None)

    def undo(self) -> None:
        """Take back the last answer: the probe of the turn at hand, else the last response."""
        if self.noticed is not None:
            self.recorder.retract(self.course.state.place, "probe")
            self.noticed = None
            return
        last = self.course.last
        assert last is not None
        back = course.go_back(self.course, last.turn_id)
        self.recorder.retract(last.turn_id, "choice")
        self.course = back

    def finish(self) -> None:
        """Record that the attempt is finished."""
        self.recorder.end(self.course.state.place)
