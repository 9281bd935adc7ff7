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
from alliance_trainer.core.course import Course
from alliance_trainer.core.debrief import debrief
from alliance_trainer.core.errors import CannotSaveError
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.order import shuffled
from alliance_trainer.core.own_words import OwnWords
from alliance_trainer.core.replay import replay
from alliance_trainer.core.scoring import score
from alliance_trainer.core.second_tries import SecondTry, way
from alliance_trainer.journal.preferences import Preferences
from alliance_trainer.lint import runner
from alliance_trainer.scenario_files.headers import read_header
from alliance_trainer.scenario_files.loader import load
from alliance_trainer.terminal import (
    closing,
    debrief_screens,
    diagnostics,
    home_screen,
    listing,
    not_saved,
    practice_scenes,
    scenes,
    second_tries_screen,
)
from alliance_trainer.terminal.blocks import Block
from alliance_trainer.terminal.debrief_screens import Facts
from alliance_trainer.terminal.door import Door, Look
from alliance_trainer.terminal.home_screen import Choice, Home
from alliance_trainer.terminal.layout import NARROW
from alliance_trainer.terminal.session import Rules

EXAMPLE = Path(__file__).parent.parent / "example_scenario.yaml"
GOLDEN = Path(__file__).parent.parent / "golden_screens"
PRACTICE = Rules(mode="practice", notice="before", seed="1")
ASSESS = Rules(mode="assess", notice="off", seed="1")
SAY_FIRST = Rules(mode="practice", notice="before", seed="1", say_first=True, hints=True)
WORDS = [OwnWords(said="It sounds as if the sheet says: not you, again.", reason="I wanted to be brief.")]
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
    yield from at_home(width)


def at_home(width: int) -> Iterator[tuple[str, Block]]:
    folder = "/home/someone/.local/state/alliance-trainer"
    liked = Preferences(say_first=True, notice="after")
    choices = (
        Choice(word="resume", label="Go on with it"),
        Choice(word="next", label="Practise next", about='Spot: "gives in", and 2 more'),
        Choice(word="choose", label="Choose a scenario", about="12 ready, 4 you have not tried"),
        Choice(word="settings", label="Settings", about=home_screen.liked_in_short(liked)),
    )
    shown = Home(
        version="1.0",
        trainee="wren-27",
        folder=folder,
        unfinished="It's fine, turn 6 of about 7, saved 2 days ago",
        suggestion='Spot: "gives in", and 2 more. You missed it 8 days ago; it came due yesterday.',
        choices=choices,
        unread=2,
    )
    yield "welcome", home_screen.welcome(folder, "wren-27")
    yield "home", home_screen.home(shown, listed=width < NARROW)
    yield "home, help", home_screen.help_text()
    yield "settings", home_screen.settings(liked, trainee="wren-27", columns=width)
    yield "name, help", home_screen.name_help("wren-27")
    yield "for instructors", home_screen.for_instructors()


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
    yield "intro, own words and hints", scenes.intro(scenario, SAY_FIRST, 2, details=False)
    at = scenes.where(course, 2)
    yield "own words", practice_scenes.words_question(course, at, undo=True, warn=True)
    yield "own words again", practice_scenes.words_question(course, at, undo=True, warn=False)
    yield "notice with a hint", scenes.notice_question(course, 2, undo=False, hint=True)
    yield "hint", practice_scenes.hint(course, "1")
    yield "help with own words", scenes.help_page(undo=True, words=True)
    yield "help where nothing is recorded", scenes.help_page(undo=True, keeps=False)
    yield (
        "responses where nothing is recorded",
        scenes.unrecorded(scenes.response_question(course, shuffled("1", "form", form.responses), 2, undo=False)),
    )
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
    yield from worded_and_tried_again(course, width)
    told = debrief(course, score(compile_scenario(scenario), STEPS))
    facts = Facts(
        title=scenario.title, mode="practice", attempt="k7q2", receipt="VJ7O-NU4D-DIQ6-YNPV", place="k7q2.jsonl"
    )
    for number, block in enumerate(debrief_screens.screens(told, facts, width), start=1):
        yield f"debrief {number}", block


def worded_and_tried_again(course: Course, width: int) -> Iterator[tuple[str, Block]]:
    first = course.exchanges[0]
    keys = practice_scenes.comment_keys(tries=False, branch=True)
    yield "comment on own words", scenes.comment(course, first, shuffled("1", "form", first.offered), WORDS[0], keys)
    yield "ending, how was it", scenes.ending(course, asks=True)
    yield "ending, help", practice_scenes.ending_help(asks=True)
    told = debrief(course, score(compile_scenario(course.scenario), STEPS), WORDS, ["form"])
    branch = replay(course.scenario, [Step(turn="form", response="own-it")], "unfinished")
    one = SecondTry(
        branch="zji5zlx5e7rcvl3qvj5z4hulzm",
        number=1,
        turn_id="form",
        patient=first.last_words,
        first=way(course, course.way, first.level_before, WORDS[0].said),
        again=way(branch, branch.way, first.level_before, ""),
        finished=False,
    )
    facts = Facts(
        title="x", mode="practice", attempt="k7q2", receipt=None, place="k7q2", tries=(one,), open_turns=(1, 2, 3)
    )
    parts = debrief_screens.screens(told, facts, width)
    yield "debrief 2 with own words", parts[1]
    yield "debrief 4", parts[3]
    yield "debrief, help", debrief_screens.help_text(facts)
    yield "no debrief yet", closing.not_yet(course.scenario.title, "alliance-trainer resume k7q2m4ab", "k7q2.jsonl")
    yield "after a branch", second_tries_screen.compared(one)


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
