"""`check --watch` as a real process: what is new and what is gone after each save, whichever way an editor saves."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from command import command
from fragments import MINIMAL, merged
from watching_program import Running, save_by_rename, save_in_place, save_slowly

pytestmark = pytest.mark.skipif(os.name != "posix", reason="sends a Ctrl-C as POSIX does: --watch was NOT tested")

HEAD = re.compile(r"^\d\d:\d\d:\d\d (.*): (.*)$", re.M)
"""The line about a save: where, and what changed."""
READY = "Ctrl-C ends it."
MISSPELT = MINIMAL.replace("to: done", "to: donee")

Start = Callable[..., Running]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "scenarios"
    found.mkdir()
    (found / "minimal.yaml").write_text(MINIMAL)
    return found


@pytest.fixture
def start(tmp_path: Path, folder: Path) -> Iterator[Start]:
    running: list[Running] = []

    def one(*arguments: str) -> Running:
        running.append(Running("check", *arguments, "--watch", data=tmp_path / "data", cwd=folder))
        running[-1].until(READY)
        return running[-1]

    yield one
    for each in running:
        each.__exit__(None, None, None)


def heads(text: str) -> list[tuple[str, str]]:
    return [(where, what) for where, what in HEAD.findall(text)]


@pytest.mark.parametrize("save", [save_by_rename, save_in_place])
def test_each_save_shows_what_is_new_what_is_gone_and_what_there_is(
    start: Start, folder: Path, save: Callable[[Path, str], None]
) -> None:
    file, program = folder / "minimal.yaml", start("minimal.yaml")
    assert "No problem found in 1 file." in program.said
    save(file, MISSPELT)
    came = program.until("More about a code")
    assert heads(came)[0] == ("minimal.yaml", heads(came)[0][1])
    assert re.fullmatch(r"\d new \(AT.*\)", heads(came)[0][1])
    assert "Did you mean 'done'?" in came
    new = heads(came)[0][1].split()[0]
    save(file, f"# A comment moves every line.\n{MISSPELT}")
    came = program.until("More about a code")
    assert heads(came) == [("minimal.yaml", "nothing new, nothing gone")]
    assert "Did you mean 'done'?" in came
    save(file, merged("difficulty: nine\n"))
    came = program.until("More about a code")
    assert re.fullmatch(rf"{new} gone \(AT.*\), 1 new \(AT.*\)", heads(came)[0][1])
    save(file, MINIMAL)
    assert re.fullmatch(r"1 gone \(AT.*\)", heads(program.until("No problem found in 1 file."))[0][1])
    assert program.interrupt() == 130
    assert program.said.endswith("No problem found in 1 file.\n"), "it leaves quietly"


def test_a_half_written_file_is_not_reported_if_it_is_whole_a_moment_later(start: Start, folder: Path) -> None:
    program = start("minimal.yaml", "--format", "concise")
    judged = 0
    for number in range(12):
        took = save_slowly(folder / "minimal.yaml", f"{MINIMAL}# {number}\n")
        came = program.until("nothing new, nothing gone\n\n")
        if took < 0.4:  # else this machine was too busy to write as fast as an editor does
            assert heads(came) == [("minimal.yaml", "nothing new, nothing gone")]
            judged += 1
        if judged == 3:
            return
    pytest.skip("this machine is too busy to write a file as fast as an editor does")


def test_what_is_not_there_or_no_file_is_one_line_and_is_checked_again_once_it_is(start: Start, folder: Path) -> None:
    file, program = folder / "minimal.yaml", start("./minimal.yaml")
    file.unlink()
    came = program.until("There is no file")
    assert len(came.split("\n\n")[-1].splitlines()) == 1
    file.mkdir()
    assert "minimal.yaml is a folder" in program.until("is a folder, not a scenario.\n")
    file.rmdir()
    program.until("There is no file")
    save_by_rename(file, MISSPELT)
    assert "Did you mean 'done'?" in program.until("More about a code")
    file.write_bytes(b"\xff\xfe\x00 no text at all \x81")
    assert "error AT" in program.until("More about a code")
    save_by_rename(file, MINIMAL)
    program.until("No problem found in 1 file.")
    assert program.interrupt() == 130


def test_in_a_folder_files_come_and_go_and_only_what_changed_is_shown(start: Start, folder: Path) -> None:
    (folder / "other.yaml").write_text(MISSPELT.replace("id: minimal", "id: other"))
    program = start(".")
    assert "in 2 files" in program.said
    deeper = folder / "drafts"
    deeper.mkdir()
    save_by_rename(deeper / "third.yaml", merged("difficulty: nine\nid: third\n"))
    came = program.until("in 3 files")
    assert heads(came)[0][0] == "drafts/third.yaml"
    assert "other.yaml:" not in came, "its findings are not new"
    (folder / "other.yaml").unlink()
    came = program.until("other.yaml is gone.", "in 2 files")
    assert re.fullmatch(r"\d gone \(AT.*\)", heads(came)[0][1])
    (folder / "notes.txt").write_text("This is no scenario.")
    (folder / "moved").mkdir()
    (deeper / "third.yaml").replace(folder / "moved" / "third.yaml")
    came = program.until("drafts/third.yaml is gone.", "moved/third.yaml:")
    assert "notes.txt" not in program.said
    assert program.interrupt() == 130


def test_with_key_the_key_is_judged_anew(start: Start, folder: Path) -> None:
    program = start("minimal.yaml", "--key", "--format", "concise")
    assert " AT1" not in program.said
    example = (Path(__file__).parent.parent / "example_scenario.yaml").read_text()
    save_by_rename(folder / "minimal.yaml", example.replace("id: example-scenario", "id: minimal"))
    assert "(AT111, AT118)" in heads(program.until("AT118 Who follows recognition alone"))[0][1]


def test_wrong_use_is_one_clear_error(folder: Path, tmp_path: Path) -> None:
    done = command("check", folder, "--watch", "--format", "json", data=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "no format 'json'" in done.errors
    done = command("check", folder / "minmal.yaml", "--watch", data=tmp_path)
    assert done.code == 2
    assert "Did you mean" in done.errors
    empty = tmp_path / "site"
    empty.mkdir()
    (empty / "watchfiles.py").write_text("raise ImportError")
    done = command("check", folder, "--watch", data=tmp_path, environment={"PYTHONPATH": str(empty)})
    assert (done.code, done.out) == (2, "")
    assert "pip install 'alliance-trainer[watch]'" in done.errors
