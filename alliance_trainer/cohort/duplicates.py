"""Attempts that are there more than once: found over all files by their ids."""

import numpy as np

from alliance_trainer.cohort.arrays.columns import Array, Columns
from alliance_trainer.cohort.arrays.keys import mixed


def first_of(columns: Columns) -> Array:
    """For each attempt the row of the first with its id; its own row where it is that. Rows are in order."""
    mix = mixed(columns.id)
    first = np.arange(len(columns), dtype=np.int32)
    in_order = np.sort(mix)
    if not (in_order[1:] == in_order[:-1]).any():
        return first
    order = np.argsort(mix, kind="stable")  # of equals the first row comes first
    alike = mix[order[1:]] == mix[order[:-1]]
    begins = np.concatenate(([True], ~alike))
    groups = np.cumsum(begins) - 1
    heads = order[begins][groups]
    same = columns.id[order] == columns.id[heads]
    first[order[same]] = heads[same]
    for row in order[~same].tolist():  # different ids with one number: next to never
        first[row] = np.flatnonzero(columns.id == columns.id[row])[0]
    return first


def is_repeated(columns: Columns, scenarios: Array, rows: Array, first: Array) -> Array:
    """Of rows whose id was there before, in row `first`: is it the same attempt, or another one?

    `scenarios` has for each target a number for its scenario. The same: trainee, scenario and answers are.
    """
    same: Array = columns.trainee[rows] == columns.trainee[first]
    same &= columns.trace[rows] == columns.trace[first]
    same &= scenarios[columns.target[rows]] == scenarios[columns.target[first]]
    return same
