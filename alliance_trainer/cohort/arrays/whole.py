"""All pieces as one: every attempt that was followed, with its names and places as they are for the whole cohort."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import msgspec
import numpy as np

from alliance_trainer.cohort.arrays.columns import Array, Columns, joined
from alliance_trainer.cohort.arrays.keys import joined as joined_keys
from alliance_trainer.cohort.arrays.keys import sorted_texts
from alliance_trainer.cohort.arrays.parts import Part, TargetRef
from alliance_trainer.cohort.result import NotScored


@dataclass(kw_only=True, eq=False)
class Whole:
    """All attempts, in the order of files and lines.

    The columns count in `trainees` and `occasions`, which are sorted, and in `targets`, by hash. `refused` are the
    first records that were not scored; more may be only counted.
    """

    columns: Columns
    trainees: tuple[str, ...]
    occasions: tuple[str | None, ...]
    targets: tuple[TargetRef, ...]
    long_ids: dict[bytes, str]
    refused: list[tuple[int, NotScored]]

    @property
    def scenarios(self) -> Array:
        """For each target a number for its scenario, in the order of the scenarios' ids."""
        numbers = {name: number for number, name in enumerate(sorted({ref.scenario for ref in self.targets}))}
        return np.array([numbers[ref.scenario] for ref in self.targets], dtype=np.int64)

    def id_of(self, row: int) -> str:
        """The id of an attempt."""
        key = bytes(self.columns.id[row])
        return self.long_ids.get(key) or key.decode()


def whole(part: Part) -> Whole:
    """Put the pieces together. They are used up: their columns are no longer theirs."""
    pieces = [piece for _, piece in sorted(part.pieces.items())]
    _number_lines(part)
    trainees, trainee = sorted_texts(joined_keys(*(piece.trainees for piece in pieces)))
    ends = np.cumsum([len(piece.trainees.array) for piece in pieces])
    occasions = tuple(sorted({name for piece in pieces for name in piece.occasions}, key=lambda name: name or ""))
    refs: dict[str, TargetRef] = {}
    for piece in pieces:
        for ref in piece.targets:
            refs.setdefault(ref.sha256, ref)
    targets = tuple(refs[sha256] for sha256 in sorted(refs))
    occasion, target = map(_places, (occasions, sorted(refs)))
    for piece, end in zip(pieces, ends.tolist(), strict=True):
        columns = piece.columns
        columns.trainee = trainee[end - len(piece.trainees.array) : end].take(columns.trainee)
        columns.occasion = _renumbered(columns.occasion, piece.occasions, occasion)
        columns.target = _renumbered(columns.target, [ref.sha256 for ref in piece.targets], target)
    return Whole(
        columns=_in_order(joined([piece.columns for piece in pieces]) if pieces else Columns.empty()),
        trainees=trainees,
        occasions=occasions,
        targets=targets,
        long_ids={key: name for piece in pieces for key, name in piece.long_ids.items()},
        refused=sorted(
            (refused for piece in pieces for refused in piece.refused),
            key=lambda refused: (refused[0], refused[1].line or 0),
        ),
    )


def _places(names: Sequence[str | None]) -> dict[str | None, int]:
    return {name: place for place, name in enumerate(names)}


def _renumbered(column: Array, before: Sequence[str | None], places: Mapping[str | None, int]) -> Array:
    """A column that counts in some names, as it counts in all."""
    return np.fromiter(map(places.__getitem__, before), dtype=np.int32, count=len(before)).take(column)


def _number_lines(part: Part) -> None:
    """Lines of the parts of a file are counted from the part's beginning: count them from the file's."""
    for _, same in groupby(sorted(part.pieces.items()), key=lambda item: item[0][0]):
        before = 0
        for (_, begin), piece in same:
            if begin:
                piece.columns.line = piece.columns.line + np.int32(before)
                piece.refused = tuple(_moved(piece.refused, before))
            before += piece.lines


def _moved(refused: Iterable[tuple[int, NotScored]], by: int) -> Iterable[tuple[int, NotScored]]:
    for file, entry in refused:
        moved = entry if entry.line is None else msgspec.structs.replace(entry, line=entry.line + by)
        yield file, moved


def _in_order(columns: Columns) -> Columns:
    """The same, sorted by file and line, if they are not: what was read one by one stands behind the rest."""
    place = columns.file.astype(np.int64) << 32 | columns.line
    if bool((place[1:] > place[:-1]).all()):
        return columns
    order = np.argsort(place, kind="stable")
    starts = np.cumsum(columns.answers, dtype=np.int64) - columns.answers
    counts = columns.answers[order]
    total = int(counts.sum(dtype=np.int64))
    inside = np.arange(total) - np.repeat(np.cumsum(counts, dtype=np.int64) - counts, counts)
    kinds = columns.kinds[np.repeat(starts[order], counts) + inside]
    moved = {name: column[order] for name, column in vars(columns).items() if name != "kinds"}
    return Columns(**moved, kinds=kinds)
