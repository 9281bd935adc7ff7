"""A batch of attempts settled: each followed through its scenario, and taken in as columns."""

from collections.abc import Iterator

import msgspec
import numpy as np

from alliance_trainer.cohort.arrays.columns import VERSIONS, Array, Columns
from alliance_trainer.cohort.arrays.making import Making, Numbers
from alliance_trainer.cohort.arrays.times import times_of
from alliance_trainer.cohort.arrays.traces import step_trace, traces_of
from alliance_trainer.cohort.reading.batches import Batch, Outcome, Version, Versions, Ways, follow
from alliance_trainer.cohort.reading.shards import Source
from alliance_trainer.cohort.reading.table_batches import TableBatch
from alliance_trainer.cohort.scoring.targets import Target, Targets
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.journal.attempt_blocks import BlockReader


class Settler:
    """Takes in batches whose steps are those of a reader."""

    def __init__(self, making: Making, targets: Targets, reader: BlockReader) -> None:
        self._making = making
        self._targets = targets
        self._reader = reader
        self._traces = np.zeros(0, dtype=np.uint64)

    def settle(self, batch: Batch | TableBatch, source: Source) -> Iterator[tuple[int, Attempt]]:
        """Take in the attempts of a batch; those that need a closer look are given back, with their lines.

        They are as they were told, but for the times of the answers.
        """
        if not len(batch):
            return
        ways, lines, declared = batch.ways(), batch.lines, batch.declared()
        whole = self._columns(batch, ways) | {"line": lines.astype(np.int32)}
        sound = np.zeros(len(batch), dtype=bool)
        for target, rows in self._targets_of(batch.versions, source):
            if target.routes is not None:
                found = follow(target.routes, self._reader.steps, ways.of(rows), declared[rows])
                taken = rows[found.sound]
                sound[taken] = True
                all_of_them = len(taken) == len(batch)
                some = whole if all_of_them else {name: column[taken] for name, column in whole.items()}
                self._making.many(self._sound(some, batch.attempt(int(rows[0])), target, found, source))
        for row in np.flatnonzero(~sound).tolist():
            steps = [self._reader.steps[number] for number in ways.steps_of(row)]
            yield int(lines[row]), msgspec.structs.replace(batch.attempt(row), steps=tuple(steps))

    def _columns(self, batch: Batch | TableBatch, ways: Ways) -> dict[str, Array]:
        """The columns that do not depend on the scenario."""
        making, steps = self._making, self._reader.steps
        more = [step_trace(step) for step in steps[len(self._traces) :]]
        self._traces = np.concatenate((self._traces, np.array(more, dtype=np.uint64)))
        return {
            "id": making.array(batch.keys("attempt")),
            "trainee": making.array(batch.keys("trainee")),
            "occasion": batch.occasions(making.occasions),
            "mode": batch.modes(),
            "started": times_of(batch.keys("started")),
            "trace": traces_of(self._traces, ways.numbers, ways.starts, ways.counts),
        }

    def _targets_of(self, versions: Versions, source: Source) -> Iterator[tuple[Target, Array]]:
        """The targets, each with the rows of its attempts; those without one are left out."""
        distinct: Numbers[Version] = Numbers()
        which = np.repeat([distinct[version] for version, _ in versions], [count for _, count in versions])
        for (scenario, sha256, *_), number in distinct.items():
            target = self._targets.find(scenario, sha256, source.path)
            if isinstance(target, Target):
                yield target, np.flatnonzero(which == number)

    def _sound(self, some: dict[str, Array], one: Attempt, target: Target, found: Outcome, source: Source) -> Columns:
        """Columns of sound attempts; `one` stands for all of them as to the version of the scenario."""
        size = len(found.sound)
        return Columns.of(
            **some,
            file=np.full(size, source.number),
            target=np.full(size, self._making.target(target, one.scenario_sha256, source.path)),
            version=np.full(size, VERSIONS.index(target.version(one))),
            status=found.status,
            ending=found.ending,
            answers=found.answers,
            kinds=found.kinds,
        )
