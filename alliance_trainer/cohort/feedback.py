"""Attempts made after feedback: their trainee had been told before what is keyed in the same scenario."""

import numpy as np

from alliance_trainer.cohort.arrays.columns import ASSESSED, COMPLETE, NOT_SHARED, SHARED, Array, Columns
from alliance_trainer.cohort.arrays.times import UNTOLD
from alliance_trainer.cohort.arrays.whole import Whole

_GAPS = 8  # so many times as many numbers as attempts may be left out before they are counted anew


def owners(whole: Whole) -> Array:
    """For each attempt a number for its trainee and scenario, from 0 on."""
    trainee, scenarios = whole.columns.trainee.astype(np.int64), whole.scenarios
    owner = trainee * (len(scenarios) + 1) + scenarios.take(whole.columns.target)
    if int(owner.max(initial=0)) > _GAPS * len(owner):
        return np.unique(owner, return_inverse=True)[1]
    return owner


def after_feedback(whole: Whole, counted: Array) -> Array:
    """Which attempts were started after one that told its trainee what is keyed, among those `counted`.

    Nobody recorded what was seen; so this is known only where both are among the attempts, and say when they began.
    """
    columns = whole.columns
    told = counted & (columns.started < UNTOLD)
    telling = told & _telling(columns)
    if not telling.any():
        return np.zeros(len(columns), dtype=bool)
    owner = owners(whole)
    since = np.full(int(owner.max()) + 1, UNTOLD, dtype=np.int64)
    np.minimum.at(since, owner[telling], columns.started[telling])
    found: Array = told & (columns.started > since[owner])
    return found


def _telling(columns: Columns) -> Array:
    """Which attempts tell what is keyed: in practice after each answer, in an assessment from no pack at its end."""
    practice = (columns.mode == SHARED) | (columns.mode == NOT_SHARED)
    answered = columns.trace > 0  # without answers the trace is 0
    found: Array = (practice & answered) | ((columns.mode == ASSESSED) & (columns.status == COMPLETE))
    return found
