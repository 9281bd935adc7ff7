"""The course of an attempt: its exchanges one by one, as a debrief or a transcript tells them."""

from collections.abc import Iterable, Mapping

import msgspec
from msgspec.structs import replace

from alliance_trainer.core import effects, engine
from alliance_trainer.core.attempt import NoticeAnswer, Step
from alliance_trainer.core.engine import Happened, State
from alliance_trainer.core.model import Beat, Response, Scenario, Turn
from alliance_trainer.core.vocabulary.skills import SKILLS


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """One turn as it was played: what the patient did, what was noticed, what was said, what came of it.

    `number` counts the turns on the way, from 1. `undone`: the trainee went back behind it.
    `first`: the first answer given at this turn, which is the one that is scored.
    """

    number: int
    turn_id: str
    turn: Turn
    beats: tuple[Beat, ...]
    offered: Mapping[str, Response]
    notice: NoticeAnswer | None
    response_id: str
    happened: Happened
    first: bool
    undone: bool = False

    @property
    def response(self) -> Response:
        """The response that was given."""
        return self.offered[self.response_id]

    @property
    def strongest(self) -> str:
        """The id of the strongest response on offer."""
        return strongest(self.offered)

    @property
    def best(self) -> bool:
        """Whether no response on offer has a higher sum over the four skills."""
        return total(self.response) == total(self.offered[self.strongest])

    @property
    def level_before(self) -> int:
        """The level of the alliance when the turn began."""
        return effects.level(self.happened.before)

    @property
    def level_after(self) -> int:
        """The level of the alliance after the response."""
        return effects.level(self.happened.after)


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """The exchanges so far, those taken back among them, and the state that they lead to."""

    scenario: Scenario
    state: State
    exchanges: tuple[Exchange, ...] = ()

    @property
    def standing(self) -> tuple[Exchange, ...]:
        """The exchanges on the way that was kept."""
        return tuple(exchange for exchange in self.exchanges if not exchange.undone)

    @property
    def assisted(self) -> bool:
        """Whether an answer was taken back."""
        return any(exchange.undone for exchange in self.exchanges)

    @property
    def number(self) -> int:
        """The number of the turn at hand."""
        return len(self.standing) + 1


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
    state = course.state
    after, happened = engine.respond(course.scenario, state, response_id)
    exchange = Exchange(
        number=course.number,
        turn_id=state.place,
        turn=course.scenario.turns[state.place],
        beats=engine.beats(course.scenario, state),
        offered=engine.offered(course.scenario, state),
        notice=notice,
        response_id=response_id,
        happened=happened,
        first=all(earlier.turn_id != state.place for earlier in course.exchanges),
    )
    return replace(course, state=after, exchanges=(*course.exchanges, exchange))


def go_back(course: Course, turn_id: str) -> Course:
    """The course after going back to a turn: everything since is kept, marked undone.

    Raises IllegalStepError if the turn was not met on this way.
    """
    state = engine.rewind(course.state, turn_id)
    kept = state.depth
    exchanges, standing = [], 0
    for exchange in course.exchanges:
        if not exchange.undone:
            standing += 1
        exchanges.append(replace(exchange, undone=exchange.undone or standing > kept))
    return replace(course, state=state, exchanges=tuple(exchanges))


def with_notice(course: Course, notice: NoticeAnswer) -> Course:
    """The course with the last exchange's probe answered, where it is asked after the response."""
    *earlier, last = course.exchanges
    return replace(course, exchanges=(*earlier, replace(last, notice=notice)))


def follow(scenario: Scenario, steps: Iterable[Step]) -> Course:
    """The course of recorded steps. Raises IllegalStepError at the first step the scenario does not allow."""
    course = begin(scenario)
    for step in steps:
        if step.rewind is not None:
            course = go_back(course, step.rewind)
        elif step.response is not None:
            course = answer(course, step.response, step.notice)
    return course


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
    """The level of the alliance at the start and after each exchange that stands."""
    start = effects.level(course.scenario.start_values)
    return (start, *(exchange.level_after for exchange in course.standing))
