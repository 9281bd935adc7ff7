"""What practice adds to a debrief as plain data: own words, turns tried again, how hard it was."""

from collections.abc import Iterable, Sequence
from typing import Any

from alliance_trainer.core.course import Course
from alliance_trainer.core.own_words import NO_WORDS, OwnWords, beside
from alliance_trainer.core.pitch import FeltAnswer
from alliance_trainer.core.second_tries import SecondTry, Way

Data = dict[str, Any]


def practice_data(
    course: Course, words: Sequence[OwnWords], tries: Iterable[SecondTry], felt: FeltAnswer | None
) -> Data:
    """Keys beside those of the scorecard: `words`, `tried_again`, `felt`. None of it is scored.

    In `words` an empty text was not given. Levels of the alliance go from 0 to 100.
    """
    told = [
        {"turn": exchange.turn_id, "said": own.said, "reason": own.reason}
        for exchange, own in beside(course, words)
        if own != NO_WORDS
    ]
    return {"words": told, "tried_again": list(map(_tried, tries)), "felt": felt}


def _tried(one: SecondTry) -> Data:
    return {
        "branch": one.branch,
        "turn": one.turn_id,
        "number": one.number,
        "finished": one.finished,
        "first": _way(one.first),
        "again": _way(one.again),
    }


def _way(way: Way) -> Data:
    return {"response": way.response, "own_words": way.own_words, "levels": list(way.levels), "end": way.end}
