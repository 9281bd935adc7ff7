"""`verify`: its words, its JSON and its exit codes; and that it always says what is not shown."""

import json
from pathlib import Path

import packed
import pytest
from command import Done, command

from alliance_trainer.scenario_files.packs import key as keys
from alliance_trainer.scenario_files.packs import pack as packs

MADE = packed.of_shipped("mm-hm")
WIDE = {"COLUMNS": "120"}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pack, its key, and the records of one trainee."""
    folder = tmp_path_factory.mktemp("room")
    (folder / "exam.pack").write_bytes(packs.encode(MADE.pack))
    (folder / "exam.key").write_bytes(keys.encode(MADE.key))
    packed.played(MADE, folder / "records", 3)
    return folder


def verify(folder: Path, *more: str | Path) -> Done:
    return command("verify", *more, data=folder / "none", environment=WIDE)


def test_it_says_which_claims_hold_and_what_is_not_shown(room: Path) -> None:
    done = verify(room, room / "records", room / "exam.pack", "--key", room / "exam.key")
    assert done.code == 0, done.errors
    for line in (
        "Autumn (pack)",
        "Unaltered since receipt: not checked: no receipt was given (--receipt)",
        "Record whole in itself: holds",
        "Key as committed: holds",
        "Path legal: holds",
        "seed 7, complete",
        "2 checked, 0 with a claim that does not hold.",
        "Not shown by any of this: who played, and whether it was played once.",
    ):
        assert line in done.out
    assert MADE.pack.commitment in done.out


def test_the_json_has_each_claim_and_a_code_may_come_from_a_list(room: Path, tmp_path: Path) -> None:
    told = json.loads(verify(room, room / "records", "--key", room, "--format", "json").out)
    assert (told["format"], told["version"]) == ("alliance-trainer/verify", 1)
    (attempt,) = told["attempts"]
    assert {name: claim["state"] for name, claim in attempt["claims"].items()} == {
        "unaltered": "not checked",
        "chain": "holds",
        "key": "holds",
        "path": "holds",
    }
    assert told["not_shown"] == ["who played", "whether it was played once"]
    assert told["summary"] == {"attempts": 1, "failing": 0, "packs": 0, "failing_packs": 0}
    seats = tmp_path / "seats.txt"
    seats.write_text(f"seat 1\t{attempt['receipt'].lower()}\nseat 2\tAAAA-BBBB-CCCC-2222\n")
    done = verify(room, room / "records", "--receipt", seats)
    assert done.code == 0
    assert "Unaltered since receipt: holds" in done.out
    assert "The receipt AAAA-BBBB-CCCC-2222 is of none of these attempts." in done.out


def test_a_claim_that_does_not_hold_gives_exit_code_1(room: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.key"
    other.write_bytes(keys.encode(packed.of_shipped("its-fine").key))
    done = verify(room, room / "records", room / "exam.pack", "--receipt", "AAAA BBBB CCCC 2222", "--key", other)
    assert done.code == 1
    assert "Unaltered since receipt: DOES NOT HOLD: code mismatch" in done.out
    assert "Key as committed: DOES NOT HOLD" in done.out
    assert "2 checked, 2 with a claim that does not hold." in done.out


@pytest.mark.parametrize(
    ("more", "word"),
    [
        (("missing",), "no file or folder"),
        (("records", "--receipt", "soon"), "no receipt"),
        (("records", "--key", "exam.pack"), "no key file"),
        (("records", "--format", "pdf"), "--format"),
    ],
)
def test_wrong_usage_is_told_in_a_line_and_a_hint(room: Path, more: tuple[str, ...], word: str) -> None:
    places = [str(room / each) if (room / each).exists() else each for each in more]
    done = verify(room, *places)
    assert done.code == 2
    assert word in done.errors
    assert len(done.errors.splitlines()) <= 2
