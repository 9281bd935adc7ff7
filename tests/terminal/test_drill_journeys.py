"""A drill and progress on a real pseudo-terminal, by keys as a person types them."""

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import command
from drills import library, rows
from real_terminal import Terminal

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(os.name != "posix", reason="needs a POSIX pseudo-terminal: the drill was NOT tested there"),
]

EXAMPLE = Path(__file__).parent.parent / "example_scenario.yaml"


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    books = library(tmp_path / "books")
    arguments = ("--library", str(books), "--from", "moments", "--count", "3", "--sure", "--seed", "4")
    with Terminal("spot", *arguments, data=tmp_path / "data") as opened:
        yield opened


def to(terminal: Terminal, words: str) -> None:
    """Press Enter until these words stand in the last block."""
    for _ in range(6):
        headings = [found.start() for found in re.finditer(r"\n (?:--|==) \w", terminal.printed)]
        if words in " ".join(terminal.printed[headings[-1] if headings else 0 :].split()):
            return
        terminal.answer()
    raise AssertionError(f"{words!r} never came:\n" + "\n".join(terminal.screen))


def answer_all(terminal: Terminal, answers: list[str]) -> None:
    to(terminal, "What is going on?")
    for text in answers:
        terminal.answer(text)


def test_a_whole_drill_by_keys_ends_with_counts_and_everything_was_recorded(terminal: Terminal, tmp_path: Path) -> None:
    terminal.wait()
    assert "Enter start" in terminal.printed
    assert "Content" in terminal.printed, "topics that some would rather know of"
    to(terminal, "What is going on?")
    assert "a number from 1 to 4" in " ".join(terminal.answer("9").split())
    assert "moment 1 of 3" in terminal.answer("b")
    assert "Recorded: withdrawal." in terminal.answer("2")
    assert "Taken back." in terminal.answer("u")
    answer_all(terminal, ["3", "1", "6"])
    assert "What it was" in terminal.printed
    assert "u undo" not in terminal.printed[terminal.printed.rindex("What it was") :], "no undo once it was told"
    for _ in range(2):
        to(terminal, "Enter go on")
        answer_all(terminal, ["1", "1"])
    terminal.child.send("\r")
    assert terminal.end() == 0
    assert "Drill finished" in terminal.printed
    (row,) = rows(tmp_path / "data")
    assert [answer.answer for answer in row.noticed] == ["confrontation", "none", "none"]
    assert [answer.sure for answer in row.noticed] == [100, 50, 50]
    assert terminal.modes == terminal.modes_at_end
    assert all(len(line) < 80 for line in terminal.printed.split("\n"))


@pytest.mark.parametrize("way", ["q", "ctrl-c", "SIGTERM", "SIGKILL"])
def test_leaving_in_any_way_loses_no_answer(terminal: Terminal, tmp_path: Path, way: str) -> None:
    terminal.wait()
    answer_all(terminal, ["2", "1"])
    confirmed = len(re.findall("^Recorded: ", terminal.printed, re.M))
    assert confirmed == 2
    if way == "q":
        terminal.child.send("q\r")
    elif way == "ctrl-c":
        terminal.child.sendcontrol("c")
    else:
        terminal.child.kill(getattr(signal, way))
    codes = {"q": 0, "ctrl-c": 130, "SIGTERM": 143, "SIGKILL": 137}
    assert terminal.end() == codes[way]
    (row,) = rows(tmp_path / "data")
    assert row.noticed[0].named is not None
    if way != "SIGKILL":
        assert "Saved: 0 moments answered." in " ".join(terminal.printed.split())


def test_progress_leads_through_its_screens_and_opens_a_debrief(tmp_path: Path) -> None:
    path = tmp_path / "example-scenario.yaml"
    path.write_bytes(EXAMPLE.read_bytes())
    typed = "none\nexplain\nwithdrawal\nwonder\nmixed\nstay\nnone\nask\n"
    assert command("play", path, "--seed", "1", data=tmp_path / "data", typed=typed).code == 0
    with Terminal("progress", data=tmp_path / "data") as terminal:
        terminal.wait()
        assert "My progress" in terminal.printed
        to(terminal, "opens its debrief")
        assert "number of an attempt" in " ".join(terminal.answer("7").split())
        terminal.answer("1")
        assert "Debrief" in terminal.printed
        for _ in range(8):
            if not terminal.child.isalive():
                break
            terminal.child.send("q\r")
            try:
                terminal.wait(3)
            except AssertionError:
                break
        assert terminal.end() == 0
        assert "Traceback" not in terminal.printed
