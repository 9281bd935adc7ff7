"""What was missed comes back at fixed intervals: the state is replayed from all answers, and kept nowhere.

Fixed steps of 1, 3, 7, 14 and 30 days. Spaced practice is what helps; that intervals grow by some cleverer rule has
not been found to help more, so the rule is one that a trainee can say in a sentence (of this project).
"""

from collections.abc import Iterable

import msgspec

INTERVALS = (1, 3, 7, 14, 30)
"""Days until something comes back: the first after a miss, each next one after it was right when it was due."""


class Practised(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One answer: on which day (days are numbered one after the other), about which key, and whether right.

    A key is a marker, a kind of foil (or `none`), or a skill. `what` says what it was, for the reason.
    """

    day: int
    key: str
    right: bool
    what: str = ""


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was missed and comes back: on which day, since when, at which step, and how it was missed."""

    key: str
    due: int
    missed: int
    step: int
    what: str = ""


def waiting(answers: Iterable[Practised]) -> tuple[Waiting, ...]:
    """What comes back when, after these answers in their order; the soonest first.

    A wrong answer puts the key at the first step, from any other. A right one on or after the due day moves it on
    to the next interval, and after the last one it is gone; a right one before it is due changes nothing. A key that
    was never missed does not come back.
    """
    queue: dict[str, Waiting] = {}
    for answer in answers:
        if not answer.right:
            due = answer.day + INTERVALS[0]
            queue[answer.key] = Waiting(key=answer.key, due=due, missed=answer.day, step=0, what=answer.what)
        elif answer.key in queue and answer.day >= queue[answer.key].due:
            later = _moved_on(queue.pop(answer.key), answer.day)
            if later is not None:
                queue[answer.key] = later
    return tuple(sorted(queue.values(), key=lambda one: (one.due, one.key)))


def _moved_on(one: Waiting, day: int) -> Waiting | None:
    step = one.step + 1
    if step == len(INTERVALS):
        return None
    return Waiting(key=one.key, due=day + INTERVALS[step], missed=one.missed, step=step, what=one.what)


def due(queue: Iterable[Waiting], today: int) -> tuple[Waiting, ...]:
    """What is due today or was before, in the order given."""
    return tuple(one for one in queue if one.due <= today)
