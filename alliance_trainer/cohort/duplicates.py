"""Attempts that are there more than once: found over all files by their ids."""

import numpy as np

from alliance_trainer.cohort.arrays.columns import COMPLETE, Array, Columns
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


def that_counts(columns: Columns, scenarios: Array, first: Array) -> Array:
    """For each attempt the row of the one with its id that counts: the first, or the first complete copy of that.

    A record that was collected while its attempt went on comes before the whole one as often as behind it.
    `scenarios` has for each target a number for its scenario.
    """
    rows = np.flatnonzero((first != np.arange(len(first))) & (columns.status == COMPLETE))
    rows = rows[(columns.status[first[rows]] != COMPLETE) & _of_same(columns, scenarios, rows, first[rows])]
    heads, at = np.unique(first[rows], return_index=True)
    counts: Array = np.arange(len(first), dtype=first.dtype)
    counts[heads] = rows[at]
    return counts.take(first)


def is_repeated(columns: Columns, scenarios: Array, rows: Array, first: Array) -> Array:
    """Of rows whose id is that of the attempt in row `first`: is it the same attempt, or another one?

    The same: trainee, scenario and answers are; or it is of the same trainee and scenario, and was not finished yet.
    """
    unfinished = (columns.status[rows] != COMPLETE) & (columns.status[first] == COMPLETE)
    same: Array = _of_same(columns, scenarios, rows, first)
    same &= unfinished | (columns.trace[rows] == columns.trace[first])
    return same


def _of_same(columns: Columns, scenarios: Array, rows: Array, others: Array) -> Array:
    """Which attempts are of the same trainee at the same scenario as others."""
    same: Array = columns.trainee[rows] == columns.trainee[others]
    same &= scenarios[columns.target[rows]] == scenarios[columns.target[others]]
    return same
