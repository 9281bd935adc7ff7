"""What was noticed, held against what was there, in words for the comment and the debrief."""

from collections.abc import Iterable, Sequence

from alliance_trainer.core.attempt import NoticeAnswer
from alliance_trainer.core.model import Turn
from alliance_trainer.core.vocabulary.markers import MARKERS, MarkerId, RuptureType, rupture_type

_CALLED: dict[RuptureType, str] = {
    "none": "nothing special",
    "withdrawal": "withdrawal",
    "confrontation": "confrontation",
    "mixed": "both at once",
}


def signs(turn: Turn) -> str:
    """The markers of a turn in a few words each; empty where there are none."""
    return signs_of(_ids(turn))


def signs_of(markers: Iterable[MarkerId]) -> str:
    """The same for bare markers."""
    return ", ".join(MARKERS[marker].label for marker in markers)


def _ids(turn: Turn) -> tuple[MarkerId, ...]:
    return tuple(marker.id for marker in turn.markers)


def rupture_in_words(turn: Turn) -> str:
    """The rupture type with its markers, e.g. "withdrawal (gives in)"; "nothing special" without one."""
    return in_words(_ids(turn))


def in_words(markers: Sequence[MarkerId]) -> str:
    """The same for bare markers."""
    return f"{_CALLED[rupture_type(markers)]} ({signs_of(markers)})" if markers else _CALLED["none"]


def called(answer: NoticeAnswer) -> str:
    """What the trainee called it."""
    return _CALLED[answer]


def reading_of_notice(turn: Turn, answer: NoticeAnswer) -> str:
    """One line on an answer to "what do you notice?": a sign (+ = -), and the same in words."""
    return reading_of(_ids(turn), answer)


def reading_of(markers: Sequence[MarkerId], answer: NoticeAnswer) -> str:
    """The same for a moment with these markers."""
    truth = rupture_type(markers)
    if answer == truth:
        if truth == "none":
            return "+ you saw nothing special, and nothing was wrong here"
        return f"+ you called it {_CALLED[answer]}, and it was ({signs_of(markers)})"
    if truth == "none":
        return f"- you called it {_CALLED[answer]}; nothing was wrong between the two of you here"
    if answer == "none":
        return f"- you saw nothing special; it was {in_words(markers)}"
    return f"= you saw a rupture and called it {_CALLED[answer]}; it was {in_words(markers)}"
