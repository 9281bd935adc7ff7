"""The tests inside a scenario: played with the engine, and what came instead where one fails."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor

import msgspec

from alliance_trainer.core import course as courses
from alliance_trainer.core.counting import counted
from alliance_trainer.core.course import Course
from alliance_trainer.core.engine import offered
from alliance_trainer.core.model import Expectation, Scenario, ScoreRange
from alliance_trainer.core.scoring import tally_of
from alliance_trainer.core.suggestions import did_you_mean, one_of
from alliance_trainer.core.vocabulary.skills import Rated


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a test expects and that does not come.

    `path` leads from the test to what was expected, e.g. ("choose", "2") or ("scores", "recognition", "at_least").
    """

    path: tuple[str, ...]
    message: str
    hint: str


def outcome_of(scenario: Scenario, expectation: Expectation) -> tuple[Failure, ...]:
    """What fails when the test is played, in the order of the format; empty if it passes.

    Where a choice cannot be made the test ends there: that alone is reported, and not all that hangs on it.
    The scenario's start and the ways on that are taken must exist.
    """
    course, failure = _play(scenario, expectation)
    if failure is not None and not course.state.ended:
        return (failure,)
    found = [] if failure is None else [failure]
    found += _ending(scenario, course, expectation)
    found += _turns(course, expectation.turns)
    for skill, wanted in expectation.scores.items():
        found += _score(course, skill, wanted)
    return tuple(found)


def covered(scenario: Scenario) -> frozenset[tuple[str, str]]:
    """The responses that the scenario's tests give, with their turns; as far as each test can be played."""
    played = (_play(scenario, expectation)[0] for expectation in scenario.tests.values())
    return frozenset((given.turn_id, given.response_id) for course in played for given in course.exchanges)


def _play(scenario: Scenario, expectation: Expectation) -> tuple[Course, Failure | None]:
    """The course as far as it can be played, and the choice at which it stopped too early."""
    course = courses.begin(scenario)
    for index, choice in enumerate(expectation.choose):
        if course.state.ended or choice not in offered(scenario, course.state):
            where = ("choose", str(index))
            message, hint = _left_over(course, choice) if course.state.ended else _not_on_offer(course, choice)
            return course, Failure(path=where, message=message, hint=hint)
        course = courses.answer(course, choice, None)
    return course, None


def _left_over(course: Course, choice: str) -> tuple[str, str]:
    count = len(course.exchanges)
    answers = counted(count, "answer")
    message = f"After {answers} it has ended, at {course.state.place!r}; {choice!r} is left over."
    return message, "Delete what is left over, or choose otherwise above."


def _not_on_offer(course: Course, choice: str) -> tuple[str, str]:
    turn = course.state.place
    on_offer = offered(course.scenario, course.state)
    known = choice in course.scenario.turns[turn].responses
    what = f"{choice!r} is not on offer now: its `when` does not hold" if known else f"there is no response {choice!r}"
    hint = f"{did_you_mean(choice, on_offer)} {_on_offer(course)}"
    return f"Here it stands at the turn {turn!r}, and {what}.", hint.strip()


def _on_offer(course: Course) -> str:
    names = offered(course.scenario, course.state)
    return f"On offer there: {one_of(names)}." if names else "Nothing at all is on offer there."


def _ending(scenario: Scenario, course: Course, expectation: Expectation) -> Iterator[Failure]:
    wanted, came = expectation.ending, course.state.place
    if wanted is None or (course.state.ended and came == wanted):
        return
    if course.state.ended:
        hint = f"Choose otherwise, or write {came!r} here if that is as it should be."
        message = f"It ends at {came!r} ({scenario.endings[came].outcome}), not at {wanted!r}."
    else:
        hint = f"Add to `choose` what is said next, or leave out `ending`. {_on_offer(course)}"
        message = f"It has not ended: after the last choice it stands at the turn {came!r}."
    yield Failure(path=("ending",), message=message, hint=hint)


def _turns(course: Course, wanted: Sequence[str]) -> Iterator[Failure]:
    """At most one failure: the first turn that does not come after those before it in the list."""
    met = [given.turn_id for given in course.exchanges]
    if not course.state.ended:
        met.append(course.state.place)
    rest = iter(met)
    for index, turn in enumerate(wanted):
        if turn in rest:  # looks no further than to the first such turn
            continue
        missing = f"the turn {turn!r} is not met after {wanted[index - 1]!r}" if turn in met else f"{turn!r} is not met"
        yield Failure(
            path=("turns", str(index)),
            message=f"On this way {missing}.",
            hint=f"The turns met are {' > '.join(met)}.",
        )
        return


def _score(course: Course, skill: Rated, wanted: ScoreRange) -> Iterator[Failure]:
    tally = tally_of(course.scored, skill)
    if tally.moments == 0:
        yield Failure(
            path=("scores", skill),
            message=f"There is no score for {skill}: no turn on this way has responses on offer that differ in it.",
            hint="Choose a way on which it can be shown, or leave it out.",
        )
        return
    percent = Fraction(100 * tally.points, tally.offered)
    points = f"({tally.points} of {tally.offered} points)"
    hint = "Choose otherwise, or change the number if that is as it should be."
    if percent < wanted.at_least:
        message = f"{skill} comes to {_downwards(percent)} % {points}, less than {wanted.at_least}."
        yield Failure(path=("scores", skill, "at_least"), message=message, hint=hint)
    if percent > wanted.at_most:
        message = f"{skill} comes to {_upwards(percent)} % {points}, more than {wanted.at_most}."
        yield Failure(path=("scores", skill, "at_most"), message=message, hint=hint)


def _downwards(percent: Fraction) -> str:
    """With one decimal at the most, and never rounded up to what it falls short of."""
    return f"{floor(percent * 10) / 10:g}"


def _upwards(percent: Fraction) -> str:
    return f"{ceil(percent * 10) / 10:g}"
