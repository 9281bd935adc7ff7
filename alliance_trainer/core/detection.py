"""Ruptures told from moments without one: counts, and once there are enough, how well and with which leaning.

Signal detection as in Macmillan and Creelman, Detection Theory (2nd ed. 2005), with the log-linear correction of
Hautus (1995).
"""

from collections.abc import Iterable

import msgspec

ENOUGH = 10
"""So many ruptures and so many moments without one are needed before more than counts is said."""

ENOUGH_SURE = 30
"""So many answers with "how sure" are needed before it is held against how often they were right."""

_LEANS = 0.3
_MISJUDGES = 0.1
_LEAST_SURE = 0.5


class Detected(msgspec.Struct, frozen=True, kw_only=True):
    """Answers counted: ruptures seen and missed, moments left plain and called a rupture. Adding pools them."""

    hits: int = 0
    misses: int = 0
    false_alarms: int = 0
    correct_rejections: int = 0

    def __add__(self, other: "Detected") -> "Detected":
        return Detected(
            hits=self.hits + other.hits,
            misses=self.misses + other.misses,
            false_alarms=self.false_alarms + other.false_alarms,
            correct_rejections=self.correct_rejections + other.correct_rejections,
        )

    @property
    def ruptures(self) -> int:
        """Answers at moments with a rupture."""
        return self.hits + self.misses

    @property
    def plain(self) -> int:
        """Answers at moments without one."""
        return self.false_alarms + self.correct_rejections

    @property
    def enough(self) -> bool:
        """Whether there are at least 10 of each."""
        return self.ruptures >= ENOUGH and self.plain >= ENOUGH


class Sensitivity(msgspec.Struct, frozen=True, kw_only=True):
    """How well ruptures are told apart (`d`, 0 is guessing), and the leaning (`c`, below 0: calls many ruptures)."""

    d: float
    c: float


def sensitivity(counts: Detected) -> Sensitivity | None:
    """d' and c (see `quantiles`); None below 10 moments of either kind."""
    return told_apart(counts) if counts.enough else None


def told_apart(counts: Detected) -> Sensitivity:
    """d' = z(H) - z(F) and c = -(z(H) + z(F)) / 2, from however few."""
    hits, alarms = quantiles(counts)
    return Sensitivity(d=hits - alarms, c=-(hits + alarms) / 2)


def quantiles(counts: Detected) -> tuple[float, float]:
    """z(H) and z(F), the normal quantiles of `rates`; they agree with R's qnorm."""
    from statistics import NormalDist  # 10 ms, and only those who have answered much need it

    hits, alarms = map(NormalDist().inv_cdf, rates(counts))
    return hits, alarms


def rates(counts: Detected) -> tuple[float, float]:
    """H = (hits + .5) / (ruptures + 1) and F = (false alarms + .5) / (plain + 1): always, not only at 0 and 1."""
    return (counts.hits + 0.5) / (counts.ruptures + 1), (counts.false_alarms + 0.5) / (counts.plain + 1)


def leaning(found: Sensitivity) -> str:
    """The leaning in words, as a sentence."""
    if found.c < -_LEANS:
        return "You tend to call ruptures where there are none."
    if found.c > _LEANS:
        return "You tend to let ruptures pass as nothing special."
    return "You lean neither to seeing ruptures everywhere nor to letting them pass."


class Calibration(msgspec.Struct, frozen=True, kw_only=True):
    """How sure, and how often right, each from 0 to 1, over so many answers."""

    answers: int
    sure: float
    right: float


def calibration(answers: Iterable[tuple[int, bool]]) -> Calibration | None:
    """From (percent sure, whether it was right), what both come to; None below 30 answers."""
    found = list(answers)
    if len(found) < ENOUGH_SURE:
        return None
    sure = sum(percent for percent, _ in found) / (100 * len(found))
    right = sum(was_right for _, was_right in found) / len(found)
    return Calibration(answers=len(found), sure=sure, right=right)


def judgement(found: Calibration) -> str:
    """Calibration in words, with what right means.

    Who is hardly ever more than 50 % sure, where the scale begins, cannot be told to be too sure: of four answers a
    guess is right more seldom than that.
    """
    said = f"{found.sure:.0%} sure on average, right in {found.right:.0%} of {found.answers}"
    return f"{_verdict(found)}: {said}. Right means just what it was, one of four."


def _verdict(found: Calibration) -> str:
    if found.right < _LEAST_SURE and found.sure - _LEAST_SURE <= _MISJUDGES:
        return "You are seldom sure, and seldom right"
    if found.sure - found.right > _MISJUDGES:
        return "You are surer than you are right"
    if found.right - found.sure > _MISJUDGES:
        return "You are right more often than you trust yourself to be"
    return "You are about as sure as you are right"
