"""The additive model for scores with turns missing by design: a score is the turn's ease, the person, and chance.

Where the way taken depends on the answers, averages of whoever met a turn mislead: good answers lead to
harder turns. What was not met is ignorable for likelihood methods, so persons and turns are estimated together.
"""

from math import log

import msgspec
import numpy as np
from numpy.typing import NDArray

from alliance_trainer.cohort.statistics.describe import Numbers

Whole = NDArray[np.int64]

_AT_ONCE = 16_384
_NOTHING = 1e-24
_LEAST_RATIO, _MOST_RATIO, _GRID, _HALVINGS = 1e-6, 1e6, 37, 60


class Additive(msgspec.Struct, frozen=True, kw_only=True):
    """A fitted model: variances of persons and of the rest, the ease of each turn, the effect of each person.

    `turns_each` is the mean number of turns that a person met; `turn_variance` that of the turns' ease, less what
    the error of estimating it adds (at least 0).
    """

    person_variance: float
    residual_variance: float
    turn_variance: float
    eases: tuple[float, ...]
    effects: tuple[float, ...]
    turns_each: float

    @property
    def reliability(self) -> float:
        """How far ranks can be relied on: s2p / (s2p + s2e / n), n the mean number of turns that a person met."""
        return _share(self.person_variance, self.residual_variance / self.turns_each)

    @property
    def phi(self) -> float:
        """How far each score by itself can: s2p / (s2p + (s2turn + s2e) / n), in the manner of a G-study."""
        return _share(self.person_variance, (self.turn_variance + self.residual_variance) / self.turns_each)

    def expected(self, person: int) -> float:
        """The person's expected score over all turns alike: the mean ease plus the person's effect."""
        return sum(self.eases) / len(self.eases) + self.effects[person]


def _share(true: float, error: float) -> float:
    return true / (true + error) if true + error > 0 else 0.0


def connected(persons: Whole, turns: Whole) -> bool:
    """Whether all persons and turns hang together by who met what; if not, their effects cannot be compared.

    Both are counted from 0, one of each for every score; a number that does not occur hangs on nothing, and of
    nothing it is False. Union-find over the turns: two that one person met belong together.
    """
    if not persons.size or not np.bincount(persons).all():
        return False
    order = np.argsort(persons, kind="stable")
    whose, which = persons[order], turns[order]
    same = whose[1:] == whose[:-1]
    pairs = np.unique(np.stack((which[:-1][same], which[1:][same]), axis=1), axis=0)
    above = list(range(int(turns.max()) + 1))
    for one, other in pairs.tolist():
        above[_root(above, one)] = _root(above, other)
    return len({_root(above, one) for one in range(len(above))}) == 1


def _root(above: list[int], one: int) -> int:
    while above[one] != one:
        above[one] = above[above[one]]
        one = above[one]
    return one


def fit(persons: Whole, turns: Whole, scores: Numbers) -> Additive:
    """Fit y = ease of the turn + effect of the person + rest by maximum likelihood.

    Persons and turns are counted from 0, each number occurs, and they are `connected`. Persons are normal with
    mean 0, turns fixed. The likelihood is that which EM climbs (effects given eases, eases given effects, then
    the variances); here it is maximised over the ratio of the two variances, which is exact also where one of
    them is 0. Agrees with lme4: lmer(y ~ 0 + turn + (1 | person), REML = FALSE).
    """
    pieces = _Pieces(persons, turns, scores)
    ratio = _likeliest(pieces)
    point = pieces.at(ratio)
    residual = point.rest / scores.size
    return Additive(
        person_variance=ratio * residual,
        residual_variance=residual,
        turn_variance=_turn_variance(point.eases, residual, np.bincount(turns)),
        eases=tuple(point.eases.tolist()),
        effects=tuple(pieces.effects(point.eases, ratio).tolist()),
        turns_each=scores.size / pieces.sizes.size,
    )


class _Point(msgspec.Struct, frozen=True, kw_only=True):
    """What goes with a ratio of variances: the eases, the rest's sum of squares, the deviance and its slope."""

    eases: Numbers
    rest: float
    deviance: float
    slope: float


class _Pieces:
    """The scores, added up over persons who met the same number of turns: all that the likelihood depends on."""

    def __init__(self, persons: Whole, turns: Whole, scores: Numbers) -> None:
        self.persons, self.turns, self.scores = persons, turns, scores
        self.sizes = np.bincount(persons)
        self.sums: Numbers = np.bincount(persons, weights=scores).astype(np.float64)
        self.met = np.bincount(turns).astype(np.float64)
        self.taken: Numbers = np.bincount(turns, weights=scores).astype(np.float64)
        self.groups = [self._group(size) for size in np.unique(self.sizes).tolist()]

    def _group(self, size: int) -> tuple[float, float, Numbers, Numbers, float]:
        """Of those who met `size` turns: how many, how often each two turns together, the sums at each, squared."""
        who = np.flatnonzero(self.sizes == size)
        at = self.sizes[self.persons] == size
        rows = np.searchsorted(who, self.persons[at])
        together: Numbers = np.zeros((self.met.size, self.met.size))
        for start in range(0, who.size, _AT_ONCE):
            part = (rows >= start) & (rows < start + _AT_ONCE)
            met = np.zeros((min(_AT_ONCE, who.size - start), self.met.size))
            met[rows[part] - start, self.turns[at][part]] = 1
            together += met.T @ met
        sums: Numbers = np.bincount(
            self.turns[at], weights=self.sums[self.persons[at]], minlength=self.met.size
        ).astype(np.float64)
        return float(size), float(who.size), together, sums, float((self.sums[who] ** 2).sum())

    def at(self, ratio: float) -> _Point:
        """The point of a ratio: the eases by generalised least squares, and what follows."""
        left: NDArray[np.floating] = np.diag(self.met)
        right = self.taken
        for size, _, together, sums, _ in self.groups:
            share = ratio / (1 + ratio * size)
            left = left - share * together
            right = np.asarray(right - share * sums, dtype=np.float64)
        eases: Numbers = np.linalg.solve(left, right)
        rest = float(((self.scores - eases[self.turns]) ** 2).sum())
        falls, rises, logs = 0.0, 0.0, 0.0
        for size, many, together, sums, squares in self.groups:
            whole = 1 + ratio * size
            apart = max(0.0, squares - 2 * float(sums @ eases) + float(eases @ together @ eases))
            rest -= ratio * apart / whole
            falls, rises, logs = falls + apart / whole**2, rises + many * size / whole, logs + many * log(whole)
        rest = max(rest, _NOTHING)
        n = self.scores.size
        return _Point(eases=eases, rest=rest, deviance=n * log(rest) + logs, slope=rises - n * falls / rest)

    def effects(self, eases: Numbers, ratio: float) -> Numbers:
        """What is to be expected of each person."""
        apart = np.bincount(self.persons, weights=self.scores - eases[self.turns])
        expected: Numbers = ratio * apart / (1 + ratio * self.sizes)
        return expected


def _likeliest(pieces: _Pieces) -> float:
    """The ratio of the persons' variance to the rest's with the least deviance: a grid, then halving by the slope."""
    ratios = np.concatenate(([0.0], np.geomspace(_LEAST_RATIO, _MOST_RATIO, _GRID)))
    best = int(np.argmin([pieces.at(ratio).deviance for ratio in ratios.tolist()]))
    low, high = float(ratios[max(0, best - 1)]), float(ratios[min(best + 1, _GRID)])
    if pieces.at(low).slope >= 0:
        return low
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if pieces.at(middle).slope < 0 else (low, middle)
    return (low + high) / 2


def _turn_variance(eases: Numbers, rest: float, met: Whole) -> float:
    """The spread of the eases, less what the error of estimating them adds."""
    return max(0.0, float(eases.var(ddof=1)) - float((rest / met).mean())) if eases.size > 1 else 0.0
