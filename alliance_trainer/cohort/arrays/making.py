"""A piece in the making: what comes of the records of one shard, put together as columns."""

from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np

from alliance_trainer.cohort.arrays.columns import (
    COMPLETE,
    OTHER,
    STATUSES,
    VERSIONS,
    Array,
    Columns,
    joined,
    mode_of,
)
from alliance_trainer.cohort.arrays.keys import Keys, counted, keys_of
from alliance_trainer.cohort.arrays.parts import Mark, Piece, TargetRef
from alliance_trainer.cohort.arrays.times import times
from alliance_trainer.cohort.arrays.traces import trace_of
from alliance_trainer.cohort.result import NotScored, Refusal
from alliance_trainer.cohort.scoring.following import Followed
from alliance_trainer.cohort.scoring.scored import status_of
from alliance_trainer.cohort.scoring.tables import Walk
from alliance_trainer.cohort.scoring.targets import Target, Way

_FEW = 16

_T = TypeVar("_T")


class Numbers(dict[_T, int]):
    """Things counted in the order in which they are first met."""

    def __missing__(self, thing: _T) -> int:
        number = self[thing] = len(self)
        return number


class Taken(NamedTuple):
    """How much a piece in the making has of each."""

    columns: int
    one_by_one: dict[str, int]
    kinds: int
    refused: list[tuple[int, NotScored]]
    refusals: Counter[Refusal]


class Making:
    """What has come of a shard so far."""

    def __init__(self, listed: int) -> None:
        self.occasions: Numbers[str | None] = Numbers()
        self.lines = 0
        self.marks: list[Mark] = []
        self._targets: Numbers[str] = Numbers()
        self._refs: list[TargetRef] = []
        self._few: list[Columns] = []
        self._columns: list[Columns] = []
        self._long: dict[bytes, str] = {}
        self._one_by_one: dict[str, list[Any]] = {}
        self._kinds: list[int] = []
        self._listed = listed
        self._refused: list[tuple[int, NotScored]] = []
        self._refusals: Counter[Refusal] = Counter()

    def target(self, target: Target, asked: str | None, near: Path) -> int:
        """The number of a target."""
        number = self._targets[target.identity.sha256]
        if number == len(self._refs):
            scenario = target.automaton.scenario.id
            self._refs.append(TargetRef(scenario=scenario, sha256=target.identity.sha256, asked=asked, near=near))
        return number

    def array(self, keys: Keys) -> Array:
        """Ids or pseudonyms as they stand in the column, for the time being."""
        self._long |= keys.long
        return keys.array

    def many(self, columns: Columns) -> None:
        """Take in scored attempts."""
        self._few.append(columns)
        if len(self._few) >= _FEW:
            self._put_together()

    def _put_together(self) -> None:
        # Large arrays are given back to the system when they are joined at the end; small ones leave holes.
        if self._few:
            self._columns.append(joined(self._few))
        self._few = []

    def one(self, file: int, line: int | None, followed: Followed, number: int) -> None:
        """Take in one scored attempt; `number` is that of its target."""
        attempt, target, way = followed.attempt, followed.target, followed.way
        ending = target.automaton.ending_at(way.place) if isinstance(way, Walk) else _ending(way)
        status = STATUSES.index(status_of(attempt, ending, way.rewound))
        kinds = target.kinds_of(way) if status == COMPLETE else []
        cells = {
            "id": attempt.attempt,
            "trainee": attempt.trainee,
            "occasion": self.occasions[attempt.occasion],
            "started": attempt.started,
            "file": file,
            "line": line or 0,
            "target": number,
            "version": VERSIONS.index(target.version(attempt)),
            "status": status,
            "mode": OTHER if followed.packed else mode_of(attempt.mode, shared=attempt.shared),
            "ending": -1 if ending is None else target.automaton.endings.index(ending),
            "trace": trace_of(attempt.steps),
            "answers": len(kinds),
        }
        for name, cell in cells.items():
            self._one_by_one.setdefault(name, []).append(cell)
        self._kinds += kinds

    def refuse(self, file: int, entry: NotScored) -> None:
        """Take in what was not scored."""
        self._refusals[entry.kind] += 1
        self._refused.append((file, entry))
        if len(self._refused) > 2 * self._listed + 1000:
            self._refused = self._first_refused()

    def _first_refused(self) -> list[tuple[int, NotScored]]:
        self._refused.sort(key=lambda refused: (refused[0], refused[1].line or 0))
        return self._refused[: self._listed]

    def mark(self) -> "Taken":
        """How much has been taken in so far."""
        self._put_together()
        one_by_one = {name: len(cells) for name, cells in self._one_by_one.items()}
        return Taken(len(self._columns), one_by_one, len(self._kinds), list(self._refused), Counter(self._refusals))

    def back_to(self, taken: "Taken") -> None:
        """Forget what was taken in since."""
        self._few = []
        del self._columns[taken.columns :]
        for name, cells in self._one_by_one.items():
            del cells[taken.one_by_one.get(name, 0) :]
        del self._kinds[taken.kinds :]
        self._refused, self._refusals = taken.refused, taken.refusals

    def piece(self) -> Piece:
        """What it came to."""
        if (cells := self._one_by_one) and cells["id"]:
            keys = {name: self.array(keys_of(cells[name])) for name in ("id", "trainee")}
            more = keys | {"started": times(cells["started"])}
            self._few.append(Columns.of(**(cells | more), kinds=np.array(self._kinds, dtype=np.int64)))
        self._put_together()
        columns = joined(self._columns)
        trainees, columns.trainee = counted(columns.trainee)
        return Piece(
            columns=columns,
            lines=self.lines,
            marks=tuple(self.marks),
            trainees=Keys(trainees, self._long),
            occasions=tuple(self.occasions),
            targets=tuple(self._refs),
            long_ids=self._long,
            refused=tuple(self._first_refused()),
            refusals=self._refusals,
        )


def _ending(way: Way) -> str | None:
    assert not isinstance(way, Walk)
    return way.state.place if way.state.ended else None
