"""What was played from a pack is scored with its key exactly as the same answers in the scenario itself."""

import json
from pathlib import Path
from typing import Any

import msgspec
import packed
import pytest
from command import Done, command
from msgspec.structs import replace

from alliance_trainer.cohort.assessment.unpacking import Keys
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.journal.interchange import to_attempt
from alliance_trainer.journal.scan import scan
from alliance_trainer.scenario_files.packs import key as keys

MADE = packed.of_shipped("its-fine")
PLAYS = 6


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the records of a room, the key, and the same answers as data, as if given in the scenario."""
    folder = tmp_path_factory.mktemp("room")
    (folder / "exam.key").write_bytes(keys.encode(MADE.key))
    journals = [packed.played(MADE, folder / "records", seed, trainee=f"wren-{seed}") for seed in range(PLAYS)]
    told = [in_the_open(to_attempt(scan(journal.read_bytes()).records)) for journal in journals]
    (folder / "open.attempts.jsonl").write_bytes(b"".join(msgspec.json.encode(one) + b"\n" for one in told))
    return folder


def in_the_open(attempt: Attempt) -> Attempt:
    """The attempt with the ids of the scenario, looked up one by one in the key file."""
    one = MADE.key.scenarios[0]
    steps = tuple(
        replace(step, turn=one.places[str(step.turn)], response=one.responses[str(step.response)][1])
        for step in attempt.steps
    )
    return replace(
        attempt,
        scenario="its-fine",
        steps=steps,
        scenario_sha256=one.sha256,
        scenario_graph=None,
        scenario_text=None,
        scenario_key=None,
    )


def score(folder: Path, *more: str | Path) -> Done:
    return command("cohort", "score", *more, "--format", "json", data=folder / "none")


def figures(done: Done) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(done.out)["attempts"]
    return sorted(found, key=lambda one: str(one["attempt"]))


def test_it_is_scored_exactly_as_in_the_open(room: Path) -> None:
    packed_ones = score(room, room / "records", "--key", room / "exam.key")
    assert packed_ones.code == 0, packed_ones.errors
    open_ones = score(room, room / "open.attempts.jsonl")
    assert figures(packed_ones) == figures(open_ones)
    assert [one["status"] for one in figures(open_ones)] == ["complete"] * PLAYS
    assert any(one["skills"]["nondefensiveness"] for one in figures(packed_ones))


def test_a_folder_with_the_key_in_it_does_as_well_and_so_do_attempts_as_data(room: Path, tmp_path: Path) -> None:
    lines = [
        msgspec.json.encode(to_attempt(scan(journal.read_bytes()).records))
        for journal in sorted((room / "records" / "attempts").iterdir())
    ]
    (tmp_path / "class.attempts.jsonl").write_bytes(b"\n".join(lines))
    with_folder = score(room, tmp_path / "class.attempts.jsonl", "--key", room)
    assert with_folder.code == 0, with_folder.out
    assert figures(with_folder) == figures(score(room, room / "open.attempts.jsonl"))


def test_without_the_key_nothing_is_scored_and_the_reason_names_it(room: Path) -> None:
    done = score(room, room / "records")
    assert done.code == 3
    assert all("--key FILE.key" in one["reason"] for one in figures(done))


def test_a_key_that_was_changed_is_not_scored_with(room: Path, tmp_path: Path) -> None:
    (tmp_path / "exam.key").write_bytes(keys.encode(replace(MADE.key, salt="0" * 64)))
    done = score(room, room / "records", "--key", tmp_path / "exam.key")
    assert done.code == 2
    assert "was changed" in done.errors


def test_a_folder_before_the_key_file_scores_with_another_version(room: Path, tmp_path: Path) -> None:
    text = MADE.key.scenarios[0].source.replace("recognition: -1", "recognition: 2", 1)
    (tmp_path / "its-fine.yaml").write_text(text, encoding="utf-8")
    again = score(room, room / "records", "--key", tmp_path, "--key", room / "exam.key")
    assert again.code == 0, again.errors
    assert figures(again) != figures(score(room, room / "records", "--key", room / "exam.key", "--key", tmp_path))


def test_the_keys_can_be_sent_to_another_process() -> None:
    import pickle

    known = Keys(keys=(MADE.key,))
    assert known.scenario("its-fine", None) is not None
    translate = pickle.loads(pickle.dumps(known.translated))
    attempt = Attempt(attempt="a", trainee="wren-27", scenario=MADE.key.scenarios[0].id, steps=())
    assert translate(attempt) == known.translated(attempt) != attempt
