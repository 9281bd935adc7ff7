"""Attempts from a table of steps whose rows stand in any order, as arrays: grouped by the attempts' ids."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from alliance_trainer.cohort.arrays.columns import Array
from alliance_trainer.cohort.arrays.keys import keys_of
from alliance_trainer.cohort.reading.batches import Ways
from alliance_trainer.cohort.reading.step_codes import StepCodes
from alliance_trainer.cohort.reading.steps_table import OWN, SHARED, StepsTable
from alliance_trainer.cohort.reading.table_batches import TableBatch
from alliance_trainer.journal.attempt_lines import MAX_NAME, MAX_STEPS

_TOGETHER = 4_000_000  # so many rows at a time, some 100 MB of them
_ALL_FACTS = f"hash({', '.join((*OWN[1:], *SHARED))})"
_FINE = " AND ".join(
    [
        *(f"length(any_value({name})) BETWEEN 1 AND {MAX_NAME}" for name in ("attempt", "trainee", "scenario")),
        "coalesce(any_value(status), 'complete') IN ('complete', 'unfinished', 'abandoned')",
        "coalesce(any_value(started), '-') <> ''",
        "coalesce(any_value(mode), 'assess') IN ('practice', 'assess')",
        f"min({_ALL_FACTS}) = max({_ALL_FACTS})",
        f"count(*) <= {MAX_STEPS}",
    ]
)
_ONCE = ", ".join(f"any_value({name}) AS {name}" for name in OWN if name != "attempt")


def scattered(table: StepsTable, codes: StepCodes) -> Iterator[tuple[TableBatch, list[int]]]:
    """The attempts, some at a time; with the numbers of those that need a closer look (see `StepsTable.records`)."""
    shared = _shared(table)
    parts = table.rows // _TOGETHER + 1
    for part in range(parts):
        where = f"WHERE hash(attempt) % {parts} = {part}" if parts > 1 else ""
        facts = table.numpy(
            f"SELECT attempt, {_ONCE}, hash(attempt) AS key, count(*) AS steps, min(line) AS line, "
            f"any_value(hash({', '.join(SHARED)})) AS common, coalesce({_FINE}, false) AS fine "
            f"FROM told {where} GROUP BY attempt"
        )
        steps = table.numpy(
            f"SELECT hash(attempt) AS key, coalesce(step, -1)::INTEGER AS step, {codes.column} AS code "
            f"FROM told {where}"
        )
        yield _batch(facts, shared, steps, codes)


def _shared(table: StepsTable) -> dict[int, dict[str, Any]]:
    """The facts that many attempts have in common, by a number for them; none where a number is not enough."""
    names = ", ".join(SHARED)
    rows = table.tuples(f"SELECT hash({names}), {names} FROM (SELECT DISTINCT {names} FROM told)")
    shared = {number: dict(zip(SHARED, cells, strict=True)) for number, *cells in rows}
    return shared if len(shared) == len(rows) else {}


def _batch(
    facts: dict[str, Any], shared: Mapping[int, dict[str, Any]], steps: dict[str, Any], codes: StepCodes
) -> tuple[TableBatch, list[int]]:
    """The attempts of some rows. Of those that need a closer look only the numbers are given."""
    order = np.argsort(facts["key"], kind="stable")
    keys, sizes, lines = facts["key"][order], facts["steps"][order], facts["line"][order]
    key, step, code = _by_attempt(steps)
    starts = np.flatnonzero(np.concatenate((np.ones(min(len(key), 1), dtype=bool), key[1:] != key[:-1])))
    counts = np.diff(starts, append=len(key))
    at = np.searchsorted(keys, key[starts])
    number = codes.numbers(code)
    odd = number < 0
    odd[1:] |= (step[1:] == step[:-1]) & (key[1:] == key[:-1])
    odd |= step < 0
    # Where rows do not agree on the facts, or two attempts share a key, the sizes differ from what was counted.
    numbers = np.sort(np.array(list(shared), dtype=np.uint64))
    fine = facts["fine"][order][at] & bool(shared) & (sizes[at] == counts) & ~np.logical_or.reduceat(odd, starts)
    good = np.flatnonzero(fine)
    careful = np.ones(len(keys), dtype=bool)
    careful[at[good]] = False
    rows = order[at[good]]
    batch = TableBatch(
        own={name: keys_of([cell or "" for cell in facts[name][rows].tolist()]) for name in OWN},
        shared=[shared[number] for number in numbers.tolist()],
        which=np.searchsorted(numbers, np.asarray(facts["common"])[rows]),
        told=Ways(numbers=number, starts=starts, counts=counts).of(good),
        lines=lines[at[good]],
    )
    return batch, lines[careful].tolist()


def _by_attempt(steps: dict[str, Any]) -> tuple[Array, Array, Array]:
    """Keys, step numbers and codes, attempt by attempt and step by step."""
    key, step, code = (np.asarray(steps[name]) for name in ("key", "step", "code"))
    order = np.lexsort((step, key))
    return key[order], step[order], code[order]
