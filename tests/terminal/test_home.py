"""The program without a command: the first run, home, and a stranger's walk to the end of a first scenario."""

import os
import re
import time
from pathlib import Path

import pytest
from command import command
from real_terminal import Terminal

from alliance_trainer.journal.store import Store

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(os.name != "posix", reason="needs a POSIX pseudo-terminal: home was NOT tested"),
]
EXAMPLE = Path(__file__).parent.parent / "example_scenario.yaml"
QUIET = {"PROMPT_TOOLKIT_NO_CPR": "1"}


def attempts(data: Path) -> list[tuple[str, bool]]:
    """Each attempt's scenario, and whether it is finished."""
    entries = Store(folder=data).entries()
    return [(entry.header.scenario.id, entry.finished) for entry in entries if entry.header]


def what_the_screen_asks(shown: str) -> str:
    """An answer that the last lines of the screen allow: the first number, or Enter."""
    tail = "\n".join(shown.rstrip().splitlines()[-4:])
    return "1" if re.search(r"\b1-\d \+ Enter", tail) or "Keys: 1-" in tail else ""


def walk(terminal: Terminal, until: str, most: int = 120) -> str:
    """Answer what the screen asks until it says a word; what it showed last."""
    shown = terminal.wait()
    for _ in range(most):
        if until in shown:
            return shown
        shown = terminal.answer(what_the_screen_asks(shown))
    raise AssertionError(f"never came to {until!r}; the screen:\n" + "\n".join(terminal.screen))


@pytest.mark.parametrize("options", [(), ("--plain",)], ids=["pretty", "plain"])
def test_a_stranger_comes_to_the_end_of_a_first_scenario_by_the_screen_alone(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    with Terminal(*options, data=tmp_path / "d", environment=QUIET) as terminal:
        at_home = walk(terminal, "Choose a scenario")
        assert attempts(tmp_path / "d") == [("first-steps", True)]
        number = re.search(r"(\d)[: ]+Choose a scenario", at_home)
        assert number is not None
        if options:  # the numbered form of the list
            assert "Option 9" in terminal.keys([number[1]])
            terminal.child.send("1\r")
        else:  # the list to search in
            terminal.child.send(number[1] + "\r")
            until_shown(terminal, "Which scenario?")
            terminal.child.send("clock")
            until_shown(terminal, "(the-clock)")
            time.sleep(0.3)  # the list redraws itself after each letter
            terminal.child.send("\r")
        walk(terminal, "Choose a scenario")
        assert terminal.answer("q").strip().endswith("everything is saved.")
        assert terminal.end() == 0
    done = attempts(tmp_path / "d")
    assert len(done) == 2
    assert all(finished for _, finished in done)
    assert options or done[1][0] == "the-clock"


def until_shown(terminal: Terminal, words: str, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while words not in terminal.printed and words not in "\n".join(terminal.screen):
        assert time.monotonic() < until, "\n".join(terminal.screen)
        terminal.take_in()


def test_the_first_choice_comes_after_three_blocks(tmp_path: Path) -> None:
    with Terminal(data=tmp_path / "d") as terminal:
        blocks = [terminal.wait(), terminal.answer(), terminal.answer()]
        assert all(len(block.splitlines()) <= 24 for block in blocks)
        assert "What do you notice?" in terminal.answer()
        assert str(tmp_path / "d") in blocks[0].replace("\n ", "")
        assert {"?", "u", "q"} <= set(blocks[1].split()), "the sample names the keys it teaches"


def test_a_name_of_ones_own_is_kept_and_nothing_else_is_asked_again(tmp_path: Path) -> None:
    with Terminal(data=tmp_path / "d") as terminal:
        terminal.wait()
        assert "cannot be a trainee's id" in terminal.answer("My Name")
        terminal.answer("quiet-owl")
        terminal.answer("q")
        assert "trainee: quiet-owl" in terminal.answer("q") + terminal.printed
    assert (tmp_path / "d" / "trainee").read_text(encoding="ascii") == "quiet-owl\n"
    with Terminal(data=tmp_path / "d") as terminal:
        shown = terminal.wait()
        assert "trainee: quiet-owl" in shown
        assert "Welcome" not in shown


def test_a_first_run_that_was_killed_while_the_name_was_kept_begins_again(tmp_path: Path) -> None:
    data = tmp_path / "d"
    data.mkdir()
    (data / "trainee").touch()
    with Terminal(data=data) as terminal:
        assert "Welcome" in terminal.wait()
        assert "Half a line" in terminal.answer("quiet-owl")
    assert (data / "trainee").read_text(encoding="ascii") == "quiet-owl\n"


def test_unfinished_work_comes_first_and_enter_goes_on_with_it(tmp_path: Path) -> None:
    data = tmp_path / "d"
    command("play", "its-fine", "--seed", "1", data=data, typed="withdrawal\n")
    with Terminal(data=data) as terminal:
        shown = terminal.wait()
        assert re.search(r"Not finished: It's fine, turn 1 of about \d+, saved today", shown)
        assert "Welcome back" in terminal.answer()
    command("debrief", data=data)
    path = next((data / "attempts").glob("*.jsonl"))
    os.utime(path, (time.time() - 3 * 86_400,) * 2)
    with Terminal(data=data) as terminal:
        assert "saved 3 days ago" in terminal.wait()


def test_what_does_not_fit_and_what_cannot_be_done_leave_home_standing(tmp_path: Path) -> None:
    data, scenario = tmp_path / "d", tmp_path / "example-scenario.yaml"
    scenario.write_bytes(EXAMPLE.read_bytes())
    answers = "none\nexplain\nwithdrawal\nwonder\nmixed\nstay\nnone\nask\n"
    assert command("play", scenario, data=data, typed=answers).code == 0
    with Terminal(data=data) as terminal:
        shown = terminal.wait()
        assert "Last debrief" in shown
        assert "Not finished" not in shown
        assert "number from 1 to" in terminal.answer("99")
        assert "takes that line" in terminal.answer("?")
        for copy in (data / "scenarios").iterdir():
            copy.write_bytes(b"format: 1\n")
        refused = terminal.answer("debrief")
        assert "missing or damaged" in " ".join(refused.split())
        assert "My progress" in refused, "home stands again"
        assert "cohort" in terminal.answer("instructors")
        terminal.answer()
        terminal.answer("q")
        assert terminal.end() == 0


def test_records_that_cannot_be_read_are_told_and_stop_nothing(tmp_path: Path) -> None:
    data = tmp_path / "d"
    for _ in range(2):
        command("play", "its-fine", data=data, typed="withdrawal\n")
    journal = next((data / "attempts").glob("*.jsonl"))
    journal.write_bytes(journal.read_bytes().replace(b"withdrawal", b"withdrawel"))
    with Terminal(data=data) as terminal:
        shown = terminal.wait()
        assert "Not read: 1 of your records" in shown
        assert "Not finished: It's fine" in shown


def test_ctrl_c_at_home_ends_with_its_code(tmp_path: Path) -> None:
    command("play", "its-fine", data=tmp_path / "d", typed="")
    with Terminal(data=tmp_path / "d") as terminal:
        terminal.wait()
        terminal.child.sendintr()
        assert terminal.end() == 130
        assert terminal.modes_at_end == terminal.modes


def test_without_a_terminal_there_is_the_help(tmp_path: Path) -> None:
    done = command(data=tmp_path / "d")
    assert done.code == 0
    assert done.out == command("--help", data=tmp_path / "d").out
    assert not (tmp_path / "d").exists()


def test_settings_are_kept_and_hold_for_what_starts_at_home(tmp_path: Path) -> None:
    data = tmp_path / "d"
    command("play", "its-fine", data=data, typed="")
    (data / "preferences.json").write_text("[]", encoding="utf-8")
    with Terminal(data=data) as terminal:
        assert re.search(r"Settings +as usual", terminal.wait())
        terminal.answer("settings")
        assert "Say it first: on" in terminal.answer("1")
        assert "after you have answered" in terminal.answer("2")
        assert "not at all" in terminal.answer("2")
        assert re.search(r"Settings +own words first", terminal.answer())
    with Terminal(data=data) as terminal:
        assert re.search(r"Settings +own words first", terminal.wait())
        shown = terminal.answer("next")
        for _ in range(4):
            assert "What do you notice?" not in shown, "it is off"
            if "own words" in shown:
                break
            shown = terminal.answer()
        assert "own words" in shown or "yourself" in shown


@pytest.mark.parametrize("key", ["u", "b", "n", "back", "undo", "note", "x"])
def test_a_key_is_never_taken_for_a_name(tmp_path: Path, key: str) -> None:
    with Terminal(data=tmp_path / "d") as terminal:
        terminal.wait()
        shown = " ".join(terminal.answer(key).split())
        assert "That is a key, and no name. Press Enter to keep " in shown
    assert not (tmp_path / "d" / "trainee").exists()


@pytest.mark.parametrize("key", ["?", "help"])
def test_help_where_a_name_is_asked_for_says_what_it_is_for(tmp_path: Path, key: str) -> None:
    with Terminal(data=tmp_path / "d") as terminal:
        terminal.wait()
        shown = " ".join(terminal.answer(key).split())
        assert "A name for your records" in shown
        assert "cannot be" not in shown


def test_the_name_can_be_changed_later_in_the_settings(tmp_path: Path) -> None:
    data = tmp_path / "d"
    command("play", "its-fine", data=data, typed="")
    with Terminal(data=data) as terminal:
        terminal.keys(["settings"])
        assert "press Enter to keep it" in " ".join(terminal.answer("4").split())
        assert "You appear as quiet-owl." in terminal.answer("quiet-owl")
        assert "trainee: quiet-owl" in terminal.answer()


def test_what_cannot_be_kept_at_the_first_run_says_what_to_do(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    with Terminal("--data-dir", str(blocked), data=tmp_path / "d") as terminal:
        terminal.wait()
        terminal.child.send("\r")
        assert terminal.end() == 5
        assert "with --data-dir" in " ".join(terminal.printed.split())
