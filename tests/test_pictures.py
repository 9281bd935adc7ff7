"""The README's pictures are real screens: each is drawn again from the running program, and must be the same."""

import os
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from command import command
from real_terminal import Terminal
from screen_picture import picture
from shipped import scenario

from alliance_trainer.core import course as courses
from alliance_trainer.core import engine
from alliance_trainer.scenario_files.library import shipped_folder

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
COLOURS = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(os.name != "posix", reason="needs a POSIX pseudo-terminal: the pictures were NOT checked"),
]


def script(name: str) -> list[str]:
    lines = (ROOT / "tests" / "playthroughs" / f"{name}.script").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def cut(terminal: Terminal, first: str, rows: int) -> list[list[object]]:
    """The rows of the screen from the last one that holds `first`."""
    shown = terminal.cells
    at = max(number for number, row in enumerate(shown) if first in "".join(cell.data for cell in row))
    below = shown[at : at + rows]
    while not "".join(cell.data for cell in below[-1]).strip():
        below.pop()
    return below


def patient_turn(tmp_path: Path) -> list[list[object]]:
    with Terminal("play", "the-clock", "--seed", "1", data=tmp_path / "d", rows=30, environment=COLOURS) as terminal:
        terminal.keys(["", "", "", *script("the-clock.repairs")[:2], ""])
        return cut(terminal, "turn 2 of about", 22)


def up_and_down(scenario_id: str, weak: frozenset[str]) -> str:
    """Answers, one a line: the strongest, but the weakest at some turns, where the rupture is missed as well."""
    course = courses.begin(scenario(scenario_id))
    lines = []
    while not course.state.ended:
        turn, offered = course.scenario.turns[course.state.place], engine.offered(course.scenario, course.state)
        slips = course.state.place in weak
        chosen = min(offered, key=lambda name: courses.total(offered[name])) if slips else courses.strongest(offered)
        lines += ["none" if slips else turn.rupture] * turn.notice + [chosen]
        course = courses.answer(course, chosen, None)
    return "\n".join(lines)


def debrief(tmp_path: Path) -> list[list[object]]:
    played = tmp_path / "answers"
    played.write_text(up_and_down("its-fine", frozenset({"slip", "aitch", "polite"})), encoding="utf-8")
    done = command("play", "its-fine", "--seed", "1", "--script", played, data=tmp_path / "d")
    assert done.code == 0, done.errors
    with Terminal("debrief", data=tmp_path / "d", rows=200, environment=COLOURS) as terminal:
        terminal.wait()
        return cut(terminal, "Debrief 1/3", 24)


def finding(tmp_path: Path) -> list[list[object]]:
    text = (shipped_folder() / "its-fine.yaml").read_text(encoding="utf-8")
    broken = text.replace("to: the-lift", "to: the-lfit", 1).replace("trap: under-detection", "trap: underdetection", 1)
    (tmp_path / "its-fine.yaml").write_text(broken, encoding="utf-8")
    with Terminal("check", "its-fine.yaml", data=tmp_path, cwd=tmp_path, environment=COLOURS) as terminal:
        terminal.end()
        return [row for row in terminal.cells if "".join(cell.data for cell in row).strip()]


def cohort(tmp_path: Path) -> list[list[object]]:
    made = command(
        "simulate",
        "its-fine",
        "-n",
        "9",
        "--seed",
        "7",
        "--attempts",
        "autumn.attempts.jsonl",
        cwd=tmp_path,
        data=tmp_path,
    )
    assert made.code == 0, made.errors
    with Terminal(
        "cohort", "score", "autumn.attempts.jsonl", data=tmp_path, rows=60, cwd=tmp_path, environment=COLOURS
    ) as terminal:
        terminal.end()
        return cut(terminal, "Scored", 30)


SCREENS: dict[str, tuple[str, Callable[[Path], list[list[object]]]]] = {
    "turn": ("A patient's turn on the screen of Alliance Trainer", patient_turn),
    "debrief": ("The first page of a debrief, with the course of the alliance", debrief),
    "cohort": ("The table of a cohort's scores", cohort),
    "check": ("What check says about a mistake in a scenario's file", finding),
}


@pytest.mark.parametrize("name", SCREENS)
def test_the_picture_is_what_the_program_shows(name: str, tmp_path: Path) -> None:
    title, screen = SCREENS[name]
    rows = screen(tmp_path)
    drawn = picture(rows, title)
    path = PICTURES / f"{name}.svg"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(drawn, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == drawn
    root = ElementTree.fromstring(drawn)
    told = "".join(root.itertext())
    for row in rows:
        for word in "".join(cell.data for cell in row).split():
            assert word in told
