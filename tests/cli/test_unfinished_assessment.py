"""An assessment that is going on tells nothing of its key, in any form, until it has ended."""

import json
from pathlib import Path

import pytest
from command import command

EXAMPLE = Path(__file__).parent.parent / "example_scenario.yaml"
WORDS = ("debrief", "transcript", "progress")
KEY = ("Stronger", "Inside", "Sign", "missed", "what comes back", "alliance 60", "points", "strong in")
"""What only those can say who know the key."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with an assessment of which one turn is answered, wrongly in both ways."""
    path = tmp_path / "example-scenario.yaml"
    path.write_bytes(EXAMPLE.read_bytes())
    done = command(
        "play", path, "--seed", "1", "--mode", "assess", data=tmp_path / "data", typed="none\nexplain\nnone\n"
    )
    assert done.code == 0, done.errors
    return tmp_path / "data"


@pytest.mark.parametrize("word", WORDS)
def test_nothing_on_the_screen_tells_of_the_key(data: Path, word: str) -> None:
    done = command(word, data=data)
    assert done.code == 0, done.errors
    assert [name for name in KEY if name in done.out] == []


def test_the_debrief_says_that_it_comes_at_the_end_and_how_to_go_on(data: Path) -> None:
    told = " ".join(command("debrief", data=data).out.split())
    name = next((data / "attempts").iterdir()).stem[:8]
    assert "The debrief, and every figure, comes at the end." in told
    assert f"alliance-trainer resume {name}" in told
    as_data = json.loads(command("debrief", "--format", "json", data=data).out)
    assert as_data["status"] == "not-scored"
    assert "comes at the end" in as_data["reason"]
    assert as_data["noticed"] is as_data["skills"] is as_data["alliance"] is None


@pytest.mark.parametrize("form", ["md", "html"])
def test_there_is_no_sheet_of_it_yet(data: Path, tmp_path: Path, form: str) -> None:
    done = command("debrief", "--format", form, "--out", tmp_path / "sheet", data=data)
    assert done.code == 2
    assert "comes at the end" in done.errors
    assert "alliance-trainer resume" in done.errors
    assert not (tmp_path / "sheet").exists()


def test_once_it_has_ended_all_is_told(data: Path) -> None:
    done = command("resume", data=data, typed="wonder\nmixed\nstay\nnone\nask\n")
    assert done.code == 0, done.errors
    assert "Debrief 1/3" in done.out
    assert "Stronger" in command("debrief", data=data).out
    assert json.loads(command("debrief", "--format", "json", data=data).out)["status"] == "complete"
    assert "what comes back" in command("progress", data=data).out
