"""The answers of a course given again, by their ids, in another version of its scenario: how far they lead."""

from typing import Literal

import msgspec
from msgspec.structs import replace

from alliance_trainer.core import course as courses
from alliance_trainer.core import engine
from alliance_trainer.core.course import Course, Exchange
from alliance_trainer.core.model import Scenario


class Broken(msgspec.Struct, frozen=True, kw_only=True):
    """Why the place that was reached in the old version is not the one reached in the new.

    `turn` and `response` are the ids of the answer that is not on offer any more, or that leads elsewhere now;
    both are empty where no answer is to blame, because the beginning is another one.
    """

    why: Literal["not on offer", "leads elsewhere", "begins elsewhere"]
    turn: str = ""
    response: str = ""


class Retraced(msgspec.Struct, frozen=True, kw_only=True):
    """The course in the new version; `broken` is None where it stands at the same place as the old one."""

    course: Course
    broken: Broken | None = None


def retrace(old: Course, scenario: Scenario) -> Retraced:
    """Give the answers of a course again in another version of its scenario, as far as they are on offer.

    A course that began at its scenario's start begins at the new one's. Answers that were taken back are given and
    taken back again where the new version allows it, and left out where not. In the same version the course is
    the same. Raises IllegalStepError where the new version leads to a place that does not exist.
    """
    course = _begun(old, scenario)
    kept = 0
    for exchange in old.exchanges:
        there = _before(course, exchange)
        if there is not None:
            course = courses.answer(there, exchange.response_id, exchange.notice)
            kept += not exchange.undone
        elif not exchange.undone:
            break
    course = _at_depth(course, kept)
    return Retraced(course=replace(course, rewound=old.rewound), broken=_broken(old, course))


def _begun(old: Course, scenario: Scenario) -> Course:
    first = list(old.state.history())[-1].place
    usual = first == old.scenario.start or first not in scenario.turns
    return courses.begin(scenario, None if usual else first)


def _before(course: Course, exchange: Exchange) -> Course | None:
    """The course brought to where the exchange's answer can be given; None where it cannot."""
    if course.state.depth < exchange.number - 1:
        return None
    there = _at_depth(course, exchange.number - 1)
    fits = there.state.place == exchange.turn_id and exchange.response_id in engine.offered(there.scenario, there.state)
    return there if fits else None


def _at_depth(course: Course, depth: int) -> Course:
    """The course gone back to so many answers; itself where it stands there."""
    back = course.state.depth - depth
    return courses.back_to(course, list(course.state.history())[back]) if back else course


def _broken(old: Course, course: Course) -> Broken | None:
    kept = course.state.depth
    stands = course.state.place
    if kept < len(old.way) and old.way[kept].turn_id == stands:
        return Broken(why="not on offer", turn=stands, response=old.way[kept].response_id)
    if kept == len(old.way) and old.state.place == stands:
        return None
    if course.last is None:
        return Broken(why="begins elsewhere")
    return Broken(why="leads elsewhere", turn=course.last.turn_id, response=course.last.response_id)
