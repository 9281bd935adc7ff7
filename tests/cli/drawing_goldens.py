"""Texts that were looked at and then frozen: UPDATE_GOLDEN=1 rewrites them; look at the difference."""

import os
from pathlib import Path

from alliance_trainer.core.model import Scenario
from alliance_trainer.scenario_files.loader import load

TESTS = Path(__file__).parent.parent
EXAMPLE = TESTS / "example_scenario.yaml"
GOLDEN = TESTS / "golden_drawings"


def example() -> Scenario:
    scenario = load(EXAMPLE.read_bytes(), "example-scenario.yaml").scenario
    assert scenario is not None
    return scenario


def assert_golden(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text
