"""What comes of shards: attempts as columns, and what was refused; put together in any order and grouping."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from alliance_trainer.cohort.arrays.columns import Columns
from alliance_trainer.cohort.arrays.keys import NO_KEYS, Keys
from alliance_trainer.cohort.result import NotScored, Refusal

Mark = tuple[int, int]
"""A line and the byte at which it begins."""


class TargetRef(msgspec.Struct, frozen=True, kw_only=True):
    """A scenario's version, by its hash, with one attempt that was scored against it: enough to find it again.

    `asked` is the hash that this attempt told, and `near` the file that it lies in.
    """

    scenario: str
    sha256: str
    asked: str | None
    near: Path


@dataclass(kw_only=True, eq=False)
class Piece:
    """What is in one shard.

    `columns` counts in `trainees`, `occasions` and `targets`; `long_ids` has the ids that the column `id` has not.
    `lines` is the number of lines, where the shard is one file or a part of it: they are counted from its beginning,
    and so are `marks`, some of them, and those of `refused`, which has the first so many, each with its file's
    number; `refusals` counts all.
    """

    columns: Columns
    lines: int
    marks: tuple[Mark, ...] = ()
    trainees: Keys = NO_KEYS
    occasions: tuple[str | None, ...] = ()
    targets: tuple[TargetRef, ...] = ()
    long_ids: Mapping[bytes, str] = field(default_factory=dict)
    refused: tuple[tuple[int, NotScored], ...] = ()
    refusals: Counter[Refusal] = field(default_factory=Counter)


@dataclass(kw_only=True, eq=False)
class Part:
    """Pieces by the place of their shard. Adding is associative and commutative: it puts them in order."""

    pieces: dict[tuple[int, int], Piece] = field(default_factory=dict)

    def __add__(self, other: "Part") -> "Part":
        return Part(pieces=dict(sorted((self.pieces | other.pieces).items())))
