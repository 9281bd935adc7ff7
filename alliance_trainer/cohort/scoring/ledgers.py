"""What the scored answers to one scenario are worth: for each attempt, and all together."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from alliance_trainer.cohort.scoring import packing
from alliance_trainer.cohort.scoring.kinds import Kind, sums_of
from alliance_trainer.cohort.scoring.packing import COUNTS, PER_SKILL
from alliance_trainer.cohort.scoring.routes import Whole
from alliance_trainer.cohort.scoring.targets import Target
from alliance_trainer.core.vocabulary.skills import RATED, Rated

_BREACHES = COUNTS + 19
_BITS = 16
_IN_WORD = 4


class Ledger:
    """One scenario's kinds of answers (see `kinds`), entered when they are first met.

    Points and points on offer of an attempt are added several at a time, in 16 bits each of a word, where they
    certainly fit.
    """

    def __init__(self, target: Target) -> None:
        self.target = target
        self.kinds: list[Kind] = []
        self._sums: list[tuple[int, ...]] = []
        self._numbers = np.zeros(0, dtype=np.int64)  # in ascending order, with the place of each in `kinds`
        self._places = np.zeros(0, dtype=np.int64)
        turns = target.automaton.scenario.turns.values()
        rated = {skill for turn in turns for response in turn.responses.values() for skill in response.rates}
        self.skills: tuple[Rated, ...] = tuple(skill for skill in RATED if skill in rated)
        self._in_word = _IN_WORD if packing.fits(turn.weight for turn in turns) else 1
        self._words: list[NDArray[np.uint64]] = []

    def places(self, numbers: NDArray[np.uint64]) -> Whole:
        """Where in `kinds` each kind is, by its number."""
        present = np.flatnonzero(np.bincount(numbers)) if self.target.kinds.narrow else np.unique(numbers)
        new = np.setdiff1d(present, self._numbers, assume_unique=True)
        if len(new):
            self._enter(new)
        if not self.target.kinds.narrow:
            return self._places[np.searchsorted(self._numbers, numbers)]
        table = np.zeros(int(self._numbers[-1]) + 1, dtype=np.int64)
        table[self._numbers] = self._places
        return table.take(numbers)

    def _enter(self, new: NDArray[np.integer[Any]]) -> None:
        places = np.arange(len(self.kinds), len(self.kinds) + len(new))
        kinds = [self.target.kinds.kind(number) for number in new.tolist()]
        self.kinds += kinds
        self._sums += map(sums_of, kinds)
        numbers, places = np.concatenate((self._numbers, new)), np.concatenate((self._places, places))
        order = np.argsort(numbers)
        self._numbers, self._places = numbers[order], places[order]
        fields = list(zip(*map(self._fields, self._sums), strict=True))
        self._words = [
            self._packed(fields[start : start + self._in_word]) for start in range(0, len(fields), self._in_word)
        ]

    def _fields(self, sums: tuple[int, ...]) -> Iterator[int]:
        """Points and points on offer of each skill that is rated, then whether it is a breach."""
        for skill in self.skills:
            start = PER_SKILL * RATED.index(skill)
            yield from sums[start : start + 2]
        yield sums[_BREACHES]

    def _packed(self, fields: list[tuple[int, ...]]) -> NDArray[np.uint64]:
        word = np.zeros(len(self.kinds), dtype=np.uint64)
        for place, field in enumerate(fields):
            word |= np.array(field, dtype=np.uint64) << np.uint64(_BITS * place)
        return word

    def of_attempts(self, places: Whole, starts: Whole) -> "AttemptSums":
        """The sums of each attempt, whose answers stand from `starts` on, at least one of each."""
        words = [np.add.reduceat(word.take(places), starts) for word in self._words]
        fields = [self._field(words, number) for number in range(2 * len(self.skills) + 1)]
        pairs = zip(fields[:-1:2], fields[1:-1:2], strict=True)
        return AttemptSums(dict(zip(self.skills, pairs, strict=True)), fields[-1])

    def _field(self, words: list[NDArray[np.uint64]], number: int) -> Whole:
        word, place = divmod(number, self._in_word)
        if self._in_word == 1:
            return words[word].astype(np.int64)
        return (words[word] >> np.uint64(_BITS * place) & np.uint64((1 << _BITS) - 1)).astype(np.int64)

    def totals(self, counts: Whole) -> Iterator[tuple[Kind, tuple[int, ...], int]]:
        """Each kind with its sums, and how often it was met, given as counts by place."""
        for place, count in enumerate(counts.tolist()):
            if count:
                yield self.kinds[place], self._sums[place], count


class AttemptSums:
    """Of some attempts the points and the points on offer of each skill, and the number of breaches."""

    def __init__(self, skills: Mapping[Rated, tuple[Whole, Whole]], breaches: Whole) -> None:
        self.skills = skills
        self.breaches = breaches

    def shares(self, of: tuple[Rated, ...]) -> NDArray[np.float64]:
        """The share of the points of some skills together; -1 where nothing was on offer.

        Shares of whole numbers so small are equal as floats only where they are equal, and sort like them.
        """
        met = [self.skills[skill] for skill in of if skill in self.skills]
        points = sum((points for points, _ in met), np.zeros_like(self.breaches))
        offered = sum((offered for _, offered in met), np.zeros_like(self.breaches))
        return np.where(offered > 0, points / np.maximum(offered, 1), -1.0)
