"""The recognition probe: what "what do you notice?" was answered, and what that is worth.

Shown apart from the skill of acting on it, and never added to it.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import get_args

import msgspec

from alliance_trainer.core.attempt import NoticeAnswer
from alliance_trainer.core.vocabulary.markers import RUPTURE_TYPES, RuptureType

NOTICE_ANSWERS: tuple[NoticeAnswer, ...] = get_args(NoticeAnswer)
"""The four answers, in the order of `RUPTURE_TYPES`."""

QUARTERS = 4
"""Full credit for one answer; all credit is counted in quarters."""

CREDIT: tuple[tuple[int, ...], ...] = (
    (4, 0, 0, 0),
    (0, 4, 1, 2),
    (0, 1, 4, 2),
    (0, 2, 2, 4),
)
"""Credit in quarters by what the turn is (row) and what was answered (column), as in `RUPTURE_TYPES`.

Exact 4; a pure type for mixed or the other way 2; one pure type for the other 1; a miss or a false alarm 0.
Softer credit rewards guessing the type: this scale is of this project.
"""

Confusion = tuple[tuple[int, ...], ...]
_NOTHING: Confusion = ((0,) * 4,) * 4
_COLUMN = {answer: column for column, answer in enumerate(RUPTURE_TYPES)}


class Noticed(msgspec.Struct, frozen=True, kw_only=True):
    """Answers to the probe, counted; adding pools them (over turns, scenarios, trainees).

    `confusion`: counts by what the turn is (row) and the answer (column), both as in `RUPTURE_TYPES`.
    `skipped`: turns that asked and got no answer: no opportunity, neither right nor wrong.
    `unasked`: answers at turns that do not ask (an author may switch a probe off later): never scored.
    """

    confusion: Confusion = _NOTHING
    skipped: int = 0
    unasked: int = 0

    def __add__(self, other: "Noticed") -> "Noticed":
        pairs = zip(self.confusion, other.confusion, strict=True)
        return Noticed(
            confusion=tuple(tuple(map(int.__add__, mine, theirs)) for mine, theirs in pairs),
            skipped=self.skipped + other.skipped,
            unasked=self.unasked + other.unasked,
        )

    @property
    def n_ruptures(self) -> int:
        """Answers at turns with a rupture."""
        return sum(map(sum, self.confusion[1:]))

    @property
    def n_foils(self) -> int:
        """Answers at turns without a rupture."""
        return sum(self.confusion[0])

    @property
    def rupture_points(self) -> int:
        """Credit at turns with a rupture, in quarters: 0 to 4 for each."""
        return sum(map(_credited, CREDIT[1:], self.confusion[1:]))

    @property
    def foil_points(self) -> int:
        """Credit at turns without a rupture, in quarters: 0 or 4 for each."""
        return _credited(CREDIT[0], self.confusion[0])

    @property
    def points(self) -> int:
        """All credit, in quarters. The score is not this over `offered`: it weighs the two kinds alike."""
        return self.rupture_points + self.foil_points

    @property
    def offered(self) -> int:
        """The credit to be had, in quarters."""
        return QUARTERS * (self.n_ruptures + self.n_foils)

    @property
    def score(self) -> Fraction | None:
        """Mean of the credit at ruptures and the credit at foils, 0 to 1; None unless both were met.

        So balanced, no constant answer gets more than 1/2 (of this project).
        """
        if not (self.n_ruptures and self.n_foils):
            return None
        at_ruptures = Fraction(self.rupture_points, QUARTERS * self.n_ruptures)
        at_foils = Fraction(self.foil_points, QUARTERS * self.n_foils)
        return (at_ruptures + at_foils) / 2


def _credited(credit: tuple[int, ...], counts: tuple[int, ...]) -> int:
    return sum(map(int.__mul__, credit, counts))


def credit(gold: RuptureType, answer: NoticeAnswer) -> int:
    """What one answer is worth, in quarters: 0 to 4."""
    return CREDIT[_COLUMN[gold]][_COLUMN[answer]]


def count(asked: Iterable[tuple[RuptureType, NoticeAnswer | None]], unasked: int = 0) -> Noticed:
    """Count the answers at turns that ask: (what the turn is, the answer or None where it was skipped)."""
    rows = [[0] * 4 for _ in RUPTURE_TYPES]
    skipped = 0
    for gold, answer in asked:
        if answer is None:
            skipped += 1
        else:
            rows[_COLUMN[gold]][_COLUMN[answer]] += 1
    return Noticed(confusion=tuple(map(tuple, rows)), skipped=skipped, unasked=unasked)
