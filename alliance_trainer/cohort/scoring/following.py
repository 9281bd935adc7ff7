"""One record followed through its scenario, the careful way."""

from collections.abc import Callable

import msgspec

from alliance_trainer.cohort import refusals
from alliance_trainer.cohort.reading.shards import Source
from alliance_trainer.cohort.result import NotScored
from alliance_trainer.cohort.scoring.targets import Target, Targets, Way
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.errors import IllegalStepError
from alliance_trainer.journal.attempt_files import BadRecord

Translate = Callable[[Attempt], Attempt]
"""Gives an attempt in the ids of the scenario it is scored against: the same attempt where it has them already."""


class Followed(msgspec.Struct, frozen=True):
    """An attempt, the scenario it is scored against, and its way through it; `packed`: it was played from a pack."""

    attempt: Attempt
    target: Target
    way: Way
    packed: bool


def follow_record(
    record: Attempt | BadRecord, source: Source, line: int | None, targets: Targets, translate: Translate | None
) -> Followed | NotScored:
    """Follow a record that stands on a line of a file, or say why it is not scored."""
    if isinstance(record, BadRecord):
        return refusals.of_record(source.name, record)
    attempt = translate(record) if translate else record
    target = targets.find(attempt.scenario, attempt.scenario_sha256, source.path)
    if isinstance(target, str):
        return refusals.of_attempt(source.name, line, record, "no-scenario", target)
    try:
        way = target.follow(attempt)
    except IllegalStepError as error:
        return refusals.of_attempt(source.name, line, attempt, "illegal", error.message)
    return Followed(attempt, target, way, packed=attempt is not record)
