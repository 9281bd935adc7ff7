"""`new` on a real terminal: by arrow keys, by numbered lines, and leaving either at any question by any way."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fragments import checked
from real_terminal import Terminal, pexpect, put_away

from alliance_trainer.core.model import Scenario
from alliance_trainer.core.vocabulary.markers import MARKERS

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(os.name != "posix", reason="needs a POSIX pseudo-terminal: the wizard was NOT tested"),
]

QUIET = {"PROMPT_TOOLKIT_NO_CPR": "1"}
"""The emulator behind the terminal does not say where its cursor is."""

DOWN = "\x1b[B"
QUESTIONS = (
    "Title",
    "Patient's name",
    "Age",
    "Pronouns",
    "Setting",
    "Kind of rupture?",
    "Main marker?",
    "Does a mistake of the therapist's start it?",
    "Difficulty?",
    "What the rupture needs?",
    "Author",
)
OPTIONS = (
    "--title=A",
    "--name=B",
    "--age=30",
    "--pronouns=x",
    "--setting=y",
    "--rupture=withdrawal",
    "--marker=wd-denial",
    "--no-mistake",
    "--difficulty=3",
    "--repair=either",
    "--author=C",
)
"""One for each question, which is then not asked."""


def up_to(question: str) -> tuple[str, ...]:
    """The options with which this is the first question."""
    return OPTIONS[: QUESTIONS.index(question)]


class Wizard:
    """One run of `new my-case` in an empty folder."""

    def __init__(self, folder: Path, *options: str, columns: int = 80, **environment: str) -> None:
        self.folder = folder
        self.terminal = Terminal(
            *("new", "my-case", "--dir", str(folder), *options),
            data=folder.parent / "data",
            columns=columns,
            environment={**QUIET, **environment},
        )

    def until(self, text: str, seconds: float = 30) -> None:
        """Read until the screen shows this."""
        until = time.monotonic() + seconds
        while text not in "\n".join(self.terminal.screen):
            assert time.monotonic() < until, f"{text!r} is not on the screen:\n" + "\n".join(self.terminal.screen)
            self._read()
        for _ in range(3):  # the list that belongs to it may come in a piece of its own
            self._read()

    def _read(self) -> None:
        try:
            chunk = self.terminal.child.read_nonblocking(65536, timeout=0.05)
        except pexpect.TIMEOUT:
            return
        self.terminal.raw += chunk
        self.terminal._stream.feed(chunk)

    def keys(self, text: str) -> None:
        self.terminal.child.send(text)

    def to(self, question: str) -> None:
        """Come to a question by Enter alone."""
        for before in QUESTIONS[: QUESTIONS.index(question)]:
            self.until(f"? {before}")
            self.keys("\r")
        self.until(f"? {question}")

    def end(self) -> int:
        """Wait for the end; the terminal has to be as it was before."""
        code = self.terminal.end()
        assert "Traceback" not in self.terminal.printed
        assert "mistake of ours" not in self.terminal.printed
        assert self.terminal.modes_at_end == self.terminal.modes, "the terminal is left as it was found"
        for off, on in (("\x1b[?2004l", "\x1b[?2004h"), ("\x1b[?25h", "\x1b[?25l"), ("\x1b[?7h", "\x1b[?7l")):
            assert self.terminal.raw.rfind(off) >= self.terminal.raw.rfind(on), f"{on!r} was never taken back"
        return code

    def written(self) -> Scenario:
        """The scenario that lies there, which must be clean."""
        loaded = checked((self.folder / "my-case.yaml").read_text(encoding="utf-8"), "my-case")
        assert loaded.diagnostics == ()
        assert loaded.scenario is not None
        return loaded.scenario

    def nothing_written(self) -> bool:
        return list(self.folder.iterdir()) == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "here").mkdir()
    return tmp_path / "here"


@pytest.fixture
def open_wizard(folder: Path) -> Iterator[type[Wizard]]:
    opened: list[Wizard] = []

    class Kept(Wizard):
        def __init__(self, *options: str, **more: object) -> None:
            super().__init__(folder, *options, **more)  # type: ignore[arg-type]
            opened.append(self)

    yield Kept  # type: ignore[misc]
    for wizard in opened:
        put_away(wizard.terminal.child)


def test_by_arrow_keys_and_lines(open_wizard: type[Wizard]) -> None:
    wizard = open_wizard()
    answers = {
        "Title": 'The "sheet": again\r',
        "Patient's name": "Bo\r",
        "Age": "222\r",
        "Pronouns": "\r",
        "Setting": "by phone\r",
        "Kind of rupture?": DOWN + "\r",
        "Main marker?": DOWN * 2 + "\r",
        "Does a mistake of the therapist's start it?": DOWN + "\r",
        "Difficulty?": DOWN * 3 + "\r",
        "What the rupture needs?": "\r",
        "Author": "K. Author\r",
    }
    for question, keys in answers.items():
        wizard.until(f"? {question}")
        wizard.keys(keys)
        if question == "Age":
            wizard.until("3 to 120")
            wizard.keys("\x7f\x7f\x7f" + "51\r")
    assert wizard.end() == 0
    scenario = wizard.written()
    assert (scenario.title, scenario.setting, scenario.authors) == ('The "sheet": again', "by phone", ("K. Author",))
    patient = scenario.patient
    assert (patient.name, patient.age, patient.pronouns) == ("Bo", 51, "they/them")
    opening = scenario.turns["opening"]
    assert [marker.id for marker in opening.markers] == ["cf-complaint-activities"]
    assert (scenario.difficulty, scenario.repair) == (5, "exploratory")
    assert "unread" in scenario.briefing, "the beginning with a mistake"


def test_enter_alone_takes_what_stands_in_brackets(open_wizard: type[Wizard]) -> None:
    wizard = open_wizard()
    wizard.to("Author")
    wizard.keys("\r")
    assert wizard.end() == 0
    scenario = wizard.written()
    assert (scenario.patient.name, scenario.patient.pronouns) == ("Ruth", "she/her")
    assert (wizard.folder / "scenario.schema.json").exists()


def test_a_foil_asks_nothing_about_a_rupture(open_wizard: type[Wizard]) -> None:
    wizard = open_wizard("--repair=either", *up_to("Kind of rupture?"))
    wizard.until("? Kind of rupture?")
    wizard.keys(DOWN * 3 + "\r")
    wizard.until("? Difficulty?")
    wizard.keys("\r")
    wizard.until("? Author")
    wizard.keys("\r")
    assert wizard.end() == 0
    assert "Main marker" not in wizard.terminal.printed
    assert wizard.written().turns["opening"].rupture == "none"


def test_what_the_options_say_is_not_asked(open_wizard: type[Wizard]) -> None:
    given = [option for option in OPTIONS if not option.startswith(("--rupture", "--marker", "--repair"))]
    wizard = open_wizard(*given, "--marker=cf-defends-self")
    wizard.until("? What the rupture needs?")
    for question in QUESTIONS:
        assert question == "What the rupture needs?" or question not in wizard.terminal.printed
    wizard.keys("\r")
    assert wizard.end() == 0
    assert wizard.written().turns["opening"].markers[0].id == "cf-defends-self"


def test_wrong_options_and_a_file_that_is_there_are_said_before_anything_is_asked(
    open_wizard: type[Wizard], folder: Path
) -> None:
    wrong = open_wizard("--age", "2")
    assert wrong.end() == 2
    (folder / "my-case.yaml").write_text("mine")
    there = open_wizard()
    assert there.end() == 5
    for wizard in (wrong, there):
        assert "Title" not in wizard.terminal.printed


@pytest.mark.parametrize("columns", [40, 80])
def test_every_meaning_can_be_read_whatever_the_width(open_wizard: type[Wizard], columns: int) -> None:
    wizard = open_wizard(*up_to("Main marker?"), columns=columns)
    wizard.until("? Main marker?")
    said = " ".join(wizard.terminal.printed.split())
    for about in MARKERS.values():
        assert (f"{about.label}: {about.meaning}" in said) == (about.type == "withdrawal")


LEAVING = {"ctrl-c": 130, "ctrl-d": 0, "SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129}


def leave(terminal: Terminal, way: str) -> None:
    if way.startswith("ctrl"):
        terminal.child.sendcontrol(way[-1])
    else:
        terminal.child.kill(getattr(signal, way))


@pytest.mark.parametrize("way", LEAVING)
@pytest.mark.parametrize("question", ["Title", "Kind of rupture?", "Author"])
def test_leaving_by_keys_or_signal_writes_nothing(open_wizard: type[Wizard], question: str, way: str) -> None:
    wizard = open_wizard(*up_to(question))
    wizard.until(f"? {question}")
    leave(wizard.terminal, way)
    assert wizard.end() == LEAVING[way]
    assert wizard.nothing_written()
    if way.startswith("ctrl"):
        assert "Nothing was written." in wizard.terminal.printed


@pytest.mark.parametrize("question", ["Patient's name", "Difficulty?"])
def test_closing_the_window_writes_nothing(open_wizard: type[Wizard], question: str) -> None:
    wizard = open_wizard(*up_to(question))
    wizard.until(f"? {question}")
    assert wizard.terminal.close_window() == 129
    assert wizard.nothing_written()


@pytest.mark.parametrize("question", ["Title", "Kind of rupture?"])
def test_stopped_and_continued_the_question_stands_there_again(folder: Path, question: str) -> None:
    shell = pexpect.spawn(
        "bash",
        ["--norc", "--noprofile", "-i"],
        encoding="utf-8",
        timeout=30,
        dimensions=(24, 200),
        env={**os.environ, **QUIET, "PS1": "shell: ", "TERM": "xterm"},
    )
    try:
        shell.expect_exact("shell: ")
        given = " ".join(up_to(question))
        shell.sendline(f"{sys.executable} -m alliance_trainer new my-case --dir {folder} {given}")
        shell.expect_exact(question)
        time.sleep(0.3)
        shell.sendcontrol("z")
        shell.expect_exact("Stopped")
        shell.expect_exact("shell: ")
        shell.sendline("fg")
        shell.expect_exact(question)
        time.sleep(0.3)
        shell.sendcontrol("c")
        shell.expect_exact("Nothing was written.")
        shell.expect_exact("shell: ")
    finally:
        put_away(shell)


# ------------------------------------------------------------------------------------------------- numbered lines


@pytest.mark.parametrize("how", ["--plain", "TERM=dumb", "ACCESSIBLE=1"])
def test_by_numbered_lines_without_one_escape_byte(open_wizard: type[Wizard], how: str) -> None:
    name, _, value = how.partition("=")
    wizard = open_wizard(**{name: value}) if value else open_wizard(how)
    terminal = wizard.terminal
    assert "Title (My case) >" in terminal.wait()
    for answer in ("", "Bo", "30", "", ""):
        shown = terminal.answer(answer)
    assert "Question: Kind of rupture?" in shown
    assert "number from 1 to 4" in terminal.answer("5")
    assert "Option 14: presses" in " ".join(terminal.keys(["mixed"]).split())
    for answer in ("14", "2", "4", "3"):
        shown = terminal.answer(answer)
    assert "Author (unnamed author) >" in shown
    terminal.child.send("K. Author\r")
    assert wizard.end() == 0
    assert "\x1b" not in terminal.raw
    scenario = wizard.written()
    assert scenario.turns["opening"].markers[0].id == "cf-control-pressure"
    assert (scenario.difficulty, scenario.repair, scenario.patient.name) == (4, "either", "Bo")


def test_what_is_refused_is_asked_again(open_wizard: type[Wizard]) -> None:
    wizard = open_wizard("--plain")
    terminal = wizard.terminal
    terminal.wait()
    shown = terminal.answer("TODO")
    assert "looks unfinished" in shown
    assert "Title (My case) >" in shown
    assert "200 are allowed" in terminal.answer("x" * 201)
    terminal.answer("Fine")
    shown = terminal.answer("Bo")
    assert "3 to 120" in terminal.answer("old")


@pytest.mark.parametrize(
    ("question", "way"), [*(("Kind of rupture?", way) for way in ("q", *LEAVING)), ("Title", "q"), ("Title", "ctrl-c")]
)
def test_leaving_the_numbered_lines_writes_nothing(open_wizard: type[Wizard], question: str, way: str) -> None:
    wizard = open_wizard("--plain", *up_to(question))
    assert question in wizard.terminal.wait()
    if way == "q":
        wizard.keys("q\r")
    else:
        leave(wizard.terminal, way)
    assert wizard.end() == {**LEAVING, "q": 0}[way]
    assert wizard.nothing_written()
