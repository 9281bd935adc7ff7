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
    """So many plays, each choosing what was chosen least so far; among equals by lot.

    While some response was never given, a play goes where one such can still be come to.
    """
    from alliance_trainer.analysis.recount import recounted  # with numpy

    explorer = _Explorer(moves, random.Random(seed))
    return recounted(moves, [explorer.play() for _ in range(plays)])


class _Explorer:
    """Remembers how often each response was given."""

    def __init__(self, moves: Moves, dice: random.Random) -> None:
        self._moves = moves
        self._dice = dice
        self._used = dict.fromkeys(moves.names, 0)
        self._unused = set(moves.names)
        self._to = moves.to.tolist()
        self._first = moves.first.tolist()
        self._count = moves.count.tolist()
        self._before: list[list[int]] = [[] for _ in range(moves.places)]
        for move, place in enumerate(moves.source.tolist()):
            self._before[self._to[move]].append(place)
        self._promising = self._find_promising()

    def play(self) -> list[int]:
        """One play, as its moves."""
        path: list[int] = []
        place = 0
        while self._count[place] and len(path) < TURN_CAP:
            here = range(self._first[place], self._first[place] + self._count[place])
            best = min(map(self._rank, here))
            path.append(self._dice.choice([move for move in here if self._rank(move) == best]))
            self._use(self._moves.names[path[-1]])
            place = self._to[path[-1]]
        return path

    def _rank(self, move: int) -> tuple[bool, int]:
        name = self._moves.names[move]
        return name not in self._unused and self._to[move] not in self._promising, self._used[name]

    def _use(self, name: tuple[str, str]) -> None:
        self._used[name] += 1
        if name in self._unused:
            self._unused.discard(name)
            self._promising = self._find_promising()

    def _find_promising(self) -> set[int]:
        """The places from which a response that was never given can still be come to."""
        names = self._moves.names
        queue = [
            place
            for place, first in enumerate(self._first)
            if any(names[move] in self._unused for move in range(first, first + self._count[place]))
        ]
        found = set(queue)
        while queue:
            new = [place for place in self._before[queue.pop()] if place not in found]
            found.update(new)
            queue.extend(new)
        return found
