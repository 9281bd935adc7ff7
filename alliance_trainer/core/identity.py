"""Content identity: SHA-256 over the canonical form of a scenario, in three parts: graph, text and key.

So that a typo fix, a rerouting and a re-keying can be told apart when an old attempt is opened. The YAML
itself is never hashed: comments, order and layout do not matter.
"""

from collections.abc import Iterable
from typing import Any

import msgspec

from alliance_trainer.core import conditions, effects
from alliance_trainer.core.canonical import digest
from alliance_trainer.core.model import Response, Scenario, Turn


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """The hashes of one scenario, 64 hex digits each; `sha256` is taken over the other three."""

    graph: str
    text: str
    key: str
    sha256: str


def identify(scenario: Scenario) -> Identity:
    """The identity of a scenario.

    graph: what decides where an attempt can go: ids, conditions, routes, and the changes of those variables
    that some condition reads. key: ratings, markers, harm, outcomes and all else that scores or draws the
    curve of the alliance. text: everything else, but for the tests, which change nothing for anybody who plays.
    """
    read = set(variables_read(scenario))
    parts = {
        "graph": digest(_graph(scenario, read)),
        "key": digest(_key(scenario)),
        "text": digest(_text(scenario)),
    }
    return Identity(**parts, sha256=digest(parts))


def variables_read(scenario: Scenario) -> Iterable[str]:
    """The variables that the conditions of routes and responses read (not those of beats)."""
    for turn in scenario.turns.values():
        for response in turn.responses.values():
            for condition in (response.when, *(route.when for route in response.to)):
                yield from (atom.variable for atom in conditions.atoms(condition) if hasattr(atom, "variable"))


def _spelt(condition: conditions.Condition | None) -> str | None:
    return None if condition is None else conditions.write(condition)


def _graph(scenario: Scenario, read: set[str]) -> dict[str, Any]:
    def response_graph(response: Response) -> dict[str, Any]:
        moved = effects.changes_of(response).items()
        return {
            "when": _spelt(response.when),
            "to": [[_spelt(route.when), route.to] for route in response.to],
            "moves": {name: change for name, change in moved if change and name in read},
        }

    return {
        "start": scenario.start,
        "turns": {
            turn_id: {name: response_graph(response) for name, response in turn.responses.items()}
            for turn_id, turn in scenario.turns.items()
        },
        "endings": sorted(scenario.endings),
        "values": {name: scenario.start_values[name] for name in sorted(read) if name in scenario.bounds},
        "bounds": {name: list(scenario.bounds[name]) for name in sorted(read) if name in scenario.bounds},
    }


def _key(scenario: Scenario) -> dict[str, Any]:
    def turn_key(turn: Turn) -> dict[str, Any]:
        return {
            "markers": sorted([marker.id, marker.clarity, marker.significance] for marker in turn.markers),
            "notice": turn.notice,
            "stage": turn.stage,
            "weight": turn.weight,
            "responses": {name: response_key(response) for name, response in turn.responses.items()},
        }

    def response_key(response: Response) -> dict[str, Any]:
        return {
            "rates": dict(response.rates),
            "uses": list(response.uses),
            "trap": response.trap,
            "stance": response.stance,
            "harm": response.harm,
            "moves": {name: change for name, change in effects.changes_of(response).items() if change},
        }

    return {
        "turns": {turn_id: turn_key(turn) for turn_id, turn in scenario.turns.items()},
        "outcomes": {name: ending.outcome for name, ending in scenario.endings.items()},
        "start": scenario.start_values,
        "bounds": {name: list(bounds) for name, bounds in scenario.bounds.items()},
        "repair": scenario.repair,
        "difficulty": scenario.difficulty,
    }


_NOT_TEXT = {
    "scenario": {"start", "alliance", "variables", "repair", "difficulty", "tests"},
    "turn": {"markers", "notice", "stage", "weight"},
    "response": {"rates", "uses", "trap", "stance", "harm", "effects", "to", "when"},
    "ending": {"outcome"},
}


def _text(scenario: Scenario) -> dict[str, Any]:
    text = scenario.model_dump(mode="json", exclude=_NOT_TEXT["scenario"] | {"turns", "endings"})
    text["turns"] = {
        turn_id: turn.model_dump(mode="json", exclude=_NOT_TEXT["turn"] | {"responses"})
        | {
            "responses": {
                name: response.model_dump(mode="json", exclude=_NOT_TEXT["response"])
                for name, response in turn.responses.items()
            }
        }
        for turn_id, turn in scenario.turns.items()
    }
    text["endings"] = {
        name: ending.model_dump(mode="json", exclude=_NOT_TEXT["ending"]) for name, ending in scenario.endings.items()
    }
    return text
