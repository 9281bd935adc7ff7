"""Studies for the tests of the report: made-up cohorts at shipped scenarios, small or large, plain or with odd texts."""

from collections.abc import Callable
from functools import cache
from typing import Any

import made_cohorts
import msgspec
from shipped import IDS, scenario

from alliance_trainer.cohort.study.building import study
from alliance_trainer.cohort.study.figures import Study

TEXTS = {"trainee", "title", "says", "patient", "reason", "scenario", "turn", "response", "file", "ending", "to"}
"""Fields whose text comes from files, or from people."""

ODD_NAMES = (
    "\u05e9\u05dc\u05d5\u05dd-27",
    "\u0645\u0631\u062d\u0628\u0627 9",
    "W" * 64,
    "a-very-long-pseudonym-that-somebody-thought-was-a-good-idea-at-the-time",
    "<b>x</b>",
)


@cache
def made_study(trainees: int, scenarios: int = 1, seed: int = 3) -> Study:
    """So many trainees at the first shipped scenarios in the order of their names."""
    made = made_cohorts.cohort([scenario(name) for name in IDS[:scenarios]], trainees, seed)
    return study(policy="first", result=made.result, moments=made.moments, scored=made.scored, scenarios=made.scenarios)


def retold(value: Any, change: Callable[[str, str], str]) -> Any:
    """The same with every text changed that stands in one of the fields TEXTS; `change` is given field and text."""
    return _retold(value, change, "")


def _retold(value: Any, change: Callable[[str, str], str], name: str) -> Any:
    match value:
        case msgspec.Struct():
            fields = {field: _retold(getattr(value, field), change, field) for field in value.__struct_fields__}
            return msgspec.structs.replace(value, **fields)
        case tuple():
            return tuple(_retold(one, change, name) for one in value)
        case str() if name in TEXTS or name == "flags":
            return change(name, value)
        case _:
            return value


def renamed(value: Study) -> Study:
    """The first trainees have names that are hard to show."""
    names = dict(zip((one.trainee for one in value.trainees), ODD_NAMES, strict=False))
    return retold(value, lambda field, text: names.get(text, text) if field == "trainee" else text)
