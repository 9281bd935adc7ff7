"""The most and the least that any way through a scenario can add up to, and the ways that do.

Bellman's recursion over all moves at once, again and again until nothing changes. It ends, since only the first
answer at a turn adds anything: going round a loop gains nothing.
"""

from typing import TYPE_CHECKING

import msgspec

from alliance_trainer.analysis.moves import Moves
from alliance_trainer.core.vocabulary.skills import RATED, SKILLS, Rated

if TYPE_CHECKING:  # numpy costs 0.1 s, and only where arrays are made
    from alliance_trainer.analysis.moves import Array

_NEVER = -(2**60)
"""The value of a place from which no ending can be reached."""

# One whole number that compares by points, then fewer offered, then the better ending, then fewer turns.
_STEP, _VALUE, _OFFERED, _POINTS = 1, 2**11, 2**14, 2**32


class SkillRange(msgspec.Struct, frozen=True, kw_only=True):
    """For one skill, over all ways that end: the fewest and the most moments, and the most points."""

    moments_min: int
    moments_max: int
    points_max: int


class JointWay(msgspec.Struct, frozen=True, kw_only=True):
    """A way with the most (or fewest) points over the four skills together, and each skill's points and offered.

    Among equals the one that is offered the least, then the better (worse) ending, then the shortest.
    """

    path: tuple[tuple[str, str], ...]
    ending: str
    points: dict[Rated, int]
    offered: dict[Rated, int]

    def score(self, skill: Rated) -> float | None:
        """The skill's score on this way, 0 to 1; None where it is not met."""
        return self.points[skill] / self.offered[skill] if self.offered[skill] else None


def ranges(moves: Moves) -> dict[Rated, SkillRange] | None:
    """The ranges of all seven skills; None where no ending can be reached."""
    import numpy as np  # kept off the start-up path

    is_moment = (moves.offered > 0).astype(np.int64)
    found = _most(moves, np.hstack([-is_moment, is_moment, moves.points]))[0].reshape(3, len(RATED))
    if found[0, 0] <= _NEVER // 2:
        return None
    return {
        skill: SkillRange(
            moments_min=-int(found[0, column]),
            moments_max=int(found[1, column]),
            points_max=int(found[2, column]),
        )
        for column, skill in enumerate(RATED)
    }


def joint_best(moves: Moves) -> JointWay | None:
    """The way with the most points over the four skills together; None where no ending can be reached."""
    return _joint(moves, 1)


def joint_least(moves: Moves) -> JointWay | None:
    """The way with the fewest; None where no ending can be reached."""
    return _joint(moves, -1)


def _joint(moves: Moves, sign: int) -> JointWay | None:
    import numpy as np  # kept off the start-up path

    columns = [RATED.index(skill) for skill in SKILLS]
    points, offered = moves.points[:, columns].sum(axis=1), moves.offered[:, columns].sum(axis=1)
    gains = sign * points * _POINTS - offered * _OFFERED - _STEP
    values = _most(moves, gains[:, np.newaxis], sign * _VALUE * moves.ending_values)[:, 0]
    if values[0] <= _NEVER // 2:
        return None
    path: list[int] = []
    place = 0
    while moves.count[place]:
        here = range(int(moves.first[place]), int(moves.first[place] + moves.count[place]))
        path.append(max(here, key=lambda move: int(gains[move] + values[moves.to[move]])))
        place = int(moves.to[path[-1]])
    ending = moves.automaton.ending_at(place)
    assert ending is not None
    return JointWay(
        path=tuple(moves.names[move] for move in path),
        ending=ending,
        points={skill: int(moves.points[path, column].sum()) for skill, column in zip(SKILLS, columns, strict=True)},
        offered={skill: int(moves.offered[path, column].sum()) for skill, column in zip(SKILLS, columns, strict=True)},
    )


def _most(moves: Moves, gains: "Array", at_endings: "Array | None" = None) -> "Array":
    """For each place (row) and kind of gain (column) the most that a way from there to an ending adds up to."""
    import numpy as np  # kept off the start-up path

    values = np.full((moves.places, gains.shape[1]), _NEVER, dtype=np.int64)
    values[moves.situations :] = 0 if at_endings is None else at_endings[:, np.newaxis]
    going = np.flatnonzero(moves.count)
    while len(going):
        through = np.maximum(gains + values[moves.to], _NEVER)
        new = np.maximum.reduceat(through, moves.first[going], axis=0)
        if (new == values[going]).all():
            break
        values[going] = new
    return values
