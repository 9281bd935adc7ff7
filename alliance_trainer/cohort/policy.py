"""Which complete attempt of a trainee at a scenario is of record."""

from typing import Literal

import numpy as np

from alliance_trainer.cohort.arrays.columns import COMPLETE, NOT_SHARED, Array
from alliance_trainer.cohort.arrays.times import UNTOLD
from alliance_trainer.cohort.arrays.whole import Whole
from alliance_trainer.cohort.feedback import owners

Policy = Literal["first", "last", "best"]
"""By the time they were started, those without one behind the others, then by id. best: the greatest share of the
points of the four skills together, of equals the earlier one."""

POLICIES: tuple[Policy, ...] = ("first", "last", "best")


def of_record(whole: Whole, counted: Array, share: Array | None, policy: Policy) -> Array:
    """Which attempts are of record, among those `counted`: one of each trainee at each scenario.

    Practice that its trainee keeps is of record only where there is nothing else: it leaves the folder in no report
    and no export, and so the same attempts are of record in all of them.
    `share`: of each attempt the share of the points, -1 where nothing was on offer; needed for `best`.
    """
    columns = whole.columns
    rows = np.flatnonzero(counted & (columns.status == COMPLETE))
    owner = owners(whole)[rows]
    rows, owner = _with_precedence(columns.mode[rows] != NOT_SHARED, rows, owner)
    if policy != "best":  # of most owners one row is left, so that little has to be sorted
        outermost = _outermost(owner, columns.started[rows], np.minimum if policy == "first" else np.maximum)
        rows, owner = rows[outermost], owner[outermost]
    order = _by_time(whole, rows, owner)
    rows, owner = rows[order], owner[order]
    if policy == "best" and share is not None:
        # Stable: of those with the same share the earlier one stays in front.
        best = np.lexsort((-share[rows], owner))
        rows, owner = rows[best], owner[best]
    chosen = np.ones(len(rows), dtype=bool)
    if policy == "last":
        chosen[:-1] = owner[1:] != owner[:-1]
    else:
        chosen[1:] = owner[1:] != owner[:-1]
    record = np.zeros(len(columns), dtype=bool)
    record[rows[chosen]] = True
    return record


def _with_precedence(first: Array, rows: Array, owner: Array) -> tuple[Array, Array]:
    """The rows without those of an owner who has some that come first, and their owners."""
    if first.all():
        return rows, owner
    kept = first | ~np.isin(owner, owner[first])
    return rows[kept], owner[kept]


def _outermost(owner: Array, started: Array, of: np.ufunc) -> Array:
    """Which rows were started first (or last) of all of their owner's."""
    times = np.zeros(int(owner.max(initial=-1)) + 1, dtype=np.int64)
    times[owner] = started
    of.at(times, owner, started)
    outermost: Array = times[owner] == started
    return outermost


def _by_time(whole: Whole, rows: Array, owner: Array) -> Array:
    """The order by owner, then by time, then by id."""
    started = whole.columns.started[rows]
    order, same = _by_both(owner, started)
    if not same.any():
        return order
    begins = np.concatenate(([True], ~same))
    group = np.cumsum(begins) - 1
    tied = np.flatnonzero(np.bincount(group)[group] > 1)
    order[tied] = order[tied][_by_id(whole, rows[order[tied]], group[tied])]
    return order


def _by_both(owner: Array, started: Array) -> tuple[Array, Array]:
    """The order by owner, then by time; and which are equal in both to the one before.

    By one number for both where that fits, which is several times as fast.
    """
    told = started < UNTOLD
    since = int(started[told].min()) if told.any() else 0
    span = int(started[told].max()) - since + 2 if told.any() else 1
    if (int(owner.max(initial=0)) + 1) * span < 1 << 62:
        both = owner * span + np.where(told, started - since, span - 1)
        order = np.argsort(both)
        both = both[order]
        return order, both[1:] == both[:-1]
    order = np.lexsort((started, owner))
    owner, started = owner[order], started[order]
    return order, (owner[1:] == owner[:-1]) & (started[1:] == started[:-1])


def _by_id(whole: Whole, rows: Array, group: Array) -> Array:
    """The order by group, then by id."""
    ids = whole.columns.id[rows]
    if not whole.long_ids:
        return np.lexsort((ids, group))
    names = [(number, whole.id_of(row)) for number, row in zip(group.tolist(), rows.tolist(), strict=True)]
    return np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.int64)
