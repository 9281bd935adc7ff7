"""Attempts made after feedback: their trainee had answered in practice at the same scenario before, where each answer
is followed by a comment."""

import numpy as np

from alliance_trainer.cohort.arrays.columns import Array
from alliance_trainer.cohort.arrays.times import UNTOLD
from alliance_trainer.cohort.arrays.whole import Whole


def owners(whole: Whole) -> Array:
    """For each attempt a number for its trainee and scenario."""
    trainee, scenarios = whole.columns.trainee.astype(np.int64), whole.scenarios
    return trainee * (len(scenarios) + 1) + scenarios.take(whole.columns.target)


def after_feedback(whole: Whole, counted: Array) -> Array:
    """Which attempts were started after one in practice, among those `counted`, with at least one answer.

    Nobody recorded what was seen; so this is known only where both are among the attempts, and say when they began.
    """
    columns = whole.columns
    told = columns.started < UNTOLD
    with_comments = counted & told & (columns.practice > 0) & (columns.trace > 0)  # without answers the trace is 0
    found = np.zeros(len(columns), dtype=bool)
    if not with_comments.any():
        return found
    people, owner = np.unique(owners(whole), return_inverse=True)
    since = np.full(len(people), UNTOLD, dtype=np.int64)
    np.minimum.at(since, owner[with_comments], columns.started[with_comments])
    found[:] = counted & told & (columns.started > since[owner])
    return found
