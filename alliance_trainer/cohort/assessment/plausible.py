"""Remarks on attempts that somebody should look at; none of them shows anything by itself."""

from collections.abc import Callable, Mapping, Sequence

from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.course import Course
from alliance_trainer.journal.events import Pause
from alliance_trainer.journal.interchange import clock_steps_back
from alliance_trainer.journal.scan import Records, is_finished

MILLISECONDS_PER_SIGN = 10
"""Nobody reads 200 characters in under 2 seconds (of this project)."""

SAME_FROM = 5
"""Ways of fewer answers than this are alike too often by chance to be remarked on."""

Played = Mapping[str, Attempt]
"""Attempts by the name that remarks call them by: the file they lie in."""


def hurried(course: Course, attempt: Attempt) -> str | None:
    """Whether answers came before the lines on offer can have been read."""
    times = [step.ms for step in attempt.steps if step.response is not None]
    timed = [
        (time, sum(len(response.says) for response in exchange.offered.values()))
        for time, exchange in zip(times, course.exchanges, strict=True)
        if time is not None
    ]
    fast = sum(time < signs * MILLISECONDS_PER_SIGN for time, signs in timed)
    if not fast:
        return None
    return f"{fast} of {len(timed)} answers came faster than the lines can be read (under 2 s per 200 characters)"


def of_record(records: Records) -> list[str]:
    """What a journal tells of how it came about."""
    said = []
    pauses = sum(isinstance(record.event, Pause) for record in records)
    if pauses:
        said.append(f"it was left and gone on with {'once' if pauses == 1 else f'{pauses} times'}")
    if clock_steps_back(records):
        said.append("the clock was set back while it was played")
    if not is_finished(records):
        said.append("it is not finished, so it has no receipt")
    return said


def among(played: Played) -> dict[str, list[str]]:
    """What is remarkable about attempts beside each other, by the name of each."""
    said: dict[str, list[str]] = {name: [] for name in played}
    for name, others in _alike(played, _way).items():
        strangers = [other for other in others if played[other].trainee != played[name].trainee]
        if strangers:
            said[name].append(f"the same answers, from the first to the last, are in {_listed(strangers)}")
    for name, others in _alike(played, lambda attempt: (attempt.trainee, attempt.scenario)).items():
        if others:
            said[name].append(f"{played[name].trainee} also played this scenario in {_listed(others)}")
    for name, others in _alike(played, lambda attempt: attempt.attempt).items():
        if others:
            said[name].append(f"an attempt with the same id is in {_listed(others)}")
    return said


def _way(attempt: Attempt) -> object:
    """What was noticed and said, without the time it took; for a short way something that no other has."""
    answers = [step for step in attempt.steps if step.response is not None]
    if len(answers) < SAME_FROM:
        return object()
    return (attempt.scenario, *((step.turn, step.notice, step.response) for step in answers))


def _alike(played: Played, sign: Callable[[Attempt], object]) -> dict[str, list[str]]:
    groups: dict[object, list[str]] = {}
    for name, attempt in played.items():
        groups.setdefault(sign(attempt), []).append(name)
    return {name: [other for other in group if other != name] for group in groups.values() for name in group}


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:3])
    return f"{shown} and {len(names) - 3} more" if len(names) > 3 else shown
