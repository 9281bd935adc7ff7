"""The golden mini scenario: from its abstract form to a Scenario, and its records to steps."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

from alliance_trainer.core.attempt import Step
from alliance_trainer.core.model import Scenario

DATA = Path(__file__).parent / "data"

SKILL_NAMES = {
    "nondefensive": "nondefensiveness",
    "metacommunication": "metacommunication",
    "responsibility": "responsibility",
}
MARKERS_OF = {
    "none": [],
    "withdrawal": ["wd-denial"],
    "confrontation": ["cf-complaint-therapist"],
    "mixed": ["wd-denial", "cf-complaint-therapist"],
}
OUTCOME_OF = {0: "dropout", 2: "partly", 4: "resolved"}


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return found


def dashed(name: str) -> str:
    return name.replace("_", "-")


def fraction(value: dict[str, Any]) -> Fraction:
    return Fraction(value["frac"])


def _response(option: dict[str, Any]) -> dict[str, Any]:
    rates = {SKILL_NAMES[name]: rating for name, rating in option["r"].items() if rating is not None}
    return {
        "says": f"says {option['id']}",
        "why": "because",
        "to": dashed(option["next"]),
        "rates": rates,
        "harm": option["harm"],
    }


def scenario() -> Scenario:
    """The mini scenario in the format of scenario files."""
    abstract = read("golden_mini.json")["scenario"]
    return Scenario.model_validate(
        {
            "format": 1,
            "id": abstract["id"],
            "title": "Mini",
            "summary": "Golden cases.",
            "patient": {"name": "P", "age": 40},
            "briefing": "None.",
            "start": abstract["start"],
            "turns": {
                name: {
                    "patient": "...",
                    "markers": MARKERS_OF[node["rupture"]],
                    "notice": node["probe"],
                    "responses": {option["id"]: _response(option) for option in node["options"]},
                }
                for name, node in abstract["nodes"].items()
            },
            "endings": {
                dashed(name): {"outcome": OUTCOME_OF[end["outcome"]], "debrief": "..."}
                for name, end in abstract["ends"].items()
            },
        }
    )


def steps(record: dict[str, Any]) -> tuple[Step, ...]:
    return tuple(
        Step(rewind=step["node"])
        if step.get("rewind")
        else Step(turn=step["node"], notice=step["probe"], response=step["option"])
        for step in record["steps"]
    )
