"""The shipped library as the tests see it: each scenario read once, its automaton compiled once."""

from functools import cache

from alliance_trainer.core.automaton import Automaton, compile_scenario
from alliance_trainer.core.model import Scenario
from alliance_trainer.scenario_files import library
from alliance_trainer.scenario_files.loader import load_path

IDS = (
    "baby-awake",
    "bad-at-therapy",
    "diary-card",
    "honest-no",
    "its-fine",
    "mm-hm",
    "quarter-past",
    "seminar",
    "the-clock",
    "thought-record-again",
    "yes-or-no",
    "you-forgot",
)
"""The scenarios that are shipped: these and no others."""

FOILS = ("baby-awake", "honest-no")
"""Those in which nothing is wrong unless the therapist makes it so."""

RUPTURES = tuple(one for one in IDS if one not in FOILS)


@cache
def scenario(scenario_id: str) -> Scenario:
    found = load_path(library.shipped_folder() / f"{scenario_id}.yaml").scenario
    assert found is not None, f"{scenario_id} has errors: run check"
    return found


def scenarios() -> list[Scenario]:
    return [scenario(path.stem) for path in library.shipped()]


@cache
def automaton(scenario_id: str) -> Automaton:
    return compile_scenario(scenario(scenario_id))
