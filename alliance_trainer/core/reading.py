"""What was noticed, held against what was there, in words for the comment and the debrief."""

from alliance_trainer.core.attempt import NoticeAnswer
from alliance_trainer.core.model import Turn
from alliance_trainer.core.vocabulary.markers import MARKERS, RuptureType

_CALLED: dict[RuptureType, str] = {
    "none": "nothing special",
    "withdrawal": "withdrawal",
    "confrontation": "confrontation",
    "mixed": "both at once",
}


def signs(turn: Turn) -> str:
    """The markers of a turn in a few words each; empty where there are none."""
    return ", ".join(MARKERS[marker.id].label for marker in turn.markers)


def rupture_in_words(turn: Turn) -> str:
    """The rupture type with its markers, e.g. "withdrawal (gives in)"; "nothing special" without one."""
    return f"{_CALLED[turn.rupture]} ({signs(turn)})" if turn.markers else _CALLED["none"]


def called(answer: NoticeAnswer) -> str:
    """What the trainee called it."""
    return _CALLED[answer]


def reading_of_notice(turn: Turn, answer: NoticeAnswer) -> str:
    """One line on an answer to "what do you notice?": a sign (+ = -), and the same in words."""
    truth = turn.rupture
    if answer == truth:
        if truth == "none":
            return "+ you saw nothing special, and nothing was wrong here"
        return f"+ you called it {_CALLED[answer]}, and it was ({signs(turn)})"
    if truth == "none":
        return f"- you called it {_CALLED[answer]}; nothing was wrong between the two of you here"
    if answer == "none":
        return f"- you saw nothing special; it was {rupture_in_words(turn)}"
    return f"= you saw a rupture and called it {_CALLED[answer]}; it was {rupture_in_words(turn)}"
