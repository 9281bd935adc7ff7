"""Scored attempts as columns: some ninety bytes each, whatever the number of files they came from."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from alliance_trainer.cohort.scoring.scored import VersionNote
from alliance_trainer.core.attempt import Mode
from alliance_trainer.core.scoring import CardStatus

Array = NDArray[Any]

STATUSES: tuple[CardStatus, ...] = get_args(CardStatus)
VERSIONS: tuple[VersionNote, ...] = get_args(VersionNote)
COMPLETE = STATUSES.index("complete")

OTHER, SHARED, NOT_SHARED, ASSESSED = range(4)
"""What the column `mode` says: it is practice, which its trainee gave away or keeps; or an assessment, whose debrief
shows the key; or something else, such as an assessment from a pack, which shows nothing."""

_TYPES: dict[str, Any] = {
    "id": "S1",
    "trainee": np.int32,
    "occasion": np.int32,
    "started": np.int64,
    "file": np.int32,
    "line": np.int32,
    "target": np.int32,
    "version": np.uint8,
    "status": np.uint8,
    "mode": np.uint8,
    "ending": np.int16,
    "trace": np.uint64,
    "answers": np.uint16,
    "kinds": np.uint16,
}


@dataclass(kw_only=True, eq=False)
class Columns:
    """One entry an attempt, but for `kinds`, which has `answers` entries for each, one way after the other.

    `trainee`, `occasion` and `target` count in lists that lie elsewhere. `id`: see `keys`. `started`: see
    `times`. `line` from 1, 0 for a journal. `version` counts in VERSIONS, `status` in STATUSES, `ending` in the
    scenario's endings (-1: none). `mode`: see above. `trace`: see `traces`. `answers` and `kinds` (see
    `kinds.Kinds`) are of the scored answers of complete attempts; all others have none.
    """

    id: Array
    trainee: Array
    occasion: Array
    started: Array
    file: Array
    line: Array
    target: Array
    version: Array
    status: Array
    mode: Array
    ending: Array
    trace: Array
    answers: Array
    kinds: Array

    def __len__(self) -> int:
        return len(self.id)

    @classmethod
    def of(cls, **columns: Any) -> "Columns":
        """Columns from lists or arrays, in as few bytes as they need."""
        kinds = np.asarray(columns.pop("kinds"))
        wide = kinds.dtype.itemsize > 2 and bool((kinds >= 1 << 16).any())
        keys = {name: columns.pop(name) for name in ("id", "trainee")}
        made = {name: np.asarray(column, dtype=_TYPES[name]) for name, column in columns.items()}
        return cls(**keys, **made, kinds=kinds.astype(np.uint32 if wide else np.uint16))

    @classmethod
    def empty(cls) -> "Columns":
        """No attempts."""
        return cls(**{name: np.zeros(0, dtype=of) for name, of in _TYPES.items()})


def mode_of(mode: Mode | None, *, shared: bool) -> int:
    """What the column `mode` says of an attempt that is from no pack."""
    if mode == "practice":
        return SHARED if shared else NOT_SHARED
    return ASSESSED if mode == "assess" else OTHER


def joined(parts: Sequence[Columns]) -> Columns:
    """Columns one behind the other. The parts are left empty, so that never two copies of all are there."""
    if len(parts) == 1:
        return parts[0]
    made = {}
    for field in fields(Columns):
        pieces = [getattr(part, field.name) for part in parts]
        made[field.name] = np.concatenate(pieces) if pieces else np.zeros(0, dtype=_TYPES[field.name])
        for part in parts:
            setattr(part, field.name, None)
    return Columns(**made)
