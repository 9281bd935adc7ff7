"""The quality of a scenario's key: whether it can be guessed, and whether the four skills can be told apart in it.

Thresholds and formulas are of this project. They are calibrated against chance alone, so they warn and never decide.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import combinations

import msgspec

from alliance_trainer.analysis.cues import Advantage, Choice, advantages, choices_of
from alliance_trainer.analysis.march import Results, results
from alliance_trainer.analysis.moves import Moves, moves_of, scoring_automaton
from alliance_trainer.analysis.policies import POLICIES
from alliance_trainer.analysis.profit import Margin, margins
from alliance_trainer.core.automaton import Automaton
from alliance_trainer.core.model import Scenario, Turn
from alliance_trainer.core.vocabulary.outcomes import OUTCOME_VALUES
from alliance_trainer.core.vocabulary.skills import SKILLS, Skill

CUE_ADVANTAGE, CUE_P = 0.25, 0.01
LITTLE_TO_GAIN = 0.35
CONFLICT_BELOW = 0.95
FORGIVING_ABOVE = 0.92
SECOND_BEST_ABOVE = 0.85
DEFENSIVE_ABOVE, DEFENSIVE_OUTCOME = 0.25, 3
SEPARABLE_BELOW = 0.95
COLLINEAR_ABOVE, COLLINEAR_FROM = 0.90, 20
FOILS_LEAST, FOILS_MOST = 0.25, 0.60
POSITION_ABOVE, POSITION_FROM = 0.45, 12
NOISY = "noisy-25"


class Collinear(msgspec.Struct, frozen=True, kw_only=True):
    """How alike two skills are rated within turns: Pearson's r over so many responses."""

    skills: tuple[Skill, Skill]
    r: float
    responses: int


class Key(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Everything about a scenario's key, each part worked out when it is asked for.

    `moves` is None where the scenario has more situations than the budget; what needs plays is left out then.
    """

    scenario: Scenario
    moves: Moves | None

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        """The turns with anything to gain."""
        return choices_of(self.scenario)

    @cached_property
    def advantages(self) -> tuple[Advantage, ...]:
        """What each cue and the surface-cue ridge gain."""
        return advantages(self.choices)

    @cached_property
    def policies(self) -> Mapping[str, Results]:
        """What each policy comes to, exactly; empty beyond the budget."""
        if self.moves is None:
            return {}
        return {name: results(self.moves, policy(self.moves)) for name, policy in POLICIES.items()}

    @cached_property
    def margins(self) -> tuple[Margin, ...]:
        """What each worse response costs a fallible expert; empty beyond the budget."""
        return margins(self.moves) if self.moves is not None else ()

    @cached_property
    def longest_is_best(self) -> tuple[int, int, float]:
        """At how many turns the longest response is a best one, of how many, and the share that is too much."""
        hits = 0
        for choice in self.choices:
            lengths = [row[0] for row in choice.figures]
            hits += choice.points[lengths.index(max(lengths))] == max(choice.points)
        count = len(self.choices)
        return hits, count, 0.25 + 2 * math.sqrt(0.1875 / count) if count else 1.0

    @cached_property
    def positions(self) -> tuple[int, ...]:
        """How often the (first) best response stands at each position of its turn, from the first on."""
        places = [choice.points.index(max(choice.points)) for choice in self.choices]
        return tuple(places.count(place) for place in range(max(places, default=-1) + 1))

    @cached_property
    def collinear(self) -> tuple[Collinear, ...]:
        """How alike each two of the four skills are rated within turns, where both are rated and vary."""
        pairs = (_collinear(self.scenario.turns.values(), *pair) for pair in combinations(SKILLS, 2))
        return tuple(pair for pair in pairs if pair is not None)

    @cached_property
    def foils(self) -> tuple[int, int]:
        """How many of the turns that ask what is noticed have no rupture, and how many ask."""
        asking = [turn for turn in self.scenario.turns.values() if turn.notice]
        return sum(turn.rupture == "none" for turn in asking), len(asking)

    def best_outcome(self, policy: str) -> int:
        """What the best ending is worth that a policy comes to with a probability of 1 in 1,000 or more; 0 if none."""
        endings = self.policies[policy].endings
        reached = [name for name, share in endings.items() if share >= 0.001]
        return max((OUTCOME_VALUES[self.scenario.endings[name].outcome] for name in reached), default=0)

    def mean(self, policy: str, skill: Skill) -> float | None:
        """A policy's mean score for a skill; None where it does not meet it, or beyond the budget."""
        found = self.policies.get(policy)
        return found.skills[skill].mean if found else None


def _collinear(turns: Iterable[Turn], one: Skill, other: Skill) -> Collinear | None:
    xs: list[float] = []
    ys: list[float] = []
    for turn in turns:
        responses = list(turn.responses.values())
        if all(any(skill in response.rates for response in responses) for skill in (one, other)):
            xs += _centred([response.rates.get(one, 0) for response in responses])
            ys += _centred([response.rates.get(other, 0) for response in responses])
    spread = math.sqrt(sum(x * x for x in xs) * sum(y * y for y in ys))
    if spread == 0:
        return None
    r = sum(x * y for x, y in zip(xs, ys, strict=True)) / spread
    return Collinear(skills=(one, other), r=r, responses=len(xs))


def _centred(values: Sequence[int]) -> list[float]:
    mean = sum(values) / len(values)
    return [value - mean for value in values]


def key_of(scenario: Scenario, known: Automaton | None = None) -> Key:
    """The quality of a scenario's key. Its start and all targets must exist; `known` as for `scoring_automaton`."""
    automaton = scoring_automaton(scenario, known=known)
    return Key(scenario=scenario, moves=moves_of(automaton) if automaton.complete else None)


def pooled(scenarios: Iterable[Scenario]) -> tuple[Advantage, ...]:
    """What each cue gains over the turns of several scenarios; the ridge learns from the other scenarios."""
    return advantages([choice for scenario in scenarios for choice in choices_of(scenario, by_scenario=True)])
