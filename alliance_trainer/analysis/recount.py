"""Single plays, given as their moves, counted like a batch of them."""

from collections import Counter
from collections.abc import Sequence

import numpy as np  # whoever imports this module has plays already

from alliance_trainer.analysis.moves import Moves
from alliance_trainer.analysis.simulation import Simulation
from alliance_trainer.analysis.tallies import Histogram
from alliance_trainer.core.vocabulary.skills import RATED, SKILLS


def recounted(moves: Moves, paths: Sequence[Sequence[int]]) -> Simulation:
    """What these plays came to. Every play has at least one move; odd plays are not looked for."""
    ends = Counter(moves.automaton.ending_at(int(moves.to[path[-1]])) for path in paths)
    responses = {(turn, name): 0 for turn, of in moves.automaton.scenario.turns.items() for name in of.responses}
    for name, count in Counter(moves.names[move] for path in paths for move in path).items():
        responses[name] += count
    summaries = {}
    for skill in SKILLS:
        column = RATED.index(skill)
        histogram = Histogram(moves, skill)
        histogram.add(
            np.array([moves.points[path, column].sum() for path in paths]),
            np.array([moves.offered[path, column].sum() for path in paths]),
        )
        summaries[skill] = histogram.summary()
    return Simulation(
        plays=len(paths),
        endings={name: ends[name] for name in moves.automaton.endings},
        unfinished=ends[None],
        responses=responses,
        skills=summaries,
        oddities=(),
    )
