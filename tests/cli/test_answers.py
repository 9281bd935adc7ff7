"""What counts as an answer: letters before ids, marks that editors add, and words where nothing is recorded."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command import Done, command

EXAMPLE = Path(__file__).parent.parent / "example_scenario.yaml"


@pytest.fixture
def lettered(tmp_path: Path) -> Path:
    """The example with responses called b, n and q, as an author in a hurry may call them."""
    text = EXAMPLE.read_text(encoding="utf-8")
    for long, short in (("own-it", "b"), ("sorry", "n"), ("explain", "q")):
        text = text.replace(f"      {long}:", f"      {short}:").replace(f"form.{long}", f"form.{short}")
    path = tmp_path / "example-scenario.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def play(path: Path, data: Path, typed: str, *more: str) -> Done:
    return command("play", path, "--seed", "1", *more, data=data, typed=typed)


def choices(data: Path) -> list[str]:
    (journal,) = (data / "attempts").glob("*.jsonl")
    events = [json.loads(line) for line in journal.read_text().splitlines()]
    return [event["response"] for event in events if event["kind"] == "choice"]


def test_a_letter_is_never_taken_for_a_response_of_that_name(lettered: Path, tmp_path: Path) -> None:
    done = play(lettered, tmp_path / "data", "3\nb\nn\nremember this\nq\n")
    assert done.code == 0, done.errors
    assert "Looking back" in done.out
    assert "Noted." in done.out
    assert "Go on with" in done.out
    assert choices(tmp_path / "data") == []


def test_such_a_response_is_still_answered_by_its_number(lettered: Path, tmp_path: Path) -> None:
    for number in "123":
        done = play(lettered, tmp_path / number, f"3\n{number}\n")
        assert done.code == 0, done.errors
    assert sorted(choices(tmp_path / number)[0] for number in "123") == ["b", "n", "q"]


@pytest.mark.parametrize("through", ["--script", "standard input"])
def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path, through: str) -> None:
    typed = "\ufeffconfrontation\r\nown-it\r\n# a comment\r\nmixed\r\nstay\r\n"
    script = tmp_path / "way.txt"
    script.write_text(typed, encoding="utf-8", newline="")
    path = tmp_path / "example-scenario.yaml"
    path.write_bytes(EXAMPLE.read_bytes())
    if through == "--script":
        done = play(path, tmp_path / "data", "", "--script", str(script))
    else:
        done = play(path, tmp_path / "data", typed)
    assert done.code == 0, done.errors
    assert choices(tmp_path / "data") == ["own-it", "stay"]


def test_where_nothing_is_recorded_nothing_says_recorded(tmp_path: Path) -> None:
    path = tmp_path / "example-scenario.yaml"
    path.write_bytes(EXAMPLE.read_bytes())
    done = play(path, tmp_path / "data", "3\nn\nown-it\n", "--from", "form")
    assert done.code == 0, done.errors
    assert "Recorded:" not in done.out
    assert "Not recorded, only tried: confrontation." in done.out
    assert "no note either" in done.out
    assert "Saved" not in done.out
    assert not (tmp_path / "data").exists()


def copied(folder: Path) -> Path:
    path = folder / "example-scenario.yaml"
    path.write_bytes(EXAMPLE.read_bytes())
    return path


def test_a_pseudonym_that_cannot_be_one_is_refused_before_anything_is_shown(tmp_path: Path) -> None:
    done = play(copied(tmp_path), tmp_path / "data", "", "--trainee", "Dr. Jane Doe")
    assert done.code == 2
    assert done.out == ""
    assert "pseudonym" in done.errors
    assert not (tmp_path / "data").exists()


def test_the_intro_asks_for_no_noticing_where_none_is_asked(tmp_path: Path) -> None:
    path = copied(tmp_path)
    assert "asked what you notice, and what you say" in " ".join(play(path, tmp_path / "a", "").out.split())
    off = " ".join(play(path, tmp_path / "b", "", "--notice", "off").out.split())
    assert "asked what you say" in off
    assert "what you notice" not in off


def test_the_start_is_told_only_once_to_each_data_folder(tmp_path: Path) -> None:
    path = copied(tmp_path)
    told = [play(path, tmp_path / "data", "").out for _ in range(2)]
    assert "Before you start." in told[0]
    assert "this folder:\n" in told[0]
    assert "Before you start." not in told[1]


@pytest.mark.parametrize(
    ("streams", "typed", "kept"),
    [
        ({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "r\u00e9el".encode(), "r\u00e9el"),
        ({"PYTHONIOENCODING": "utf-8"}, "r\u00e9el".encode(), "r\u00e9el"),
        ({"PYTHONIOENCODING": "utf-8"}, b"r\xe9el", "r\ufffdel"),
        ({"PYTHONIOENCODING": "latin-1"}, b"r\xe9el", "r\u00e9el"),
    ],
    ids=["UTF-8 where nothing says so", "UTF-8", "neither", "latin-1"],
)
def test_words_are_kept_as_they_were_typed_under_any_encoding(
    tmp_path: Path, streams: dict[str, str], typed: bytes, kept: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "alliance_trainer", "play", "its-fine", "--say-first", "--seed", "1"],
        input=b"withdrawal\n" + typed + b"\n",
        capture_output=True,
        check=False,
        env={**os.environ, **streams, "ALLIANCE_TRAINER_DATA": str(tmp_path)},
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    (journal,) = (tmp_path / "attempts").glob("*.jsonl")
    events = [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]
    assert [event["text"] for event in events if event["kind"] == "said"] == [kept]
