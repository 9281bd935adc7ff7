"""The policies that follow a cue of the wording, and all policies together by name."""

from typing import TYPE_CHECKING

from alliance_trainer.analysis.policies import POLICIES, Policy, by_response
from alliance_trainer.analysis.wording import CUES, cues
from alliance_trainer.core.model import Scenario

if TYPE_CHECKING:  # numpy costs 0.1 s, and only where arrays are made
    from alliance_trainer.analysis.moves import Array, Moves

POLICY_NAMES = (*POLICIES, *CUES)
"""Every policy that a play can follow, those that look at the ratings first."""


def policy_named(name: str) -> Policy:
    """The policy of this name. Raises KeyError if there is none."""
    return POLICIES[name] if name in POLICIES else _following(CUES.index(name)) if name in CUES else POLICIES[name]


def _following(column: int) -> Policy:
    """Always the response for which one cue speaks the most, among those on offer."""

    def policy(moves: "Moves") -> "Array":
        return by_response(moves, _scores(moves.automaton.scenario, column))

    return policy


def _scores(scenario: Scenario, column: int) -> dict[tuple[str, str], float]:
    scores: dict[tuple[str, str], float] = {}
    for turn_id, turn in scenario.turns.items():
        rows = cues([response.says for response in turn.responses.values()], scenario.language)
        scores |= {(turn_id, name): row[column] for name, row in zip(turn.responses, rows, strict=True)}
    return scores
