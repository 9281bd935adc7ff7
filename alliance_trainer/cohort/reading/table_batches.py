"""Attempts from a table of steps, some thousands at a time, as arrays."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import msgspec
import numpy as np

from alliance_trainer.cohort.arrays.columns import Array, mode_of
from alliance_trainer.cohort.arrays.keys import Keys
from alliance_trainer.cohort.reading.batches import VERSION, Own, Version, Versions, Ways
from alliance_trainer.cohort.scoring.routes import Whole
from alliance_trainer.core.attempt import Attempt


@dataclass(eq=False, kw_only=True, slots=True)
class TableBatch:
    """Attempts, their ways, and where they stand.

    `own` has the facts that differ from attempt to attempt, each with an entry for each attempt; `shared` those that
    many have in common, and `which` says for each attempt which of them are its own.
    """

    own: Mapping[Own, Keys]
    shared: list[dict[str, Any]]
    which: Whole
    told: Ways
    lines: Whole

    def __len__(self) -> int:
        return len(self.lines)

    def keys(self, name: Own) -> Keys:
        """Of each attempt its id, its trainee, or when it was started ("" if it does not say)."""
        return self.own[name]

    def occasions(self, numbers: Mapping[str | None, int]) -> Array:
        """The number of the occasion of each."""
        table = np.zeros(len(self.shared), dtype=np.int32)
        for place in np.flatnonzero(np.bincount(self.which)).tolist():
            table[place] = numbers[self.shared[place].get("occasion")]
        return table.take(self.which)

    def declared(self) -> Array:
        """Which of them say that they are complete."""
        complete = [facts.get("status") in (None, "complete") for facts in self.shared]
        return np.array(complete, dtype=bool).take(self.which)

    def modes(self) -> Array:
        """What the column `mode` says of each."""
        modes = [mode_of(facts.get("mode"), shared=bool(facts.get("shared"))) for facts in self.shared]
        return np.array(modes, dtype=np.uint8).take(self.which)

    @property
    def versions(self) -> Versions:
        """What the attempts say of the scenario."""
        told = [tuple(facts.get(name) for name in VERSION) for facts in self.shared]
        starts = np.flatnonzero(np.diff(self.which, prepend=-1))
        counts = np.diff(starts, append=len(self.which))
        runs = zip(self.which[starts].tolist(), counts.tolist(), strict=True)
        return [(cast("Version", told[number]), count) for number, count in runs]

    def ways(self) -> Ways:
        """The steps of all attempts."""
        return self.told

    def attempt(self, row: int) -> Attempt:
        """An attempt without its steps."""
        own = {name: keys.text(row) or None for name, keys in self.own.items()}
        told = {name: fact for name, fact in (self.shared[self.which[row]] | own).items() if fact is not None}
        return msgspec.convert(told | {"steps": ()}, Attempt)
