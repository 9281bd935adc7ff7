"""A turn tried again: a branch beside the attempt, resumed, compared, and never part of any figure."""

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest
from command import Done, command

EXAMPLE = Path(__file__).parent.parent / "example_scenario.yaml"
FIRST = "confrontation\nexplain\nwithdrawal\nmove-on\n"
"""Defends the form, then takes politeness at its word."""
AGAIN = "own-it\nmixed\nstay\n"
"""From the first turn: owns the act, stays with the hurt. The probe of that turn is not asked again."""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "example-scenario.yaml").write_bytes(EXAMPLE.read_bytes())
    return folder


@pytest.fixture
def played(library: Path, tmp_path: Path) -> Path:
    """The data folder of an attempt that came to its end."""
    data = tmp_path / "data"
    done = command("play", "example-scenario", "--library", library, "--seed", "1", data=data, typed=FIRST)
    assert done.code == 0, done.errors
    return data


def again(data: Path, typed: str, turn: str = "1") -> Done:
    return command("debrief", "--again", turn, data=data, typed=typed)


def told(data: Path) -> dict[str, object]:
    answer = json.loads(command("debrief", "--format", "json", data=data).out)
    assert isinstance(answer, dict)
    return answer


def test_the_first_answers_stay_the_score_and_both_ways_stand_side_by_side(played: Path) -> None:
    before, journal = told(played), next((played / "attempts").iterdir()).read_bytes()
    done = again(played, AGAIN)
    assert done.code == 0, done.errors
    assert "That turn, first and again" in done.out
    assert done.out.count("What do you notice?") == 1, "not at the turn whose answer was told"
    assert next((played / "attempts").iterdir()).read_bytes() == journal
    after = told(played)
    (tried,) = after.pop("tried_again")  # type: ignore[misc]
    assert before.pop("tried_again") == []
    assert after == before
    assert (tried["turn"], tried["number"], tried["finished"]) == ("form", 1, True)
    assert (tried["first"]["response"], tried["again"]["response"]) == ("explain", "own-it")
    assert tried["first"]["levels"] == [53, 47, 44]
    assert tried["again"]["levels"] == [53, 55, 61]
    debrief = command("debrief", data=played).out
    assert "Debrief 4/4" in debrief
    assert "First: alliance 53 -> 47 (- worse)" in debrief
    assert "Again: alliance 53 -> 55 (+ better)" in debrief


def test_a_branch_is_left_and_gone_on_with_by_its_own_id(played: Path) -> None:
    done = again(played, "own-it\n")
    assert done.code == 0
    (name,) = re.findall(r"alliance-trainer resume ([a-z2-7]{8})", " ".join(done.out.split()))
    assert f"resume {name}" in " ".join(command("debrief", data=played).out.split())
    nothing = command("resume", data=played)
    assert nothing.code == 2, "an attempt that is over is not unfinished because of its branch"
    back = command("resume", name, data=played, typed="mixed\nstay\n")
    assert back.code == 0, back.errors
    assert "Welcome back" in back.out
    assert "That turn, first and again" in back.out
    finished = command("resume", name, data=played)
    assert finished.code == 2
    assert "branch" in finished.errors


def test_several_branches_of_several_turns_are_told_in_their_order(played: Path) -> None:
    for turn, typed in (("2", "wonder\n"), ("1", AGAIN), ("1", "sorry\n")):
        assert again(played, typed, turn).code == 0
    tried = told(played)["tried_again"]
    assert isinstance(tried, list)
    assert sorted((one["number"], one["again"]["response"]) for one in tried) == [
        (1, "own-it"),
        (1, "sorry"),
        (2, "wonder"),
    ]


def test_undo_never_goes_behind_the_turn_where_a_branch_begins(played: Path) -> None:
    refused = again(played, "u\n", "2")
    assert refused.code == 2
    assert "'u' does not fit here" in refused.errors
    done = again(played, "wonder\nu\n", "2")
    assert done.code == 0, done.errors
    kinds = [
        json.loads(line)["kind"] for path in (played / "branches").iterdir() for line in path.read_text().splitlines()
    ]
    assert kinds.count("retract") == 1, "only what was answered in the branch itself"


def test_a_turn_that_is_not_there_is_refused_and_nothing_is_begun(played: Path) -> None:
    done = again(played, AGAIN, "7")
    assert done.code == 2
    assert "It has 2 turns" in done.errors
    assert not (played / "branches").exists()


def test_an_assessment_cannot_be_tried_again_before_it_is_over(library: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    words = ("play", "example-scenario", "--library", library, "--seed", "1", "--mode", "assess")
    assert command(*words, data=data, typed="confrontation\nexplain\n").code == 0
    refused = again(data, AGAIN)
    assert refused.code == 2
    assert "once they are finished" in refused.errors
    assert command("resume", data=data, typed="withdrawal\nmove-on\n").code == 0
    assert again(data, AGAIN).code == 0


def test_a_cohort_never_sees_a_branch(played: Path) -> None:
    assert again(played, AGAIN).code == 0
    library = played.parent / "library"
    scored = command("cohort", "score", played / "attempts", "--key", library, "--format", "json", data=played)
    whole = command("cohort", "score", played, "--key", library, "--format", "json", data=played)
    assert scored.code == whole.code == 0, whole.errors + whole.out[:500]
    for answer in (json.loads(scored.out), json.loads(whole.out)):
        assert len(answer["attempts"]) == 1
        assert answer["attempts"][0]["assisted"] is False


def test_a_branch_whose_attempt_was_changed_is_not_shown_beside_it(played: Path) -> None:
    assert again(played, AGAIN).code == 0
    (path,) = (played / "branches").iterdir()
    fields = json.loads(path.read_text().splitlines()[0])
    fields["head"] = "0" * 16
    bare = json.dumps({k: v for k, v in fields.items() if k != "sum"}, sort_keys=True, separators=(",", ":"))
    fields["sum"] = sha256(bare.encode()).hexdigest()[:16]
    path.write_text(json.dumps(fields, sort_keys=True, separators=(",", ":")) + "\n")
    done = command("debrief", data=played)
    assert done.code == 4
    assert "does not fit the attempt" in done.errors
