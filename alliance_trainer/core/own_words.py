"""A trainee's own words beside an exchange: what they would have said first, and why they chose as they did."""

from collections.abc import Sequence

import msgspec

from alliance_trainer.core.course import Course, Exchange


class OwnWords(msgspec.Struct, frozen=True, kw_only=True):
    """Own words of one exchange; empty where nothing was written. Never scored."""

    said: str = ""
    reason: str = ""


NO_WORDS = OwnWords()


def beside(course: Course, words: Sequence[OwnWords]) -> tuple[tuple[Exchange, OwnWords], ...]:
    """Each exchange, those taken back among them, with its words; missing words at the end are none."""
    missing = (NO_WORDS,) * (len(course.exchanges) - len(words))
    return tuple(zip(course.exchanges, (*words, *missing), strict=False))
