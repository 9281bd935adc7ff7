"""Plays that go where no play has been: at each turn the response that was given least often so far."""

import random
from typing import TYPE_CHECKING

from alliance_trainer.analysis.cue_policies import POLICY_NAMES
from alliance_trainer.analysis.moves import Moves
from alliance_trainer.core.engine import TURN_CAP

if TYPE_CHECKING:  # numpy costs 0.1 s, and only where arrays are made
    from alliance_trainer.analysis.simulation import Simulation

LEAST_USED = "least-used"
"""The one policy that remembers: each play depends on those before it."""

SIMULATED = (*POLICY_NAMES, LEAST_USED)
"""Every policy that `simulate` follows."""


def least_used(moves: Moves, plays: int, seed: int) -> "Simulation":
    """So many plays, each choosing what was chosen least so far; among equals by lot."""
    from alliance_trainer.analysis.recount import recounted  # with numpy

    dice = random.Random(seed)
    used = dict.fromkeys(moves.names, 0)
    paths = [_play(moves, used, dice) for _ in range(plays)]
    return recounted(moves, paths)


def _play(moves: Moves, used: dict[tuple[str, str], int], dice: random.Random) -> list[int]:
    """One play, as its moves."""
    path: list[int] = []
    place = 0
    while moves.count[place] and len(path) < TURN_CAP:
        first = int(moves.first[place])
        here = range(first, first + int(moves.count[place]))
        least = min(used[moves.names[move]] for move in here)
        path.append(dice.choice([move for move in here if used[moves.names[move]] == least]))
        used[moves.names[path[-1]]] += 1
        place = int(moves.to[path[-1]])
    return path
