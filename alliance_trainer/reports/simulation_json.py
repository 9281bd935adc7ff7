"""What `simulate` says, as JSON: `alliance-trainer/simulate`. Keys are only ever added."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from alliance_trainer.analysis.simulation import OddPlay, Simulation

SIMULATE_FORMAT = "alliance-trainer/simulate"
VERSION = 1


def simulation_json(
    result: Simulation,
    *,
    scenario: str,
    policy: str,
    seed: int,
    seconds: float,
    lines: Mapping[tuple[str, str], int],
    odd: Sequence[OddPlay],
) -> str:
    """One JSON object and a line end. `lines` has the line of each response in the file."""
    counts = result.responses
    answer: dict[str, Any] = {
        "format": SIMULATE_FORMAT,
        "version": VERSION,
        "scenario": scenario,
        "policy": policy,
        "seed": seed,
        "plays": result.plays,
        "seconds": seconds,
        "plays_per_second": result.plays / seconds if seconds > 0 else None,
        "coverage": {
            "responses_taken": sum(count > 0 for count in counts.values()),
            "responses_total": len(counts),
            "lines": [
                {"line": lines.get(name), "turn": name[0], "response": name[1], "taken": count}
                for name, count in counts.items()
            ],
        },
        "endings": {name: count / result.plays for name, count in result.endings.items()},
        "unfinished": result.unfinished / result.plays,
        "skills": {skill: msgspec.to_builtins(summary) for skill, summary in result.skills.items()},
        "odd_plays": [msgspec.to_builtins(one) for one in odd],
    }
    return json.dumps(answer, indent=2) + "\n"
