"""The course of an attempt: its exchanges one by one, those taken back among them, and where they lead."""

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from alliance_trainer.core import effects, engine
from alliance_trainer.core.attempt import NoticeAnswer
from alliance_trainer.core.engine import State
from alliance_trainer.core.model import Beat, Response, Scenario, Turn
from alliance_trainer.core.vocabulary.skills import SKILLS


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """One turn as it was played: what was on offer, what was noticed, what was said, and what came of it.

    `number` counts the turns on the way, from 1. `scored`: the first answer at this turn in the whole attempt;
    later ones, after a loop or a rewind, never count. `undone`: the trainee went back behind it.
    """

    number: int
    turn_id: str
    turn: Turn
    response_id: str
    notice: NoticeAnswer | None
    offered: Mapping[str, Response]
    before: State
    after: State
    scored: bool
    undone: bool = False

    @property
    def response(self) -> Response:
        """The response that was given."""
        return self.offered[self.response_id]

    @property
    def beats(self) -> tuple[Beat, ...]:
        """What the patient did."""
        return engine.visible(self.before, self.turn.patient)

    @property
    def reply(self) -> tuple[Beat, ...]:
        """What the patient did at once after the response."""
        return engine.visible(self.before, self.response.reply)

    @property
    def strongest(self) -> str:
        """The id of the strongest response on offer."""
        return strongest(self.offered)

    @property
    def best(self) -> bool:
        """Whether no response on offer has a higher sum over the four skills."""
        return total(self.response) == total(self.offered[self.strongest])

    @property
    def last_words(self) -> str:
        """The patient's last words at this turn; what was shown, or the silence, where nothing was said."""
        words = [beat.says for beat in self.beats if beat.says is not None]
        return words[-1] if words else next((f"({beat.shows})" for beat in self.beats if beat.shows), "(silence)")

    @property
    def asks_notice(self) -> bool:
        """Whether the probe belongs to this turn and has no answer yet."""
        return self.turn.notice and self.notice is None

    @property
    def level_before(self) -> int:
        """The level of the alliance when the turn began."""
        return effects.level(self.before.values)

    @property
    def level_after(self) -> int:
        """The level of the alliance after the response."""
        return effects.level(self.after.values)


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """The exchanges so far, those taken back among them, and the state that they lead to.

    `rewound`: the trainee went back, even if only to where it stood.
    """

    scenario: Scenario
    state: State
    exchanges: tuple[Exchange, ...] = ()
    rewound: bool = False

    @property
    def way(self) -> tuple[Exchange, ...]:
        """The exchanges that led to where it stands, without what was taken back."""
        return tuple(exchange for exchange in self.exchanges if not exchange.undone)

    @property
    def scored(self) -> tuple[Exchange, ...]:
        """The exchanges that are scored: the first answer at each turn."""
        return tuple(exchange for exchange in self.exchanges if exchange.scored)

    @property
    def last(self) -> Exchange | None:
        """The last exchange on the way."""
        return next((exchange for exchange in reversed(self.exchanges) if not exchange.undone), None)

    @property
    def number(self) -> int:
        """The number of the turn at hand."""
        return self.last.number + 1 if self.last else 1


def total(response: Response) -> int:
    """The sum of a response's ratings over the four skills."""
    return sum(response.rates.get(skill, 0) for skill in SKILLS)


def strongest(offered: Mapping[str, Response]) -> str:
    """The id of the response with the highest sum over the four skills, the author's first among equals."""
    return max(offered, key=lambda name: total(offered[name]))


def begin(scenario: Scenario, at: str | None = None) -> Course:
    """The empty course. Raises IllegalStepError if there is no such turn."""
    return Course(scenario=scenario, state=engine.begin(scenario, at))


def answer(course: Course, response_id: str, notice: NoticeAnswer | None) -> Course:
    """The course after a response. Raises IllegalStepError as `engine.respond` does."""
    before = course.state
    after, _ = engine.respond(course.scenario, before, response_id)
    exchange = Exchange(
        number=course.number,
        turn_id=before.place,
        turn=course.scenario.turns[before.place],
        response_id=response_id,
        notice=notice,
        offered=engine.offered(course.scenario, before),
        before=before,
        after=after,
        scored=all(earlier.turn_id != before.place for earlier in course.exchanges),
    )
    return replace(course, state=after, exchanges=(*course.exchanges, exchange))


def go_back(course: Course, turn_id: str) -> Course:
    """The course after going back to a turn: everything since is kept, marked undone.

    Raises IllegalStepError if the turn was not met on this way.
    """
    return back_to(course, engine.rewind(course.state, turn_id))


def back_to(course: Course, state: State) -> Course:
    """The course after going back to an earlier state of its own, or to where it stands."""
    kept = state.depth
    exchanges = tuple(
        replace(exchange, undone=True) if exchange.number > kept and not exchange.undone else exchange
        for exchange in course.exchanges
    )
    return replace(course, state=state, exchanges=exchanges, rewound=True)


def with_notice(course: Course, notice: NoticeAnswer) -> Course:
    """The course with the last exchange's probe answered, where it is asked after the response."""
    *earlier, last = course.exchanges
    return replace(course, exchanges=(*earlier, replace(last, notice=notice)))


def strongest_way(scenario: Scenario) -> Course:
    """What comes of saying the strongest line at each turn; cut off where it would come round again."""
    course = begin(scenario)
    while not course.state.ended and course.state.place not in course.state.visited:
        offered = engine.offered(scenario, course.state)
        if not offered:
            break
        course = answer(course, strongest(offered), None)
    return course


def levels(course: Course) -> tuple[int, ...]:
    """The level of the alliance at the start and after each exchange on the way."""
    start = effects.level(course.scenario.start_values)
    return (start, *(exchange.level_after for exchange in course.way))
