"""All plays of a small scenario, one by one through the engine: what the exact results are held to.

Shares no code with `analysis`: only the engine and the bare formulas of the scores.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from alliance_trainer.core import engine
from alliance_trainer.core.engine import State
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.vocabulary.skills import RATED


class TooManyError(Exception):
    """More plays or states than the test wants to look at."""


@dataclass(frozen=True)
class FullPlay:
    """One play from the start to an ending (None: stuck), its probability under random choice, and its sums."""

    path: tuple[tuple[str, str], ...]
    ending: str | None
    probability: float
    points: tuple[int, ...]
    offered: tuple[int, ...]

    @property
    def moments(self) -> int:
        return len(self.path)


def all_plays(scenario: Scenario, most: int = 4_000, longest: int = 30) -> list[FullPlay]:
    """Every play. Raises TooManyError where there are too many, or where a play can go round in circles."""
    found: list[FullPlay] = []
    for play in _plays(scenario, engine.begin(scenario), (), 1.0, (0,) * len(RATED), (0,) * len(RATED), longest):
        found.append(play)
        if len(found) > most:
            raise TooManyError
    return found


def _plays(scenario, state, path, probability, points, offered, longest) -> Iterator[FullPlay]:
    responses = engine.offered(scenario, state)
    if not responses:
        yield FullPlay(path, state.place if state.ended else None, probability, points, offered)
        return
    if len(path) >= longest:
        raise TooManyError
    for name in responses:
        gained, had = worth(scenario, state, name)
        after, _ = engine.respond(scenario, state, name)
        yield from _plays(
            scenario,
            after,
            (*path, (state.place, name)),
            probability / len(responses),
            tuple(map(int.__add__, points, gained)),
            tuple(map(int.__add__, offered, had)),
            longest,
        )


def worth(scenario: Scenario, state: State, name: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Points and points offered of one answer for the seven skills, nothing where the turn was answered before."""
    if state.place in state.visited:
        return (0,) * len(RATED), (0,) * len(RATED)
    responses = engine.offered(scenario, state)
    weight = scenario.turns[state.place].weight
    ratings = {skill: {key: one.rates.get(skill, 0) for key, one in responses.items()} for skill in RATED}
    points = tuple(weight * (ratings[skill][name] - min(ratings[skill].values())) for skill in RATED)
    offered = tuple(weight * (max(of.values()) - min(of.values())) for of in ratings.values())
    return points, offered


def all_states(scenario: Scenario, most: int = 3_000) -> list[State]:
    """Every state that can be come to, endings included. Raises TooManyError."""
    start = engine.begin(scenario)
    seen = {_world(start): start}
    queue = [start]
    while queue:
        state = queue.pop()
        for name in engine.offered(scenario, state):
            after, _ = engine.respond(scenario, state, name)
            if _world(after) not in seen:
                seen[_world(after)] = after
                queue.append(after)
                if len(seen) > most:
                    raise TooManyError
    return list(seen.values())


def _world(state: State) -> tuple:
    return state.place, tuple(sorted(state.values.items())), state.visited, state.chosen
