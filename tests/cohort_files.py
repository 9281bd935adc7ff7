"""Attempts in files for the tests of cohorts: random plays of one scenario, and records that are wrong."""

import json
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from random_scenarios import Shape, make_play, make_scenario

from alliance_trainer.core.attempt import Step
from alliance_trainer.core.automaton import Automaton, compile_scenario
from alliance_trainer.core.identity import identify
from alliance_trainer.core.model import Scenario

SCENARIO: Scenario = make_scenario(Shape(turns=6, responses=4, conditions=False, loops=False), 11)
AUTOMATON: Automaton = compile_scenario(SCENARIO)
SHA256 = identify(SCENARIO).sha256


def resolve(scenario: str, sha256: str | None, near: Path) -> Automaton | str:
    return AUTOMATON if scenario == SCENARIO.id else f"there is no scenario {scenario!r}"


def as_dict(step: Step) -> dict[str, Any]:
    fields = {"turn": step.turn, "notice": step.notice, "response": step.response, "rewind": step.rewind}
    return {name: value for name, value in fields.items() if value is not None}


def record(number: int, scenario: Scenario = SCENARIO, **changes: Any) -> dict[str, Any]:
    """A good record: a random play, by one of ten trainees."""
    play = make_play(scenario, number)
    rng = random.Random(number)
    steps = [as_dict(step) | ({"ms": rng.randrange(1, 20_000)} if number % 3 else {}) for step in play.steps]
    return {
        "v": 1,
        "attempt": f"good-{number:05d}",
        "trainee": f"wren-{number % 10}",
        "scenario": scenario.id,
        "scenario_sha256": SHA256,
        "status": play.status,
        "steps": steps,
    } | changes


def line(data: dict[str, Any], *, close: bool = True) -> bytes:
    return json.dumps(data, separators=(",", ":") if close else None).encode()


def write_lines(path: Path, lines: Iterable[bytes]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(one + b"\n" for one in lines))
    return path


def _illegal(number: int) -> tuple[dict[str, Any], int | None]:
    """A record whose way is not legal, and the step where it breaks."""
    rng = random.Random(number)
    good = next(
        made
        for seed in range(number * 7, number * 7 + 500)
        if (made := record(seed))["status"] == "complete" and not any("rewind" in step for step in made["steps"])
    )
    steps = good["steps"]
    at = rng.randrange(len(steps))
    kind = number % 5
    if kind == 0:
        steps[at]["response"] = "no-such-response"
    elif kind == 1:
        steps[at]["turn"] = "no-such-turn"
    elif kind == 2:
        steps.append(dict(steps[-1]))
        at = len(steps) - 1
    elif kind == 3:
        steps[at] = {"rewind": "no-such-turn"}
    else:
        del steps[-1]
        return good | {"attempt": f"bad-{number}"}, None
    return good | {"attempt": f"bad-{number}"}, at + 1


def _unreadable(number: int) -> list[tuple[bytes, str]]:
    good = record(number, attempt=f"bad-{number}")
    closed = line(good)
    without = {name: value for name, value in good.items() if name != "trainee"}
    return [
        (closed[: len(closed) // 2], "cut off"),
        (closed.replace(b'"trainee":"', b'"trainee":"\xff', 1), "UTF-8"),
        (closed[:-1] + b',"attempt":"bad-again"}', "twice"),
        (line(good | {"steps": "none"}), "'steps' is a text"),
        (line(good | {"v": 2}), "version 2"),
        (closed[:-1] + b',"deep":' + b"[" * 20_000 + b"]" * 20_000 + b"}", "nested"),
        (b"not json at all", "not JSON"),
        (line(without), "'trainee' is missing"),
        (line(good | {"scenario": "unknown"}), "there is no scenario"),
        (line(good | {"attempt": ""}), "'attempt' is empty"),
        (line(good | {"trainee": 5}), "'trainee' is a whole number"),
    ]


def bad_line(number: int) -> tuple[bytes, str, int | None]:
    """A line that cannot be scored, a word that the reason must hold, and the step where the way breaks."""
    kind = number % 16
    if kind >= 5:
        return (*_unreadable(number)[kind - 5], None)
    broken, step = _illegal(number)
    words = ("no response", "the record says", "has ended", "was not met", "has not ended")
    return line(broken), words[number % 5], step
