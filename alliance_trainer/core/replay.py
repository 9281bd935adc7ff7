"""The steps of an attempt played again through the engine: is each legal, and where does it lead."""

from collections.abc import Sequence
from typing import Literal

from alliance_trainer.core import course as courses
from alliance_trainer.core.attempt import NoticeAnswer, Step
from alliance_trainer.core.course import Course
from alliance_trainer.core.errors import IllegalStepError
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.recognition import NOTICE_ANSWERS

Status = Literal["complete", "unfinished", "abandoned"]

_OTHER_VERSION = "The record may belong to another version of the scenario; it is left as it is."


def replay(scenario: Scenario, steps: Sequence[Step], status: Status = "complete") -> Course:
    """Play the steps again, from the scenario's start.

    A rewind is legal at any moment, also from an ending. Where the status says unfinished or abandoned the
    way may stop anywhere, also at an ending.
    Raises IllegalStepError naming the step, counted from 1: a turn where the play does not stand, a response
    that is unknown or not on offer, an unknown notice answer, a step after the end, a rewind to a turn not
    met; and where the status says complete but the way does not end.
    """
    course = courses.begin(scenario)
    for number, step in enumerate(steps, start=1):
        try:
            course = _after(course, step)
        except IllegalStepError as error:
            raise IllegalStepError(f"step {number}: {error.message}", error.hint or _OTHER_VERSION) from error
    if status == "complete" and not course.state.ended:
        raise IllegalStepError(
            f"the attempt is marked complete, but after step {len(steps)} it stands at {course.state.place!r}"
            " and has not ended",
            "Mark it unfinished if it is to be scored as far as it goes.",
        )
    return course


def _after(course: Course, step: Step) -> Course:
    match step:
        case Step(rewind=str(turn), response=None):
            return courses.go_back(course, turn)
        case Step(turn=str(turn), response=str(response), rewind=None):
            return _answered(course, turn, response, step.notice)
        case Step(rewind=str()):
            raise IllegalStepError("it is a rewind and an answer at once")
        case _:
            raise IllegalStepError("it names no turn and response, and no rewind")


def _answered(course: Course, turn: str, response: str, notice: NoticeAnswer | None) -> Course:
    state = course.state
    if state.ended or state.place != turn:
        stands = "the attempt has ended" if state.ended else "the attempt is"
        raise IllegalStepError(f"{stands} at {state.place!r}, the record says {turn!r}")
    if notice is not None and notice not in NOTICE_ANSWERS:
        raise IllegalStepError(
            f"{notice!r} is no answer to 'what do you notice?'",
            f"One of {', '.join(NOTICE_ANSWERS)} is expected, or nothing where it was skipped.",
        )
    return courses.answer(course, response, notice)
