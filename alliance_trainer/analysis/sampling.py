"""Random plays through the engine, one by one: what can still be said where a scenario has too many situations."""

import random

import msgspec

from alliance_trainer.core import engine
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.tally import Tally, moment
from alliance_trainer.core.vocabulary.skills import SKILLS, Skill

PLAYS = 1_000
SEED = 20_260_101


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """What so many random plays met, how often they came to each ending, and their scores by skill."""

    plays: int
    turns: frozenset[str]
    responses: frozenset[tuple[str, str]]
    endings: dict[str, int]
    scores: dict[Skill, tuple[float, ...]]


def sample(scenario: Scenario, plays: int = PLAYS, seed: int = SEED) -> Sample:
    """Play so often at random, each play up to its end or to the engine's turn cap."""
    dice = random.Random(seed)
    responses: set[tuple[str, str]] = set()
    endings = dict.fromkeys(scenario.endings, 0)
    scores: dict[Skill, list[float]] = {skill: [] for skill in SKILLS}
    for _ in range(plays):
        way, ending, tallies = _play(scenario, dice)
        responses.update(way)
        if ending is not None:
            endings[ending] += 1
        for skill, tally in tallies.items():
            if tally.offered:
                scores[skill].append(tally.points / tally.offered)
    return Sample(
        plays=plays,
        turns=frozenset(turn for turn, _ in responses),
        responses=frozenset(responses),
        endings=endings,
        scores={skill: tuple(of) for skill, of in scores.items()},
    )


def _play(scenario: Scenario, dice: random.Random) -> tuple[list[tuple[str, str]], str | None, dict[Skill, Tally]]:
    state, way = engine.begin(scenario), list[tuple[str, str]]()
    tallies = {skill: Tally() for skill in SKILLS}
    while not state.ended and len(way) < engine.TURN_CAP:
        offered = engine.offered(scenario, state)
        if not offered:
            return way, None, tallies
        chosen = dice.choice(list(offered))
        if state.place not in state.visited:
            weight = scenario.turns[state.place].weight
            met = {skill: moment(offered, chosen, skill, weight) for skill in SKILLS}
            tallies |= {skill: tallies[skill] + tally for skill, tally in met.items() if tally is not None}
        way.append((state.place, chosen))
        state, _ = engine.respond(scenario, state, chosen)
    return way, state.place if state.ended else None, tallies
