"""Leaving by every way from the screens before, after and between the turns; stopping, resizing, closing the window."""

import io
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import command
from real_terminal import Terminal, pexpect, put_away

from alliance_trainer.journal.events import Choice, Header, Pause, Probe
from alliance_trainer.journal.scan import Clean
from alliance_trainer.journal.store import Entry, Store
from alliance_trainer.terminal.answers import TerminalAnswers

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(os.name != "posix", reason="needs a POSIX pseudo-terminal: leaving was NOT tested"),
]

EXAMPLE = Path(__file__).parent.parent / "example_scenario.yaml"
KEYS = {
    "first words": (),
    "intro": ("",),
    "patient": ("", ""),
    "probe": ("", "", ""),
    "responses": ("", "", "", "3"),
    "comment": ("", "", "", "3", "own-it"),
    "last comment": ("", "", "", "3", "own-it", "", "", "4", "stay"),
    "ending": ("", "", "", "3", "own-it", "", "", "4", "stay", ""),
    "debrief 1": ("", "", "", "3", "own-it", "", "", "4", "stay", "", ""),
    "debrief 3": ("", "", "", "3", "own-it", "", "", "4", "stay", "", "", "", ""),
}
"""What to type to come to a screen."""

SAYS = {
    "first words": "Before you start",
    "intro": "s choose another",
    "patient": "turn 1 of about 2",
    "probe": "What do you notice?",
    "responses": "What do you say?",
    "comment": "You said",
    "last comment": "You said",
    "ending": "the end",
    "debrief 1": "Debrief 1/3",
    "debrief 3": "Debrief 3/3",
}
LEAVING = {"q": 0, "leave": 0, "ctrl-c": 130, "ctrl-d": 0, "SIGTERM": 143, "SIGHUP": 129}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "example-scenario.yaml").write_bytes(EXAMPLE.read_bytes())
    return folder


class Plays:
    """Opens terminals that are closed after the test."""

    def __init__(self, library: Path, data: Path) -> None:
        self.library, self.data = library, data
        self.terminals: list[Terminal] = []

    def open(self, *arguments: str, **more: object) -> Terminal:
        words = (*arguments, "--library", str(self.library))
        self.terminals.append(Terminal(*words, data=self.data, **more))  # type: ignore[arg-type]
        return self.terminals[-1]

    def at(self, screen: str, *options: str, **more: object) -> Terminal:
        terminal = self.open("play", "example-scenario", "--seed", "1", *options, **more)
        shown = terminal.keys(KEYS[screen])
        assert SAYS[screen] in (shown or terminal.printed), shown or terminal.printed
        return terminal

    @property
    def entry(self) -> Entry:
        (entry,) = Store(folder=self.data).entries()
        return entry

    def events(self) -> list[object]:
        scanned = self.entry.scanned
        assert isinstance(scanned, Clean)
        return [record.event for record in scanned.records]


@pytest.fixture
def plays(library: Path, tmp_path: Path) -> Iterator[Plays]:
    opened = Plays(library, tmp_path / "data")
    yield opened
    for terminal in opened.terminals:
        put_away(terminal.child)


def leave(terminal: Terminal, way: str) -> int:
    if way in ("q", "leave"):
        terminal.child.send(f"{way}\r")
    elif way.startswith("ctrl"):
        terminal.child.sendcontrol(way[-1])
    else:
        terminal.child.kill(getattr(signal, way))
    code = terminal.end()
    assert "Traceback" not in terminal.printed
    assert "mistake of ours" not in terminal.printed
    assert terminal.modes_at_end == terminal.modes, "the terminal is left as it was found"
    return code


@pytest.mark.parametrize("way", LEAVING)
@pytest.mark.parametrize("screen", ["first words", "intro"])
def test_leaving_before_the_start_records_nothing(plays: Plays, screen: str, way: str) -> None:
    terminal = plays.at(screen)
    assert leave(terminal, way) == LEAVING[way]
    assert not (plays.data / "attempts").exists()
    if LEAVING[way] == 0:
        assert "Nothing was started." in terminal.printed


@pytest.mark.parametrize("way", LEAVING)
@pytest.mark.parametrize("screen", ["ending", "debrief 1"])
def test_leaving_after_the_end_leaves_a_finished_attempt(plays: Plays, screen: str, way: str) -> None:
    terminal = plays.at(screen)
    assert leave(terminal, way) == LEAVING[way]
    assert plays.entry.finished
    said = " ".join(terminal.printed.split())
    assert f"alliance-trainer debrief {plays.entry.attempt[:8]}" in said
    again = command("resume", plays.entry.attempt[:8], data=plays.data)
    assert again.code == 2
    assert "finished" in again.errors


@pytest.mark.parametrize("way", ["leave", "SIGTERM"])
@pytest.mark.parametrize("screen", ["probe", "last comment", "debrief 3"])
def test_the_terminal_is_left_as_it_was_found(plays: Plays, screen: str, way: str) -> None:
    assert leave(plays.at(screen), way) == LEAVING[way]


@pytest.mark.parametrize("screen", ["patient", "responses", "comment", "ending"])
def test_closing_the_window_is_leaving(plays: Plays, screen: str) -> None:
    terminal = plays.at(screen)
    assert terminal.close_window() == 129
    answered = {"patient": 0, "responses": 1, "comment": 2, "ending": 4}[screen]
    events = plays.events()
    assert sum(isinstance(event, Probe | Choice) for event in events) == answered
    assert isinstance(events[-1], Pause) or plays.entry.finished
    again = command("resume", plays.entry.attempt[:8], data=plays.data)
    assert again.code == (2 if plays.entry.finished else 0), again.errors


def test_no_note_is_taken_after_the_end_and_the_screen_does_not_offer_it(plays: Plays) -> None:
    terminal = plays.at("ending")
    assert "n note" not in "\n".join(terminal.screen[-4:])
    assert "press Enter to go on without" in terminal.keys(["n"])
    assert "Looking back" in terminal.keys(["b"])
    assert "Debrief 1/3" in terminal.keys([""])


def test_before_the_start_only_help_is_offered(plays: Plays) -> None:
    terminal = plays.at("intro")
    assert "Help" in terminal.keys(["?"])
    for letter in ("n", "b", "u"):
        assert "Press Enter" in terminal.keys([letter])
    shown = terminal.keys([""])
    assert "turn 1 of about 2" in shown
    assert "Looking back" not in terminal.printed


def test_a_transcript_that_is_there_already_does_not_end_the_debrief(
    plays: Plays, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    terminal = plays.at("debrief 1")
    assert "Transcript saved as" in terminal.keys(["t"])
    assert "left as it is" in " ".join(terminal.keys(["transcript"]).split())
    (kept,) = tmp_path.glob("example-scenario-*.txt")
    assert "You are right" in kept.read_text(encoding="utf-8")
    assert "Debrief 2/3" in terminal.keys([""])


def test_another_width_holds_from_the_next_block_on(plays: Plays) -> None:
    terminal = plays.at("patient", columns=80)
    terminal.resize(40)
    narrow = terminal.keys([""])
    assert "What do you notice?" in narrow
    assert max(map(len, narrow.split("\n"))) < 40
    terminal.resize(100)
    wide = terminal.keys(["3"])
    assert max(map(len, wide.split("\n"))) > 70


def test_the_probe_after_the_response_is_asked_even_if_the_sitting_was_cut_off_before_it(plays: Plays) -> None:
    terminal = plays.open("play", "example-scenario", "--seed", "1", "--notice", "after")
    shown = terminal.keys(["", "", "", "own-it"])
    assert "What do you notice?" in shown
    assert "What do you say?" not in shown
    terminal.child.kill(signal.SIGKILL)
    terminal.end()
    back = plays.open("resume")
    assert "What do you notice?" in (back.keys([]) or back.printed)
    assert "+ you called it confrontation" in " ".join(back.keys(["3"]).split())
    assert "turn 2 of about 2" in back.keys([""])
    probes = [event for event in plays.events() if isinstance(event, Probe)]
    assert [(probe.turn, probe.answer) for probe in probes] == [("form", "confrontation")]


def test_stopped_with_ctrl_z_and_continued_the_prompt_stands_there_again(plays: Plays) -> None:
    shell = pexpect.spawn(
        "bash",
        ["--norc", "--noprofile", "-i"],
        encoding="utf-8",
        timeout=20,
        dimensions=(24, 200),
        env={**os.environ, "ALLIANCE_TRAINER_DATA": str(plays.data), "PS1": "shell: ", "TERM": "xterm"},
    )
    try:
        shell.expect_exact("shell: ")
        shell.sendline(f"{sys.executable} -m alliance_trainer play example-scenario --library {plays.library}")
        shell.expect_exact("q leave\r\n> ")
        shell.sendcontrol("z")
        shell.expect_exact("Stopped")
        shell.expect_exact("shell: ")
        shell.sendline("fg")
        shell.expect_exact("> ")
        shell.sendline("")
        shell.expect_exact("s choose another")
        shell.expect_exact("> ")
        shell.sendline("q")
        shell.expect_exact("Nothing was started.")
    finally:
        put_away(shell)


def test_who_stops_the_program_the_moment_the_prompt_appears_sees_it_again() -> None:
    written: list[str] = []

    class StopsAtOnce:
        def prompt(self, text: str) -> None:
            written.append(text)
            if len(written) == 1:
                os.kill(os.getpid(), signal.SIGCONT)

    before = signal.getsignal(signal.SIGCONT)
    assert TerminalAnswers(StopsAtOnce(), io.StringIO("stay\n")).next() == "stay"  # type: ignore[arg-type]
    assert written == ["> ", "> "]
    assert signal.getsignal(signal.SIGCONT) == before


def test_a_list_of_scenarios_longer_than_the_screen_can_be_left_while_it_is_read(plays: Plays) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    for number in range(5):
        name = f"other-{number}"
        (plays.library / f"{name}.yaml").write_text(text.replace("id: example-scenario", f"id: {name}"))
    terminal = plays.open("play", "--plain", columns=60)
    assert "Enter to read on" in terminal.wait()
    terminal.child.send("q\r")
    assert terminal.end() == 0
    assert "mistake of ours" not in terminal.printed


def test_the_pick_list_gives_the_terminal_back_when_it_is_stopped(plays: Plays) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    for number in range(9):
        name = f"other-{number}"
        (plays.library / f"{name}.yaml").write_text(text.replace("id: example-scenario", f"id: {name}"))
    for way, code in {"ctrl-c": 0, "SIGTERM": 143, "SIGHUP": 129}.items():
        terminal = plays.open("play", environment={"PROMPT_TOOLKIT_NO_CPR": "1"})
        terminal.child.expect_exact("other-8")
        time.sleep(0.2)
        assert leave(terminal, way) == code, way


def test_the_pseudonym_and_the_way_of_asking_are_in_the_header(plays: Plays) -> None:
    assert leave(plays.at("patient", "--trainee", "wren-27", "--notice", "after"), "q") == 0
    header = plays.events()[0]
    assert isinstance(header, Header)
    assert (header.trainee, header.mode, header.notice, header.seed) == ("wren-27", "practice", "after", "1")
