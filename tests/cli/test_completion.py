"""Completion as a shell asks for it: commands, scenarios, attempts, codes; and quiet where there is nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command import command
from shipped import IDS


def complete(words: str, data: Path, environment: dict[str, str] | None = None) -> list[str]:
    """What bash is offered for the last of the words."""
    done = subprocess.run(
        [sys.executable, "-m", "alliance_trainer"],
        capture_output=True,
        check=False,
        env={
            **os.environ,
            "ALLIANCE_TRAINER_DATA": str(data),
            "_ALLIANCE_TRAINER_COMPLETE": "complete_bash",
            "COMP_WORDS": f"alliance-trainer {words}",
            "COMP_CWORD": str(len(words.split(" "))),
            **(environment or {}),
        },
        timeout=60,
    )
    assert not done.stderr, done.stderr.decode()
    return done.stdout.decode().split()


def test_commands_and_scenarios_are_completed(tmp_path: Path) -> None:
    assert complete("pl", tmp_path) == ["play"]
    assert set(complete("play ", tmp_path)) == set(IDS)
    assert complete("play the-", tmp_path) == ["the-clock"]
    assert complete("graph its", tmp_path) == ["its-fine"]
    assert complete("explain AT01", tmp_path)[:2] == ["AT010", "AT011"]


def test_ones_own_scenarios_and_attempts_are_completed(tmp_path: Path) -> None:
    shelf, data = tmp_path / "shelf", tmp_path / "data"
    shelf.mkdir()
    (shelf / "the-own-one.yaml").touch()
    own = {"ALLIANCE_TRAINER_LIBRARY": str(shelf)}
    assert complete("play the-", data, own) == ["the-clock", "the-own-one"]
    assert complete("debrief ", data) == []
    command("play", "its-fine", data=data, typed="")
    attempt = next((data / "attempts").glob("*.jsonl")).stem
    assert complete("debrief ", data) == [attempt[:8]]
    assert complete(f"data delete --attempt {attempt[:3]}", data) == [attempt[:8]]
    assert complete("resume 0", data) == []


@pytest.mark.parametrize("words", ["play ", "resume "])
def test_trouble_stays_quiet(tmp_path: Path, words: str) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    assert complete(words, blocked, {"ALLIANCE_TRAINER_LIBRARY": str(blocked)}) == []


def test_resume_is_completed_with_what_can_be_gone_on_with_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "example-scenario.yaml"
    path.write_bytes((Path(__file__).parent.parent / "example_scenario.yaml").read_bytes())
    data = tmp_path / "data"
    assert command("play", path, "--seed", "1", data=data, typed="none\nown-it\nnone\nstay\n").code == 0
    assert complete("resume ", data) == []
    assert command("debrief", "--again", "1", data=data, typed="explain\n").code == 0
    branch = next((data / "branches").glob("*.jsonl")).stem
    assert complete("resume ", data) == [branch[:8]]
    command("play", "its-fine", data=data, typed="")
    (begun,) = {path.stem[:8] for path in (data / "attempts").iterdir()} - set(complete("debrief ", data)[1:])
    assert complete("resume ", data) == [begun, branch[:8]]
