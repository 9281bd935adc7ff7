"""`data export` and `data delete`: copies that are whole, and deletions that leave nothing behind."""

import json
import os
from pathlib import Path

import pytest
from command import command

EXAMPLE = Path(__file__).parent.parent / "example_scenario.yaml"
WHOLE = "none\nexplain\nwithdrawal\nwonder\nmixed\nstay\nnone\nask\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a finished practice, a finished assessment, and one more that was left, at another story."""
    path = tmp_path / "example-scenario.yaml"
    path.write_bytes(EXAMPLE.read_bytes())
    other = tmp_path / "other" / "example-scenario.yaml"
    other.parent.mkdir()
    other.write_text(EXAMPLE.read_text(encoding="utf-8").replace("weight: 2", "weight: 3"), encoding="utf-8")
    folder = tmp_path / "data"
    for scenario, mode, typed in ((path, "practice", WHOLE), (path, "assess", WHOLE), (other, "practice", "mixed\n")):
        done = command("play", scenario, "--mode", mode, "--trainee", "wren-27", data=folder, typed=typed)
        assert done.code == 0, done.errors
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """Every file but the locks."""
    files = (path for path in folder.rglob("*") if path.is_file() and "locks" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def attempts(data: Path) -> dict[str, str]:
    """Each attempt's id by its mode and whether it is finished."""
    found = {}
    for path in (data / "attempts").glob("*.jsonl"):
        text = path.read_text(encoding="utf-8")
        mode = json.loads(text.splitlines()[0])["mode"]
        found[mode if '"kind":"end"' in text else "left"] = path.stem
    return found


def hits(folder: Path, word: str) -> list[Path]:
    return [
        path
        for path in folder.rglob("*")
        if word in path.name or (path.is_file() and word.encode() in path.read_bytes())
    ]


def test_the_copy_is_whole_can_be_read_and_is_never_written_over(data: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "mine"
    copy.parent.mkdir()
    done = command("data", "export", "--out", copy, data=data)
    assert done.code == 0, done.errors
    assert tree(copy) == tree(data)
    assert command("data", "check", data=copy).out.endswith("3 attempts, 0 damaged.\n")
    again = command("data", "export", "--out", copy, data=data)
    assert again.code == 5
    assert "there already" in again.errors
    inside = command("data", "export", "--out", data / "copy", data=data)
    assert inside.code == 5
    assert not (data / "copy").exists()


def test_a_copy_that_cannot_be_finished_leaves_nothing_of_itself(data: Path, tmp_path: Path) -> None:
    if os.name != "posix" or os.geteuid() == 0:
        missing = command("data", "export", "--out", tmp_path / "not" / "there", data=data)
    else:
        (data / "attempts").chmod(0)
        missing = command("data", "export", "--out", tmp_path / "copy", data=data)
        (data / "attempts").chmod(0o700)
    assert missing.code in (2, 5)
    assert not missing.errors.startswith("Traceback")
    assert not (tmp_path / "copy").exists()


def test_an_instructor_gets_assessments_and_practice_only_where_it_is_given(data: Path, tmp_path: Path) -> None:
    ids = attempts(data)
    plain, more = tmp_path / "mine.attempts.jsonl", tmp_path / "all.attempts.jsonl"
    done = command("data", "export", "--for-instructor", "--out", plain, data=data)
    assert done.code == 0, done.errors
    assert "1 attempt" in done.out
    assert "2 stayed here" in done.out
    records = [json.loads(line) for line in plain.read_text(encoding="utf-8").splitlines()]
    assert [record["attempt"] for record in records] == [ids["assess"]]
    assert "shared" not in records[0]
    command("data", "export", "--for-instructor", "--with-practice", "--out", more, data=data)
    shared = {one["attempt"]: one.get("shared") for one in map(json.loads, more.read_text().splitlines())}
    assert shared == {ids["assess"]: None, ids["practice"]: True, ids["left"]: True}
    assert command("data", "export", "--for-instructor", "--out", more, data=data).code == 5
    assert command("data", "export", "--with-practice", "--out", tmp_path / "x", data=data).code == 2


def test_a_deleted_attempt_leaves_no_trace_and_the_others_all_they_need(data: Path) -> None:
    ids = attempts(data)
    (data / "attempts" / f"{ids['left']}.torn-17").write_bytes(b'{"half')
    (data / "index").write_text(f"something that is derived and names {ids['left']}", encoding="utf-8")
    before = tree(data)
    copies = {name for name in before if name.startswith("scenarios")}
    assert len(copies) == 2
    done = command("data", "delete", "--attempt", ids["left"][:8], "--yes", data=data)
    assert done.code == 0, done.errors
    assert "out of reach" in done.out
    assert hits(data, ids["left"]) == []
    after = tree(data)
    assert {name for name in after if name.startswith("attempts")} == {
        f"attempts/{ids['practice']}.jsonl",
        f"attempts/{ids['assess']}.jsonl",
    }
    assert len({name for name in after if name.startswith("scenarios")}) == 1, "its own copy went, theirs stayed"
    assert all(before[name] == content for name, content in after.items())
    gone = command("data", "delete", "--attempt", ids["practice"], "--attempt", ids["assess"], "--yes", data=data)
    assert gone.code == 0, gone.errors
    assert not [name for name in tree(data) if name.startswith(("attempts", "scenarios"))]


def test_another_attempt_that_mentions_it_in_a_note_stays(data: Path) -> None:
    ids = attempts(data)
    noted = command("play", "its-fine", data=data, typed=f"n\nas in {ids['left']}\nwithdrawal\n")
    assert noted.code == 0, noted.errors
    before = tree(data)
    mentions = [name for name, content in before.items() if ids["left"].encode() in content and ids["left"] not in name]
    assert len(mentions) == 1, "the note is kept"
    assert command("data", "delete", "--attempt", ids["left"], "--yes", data=data).code == 0
    assert tree(data)[mentions[0]] == before[mentions[0]]


def test_a_drill_is_deleted_like_an_attempt(data: Path) -> None:
    assert command("spot", "--count", "1", "--seed", "2", data=data, typed="none\n").code == 0
    (drill,) = (path.stem for path in (data / "drills").glob("*.jsonl"))
    command("progress", data=data)
    assert hits(data, drill)
    done = command("data", "delete", "--attempt", drill[:8], "--yes", data=data)
    assert done.code == 0, done.errors
    assert hits(data, drill) == []
    assert len(attempts(data)) == 3


def test_all_means_all_of_the_folder(data: Path) -> None:
    done = command("data", "delete", "--all", "--yes", data=data)
    assert done.code == 0, done.errors
    assert tree(data) == {}
    assert command("data", "delete", "--all", "--yes", data=data).out.startswith("Nothing is recorded")


def test_nothing_goes_without_a_word(data: Path) -> None:
    before = tree(data)
    assert command("data", "delete", "--all", data=data).code == 2, "nobody can be asked"
    assert command("data", "delete", data=data).code == 2
    assert command("data", "delete", "--all", "--attempt", "x", "--yes", data=data).code == 2
    assert command("data", "delete", "--attempt", "nosuchid", "--yes", data=data).code == 2
    assert tree(data) == before


@pytest.mark.pty
@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX pseudo-terminal: the question was NOT tested")
@pytest.mark.parametrize("answer", ["delete", "", "q", "yes|q"])
def test_a_person_is_asked_and_only_the_word_deletes(data: Path, answer: str) -> None:
    from real_terminal import Terminal  # needs pexpect

    before = tree(data)
    with Terminal("data", "delete", "--all", data=data) as terminal:
        assert "To delete: 3 records" in terminal.wait()
        for line in answer.split("|"):
            terminal.answer(line)
        assert terminal.end() == 0
    assert (tree(data) == {}) == (answer == "delete")
    if answer != "delete":
        assert tree(data) == before


def test_an_attempt_that_is_open_elsewhere_is_not_deleted(data: Path) -> None:
    from alliance_trainer.journal.store import Store  # here it plays the other window

    ids = attempts(data)
    opened = Store(folder=data).resume(ids["left"])
    try:
        done = command("data", "delete", "--attempt", ids["left"], "--yes", data=data)
        assert done.code == 5
        assert "already open" in done.errors
        assert hits(data / "attempts", ids["left"])
    finally:
        opened.writer.close()


def test_turns_tried_again_are_named_before_they_go_with_their_attempt(data: Path) -> None:
    ids = attempts(data)
    assert command("debrief", ids["practice"], "--again", "1", data=data, typed="").code == 0
    (branch,) = (path.stem for path in (data / "branches").glob("*.jsonl"))
    asked = command("data", "delete", "--attempt", ids["practice"], data=data)
    assert asked.code == 2
    assert "To delete: 2 records" in asked.out
    assert f"{branch[:8]}: " in asked.out
    done = command("data", "delete", "--attempt", ids["practice"], "--yes", data=data)
    assert done.code == 0, done.errors
    assert hits(data, ids["practice"]) == hits(data, branch) == []
    assert not list((data / "branches").iterdir())
