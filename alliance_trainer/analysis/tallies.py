"""Scores of many plays, counted by points and points offered: exact whatever their number, in constant memory."""

from typing import TYPE_CHECKING

import msgspec

from alliance_trainer.analysis.moves import Moves
from alliance_trainer.core.vocabulary.skills import RATED, Rated

if TYPE_CHECKING:  # numpy costs 0.1 s, and only where arrays are made
    from alliance_trainer.analysis.moves import Array

FIELD = 16
"""Bits for one skill's sum in a packed word of four."""


class SkillSummary(msgspec.Struct, frozen=True, kw_only=True):
    """The scores (0 to 1) of those plays that met the skill: how many, mean, standard deviation, 5 and 95 %."""

    met: int
    mean: float | None
    sd: float | None
    p5: float | None
    p95: float | None


def unpacked(words: "Array", number: int) -> "Array":
    """One skill's sums out of packed words of four."""
    import numpy as np  # kept off the start-up path

    return ((words >> np.uint64(number * FIELD)) & np.uint64(2**FIELD - 1)).astype(np.int64)


class Histogram:
    """Counts plays by points and points offered of one skill."""

    def __init__(self, moves: Moves, skill: Rated) -> None:
        """Sized for the most that all turns together can offer."""
        import numpy as np  # kept off the start-up path

        most: dict[str, int] = {}
        for (turn, _), offered in zip(moves.names, moves.offered[:, RATED.index(skill)].tolist(), strict=True):
            most[turn] = max(most.get(turn, 0), offered)
        self._wide = sum(most.values()) + 1
        self._counts: Array = np.zeros(self._wide**2, dtype=np.int64)

    def add(self, points: "Array", offered: "Array") -> None:
        """Count some plays."""
        import numpy as np  # arrays are wanted already

        self._counts += np.bincount(offered * self._wide + points, minlength=len(self._counts))

    def summary(self) -> SkillSummary:
        """Mean, spread and percentiles (the lowest score that at least so many plays do not exceed)."""
        import numpy as np  # arrays are wanted already

        scores: dict[float, int] = {}
        for code in np.flatnonzero(self._counts).tolist():
            offered, points = divmod(code, self._wide)
            if offered:
                scores[points / offered] = scores.get(points / offered, 0) + int(self._counts[code])
        met = sum(scores.values())
        if not met:
            return SkillSummary(met=0, mean=None, sd=None, p5=None, p95=None)
        mean = sum(score * number for score, number in scores.items()) / met
        square = sum((score - mean) ** 2 * number for score, number in scores.items()) / met
        return SkillSummary(
            met=met, mean=mean, sd=square**0.5, p5=_percentile(scores, met * 0.05), p95=_percentile(scores, met * 0.95)
        )


def _percentile(scores: dict[float, int], rank: float) -> float:
    seen = 0
    ordered = sorted(scores)
    for score in ordered:
        seen += scores[score]
        if seen >= rank:
            return score
    return ordered[-1]
