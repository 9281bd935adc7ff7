"""What a policy comes to, exactly: all its plays at once, step by step, each place with its probability.

A policy gives each move of a situation a probability. For each skill a play's score is points / offered; what is
offered is counted exactly, of the points the sum and the sum of squares are carried along, which is all that the
mean and the spread of the score need.
"""

from typing import TYPE_CHECKING

import msgspec

from alliance_trainer.analysis.moves import Moves
from alliance_trainer.core.engine import TURN_CAP
from alliance_trainer.core.vocabulary.skills import RATED, SKILLS, Rated

if TYPE_CHECKING:  # numpy costs 0.1 s, and only where arrays are made
    from alliance_trainer.analysis.moves import Array

NEGLIGIBLE = 1e-13
"""Plays that together have no more probability than this are no longer followed round their loops."""


class SkillSpread(msgspec.Struct, frozen=True, kw_only=True):
    """A skill's score over the plays that meet the skill: how probable meeting it is, mean and standard deviation."""

    met: float
    mean: float | None
    sd: float | None


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """What a policy comes to: the probability of each ending and of none (stuck, or going on for ever)."""

    endings: dict[str, float]
    unfinished: float
    skills: dict[Rated, SkillSpread]

    @property
    def mean(self) -> float | None:
        """The mean of the mean scores of those of the four skills that are met."""
        means = [spread.mean for skill, spread in self.skills.items() if skill in SKILLS and spread.mean is not None]
        return sum(means) / len(means) if means else None


def results(moves: Moves, probabilities: "Array", skills: tuple[Rated, ...] = SKILLS) -> Results:
    """Follow a policy to its ends. `probabilities` has one for each move; they add up to 1 in each situation."""
    endings = _marched(moves, probabilities, None)
    shares = dict.fromkeys(moves.automaton.endings, 0.0)
    for place, probability in zip(endings.place.tolist(), endings.mass.tolist(), strict=True):
        name = moves.automaton.ending_at(place)
        if name is not None:
            shares[name] += probability
    return Results(
        endings=shares,
        unfinished=max(0.0, 1 - sum(shares.values())),
        skills={skill: _spread(_marched(moves, probabilities, RATED.index(skill))) for skill in skills},
    )


class _Front(msgspec.Struct, kw_only=True):
    """All plays after so many steps, those alike taken together.

    For each kind of play its place, what was offered so far, its probability, and of the points so far the
    expected sum and sum of squares (both times the probability).
    """

    place: "Array"
    offered: "Array"
    mass: "Array"
    points: "Array"
    squares: "Array"


def _marched(moves: Moves, probabilities: "Array", column: int | None) -> _Front:
    """The plays at their ends; with a column of `RATED` scored for that skill."""
    import numpy as np  # kept off the start-up path

    none = np.zeros(len(moves.to), dtype=np.int64)
    gained = none if column is None else moves.points[:, column]
    offered = none if column is None else moves.offered[:, column]
    front = _Front(
        place=np.zeros(1, dtype=np.int64),
        offered=np.zeros(1, dtype=np.int64),
        mass=np.ones(1),
        points=np.zeros(1),
        squares=np.zeros(1),
    )
    ended: list[_Front] = []
    for _ in range(TURN_CAP):
        going = moves.count[front.place] > 0
        ended.append(_part(front, ~going))
        front = _part(front, going)
        if front.mass.sum() <= NEGLIGIBLE:
            break
        front = _step(moves, probabilities, gained, offered, front)
    return _merged([*ended, front])


def _part(front: _Front, chosen: "Array") -> _Front:
    return _Front(
        place=front.place[chosen],
        offered=front.offered[chosen],
        mass=front.mass[chosen],
        points=front.points[chosen],
        squares=front.squares[chosen],
    )


def _step(moves: Moves, probabilities: "Array", gained: "Array", offered: "Array", front: _Front) -> _Front:
    """Every play takes every move, in proportion to its probability."""
    import numpy as np  # arrays are wanted already

    counts = moves.count[front.place]
    origin = np.repeat(np.arange(len(counts)), counts)
    offset = np.arange(len(origin)) - np.repeat(np.cumsum(counts) - counts, counts)
    move = moves.first[front.place][origin] + offset
    share = probabilities[move]
    taken = share > 0
    move, origin, share = move[taken], origin[taken], share[taken]
    gain = gained[move]
    mass, points = front.mass[origin], front.points[origin]
    return _merged(
        [
            _Front(
                place=moves.to[move],
                offered=front.offered[origin] + offered[move],
                mass=share * mass,
                points=share * (points + gain * mass),
                squares=share * (front.squares[origin] + 2 * gain * points + gain * gain * mass),
            )
        ]
    )


def _merged(fronts: list[_Front]) -> _Front:
    """Plays that are alike taken together."""
    import numpy as np  # arrays are wanted already

    place = np.concatenate([front.place for front in fronts])
    offered = np.concatenate([front.offered for front in fronts])
    wide = int(offered.max(initial=0)) + 1
    alike, which = np.unique(place * wide + offered, return_inverse=True)

    def added(field: str) -> "Array":
        weights = np.concatenate([getattr(front, field) for front in fronts])
        return np.bincount(which, weights=weights, minlength=len(alike))

    return _Front(
        place=alike // wide, offered=alike % wide, mass=added("mass"), points=added("points"), squares=added("squares")
    )


def _spread(front: _Front) -> SkillSpread:
    """Mean and spread of points / offered over the plays that offered anything."""
    met = front.offered > 0
    mass = float(front.mass[met].sum())
    if mass <= NEGLIGIBLE:
        return SkillSpread(met=0.0, mean=None, sd=None)
    mean = float((front.points[met] / front.offered[met]).sum()) / mass
    square = float((front.squares[met] / front.offered[met] ** 2).sum()) / mass
    return SkillSpread(met=mass, mean=mean, sd=max(0.0, square - mean * mean) ** 0.5)
