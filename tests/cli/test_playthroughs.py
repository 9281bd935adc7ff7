"""Golden playthroughs: every shipped scenario mended once and failed once, by scripts and transcripts to be read.

UPDATE_GOLDEN=1 rewrites both, from the tests inside the scenarios; look at the difference before you commit it.
"""

import json
import os
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from command import command
from golden_plays import FOLDER, KINDS, GoldenPlay, golden_play
from shipped import IDS

from alliance_trainer.cli.boundary import run

Run = Callable[..., str]
SEED = ("--seed", "1", "--trainee", "wren-1")


@pytest.fixture
def run_here(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line within this process, with a data folder of its own; what it says if all is well."""

    def run_one(*arguments: str) -> str:
        code = run(list(arguments))
        said = capsys.readouterr()
        assert (code, said.err) == (0, ""), said.err
        return said.out

    return run_one


def held(path: Path, text: str) -> None:
    """The file says this; with UPDATE_GOLDEN it is made to."""
    if os.environ.get("UPDATE_GOLDEN"):
        FOLDER.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


def score_is_in_range(score: dict[str, Any], least: int, most: int) -> bool:
    return least <= Fraction(100 * score["points"], score["offered"]) <= most


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("scenario_id", IDS)
def test_a_script_plays_to_the_ending_and_the_scores_that_the_scenario_expects(
    scenario_id: str, kind: str, run_here: Run
) -> None:
    play = golden_play(scenario_id, kind)
    held(play.script_file, play.script())
    shown = run_here("play", scenario_id, "--script", str(play.script_file), *SEED)
    assert "Debrief 3/3" in shown
    transcript = run_here("transcript")
    held(play.transcript_file, transcript)
    assert transcript.count("You noticed: ") == sum(turn.notice for turn in turns_met(play))
    said = [beat.says for beat in play.scenario.endings[str(play.expected.ending)].patient if beat.says]
    last = transcript.split("-- The end --")[1]
    assert any(" ".join(text.split()) in last for text in said) or not said
    check_debrief(json.loads(run_here("debrief", "--format", "json")), play)


def turns_met(play: GoldenPlay) -> list[Any]:
    """The turns of the script, in order."""
    named = [line.split()[2].rstrip(":") for line in play.script().splitlines() if line.startswith("# ")][1:]
    return [play.scenario.turns[name] for name in named]


def check_debrief(data: dict[str, Any], play: GoldenPlay) -> None:
    """It ended where it should, everything was noticed, and each skill scores what the test expects."""
    expected = play.expected
    assert (data["scenario"], data["status"], data["assisted"]) == (play.scenario.id, "complete", False)
    assert data["ending"] == expected.ending
    assert data["noticed"]["points"] == data["noticed"]["offered"] > 0
    met = [point["turn"] for point in data["alliance"]]
    assert [turn for turn in met if turn in expected.turns] == list(expected.turns)
    scores = data["skills"] | data["further"]
    for skill, wanted in expected.scores.items():
        assert score_is_in_range(scores[skill], wanted.at_least, wanted.at_most), (skill, scores[skill])


def test_no_script_or_transcript_is_left_of_a_test_that_is_gone() -> None:
    plays = [golden_play(scenario_id, kind) for scenario_id in IDS for kind in KINDS]
    wanted = {path for play in plays for path in (play.script_file, play.transcript_file)}
    if os.environ.get("UPDATE_GOLDEN"):
        for path in set(FOLDER.iterdir()) - wanted:
            path.unlink()
    assert set(FOLDER.iterdir()) - wanted == set()


def test_a_process_of_its_own_leaves_the_same_transcript(tmp_path: Path) -> None:
    play = golden_play("its-fine", "mends")
    done = command("play", "its-fine", "--script", play.script_file, *SEED, data=tmp_path)
    assert (done.code, done.errors) == (0, "")
    told = command("transcript", data=tmp_path)
    assert told.out == play.transcript_file.read_text(encoding="utf-8")
