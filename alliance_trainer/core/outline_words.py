"""The marks of a scenario in words, for those who read it: markers, ratings, effects, outcomes, harm."""

from alliance_trainer.core.course import total
from alliance_trainer.core.effects import changes_of
from alliance_trainer.core.model import Ending, Expectation, Marker, Response, Turn
from alliance_trainer.core.reading import rupture_in_words
from alliance_trainer.core.vocabulary.markers import MARKERS
from alliance_trainer.core.vocabulary.outcomes import OUTCOME_MEANINGS
from alliance_trainer.core.vocabulary.skills import RATED, SKILLS, Rated
from alliance_trainer.core.vocabulary.strategies import STRATEGIES, RepairKind, StrategyId

CLARITY_WORDS = {1: "hardly to be seen", 2: "faint", 3: "fairly clear", 4: "clear", 5: "plain to see"}
"""How clear a marker is."""

SIGNIFICANCE_WORDS = {1: "hardly matters", 2: "matters a little", 3: "matters", 4: "matters much", 5: "matters most"}
"""How much a marker matters."""

HARM_WORDS = {1: "1: plausibly worsens the rupture", 2: "2: a breach"}
"""What a response that does harm does."""

REPAIR_WORDS: dict[RepairKind, str] = {
    "immediate": "can be repaired at once",
    "exploratory": "needs exploring",
    "either": "can be repaired at once or by exploring",
}
"""What the rupture of a scenario needs."""

NO_RUPTURE = "none: nothing is wrong here"
"""What is marked at a turn without markers."""

LEFT_OUT = "-"
"""Stands for a skill that the turn calls for and this response does not rate: it counts as 0."""


def rupture_word(turn: Turn) -> str:
    """The rupture type with its markers in a few words each, or that nothing is wrong."""
    return rupture_in_words(turn) if turn.markers else NO_RUPTURE


def marker_in_words(marker: Marker) -> str:
    """A marker with its meaning, and how clear it is and how much it matters."""
    kind = MARKERS[marker.id]
    clarity = f"{CLARITY_WORDS[marker.clarity]} ({marker.clarity} of 5)"
    significance = f"{SIGNIFICANCE_WORDS[marker.significance]} ({marker.significance} of 5)"
    return f"{kind.label} ({marker.id}; {kind.type}): {clarity}, {significance}"


def asked_in_words(turn: Turn) -> str:
    """Whether the trainee is asked what they notice; empty where it is, as nearly everywhere."""
    return "" if turn.notice else "the trainee is not asked here what they notice"


def ratings_in_words(turn: Turn, response: Response) -> str:
    """The ratings for each skill that the turn calls for, and their sum over the four skills."""
    called = [skill for skill in RATED if any(skill in other.rates for other in turn.responses.values())]
    if not called:
        return "none: this turn is not scored"
    four = [f"{skill} {_rating(response, skill)}" for skill in called if skill in SKILLS]
    further = [f"{skill} {_rating(response, skill)}" for skill in called if skill not in SKILLS]
    parts = [f"{', '.join(four)} (sum {total(response):+d})"] if four else []
    return "; ".join([*parts, *([f"further: {', '.join(further)}"] if further else [])])


def _rating(response: Response, skill: Rated) -> str:
    rating = response.rates.get(skill)
    if rating is None:
        return LEFT_OUT
    return f"{rating:+d}" if rating else "0"


def strategy_in_words(strategy: StrategyId) -> str:
    """What a resolution strategy does, with its id."""
    return f"{STRATEGIES[strategy].meaning} ({strategy})"


def changes_in_words(response: Response) -> str:
    """What a response moves, and whether by its own effects or by the default rule."""
    moved = ", ".join(f"{name} {change:+d}" for name, change in changes_of(response).items() if change)
    rule = " (by the default rule)" if response.effects is None else ""
    return f"{moved or 'nothing moves'}{rule}"


def outcome_in_words(ending: Ending) -> str:
    """The outcome of an ending, what it means, and what it is worth."""
    return f"{ending.outcome}: {OUTCOME_MEANINGS[ending.outcome]} ({ending.value} of 4)"


def expectation_in_words(test: Expectation) -> str:
    """A way through the scenario that `check` plays, and what must come of it."""
    wanted = [f"ends at {test.ending}"] if test.ending else []
    wanted += [f"meets {', '.join(test.turns)}"] if test.turns else []
    wanted += [f"{skill} {asked.at_least} to {asked.at_most} %" for skill, asked in test.scores.items()]
    return f"{', '.join(test.choose)}: {'; '.join(wanted) or 'can be played'}"
