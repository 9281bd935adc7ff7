"""`pack` writes two files and never over one; what is packed is played without any key, and ends with a receipt."""

import json
import os
import re
import stat
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from command import Done, command

from alliance_trainer.journal.receipt import normal

EXAMPLE = Path(__file__).parent.parent / "example_scenario.yaml"
WIDE = {"COLUMNS": "200"}
ANSWERS = "confrontation\n1\nmixed\n2\n" + "none\n2\nnone\n1\nnone\n1\n" * 20
"""To an ending whatever the pack: each shuffles by ids that are new, and some ways lead round for a while."""


class Packed(NamedTuple):
    """A folder with exam.pack and exam.key, of the example alone; what `pack` said; a play of it, and its records."""

    folder: Path
    said: str
    played: Done
    data: Path


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Packed:
    folder, data = tmp_path_factory.mktemp("packed"), tmp_path_factory.mktemp("data")
    (folder / "example-scenario.yaml").write_bytes(EXAMPLE.read_bytes())
    done = pack(folder, "example-scenario.yaml")
    assert done.code == 0, done.errors
    return Packed(folder, done.out, play(folder, data), data)


def pack(folder: Path, *names: str) -> Done:
    paths = [folder / name for name in names]
    return command("pack", *paths, "--out", folder / "exam.pack", data=folder / "none", environment=WIDE)


def play(folder: Path, data: Path, typed: str = ANSWERS, *more: str | Path) -> Done:
    return command("play", folder / "exam.pack", "--seed", "1", *more, data=data, typed=typed, environment=WIDE)


def records(data: Path) -> list[dict[str, Any]]:
    (journal,) = (data / "attempts").glob("*.jsonl")
    return [json.loads(line) for line in journal.read_text().splitlines()]


def test_pack_writes_a_pack_and_a_key_for_its_owner_alone(packed: Packed) -> None:
    folder = packed.folder
    assert {path.name for path in folder.iterdir()} == {"exam.pack", "exam.key", "example-scenario.yaml"}
    key = json.loads((folder / "exam.key").read_text())
    assert key["commitment"] == json.loads((folder / "exam.pack").read_text())["commitment"]
    assert key["secret"] not in (folder / "exam.pack").read_text()
    if os.name == "posix":
        assert stat.S_IMODE((folder / "exam.key").stat().st_mode) == 0o600
    assert key["commitment"] in packed.said
    assert "Keep it to yourself" in packed.said
    assert re.search(r"Warning: whoever takes the shortest ways meets recognition \d+ times? in this pack", packed.said)


@pytest.mark.parametrize("there", ["exam.pack", "exam.key"])
def test_neither_file_is_ever_written_over_and_no_half_is_left(tmp_path: Path, there: str) -> None:
    (tmp_path / "example-scenario.yaml").write_bytes(EXAMPLE.read_bytes())
    (tmp_path / there).write_text("mine")
    done = pack(tmp_path, "example-scenario.yaml")
    assert done.code == 5
    assert "is left as it is" in done.errors
    assert (tmp_path / there).read_text() == "mine"
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(
    ("names", "word"),
    [
        (["example-scenario.yaml"] * 2, "given twice"),
        (["empty"], "no scenario"),
        (["wrong/example-scenario.yaml"], "cannot be played"),
    ],
)
def test_what_cannot_be_packed_is_refused_and_nothing_written(tmp_path: Path, names: list[str], word: str) -> None:
    (tmp_path / "example-scenario.yaml").write_bytes(EXAMPLE.read_bytes())
    (tmp_path / "empty").mkdir()
    (tmp_path / "wrong").mkdir()
    text = EXAMPLE.read_text(encoding="utf-8").replace("to: hurt", "to: nowhere", 1)
    (tmp_path / "wrong" / "example-scenario.yaml").write_text(text, encoding="utf-8")
    done = pack(tmp_path, *names)
    assert done.code == 2
    assert word in done.errors
    assert not list(tmp_path.glob("exam.*"))


def receipt_in(done: Done) -> str:
    (code,) = re.findall(r"^Receipt: (\S+)$", done.out, re.M)
    return str(code)


def test_a_pack_is_played_without_comment_and_closes_with_a_receipt(packed: Packed) -> None:
    done = packed.played
    assert done.code == 0, done.errors
    assert normal(receipt_in(done)) == receipt_in(done)
    for word in ("Why:", "Stronger:", "Debrief", "alliance 5", "wrong form", "Skills:"):
        assert word not in done.out
    assert "Ines, session 6" in done.out
    assert "Content: grief, anger at therapist" in done.out
    header, *_, end = records(packed.data)
    assert (header["mode"], header["notice"], end["kind"]) == ("assess", "before", "end")
    assert header["scenario"]["key"] == json.loads((packed.folder / "exam.pack").read_text())["commitment"]


def test_the_receipt_is_shown_again_and_nothing_else(packed: Packed) -> None:
    code = receipt_in(packed.played)
    again = command("debrief", data=packed.data)
    assert receipt_in(again) == code
    assert "Debrief" not in again.out
    answer = json.loads(command("debrief", "--format", "json", data=packed.data).out)
    assert (answer["format"], answer["status"], answer["receipt"]) == ("alliance-trainer/debrief", "not-scored", code)
    assert answer["skills"] is None
    assert "--key" in answer["reason"]
    assert command("transcript", data=packed.data).out.endswith(f"\nReceipt: {code}\n")
    for more, word in ((("--format", "md"), "no debrief"), (("--again", "1"), "tried again")):
        refused = command("debrief", *more, data=packed.data)
        assert refused.code == 2
        assert word in refused.errors


def said(data: Path) -> list[tuple[str, str]]:
    return [(one["turn"], one["response"]) for one in records(data) if one["kind"] == "choice"]


def test_a_pack_that_was_left_is_gone_on_with_from_the_copy(packed: Packed, tmp_path: Path) -> None:
    left = play(packed.folder, tmp_path, "confrontation\n1\n")
    assert "Go on with" in left.out
    assert "Receipt" not in left.out
    assert "no receipt yet" in command("debrief", data=tmp_path).out
    assert [copy.suffix for copy in (tmp_path / "scenarios").iterdir()] == [".pack"]
    gone_on = command("resume", data=tmp_path, typed=ANSWERS.split("\n", 2)[2], environment=WIDE)
    assert gone_on.code == 0, gone_on.errors
    assert receipt_in(gone_on) != receipt_in(packed.played)
    assert said(tmp_path) == said(packed.data)


@pytest.mark.parametrize("more", [("--from", "form"), ("--notice", "off"), ("--trainee", "Dr. Jane Doe")])
def test_options_that_do_not_fit_a_pack_are_refused(packed: Packed, tmp_path: Path, more: tuple[str, ...]) -> None:
    done = play(packed.folder, tmp_path / "data", ANSWERS, *more)
    assert done.code == 2
    assert not (tmp_path / "data").exists()


def test_of_several_scenarios_one_is_chosen_and_the_list_says_how_far_each_has_come(tmp_path: Path) -> None:
    (tmp_path / "example-scenario.yaml").write_bytes(EXAMPLE.read_bytes())
    two = tmp_path / "two.json"  # known by what is in it, too
    both = command("pack", tmp_path / "example-scenario.yaml", "mm-hm", "--out", two, data=tmp_path)
    assert both.code == 0, both.errors
    assert (tmp_path / "two.json.key").exists()
    data = tmp_path / "data"
    first = command("play", two, data=data, typed=f"1\n{ANSWERS}", environment=WIDE)
    command("play", two, data=data, typed="2\nnone\n", environment=WIDE)
    listed = command("play", two, data=data, environment=WIDE)
    assert listed.code == 0
    assert f"Option 1: Ines, session 6 (finished, {receipt_in(first)})" in listed.out
    assert re.search(r"Option 2: Ife, session 2 \(begun; go on with: alliance-trainer resume \w{8}\)", listed.out)
    assert "Nothing was started." in listed.out


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"PK\x03\x04 a zip", "or only a part of one"),
        (b'{"format": "alliance-trainer/pack", "version": 9}', "newer version"),
        (b'{"format": "alliance-trainer/pack", "version": 1, "\x1b]0;x\x07": 1}', "pack"),
    ],
)
def test_a_hostile_pack_is_refused_in_a_line_and_a_hint(tmp_path: Path, content: bytes, word: str) -> None:
    (tmp_path / "exam.pack").write_bytes(content)
    done = play(tmp_path, tmp_path / "data")
    assert done.code == 2
    assert word in done.errors
    assert len(done.errors.splitlines()) <= 2
    assert "\x1b" not in done.errors
    assert not (tmp_path / "data").exists()
