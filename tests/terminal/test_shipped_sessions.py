"""Shipped scenarios played through on a pseudo-terminal: everything can be read, colours keep to the rules."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from real_terminal import Terminal, put_away
from sizes import SCALE

from alliance_trainer.core import course as courses
from alliance_trainer.core import engine
from alliance_trainer.core.course import Course
from alliance_trainer.scenario_files import library, loader

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(os.name != "posix", reason="needs a POSIX pseudo-terminal: shipped sessions were NOT tested"),
]

SHIPPED = {path.stem: path for path in library.shipped()}


def folded(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def terminals(tmp_path: Path) -> Iterator[list[Terminal]]:
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        put_away(terminal.child)


def begin(name: str) -> Course:
    scenario = loader.load_path(SHIPPED[name]).scenario
    assert scenario is not None
    return courses.begin(scenario)


def play_through(terminal: Terminal, course: Course, place: int) -> None:
    """Take the response at this place on offer at every turn; check that each can be read before it is chosen."""
    scenario = course.scenario
    while not course.state.ended:
        turn = scenario.turns[course.state.place]
        offered = engine.offered(scenario, course.state)
        shown = terminal.keys([""])
        if turn.notice:
            assert "What do you notice?" in shown
            shown = terminal.keys(["1"])
        for response in offered.values():
            assert folded(response.says) in folded(shown)
        chosen = list(offered)[min(place, len(offered) - 1)]
        shown = terminal.keys([chosen])
        assert folded(offered[chosen].why) in folded(shown)
        course = courses.answer(course, chosen, "none" if turn.notice else None)
        assert terminal.screen[-1] == ">", "the last line is the prompt"
        terminal.keys([""])


WIDTHS = (40, 60, 80)
# Each scenario at one of the widths, in turn; from scale 2 on each at all of them.
SESSIONS = [(name, WIDTHS[at % 3]) for at, name in enumerate(SHIPPED)]
SESSIONS = [(name, width) for name in SHIPPED for width in WIDTHS] if SCALE >= 2 else SESSIONS


@pytest.mark.parametrize(("name", "columns"), SESSIONS)
def test_a_whole_session_can_be_read_at_every_width(
    terminals: list[Terminal], tmp_path: Path, name: str, columns: int
) -> None:
    place = {40: 0, 60: 1, 80: 2}[columns]
    terminal = Terminal("play", name, data=tmp_path / "data", columns=columns)
    terminals.append(terminal)
    terminal.keys(["", ""])
    play_through(terminal, begin(name), place)
    terminal.keys([""])
    for part in ("Debrief 1/3", "Debrief 2/3"):
        assert part in terminal.printed
        terminal.keys([""])
    terminal.child.send("\r")
    assert terminal.end() == 0
    assert all(len(line) < columns for line in terminal.printed.split("\n"))
    assert not re.search(r"\x1b\[[0-9;?]*[A-LJKSThlsu]", terminal.raw), "nothing moves the cursor or clears the screen"


@pytest.mark.parametrize(
    ("environment", "colours"),
    [
        ({"COLORTERM": "truecolor"}, {"38;2;0;120;200", "38;2;194;84;0"}),
        ({"TERM": "xterm-256color", "COLORTERM": ""}, {"38;5;63", "38;5;131"}),
        ({"TERM": "xterm", "COLORTERM": ""}, set()),
        ({"TERM": "vt100", "COLORTERM": ""}, set()),
        ({"COLORTERM": "truecolor", "NO_COLOR": "1"}, set()),
    ],
)
def test_only_the_two_accents_are_ever_used(
    terminals: list[Terminal], tmp_path: Path, environment: dict[str, str], colours: set[str]
) -> None:
    terminal = Terminal("play", "its-fine", data=tmp_path / "data", environment=environment)
    terminals.append(terminal)
    terminal.keys(["", ""])
    play_through(terminal, begin("its-fine"), 2)
    used = re.findall(r"\x1b\[([0-9;]*)m", terminal.raw)
    assert used, "headings are bold at least"
    assert not colours or any(colour in style for style in used for colour in colours)
    for style in used:
        bare = re.sub(r"^(1|0|4|7)(;|$)", "", style)
        assert bare == "" or bare in colours, style


def test_plain_mode_holds_for_every_command(terminals: list[Terminal], tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("format: 1\n", encoding="utf-8")
    for words in (("list",), ("check", str(broken)), ("explain", "AT070"), ("data", "check"), ("play", "nothing")):
        for plain in (True, False):
            terminal = Terminal(*words, *(["--plain"] if plain else []), data=tmp_path / "data")
            terminals.append(terminal)
            terminal.end()
            assert not plain or "\x1b" not in terminal.raw, words
        assert words[0] not in ("list", "check", "explain") or "\x1b" in terminal.raw


@pytest.mark.parametrize("name", list(SHIPPED)[:1])
def test_plain_mode_is_linear_to_the_last_byte(terminals: list[Terminal], tmp_path: Path, name: str) -> None:
    terminal = Terminal("play", name, "--plain", data=tmp_path / "data", columns=80)
    terminals.append(terminal)
    terminal.keys(["", ""])
    play_through(terminal, begin(name), 0)
    assert "\x1b" not in terminal.raw
    assert "\r" not in terminal.raw.replace("\r\n", "")
    lines = terminal.printed.split("\n")[:-1]
    assert all(line == line.rstrip() for line in lines if line != "> ")
    for label in ("Patient", "Seen", "Question", "Option 1", "Keys", "Why"):
        assert re.search(rf"^{label}: ", terminal.printed, re.M), "labels stand at the line's start"
        assert not re.search(rf"^.+ {label}: ", terminal.printed, re.M)
