"""Journeys on a real pseudo-terminal: keys as a person types them, and what the screen and the journal then hold."""

import os
import random
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from real_terminal import Terminal, put_away
from sizes import scaled

from alliance_trainer.journal.events import Choice, Note, Probe, Retract
from alliance_trainer.journal.receipt import receipt
from alliance_trainer.journal.scan import Clean, is_finished
from alliance_trainer.journal.store import Store

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(os.name != "posix", reason="needs a POSIX pseudo-terminal: journeys were NOT tested"),
]

EXAMPLE = Path(__file__).parent.parent / "example_scenario.yaml"
SEED = "1"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "example-scenario.yaml").write_bytes(EXAMPLE.read_bytes())
    return folder


Open = Callable[..., Terminal]


@pytest.fixture
def opened(library: Path, tmp_path: Path) -> Iterator[Open]:
    terminals: list[Terminal] = []

    def open_one(*arguments: str, **more: object) -> Terminal:
        words = arguments or ("play", "example-scenario", "--seed", SEED)
        terminal = Terminal(*words, "--library", str(library), data=tmp_path / "data", **more)  # type: ignore[arg-type]
        terminals.append(terminal)
        return terminal

    yield open_one
    for terminal in terminals:
        put_away(terminal.child)


def started(opened: Open, *arguments: str, **more: object) -> Terminal:
    """A play that stands at the first turn: first words, intro, then the patient."""
    terminal = opened(*arguments, **more)
    terminal.wait()
    for _ in range(8):
        if "turn 1 of about" in terminal.printed and "Enter go on   b look back" in " ".join(
            terminal.printed.split("\n")
        ):
            break
        if re.search(r"turn 1\b", terminal.printed):
            break
        terminal.answer()
    return terminal


def asks(terminal: Terminal) -> str | None:
    """The question that stands now; None at a screen where Enter goes on."""
    printed = terminal.printed
    questions = ("What do you notice?", "What do you say?")
    last = max(questions, key=printed.rfind)
    since = printed[printed.rfind(last) :] if last in printed else ""
    answered = any(word in since for word in ("Recorded:", "Taken back"))
    return last if "+ Enter" in since and not answered else None


def to_question(terminal: Terminal, question: str) -> None:
    """Press Enter until a question is asked."""
    for _ in range(9):
        if asks(terminal) == question:
            return
        terminal.answer()
    raise AssertionError(f"{question!r} never came:\n{terminal.printed[-1500:]}")


def number_of(terminal: Terminal, words: str) -> str:
    """The number under which a response is shown."""
    shown = " ".join(terminal.printed[terminal.printed.rindex("What do you say?") :].split())
    return str(re.findall(r'(\d) "' + re.escape(words), shown)[-1])


def say(terminal: Terminal, notice: str, words: str) -> str:
    """Answer both questions of a turn; what was printed after the response."""
    to_question(terminal, "What do you notice?")
    terminal.answer(notice)
    to_question(terminal, "What do you say?")
    return terminal.answer(number_of(terminal, words))


def journal(tmp_path: Path) -> list[object]:
    (entry,) = Store(folder=tmp_path / "data").entries()
    assert isinstance(entry.scanned, Clean)
    return [record.event for record in entry.scanned.records]


def finish(terminal: Terminal) -> int:
    """Answer 1 to every question and Enter elsewhere, to the end; the exit code."""
    for _ in range(60):
        if not terminal.child.isalive():
            break
        terminal.answer("1" if asks(terminal) else "")
    return terminal.end()


def test_a_whole_session_by_keys_only_ends_with_the_debrief(opened: Open, tmp_path: Path) -> None:
    terminal = started(opened)
    comment = say(terminal, "3", "You are right")
    assert "Recorded: option" in comment
    assert "Strongest" in comment
    assert "+ you called it confrontation, and it was" in comment
    say(terminal, "mixed", "That I had forgotten")
    assert finish(terminal) == 0
    for part in ("Debrief 1/3", "Debrief 2/3", "Debrief 3/3", "In words", "One thing to practise", "Receipt"):
        assert part in terminal.printed
    (entry,) = Store(folder=tmp_path / "data").entries()
    assert entry.finished
    assert str(receipt(entry.scanned.records)) in terminal.printed


def test_an_answer_that_does_not_fit_gets_one_hint_and_is_asked_again(opened: Open, tmp_path: Path) -> None:
    terminal = started(opened)
    to_question(terminal, "What do you notice?")
    for wrong in ("7", "", "maybe", "-1", "2 3"):
        assert "a number from 1 to 4" in " ".join(terminal.answer(wrong).split())
    assert not [event for event in journal(tmp_path) if isinstance(event, Probe)]
    assert "Recorded: withdrawal." in terminal.answer("WITHDRAWAL")


def test_help_look_back_and_notes_do_not_answer_the_question(opened: Open, tmp_path: Path) -> None:
    terminal = started(opened)
    to_question(terminal, "What do you notice?")
    for word in ("?", "help", "H"):
        assert "Help" in terminal.answer(word)
    assert "Looking back" in terminal.answer("b")
    assert "for children" in terminal.printed[terminal.printed.rindex("Looking back") :]
    assert "no real patient material" in terminal.answer("N")
    assert "Noted." in terminal.answer("look at her hands")
    assert "Recorded: confrontation." in terminal.answer("3")
    notes = [event for event in journal(tmp_path) if isinstance(event, Note)]
    assert [(note.turn, note.text) for note in notes] == [("form", "look at her hands")]


def test_undo_keeps_the_first_answer_as_the_score(opened: Open, tmp_path: Path) -> None:
    terminal = started(opened)
    to_question(terminal, "What do you notice?")
    terminal.answer("1")
    to_question(terminal, "What do you say?")
    terminal.answer("u")  # takes the probe back
    to_question(terminal, "What do you notice?")
    terminal.answer("3")
    to_question(terminal, "What do you say?")
    terminal.answer(number_of(terminal, "The form shows us"))
    assert "Taken back" in terminal.answer("undo")  # from the comment
    say(terminal, "3", "You are right")
    say(terminal, "4", "That I had forgotten")
    assert finish(terminal) == 0
    events = journal(tmp_path)
    assert [event.what for event in events if isinstance(event, Retract)] == ["probe", "choice"]
    assert [event.response for event in events if isinstance(event, Choice)][:2] == ["explain", "own-it"]
    printed = " ".join(terminal.printed.split())
    assert "counts as assisted" in printed
    data = terminal_json(tmp_path)
    assert data["status"] == "assisted"
    assert data["harm"] == [1, 0]
    assert data["noticed"]["confusion"][2][0] == 1, "the first answer, nothing special, is the one that counts"


def terminal_json(tmp_path: Path) -> dict[str, object]:
    from command import command

    done = command("debrief", "--format", "json", data=tmp_path / "data")
    assert done.code == 0, done.errors
    answer = msgspec.json.decode(done.out)
    assert isinstance(answer, dict)
    return answer


def test_keys_pressed_ahead_answer_only_once(opened: Open, tmp_path: Path) -> None:
    terminal = started(opened)
    to_question(terminal, "What do you notice?")
    terminal.child.send("3\r2\r")
    terminal.wait()
    time.sleep(0.3)
    assert len([event for event in journal(tmp_path) if isinstance(event, Probe)]) == 1
    assert not [event for event in journal(tmp_path) if isinstance(event, Choice)]


SCREENS = ("patient", "probe", "responses", "comment")


def at_screen(opened: Open, screen: str) -> Terminal:
    terminal = started(opened)
    if screen == "patient":
        return terminal
    to_question(terminal, "What do you notice?")
    if screen == "probe":
        return terminal
    terminal.answer("3")
    to_question(terminal, "What do you say?")
    if screen == "comment":
        terminal.answer(number_of(terminal, "You are right"))
    return terminal


def leave(terminal: Terminal, way: str) -> int:
    if way == "q":
        terminal.child.send("q\r")
    elif way == "ctrl-c":
        terminal.child.sendcontrol("c")
    elif way == "ctrl-d":
        terminal.child.sendcontrol("d")
    else:
        terminal.child.kill(getattr(signal, way))
    return terminal.end()


LEAVING = {"q": 0, "ctrl-c": 130, "ctrl-d": 0, "SIGTERM": 143, "SIGHUP": 129}


@pytest.mark.parametrize("way", LEAVING)
@pytest.mark.parametrize("screen", SCREENS)
def test_leaving_in_any_way_at_any_screen_keeps_everything_and_can_be_resumed(
    opened: Open, tmp_path: Path, screen: str, way: str
) -> None:
    terminal = at_screen(opened, screen)
    assert leave(terminal, way) == LEAVING[way]
    assert "Traceback" not in terminal.printed
    events = journal(tmp_path)
    answered = {"patient": 0, "probe": 0, "responses": 1, "comment": 2}[screen]
    assert sum(isinstance(event, Probe | Choice) for event in events) == answered
    if way != "SIGHUP":  # nobody is there any more to read it
        assert "alliance-trainer resume" in " ".join(terminal.printed.split())
    back = opened("resume")
    back.wait()
    assert "Welcome back" in back.printed
    if screen == "comment":
        say(back, "4", "That I had forgotten")
    elif screen == "responses":
        to_question(back, "What do you say?")
        assert "What do you notice?" not in back.printed
    assert finish(back) == 0
    (entry,) = Store(folder=tmp_path / "data").entries()
    assert entry.finished


def test_the_terminal_is_left_as_it_was(opened: Open) -> None:
    import termios

    for way in ("ctrl-c", "SIGTERM"):
        terminal = at_screen(opened, "responses")
        before = termios.tcgetattr(terminal.child.child_fd)
        if way == "ctrl-c":
            terminal.child.sendcontrol("c")
        else:
            terminal.child.kill(signal.SIGTERM)
        time.sleep(0.3)
        after = termios.tcgetattr(terminal.child.child_fd)
        assert after == before


def test_killed_at_random_moments_nothing_that_was_recorded_is_lost(opened: Open, tmp_path: Path) -> None:
    chance, total = random.Random(20), 0
    for round_ in range(scaled(6)):
        terminal = opened("resume") if round_ else started(opened)
        terminal.wait() if round_ else None
        for _ in range(chance.randrange(4)):
            if terminal.child.isalive():
                terminal.answer("1" if asks(terminal) else "")
        confirmed = len(re.findall(r"^Recorded: ", terminal.printed, re.M))
        terminal.child.kill(signal.SIGKILL)
        terminal.end()
        events = journal(tmp_path)
        total += confirmed
        assert sum(isinstance(event, Probe | Choice) for event in events) >= total
        (entry,) = Store(folder=tmp_path / "data").entries()
        if is_finished(entry.scanned.records):
            break


def test_assessment_has_no_comment_and_no_undo_and_asks_to_confirm(opened: Open, tmp_path: Path) -> None:
    terminal = started(opened, "play", "example-scenario", "--seed", SEED, "--mode", "assess")
    to_question(terminal, "What do you notice?")
    terminal.answer("3")
    to_question(terminal, "What do you say?")
    assert "u undo" not in terminal.printed[-900:]
    assert "a number from 1 to" in " ".join(terminal.answer("u").split())
    number = number_of(terminal, "You are right")
    assert f"Say option {number}?" in terminal.answer(number)
    assert not [event for event in journal(tmp_path) if isinstance(event, Choice)]
    terminal.answer("n")
    terminal.answer(number)
    after = terminal.answer("y")
    assert "Strongest" not in after
    assert "She puts the sheet down" in after, "the patient's reply opens the next screen"
    terminal.answer()
    assert len([event for event in journal(tmp_path) if isinstance(event, Choice)]) == 1


def test_the_intro_shows_details_and_lets_one_choose_something_else(opened: Open, tmp_path: Path) -> None:
    terminal = opened()
    terminal.wait()
    assert "Before you start" in terminal.printed
    assert "unvalidated" in terminal.printed
    for _ in range(3):
        if "d details" in terminal.printed:
            break
        terminal.answer()
    assert "Content" in terminal.printed
    assert "anger at therapist (central)" in " ".join(terminal.answer("d").split())
    terminal.child.send("s\r")
    assert terminal.end() == 0
    assert not (tmp_path / "data" / "attempts").exists(), "nothing was started"


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_a_session_at_every_width(opened: Open, columns: int) -> None:
    terminal = started(opened, columns=columns)
    say(terminal, "3", "You are right")
    say(terminal, "4", "That I had forgotten")
    assert finish(terminal) == 0
    assert all(len(line) < columns for line in terminal.printed.split("\n"))


@pytest.mark.parametrize(
    ("arguments", "environment", "plain"),
    [
        ((), {"ACCESSIBLE": "1"}, True),
        (("--plain",), {}, True),
        (("--no-plain",), {"ACCESSIBLE": "1"}, False),
        ((), {"TERM": "dumb"}, True),
        ((), {}, False),
    ],
)
def test_plain_mode_says_so_and_has_no_escape_byte(
    opened: Open, arguments: tuple[str, ...], environment: dict[str, str], plain: bool
) -> None:
    terminal = started(opened, "play", "example-scenario", "--seed", SEED, *arguments, environment=environment)
    to_question_plain = "Question: What do you notice?"
    if plain:
        for _ in range(6):
            if to_question_plain in terminal.printed:
                break
            terminal.answer()
        assert to_question_plain in terminal.printed
        assert "\x1b" not in terminal.raw
        assert "Plain mode is on because" in terminal.printed
    else:
        assert "\x1b[" in terminal.raw
        assert "Plain mode" not in terminal.printed
    assert leave(terminal, "q") == 0


@pytest.mark.parametrize(("arguments", "environment"), [(("--no-color",), {}), ((), {"NO_COLOR": "1"})])
def test_without_colour_there_is_no_colour_code(
    opened: Open, arguments: tuple[str, ...], environment: dict[str, str]
) -> None:
    terminal = started(opened, "play", "example-scenario", "--seed", SEED, *arguments, environment=environment)
    assert not re.search(r"\x1b\[[0-9;]*(?:3[0-9]|38|9[0-7])[;m]", terminal.raw)
    assert leave(terminal, "q") == 0


def test_after_a_stop_the_prompt_stands_there_again(opened: Open) -> None:
    terminal = at_screen(opened, "responses")
    terminal.child.kill(signal.SIGSTOP)
    time.sleep(0.1)
    terminal.child.kill(signal.SIGCONT)
    assert terminal.wait().endswith("> ")
    assert leave(terminal, "q") == 0


def test_without_a_name_one_chooses_from_a_numbered_list_in_plain_mode(opened: Open) -> None:
    terminal = opened("play", "--plain")
    shown = terminal.wait()
    while "Enter to read on" in shown.splitlines()[-1]:
        shown += terminal.answer()
    number = re.findall(r"Option (\d+): The wrong form", shown)[0]
    assert "a number" in terminal.answer("99")
    terminal.answer(number)
    for _ in range(3):
        if "d details" in terminal.printed:
            break
        terminal.answer()
    assert "hand Ines the weekly questionnaire" in " ".join(terminal.printed.split())
    assert leave(terminal, "q") == 0


def test_a_long_list_is_a_pick_list_that_can_be_searched(opened: Open, library: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    for number in range(9):
        name = f"other-{number}"
        changed = text.replace("id: example-scenario", f"id: {name}").replace("title: The", f"title: {number} The")
        (library / f"{name}.yaml").write_text(changed, encoding="utf-8")
    terminal = opened("play", environment={"PROMPT_TOOLKIT_NO_CPR": "1"})
    terminal.child.expect_exact("Which scenario?")
    terminal.child.expect_exact("other-8")
    terminal.child.send("other-7X")
    terminal.child.expect_exact("Nothing is called that")
    terminal.child.send("\r")  # takes none of all that stand there
    time.sleep(0.5)
    terminal.child.send("\x7f")
    time.sleep(1)
    terminal.child.send("\r")
    terminal.wait()
    for _ in range(3):
        if "d details" in terminal.printed:
            break
        terminal.answer()
    assert "7 The wrong form" in terminal.printed
    assert leave(terminal, "q") == 0
