"""Attempts from blocks of lines, some thousands at a time, as arrays: followed through their scenarios all at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import msgspec
import numpy as np

from alliance_trainer.cohort.columns import COMPLETE, STATUSES, Array
from alliance_trainer.cohort.refusals import facts_of
from alliance_trainer.cohort.routes import Routes, Whole
from alliance_trainer.core.attempt import Attempt, Step
from alliance_trainer.journal.attempt_blocks import FIRST, Block, Facts

ENOUGH = 1 << 12
"""A batch of so many attempts is followed: more would take more memory and be no faster."""

UNFINISHED = STATUSES.index("unfinished")

VERSION = ("scenario", "scenario_sha256", "scenario_graph", "scenario_text", "scenario_key")
"""The facts that say which version of which scenario was played."""

Version = tuple[str, str | None, str | None, str | None, str | None]
Versions = list[tuple[Version, int]]
"""What attempts say of the scenario: for so many attempts in a row the same."""

_FACTS = ("attempt", "trainee", "occasion", "started", "status")
_PLACES = {name: Facts.__struct_fields__.index(name) for name in (*_FACTS, *VERSION)}


@dataclass(eq=False, slots=True)
class Batch:
    """Attempts as they were read, and the lines they stand on.

    `columns`: of each fact a list with an entry for each attempt; some are None.
    """

    facts: list[Facts] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    steps: bytearray = field(default_factory=bytearray)
    columns: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in _FACTS})
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
            self.columns[name] += cells[_PLACES[name]]
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


@dataclass(eq=False, kw_only=True, slots=True)
class TableBatch:
    """Attempts from a table, their ways, and where they stand.

    `cells` has the facts that differ from attempt to attempt, by column; `shared` those that many have in common, and
    `which` says for each attempt which of them are its own.
    """

    cells: dict[str, list[Any]]
    shared: list[dict[str, Any]]
    which: Whole
    told: Ways
    lines: Whole

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def columns(self) -> dict[str, list[Any]]:
        """Of each fact a list with an entry for each attempt; some are None."""
        return {name: self.cells.get(name) or self._shared(name) for name in _FACTS}

    def _shared(self, name: str) -> list[Any]:
        usual = "complete" if name == "status" else None
        values = [facts.get(name) or usual for facts in self.shared]
        return list(map(values.__getitem__, self.which.tolist()))

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
        own = {name: cells[row] for name, cells in self.cells.items()}
        told = {name: fact for name, fact in (self.shared[self.which[row]] | own).items() if fact is not None}
        return msgspec.convert(told | {"steps": ()}, Attempt)


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
    counted = np.zeros(len(good), dtype=bool)
    counted[sound] = ended
    return Outcome(
        sound=sound,
        status=np.where(ended, COMPLETE, UNFINISHED),
        ending=np.where(ended, found.place[sound] - routes.first_ending, -1),
        answers=np.where(ended, ways.counts[sound], 0),
        kinds=found.kinds[np.repeat(counted, ways.counts)],
    )
