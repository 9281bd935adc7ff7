"""Policies: ways of choosing that depend only on where a play stands. A new policy: one function, one line below.

Each gives every move of a situation a probability; equally good moves share theirs. Those that follow a cue of the
wording stand in `cues`. All of this project.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from alliance_trainer.core.vocabulary.skills import RATED, SKILLS, Rated

if TYPE_CHECKING:  # numpy costs 0.1 s, and only where arrays are made
    from alliance_trainer.analysis.moves import Array, Moves

Policy = Callable[["Moves"], "Array"]


def random(moves: "Moves") -> "Array":
    """Every response on offer is as likely as any other."""
    import numpy as np  # kept off the start-up path

    return 1.0 / np.repeat(moves.count, moves.count).astype(float)


def expert(moves: "Moves") -> "Array":
    """Always the response with the highest sum of ratings over the four skills."""
    return greedy(moves, moves.total)


def worst(moves: "Moves") -> "Array":
    """Always the response with the lowest sum: the defensive policy."""
    return greedy(moves, -moves.total)


def noisy(share: float) -> Policy:
    """The expert, who in this share of the turns picks at random."""

    def policy(moves: "Moves") -> "Array":
        return share * random(moves) + (1 - share) * expert(moves)

    return policy


def second_best(moves: "Moves") -> "Array":
    """Always the response with the next lower sum after the highest; the highest where all are equal."""
    import numpy as np  # kept off the start-up path

    highest = segment_max(moves, moves.total)[moves.source]
    lowest = int(moves.total.min(initial=0)) - 1
    below = np.where(moves.total < highest, moves.total, lowest)
    return greedy(moves, below)


def one_skill(skill: Rated) -> Policy:
    """Always the response that is rated highest for one skill; at random where the turn does not rate it."""

    def policy(moves: "Moves") -> "Array":
        return greedy(moves, ratings(moves, skill))

    return policy


POLICIES: dict[str, Policy] = {
    "random": random,
    "expert": expert,
    "noisy-10": noisy(0.10),
    "noisy-25": noisy(0.25),
    "noisy-50": noisy(0.50),
    "second-best": second_best,
    "defensive": worst,
    **{f"only-{skill}": one_skill(skill) for skill in SKILLS},
}
"""The policies that look at the ratings."""


def greedy(moves: "Moves", scores: "Array") -> "Array":
    """The moves with the highest score in their situation, in equal shares."""
    import numpy as np  # kept off the start-up path

    best = (scores >= segment_max(moves, scores)[moves.source]).astype(float)
    return best / np.bincount(moves.source, weights=best, minlength=moves.places)[moves.source]


def segment_max(moves: "Moves", scores: "Array") -> "Array":
    """For each place the highest score among its moves; 0 where it has none."""
    import numpy as np  # kept off the start-up path

    highest = np.zeros(moves.places, dtype=scores.dtype)
    going = moves.count > 0
    if going.any():
        highest[going] = np.maximum.reduceat(scores, moves.first[going])
    return highest


def ratings(moves: "Moves", skill: Rated) -> "Array":
    """For each move what it is rated for a skill; a missing rating counts as 0."""
    import numpy as np  # kept off the start-up path

    assert skill in RATED
    turns = moves.automaton.scenario.turns
    return np.array([turns[turn].responses[name].rates.get(skill, 0) for turn, name in moves.names], dtype=np.int64)


def by_response(moves: "Moves", scores: dict[tuple[str, str], float]) -> "Array":
    """The moves with the highest score in their situation, where scores are given by turn and response."""
    import numpy as np  # kept off the start-up path

    return greedy(moves, np.array([scores[name] for name in moves.names], dtype=float))
