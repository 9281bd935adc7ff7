"""`play --watch`: the author saves while a question stands, and stands at the same place in the new version."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from command import command
from real_terminal import Terminal, put_away
from watching_program import Running, save_by_rename, save_in_place

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(os.name != "posix", reason="needs a POSIX pseudo-terminal: play --watch was NOT tested"),
]

EXAMPLE = (Path(__file__).parent.parent / "example_scenario.yaml").read_text(encoding="utf-8")
SAME = "You stand at the same place in the new version."
Open = Callable[..., Terminal]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "example-scenario.yaml"
    found.write_text(EXAMPLE, encoding="utf-8")
    return found


@pytest.fixture
def opened(tmp_path: Path, file: Path) -> Iterator[Open]:
    terminals: list[Terminal] = []

    def one(*arguments: str) -> Terminal:
        words = ("play", str(file), "--watch", "--seed", "1", *arguments)
        terminals.append(Terminal(*words, data=tmp_path / "data", columns=100, rows=40))
        terminals[-1].wait()
        return terminals[-1]

    yield one
    for terminal in terminals:
        put_away(terminal.child)
    assert not (tmp_path / "data").exists(), "nothing is recorded"


def flat(text: str) -> str:
    return " ".join(text.split())


def changed(**words: str) -> str:
    """The example with words exchanged; underscores stand for the spaces of the old ones."""
    text = EXAMPLE
    for old, new in words.items():
        assert text.count(old.replace("_", " ")) == 1
        text = text.replace(old.replace("_", " "), new)
    return text


def test_a_save_at_a_question_shows_the_turn_again_in_the_new_version_without_a_key(opened: Open, file: Path) -> None:
    terminal = opened()
    first = terminal.printed.replace("\n", "").replace(" ", "")  # the line is broken to fit, also within the path
    assert first.startswith(f"Watching{file}:nothingisrecorded.Savethefile,andyoustandatthesameplaceinthenewversion.")
    assert "Ines, 38. Works nights" in terminal.printed
    assert "What do you say?" in terminal.keys(["", "", "3"])
    save_by_rename(file, changed(for_children="for babies", I_began_with_paper="I began with a sheet"))
    shown = flat(terminal.wait())
    assert SAME in shown
    assert "for babies" in shown
    assert "I began with a sheet" in shown
    assert "What do you say?" in shown
    assert "What do you notice?" not in shown, "that was answered"
    comment = flat(terminal.keys(["own-it"]))
    assert "Not recorded, only tried" in comment
    assert "you called it confrontation" in comment
    assert "turn 2 of about 2" in terminal.keys([""])


def test_a_save_at_a_comment_and_at_the_ending_shows_them_again(opened: Open, file: Path) -> None:
    terminal = opened()
    terminal.keys(["", "", "3", "own-it"])
    save_in_place(file, changed(leaves_room="leaves a gap"))
    shown = flat(terminal.wait())
    assert SAME in shown
    assert "leaves a gap" in shown
    assert "You said" in shown
    assert "What do you" not in shown
    assert "the end" in terminal.keys(["", "", "4", "stay", ""])
    save_in_place(file, changed(Thank_you_for_saying_her_name="Anna is her name"))
    shown = flat(terminal.wait())
    assert "Anna is her name" in shown
    terminal.child.send("\r")
    assert terminal.end() == 0


def test_a_broken_version_is_refused_in_short_and_the_one_before_goes_on_until_it_is_mended(
    opened: Open, file: Path
) -> None:
    terminal = opened("--from", "hurt")
    assert "What do you notice?" in terminal.keys([""])
    save_by_rename(file, changed(It_was_easier="It was harder").replace("stage: C4", "stage: C9"))
    shown = flat(terminal.wait())
    assert "error AT042 There is no stage called 'C9'." in shown
    assert "the version before it goes on" in shown
    assert "What do you notice?" in shown
    save_in_place(file, EXAMPLE.replace("to: hurt\n", "to: hurtt\n", 1))
    shown = flat(terminal.wait())
    assert re.search(r"error AT\d+ .*'hurtt'", shown)
    assert SAME not in shown
    file.unlink()
    assert "There is no file" in flat(terminal.wait())
    save_in_place(file, changed(thought_that="feared that"))
    shown = flat(terminal.wait())
    assert SAME in shown
    assert "I feared that you had forgotten her." in shown
    assert "What do you notice?" in shown


def test_an_answer_that_was_renamed_is_named_and_the_play_stands_where_it_was_given(opened: Open, file: Path) -> None:
    terminal = opened()
    terminal.keys(["", "", "3", "own-it", ""])
    save_by_rename(file, EXAMPLE.replace("own-it", "own-the-part"))
    shown = flat(terminal.wait())
    assert "your answer 'own-it' at turn 'form' is no longer on offer: you stand at 'form'" in shown
    assert "turn 1 of about 2" in shown
    assert "What do you" not in shown, "what she says there is to be read first"
    assert "Not recorded, only tried" in terminal.keys(["", "3", "own-the-part"])
    assert "turn 2" in terminal.keys([""])
    save_by_rename(file, EXAMPLE.replace("own-it", "own-the-part").replace("to: hurt\n", "to: week\n", 1))
    shown = flat(terminal.wait())
    assert "your answer 'own-the-part' at turn 'form' leads elsewhere: you stand at 'week'" in shown
    assert "I slept twice" in shown


def test_half_a_line_that_was_typed_before_a_save_answers_nothing(opened: Open, file: Path) -> None:
    terminal = opened("--from", "hurt", "--notice", "off")
    assert "What do you say?" in terminal.keys([""])
    terminal.child.send("1")
    save_by_rename(file, changed(thought_that="feared that"))
    assert SAME in flat(terminal.wait())
    assert "Please answer with a number from 1 to 2." in flat(terminal.answer(""))


def test_a_turn_with_no_way_on_can_be_mended_while_it_is_played(opened: Open, file: Path) -> None:
    terminal = opened("--from", "hurt", "--notice", "off")
    terminal.keys([""])
    conditional = re.sub(r"(      (?:stay|reassure):\n)", r"\1        when: visited(form)\n", EXAMPLE)
    save_by_rename(file, conditional)
    shown = flat(terminal.wait())
    assert "no response is on offer" in shown
    save_by_rename(file, EXAMPLE)
    assert "What do you say?" in flat(terminal.wait())


def test_ctrl_c_leaves_quietly_and_the_terminal_as_it_was(opened: Open, file: Path) -> None:
    terminal = opened("--from", "hurt")
    save_by_rename(file, changed(thought_that="feared that"))
    terminal.wait()
    terminal.child.sendcontrol("c")
    assert terminal.end() == 130
    assert terminal.printed.endswith("Nothing was recorded.\n")
    assert terminal.modes_at_end == terminal.modes


def test_through_a_pipe_a_save_is_noticed_at_the_next_answer(file: Path, tmp_path: Path) -> None:
    with Running("play", file, "--watch", "--notice", "off", data=tmp_path / "data") as program:
        program.until("What do you say? (turn 1")
        save_by_rename(file, changed(had_forgotten_her="had lost her"))
        for number, answer in enumerate(["own-it", "reassure"] * 100, start=2):  # the two lead to each other
            program.type(answer)
            program.until(f"What do you say? (turn {number}")
            if SAME in program.said:
                break
        program.type("own-it" if answer == "reassure" else "reassure")
        program.until("had lost her" if answer == "reassure" else "These sheets")
        assert program.said.count("The file was saved.") == 1
        assert "had lost her" in program.said


def test_wrong_use_is_one_clear_error(file: Path, tmp_path: Path) -> None:
    for wrong in (("--mode", "assess"), ("--script", str(file))):
        done = command("play", file, "--watch", *wrong, data=tmp_path / "data")
        assert (done.code, done.out) == (2, "")
        assert "--watch" in done.errors
    site = tmp_path / "site"
    site.mkdir()
    (site / "watchfiles.py").write_text("raise ImportError")
    done = command("play", file, "--watch", data=tmp_path / "data", environment={"PYTHONPATH": str(site)})
    assert done.code == 2
    assert "pip install 'alliance-trainer[watch]'" in done.errors


def test_where_nothing_is_recorded_no_key_promises_to_save(opened: Open) -> None:
    terminal = opened()
    shown = terminal.keys(["", ""]) + terminal.keys(["?"])
    assert "q leave" in shown
    assert "n note" not in shown
    assert "leave, with nothing recorded" in flat(shown)
    terminal.keys(["3", "1", "", ""])
    assert "save and leave" not in flat(terminal.printed)
