"""Every screen as text, at four widths, pretty and plain: reviewed by a person, then frozen.

UPDATE_GOLDEN=1 rewrites them; look at the difference before you commit it.
"""

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from alliance_trainer.core import course as courses
from alliance_trainer.core.attempt import Step
from alliance_trainer.core.automaton import compile_scenario
from alliance_trainer.core.debrief import debrief
from alliance_trainer.core.errors import CannotSaveError
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.order import shuffled
from alliance_trainer.core.replay import replay
from alliance_trainer.core.scoring import score
from alliance_trainer.lint import runner
from alliance_trainer.scenario_files.headers import read_header
from alliance_trainer.scenario_files.loader import load
from alliance_trainer.terminal import debrief_screens, diagnostics, listing, not_saved, scenes
from alliance_trainer.terminal.blocks import Block
from alliance_trainer.terminal.debrief_screens import Facts
from alliance_trainer.terminal.door import Door, Look
from alliance_trainer.terminal.session import Rules

EXAMPLE = Path(__file__).parent.parent / "example_scenario.yaml"
GOLDEN = Path(__file__).parent.parent / "golden_screens"
PRACTICE = Rules(mode="practice", notice="before", seed="1")
ASSESS = Rules(mode="assess", notice="off", seed="1")
STEPS = [
    Step(turn="form", notice="none", response="explain"),
    Step(turn="polite", notice="withdrawal", response="wonder"),
    Step(turn="hurt", notice="mixed", response="stay"),
    Step(turn="week", notice="withdrawal", response="ask"),
]


def example() -> Scenario:
    scenario = load(EXAMPLE.read_bytes(), "example-scenario.yaml").scenario
    assert scenario is not None
    return scenario


def screens(width: int) -> Iterator[tuple[str, Block]]:
    yield from before_and_during()
    yield from afterwards(width)
    error = CannotSaveError("Your last answer could not be saved: No space left on device. All before it is safe.")
    yield "not saved", not_saved.screen(error)
    yield "list", listing.scenarios([read_header(EXAMPLE)], {"example_scenario": 2}, numbered=False)
    yield "choose", listing.scenarios([read_header(EXAMPLE)], {}, numbered=True)


def before_and_during() -> Iterator[tuple[str, Block]]:
    scenario = example()
    course = courses.begin(scenario)
    yield "first words", scenes.first_words("/home/someone/.local/state/alliance-trainer")
    yield "intro", scenes.intro(scenario, PRACTICE, 2, details=False)
    yield "intro with details", scenes.intro(scenario, ASSESS, 2, details=True)
    form = scenario.turns["form"]
    yield "patient turn", scenes.patient_turn(course, form.patient, 2)
    yield "notice", scenes.notice_question(course, 2, undo=False)
    yield "responses", scenes.response_question(course, shuffled("1", "form", form.responses), 2, undo=True)
    yield "help", scenes.help_page(undo=True)
    yield "welcome back", scenes.welcome_back(replay(scenario, STEPS[:1], "unfinished"), 2)


def afterwards(width: int) -> Iterator[tuple[str, Block]]:
    scenario = example()
    course = courses.begin(scenario)
    for step in STEPS:
        assert step.response is not None
        course = courses.answer(course, step.response, step.notice)
        last = course.exchanges[-1]
        order = shuffled("1", last.turn_id, last.offered)
        yield f"comment on {step.response}", scenes.comment(course, last, order)
    yield "looked back", scenes.looked_back(course)
    yield "ending", scenes.ending(course)
    told = debrief(course, score(compile_scenario(scenario), STEPS))
    facts = Facts(title=scenario.title, mode="practice", attempt="k7q2", receipt="9f3a11c0", place="k7q2.jsonl")
    for number, block in enumerate(debrief_screens.screens(told, facts, width), start=1):
        yield f"debrief {number}", block


BROKEN = """\
format: 1
id: broken
title: Broken
summary: x
patient: {name: Kim, age: forty}
briefing: 日本語 and 🙂 before the place
start: one
turns:
  one:
    patient: Hello.
    markers: [wd-denail]
    responses:
      a: {says: A, why: B, to: nowhere, rates: {recognition: 3}}
endings:
  end: {outcome: partly, debrief: x}
"""


def diagnosed(door: Door) -> None:
    loaded = load(BROKEN.encode(), "scenarios/broken.yaml")
    if loaded.draft is not None:
        loaded = loaded.with_findings(runner.run_on_draft(loaded.draft))
    diagnostics.show(door, loaded.diagnostics)
    diagnostics.page(door, runner.pages()[0])


def drawn(width: int, *, plain: bool) -> str:
    out = io.StringIO()
    look = Look(plain=plain, reason="", colour=False, interactive=True)
    door = Door(look=look, out=out, errors=out, columns=lambda: width)
    for name, block in screens(width):
        out.write(f"##### {name}\n")
        door.show(block)
    out.write("##### check and explain\n")
    diagnosed(door)
    return "".join(_without_styles(line) for line in out.getvalue().splitlines(keepends=True))


def _without_styles(line: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", line)


@pytest.mark.parametrize("plain", [False, True], ids=["pretty", "plain"])
@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_the_screens_are_as_they_were_reviewed(width: int, plain: bool) -> None:
    path = GOLDEN / f"{'plain' if plain else 'pretty'}-{width}.txt"
    text = drawn(width, plain=plain)
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_plain_screens_are_linear(width: int) -> None:
    blocks = drawn(width, plain=True).split("##### ")
    for block in blocks:
        lines = block.splitlines()
        assert all(line == line.rstrip() for line in lines)
        said = [line for line in lines[1:] if len(line) > 30 and "alliance" not in line]
        if not block.startswith(("check", "debrief 2")):
            assert len(said) == len(set(said)), "no line says the same thing twice"
