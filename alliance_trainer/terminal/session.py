"""One play as it goes: the course so far; every answer is recorded before it counts."""

from typing import Literal

import msgspec

from alliance_trainer.core import course, engine, order
from alliance_trainer.core.attempt import Mode, NoticeAnswer
from alliance_trainer.core.course import Course, Exchange
from alliance_trainer.core.model import Response, Turn
from alliance_trainer.core.own_words import NO_WORDS, OwnWords
from alliance_trainer.terminal.recorder import Recorder

NoticeWhen = Literal["before", "after", "off"]


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """How this attempt is played: with comments and undo or without, and when the probe is asked.

    `say_first`: own words are asked for before the responses appear, and a reason after the choice. `hints`: help
    at the probe names two signs.
    """

    mode: Mode
    notice: NoticeWhen
    seed: str
    say_first: bool = False
    hints: bool = False

    @property
    def practice(self) -> bool:
        """Whether comments and undo are on."""
        return self.mode == "practice"


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What was recorded, besides the course, up to the place where a play is gone on with.

    `noticed`: the answer to the probe of the turn at hand. `said`: the own words there. `worded`: turns at which own
    words need not be asked for. `reason_due`: the last response was recorded, and not yet asked about. `branched`:
    so many answers belong to the attempt that is branched from: they stand, whatever is undone.
    """

    noticed: NoticeAnswer | None = None
    said: str = ""
    worded: frozenset[str] = frozenset()
    reason_due: bool = False
    branched: int | None = None


class Session:
    """The changing middle between the questions on the screen and the records on disk."""

    def __init__(self, *, start: Course, recorder: Recorder, rules: Rules, standing: Standing | None = None) -> None:
        standing = standing or Standing()
        self.course = start
        self.recorder = recorder
        self.rules = rules
        self.noticed = standing.noticed
        """The answer to the probe of the turn at hand, once it is given."""
        self.said = standing.said
        """The own words at the turn at hand, once they are given."""
        self.words = NO_WORDS
        """Those that go with the last response, as far as they were given in this sitting."""
        self.reason_due = standing.reason_due
        """Whether to ask why the last response was chosen."""
        self.branched = standing.branched
        """How many answers lie before the branch; None in the attempt itself."""
        self._worded = set(standing.worded)

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
        told = self.branched == self.course.state.depth  # its answer was told when the turn was first played
        return self.rules.notice == "before" and self.turn.notice and self.noticed is None and not told

    def asks_after(self) -> bool:
        """Whether the probe is to be asked now, about the exchange just made."""
        last = self.course.last
        told = last is not None and self.branched is not None and last.number <= self.branched + 1
        return self.rules.notice == "after" and not told and last is not None and last.asks_notice

    def asks_words(self) -> bool:
        """Whether own words are to be asked for now, before the responses appear: once at each turn."""
        return self.rules.say_first and self.course.state.place not in self._worded

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

    def say_own(self, text: str, ms: int) -> None:
        """Record the own words at the turn at hand; an empty text passes over the question."""
        self.recorder.said(self.course.state.place, text, ms)
        self.said = text
        self._worded.add(self.course.state.place)

    def give_reason(self, text: str) -> None:
        """Record why the last response was chosen; an empty text passes over the question."""
        last = self.course.last
        assert last is not None
        self.recorder.reason(last.turn_id, text)
        self.words = OwnWords(said=self.words.said, reason=text)
        self.reason_due = False

    def look_at_hint(self) -> None:
        """Record that the hint at the turn at hand was looked at."""
        self.recorder.hint(self.course.state.place)

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
        self.words, self.said = OwnWords(said=self.said), ""
        self.reason_due = self.rules.say_first

    def can_undo(self) -> bool:
        """Whether there is an answer to take back."""
        behind = self.course.state.depth > (self.branched or 0)
        return self.rules.practice and (self.noticed is not None or behind)

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
        self.course, self.said, self.reason_due = back, "", False

    def finish(self) -> None:
        """Record that the attempt is finished."""
        self.recorder.end(self.course.state.place)
