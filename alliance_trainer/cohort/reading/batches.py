"""Attempts from blocks of lines, some thousands at a time, as arrays: followed through their scenarios all at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec
import numpy as np

from alliance_trainer.cohort.arrays.columns import COMPLETE, STATUSES, Array, mode_of
from alliance_trainer.cohort.arrays.keys import Keys, keys_of
from alliance_trainer.cohort.refusals import facts_of
from alliance_trainer.cohort.scoring.routes import Routes, Whole
from alliance_trainer.core.attempt import Attempt, Step
from alliance_trainer.journal.attempt_blocks import FIRST, Block, Facts

ENOUGH = 1 << 12
"""A batch of so many attempts is followed: more would take more memory and be no faster."""

UNFINISHED = STATUSES.index("unfinished")

VERSION = ("scenario", "scenario_sha256", "scenario_graph", "scenario_text", "scenario_key")
"""The facts that say which version of which scenario was played."""

Version = tuple[str, str | None, str | None, str | None, str | None]
Own = Literal["attempt", "trainee", "started"]
"""The facts that differ from attempt to attempt."""

Versions = list[tuple[Version, int]]
"""What attempts say of the scenario: for so many attempts in a row the same."""

_FACTS = ("attempt", "trainee", "started", "occasion", "status", "mode", "shared")
_PLACES = {name: Facts.__struct_fields__.index(name) for name in (*_FACTS, *VERSION)}


@dataclass(eq=False, slots=True)
class Batch:
    """Attempts as they were read, and the lines they stand on."""

    facts: list[Facts] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    steps: bytearray = field(default_factory=bytearray)
    _cells: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in _FACTS})
    versions: Versions = field(default_factory=list)
    _runs: list[Whole] = field(default_factory=list)

    def add(self, line: int, block: Block) -> None:
        """Add what is on some lines, the first of them with this number."""
        self.facts += block.facts
        self.firsts += block.firsts
        self.steps += block.steps
        self._runs.append(np.arange(line, line + len(block.facts)))
        cells = list(zip(*map(msgspec.structs.astuple, block.facts), strict=True))
        for name in _FACTS:
            self._cells[name] += cells[_PLACES[name]]
        told = [cells[_PLACES[name]] for name in VERSION]
        if all(column.count(column[0]) == len(column) for column in told):
            self.versions.append((next(zip(*told, strict=True)), len(block.facts)))
        else:
            self.versions += [(version, 1) for version in zip(*told, strict=True)]

    def __len__(self) -> int:
        return len(self.facts)

    @property
    def lines(self) -> Whole:
        """The line of each attempt."""
        return np.concatenate(self._runs)

    def keys(self, name: Own) -> Keys:
        """Of each attempt its id, its trainee, or when it was started ("" if it does not say)."""
        cells = self._cells[name]
        return keys_of([cell or "" for cell in cells] if None in cells else cells)

    def occasions(self, numbers: Mapping[str | None, int]) -> Array:
        """The number of the occasion of each."""
        return np.fromiter(map(numbers.__getitem__, self._cells["occasion"]), dtype=np.int32, count=len(self))

    def declared(self) -> Array:
        """Which of them say that they are complete."""
        return np.fromiter(map("complete".__eq__, self._cells["status"]), dtype=bool, count=len(self))

    def modes(self) -> Array:
        """What the column `mode` says of each."""
        modes = self._cells["mode"]
        if modes.count(modes[0]) == len(modes) and modes[0] != "practice":  # as mostly
            return np.full(len(self), mode_of(modes[0], shared=False))
        found = (mode_of(mode, shared=shared) for mode, shared in zip(modes, self._cells["shared"], strict=True))
        return np.fromiter(found, dtype=np.uint8, count=len(self))

    def attempt(self, row: int) -> Attempt:
        """An attempt without its steps."""
        return facts_of(self.facts[row])

    def ways(self) -> "Ways":
        """The steps of all attempts."""
        numbers = np.frombuffer(self.steps, dtype=np.int32).astype(np.int64)
        starts = np.flatnonzero(numbers == FIRST)
        numbers[starts] = self.firsts
        return Ways(numbers=numbers, starts=starts, counts=np.diff(starts, append=len(numbers)))


@dataclass(frozen=True, kw_only=True, eq=False)
class Ways:
    """The numbers of the steps of attempts, one attempt behind the other: `counts` of each, from `starts` on."""

    numbers: Whole
    starts: Whole
    counts: Whole

    def steps_of(self, row: int) -> list[int]:
        """The numbers of one attempt's steps."""
        start = int(self.starts[row])
        numbers: list[int] = self.numbers[start : start + int(self.counts[row])].tolist()
        return numbers

    def of(self, rows: Whole) -> "Ways":
        """Those of some of the attempts, in order."""
        if len(rows) == len(self.starts):
            return self
        mask = np.zeros(len(self.starts), dtype=bool)
        mask[rows] = True
        counts = self.counts[rows]
        numbers = self.numbers[np.repeat(mask, self.counts)]
        return Ways(numbers=numbers, starts=np.cumsum(counts) - counts, counts=counts)


@dataclass(frozen=True, kw_only=True, eq=False)
class Outcome:
    """What following some attempts came to. `sound`: which of them need no closer look; the rest is of those."""

    sound: Whole
    status: Array
    ending: Array
    answers: Array
    kinds: Array


def follow(routes: Routes, steps: Sequence[Step], ways: Ways, declared: Array) -> Outcome:
    """Follow attempts through a scenario; `declared`: which of them say that they are complete.

    A closer look need those whose way is not legal, or comes to a turn twice, or has not ended where it should.
    """
    found = routes.follow(steps, ways.numbers, ways.starts, ways.counts)
    ended = found.place >= routes.first_ending
    good = found.legal & (ended | ~declared)
    if routes.loops:
        owner = np.repeat(np.arange(len(good)), ways.counts)
        good[routes.met_twice(owner, ways.numbers)] = False
    sound = np.flatnonzero(good)
    ended = ended[sound]
    complete = ended & declared[sound]
    counted = np.zeros(len(good), dtype=bool)
    counted[sound] = complete
    return Outcome(
        sound=sound,
        status=np.where(complete, COMPLETE, UNFINISHED),
        ending=np.where(ended, found.place[sound] - routes.first_ending, -1),
        answers=np.where(complete, ways.counts[sound], 0),
        kinds=found.kinds if counted.all() else found.kinds[np.repeat(counted, ways.counts)],
    )
