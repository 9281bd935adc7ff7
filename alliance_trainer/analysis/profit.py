"""Whether erring pays: what a worse response at a turn does to the score that a fallible expert ends with.

The expert errs in 30 % of the turns, at random. For each turn and each worse response there: of those who come to
the turn while it is on offer, let all say the best response, or all the worse one, and go on as they would. The
margin is the difference between the two mean scores (over the four skills, of expected points / expected offered),
computed exactly. A negative margin means that the scenario pays for erring: usually a long and easy way of repair.
"""

from typing import TYPE_CHECKING

import msgspec

from alliance_trainer.analysis.moves import Moves
from alliance_trainer.analysis.policies import noisy, segment_max
from alliance_trainer.core.engine import TURN_CAP
from alliance_trainer.core.vocabulary.skills import RATED, SKILLS

if TYPE_CHECKING:  # numpy costs 0.1 s, and only where arrays are made
    from alliance_trainer.analysis.moves import Array

ERRS = 0.3


class Margin(msgspec.Struct, frozen=True, kw_only=True):
    """What saying a worse response costs, in mean score (-1 to 1); below 0 it gains."""

    turn: str
    response: str
    margin: float


def margins(moves: Moves) -> tuple[Margin, ...]:
    """The margin of every worse response that is ever on offer beside the best one, in the order of the file."""
    import numpy as np  # kept off the start-up path

    columns = [RATED.index(skill) for skill in SKILLS]
    gains = np.hstack([moves.points[:, columns], moves.offered[:, columns]]).astype(float)
    policy = noisy(ERRS)(moves)
    reach, before = _forward(moves, policy, gains)
    value = gains + _ahead(moves, policy, gains)[moves.to]
    highest = segment_max(moves, moves.total)[moves.source]
    best = _best_moves(moves, highest)
    found = []
    for (turn, name), rows in _rows_of_responses(moves).items():
        worse = [row for row in rows if moves.total[row] < highest[row]]
        if worse:
            places = moves.source[worse]
            scores = [_score(before, reach, value, places, chosen) for chosen in (best[places], np.array(worse))]
            if scores[0] is not None and scores[1] is not None:
                found.append(Margin(turn=turn, response=name, margin=scores[0] - scores[1]))
    return tuple(found)


def _best_moves(moves: Moves, highest: "Array") -> "Array":
    """For each place the number of its (first) best move; 0 where it has none."""
    import numpy as np  # kept off the start-up path

    best = np.zeros(moves.places, dtype=np.int64)
    for row in reversed(np.flatnonzero(moves.total == highest).tolist()):
        best[moves.source[row]] = row
    return best


def _rows_of_responses(moves: Moves) -> dict[tuple[str, str], list[int]]:
    rows: dict[tuple[str, str], list[int]] = {}
    for row, name in enumerate(moves.names):
        rows.setdefault(name, []).append(row)
    return rows


def _score(before: "Array", reach: "Array", value: "Array", places: "Array", rows: "Array") -> float | None:
    """The mean score of all who come to these places and take these moves; None where no skill is met."""
    import numpy as np  # kept off the start-up path

    total = (before[places] + reach[places, np.newaxis] * value[rows]).sum(axis=0)
    points, offered = total[: len(SKILLS)], total[len(SKILLS) :]
    met = offered > 1e-12
    return float((points[met] / offered[met]).mean()) if met.any() else None


def _forward(moves: Moves, policy: "Array", gains: "Array") -> tuple["Array", "Array"]:
    """For each place how often it is come to, and the expected gains up to there times that."""
    import numpy as np  # kept off the start-up path

    now: Array = np.zeros(moves.places)
    gained: Array = np.zeros((moves.places, gains.shape[1]))
    now[0] = 1.0
    reach, before = now.copy(), gained.copy()
    for _ in range(TURN_CAP):
        share = policy * now[moves.source]
        carried = policy[:, np.newaxis] * gained[moves.source] + share[:, np.newaxis] * gains
        now = np.bincount(moves.to, weights=share, minlength=moves.places)
        gained = np.zeros_like(gained)
        np.add.at(gained, moves.to, carried)
        reach += now
        before += gained
        if now[: moves.situations].sum() <= 1e-13:
            break
        now[moves.situations :] = 0
        gained[moves.situations :] = 0
    return reach, before


def _ahead(moves: Moves, policy: "Array", gains: "Array") -> "Array":
    """For each place the expected gains from there to the end."""
    import numpy as np  # kept off the start-up path

    values = np.zeros((moves.places, gains.shape[1]))
    going = np.flatnonzero(moves.count)
    for _ in range(TURN_CAP if len(going) else 0):
        through = policy[:, np.newaxis] * (gains + values[moves.to])
        new = np.add.reduceat(through, moves.first[going], axis=0)
        if np.abs(new - values[going]).max(initial=0) <= 1e-13:
            break
        values[going] = new
    return values
