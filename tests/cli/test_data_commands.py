"""`data where`, `check` and `repair`; the debrief as JSON; the transcript; finding an attempt by its id."""

import json
import re
from pathlib import Path

import pytest
from command import command

EXAMPLE = Path(__file__).parent.parent / "example_scenario.yaml"
CONTRACT = {
    "format": str,
    "version": int,
    "attempt": str,
    "trainee": str,
    "scenario": str,
    "status": str,
    "reason": (str, type(None)),
    "mode": str,
    "receipt": str,
    "ending": str,
    "outcome": int,
    "best_outcome": int,
    "outcome_regret": int,
    "turning_points": list,
    "harm": list,
    "repair": dict,
    "recovery": dict,
    "alliance": list,
    "noticed": dict,
    "skills": dict,
    "further": dict,
}
SKILL = {"points", "offered", "moments", "score", "low", "high", "chance", "above_chance", "tier"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with one finished and one unfinished attempt."""
    path = tmp_path / "example-scenario.yaml"
    path.write_bytes(EXAMPLE.read_bytes())
    folder = tmp_path / "data"
    for typed in ("none\nexplain\nwithdrawal\nwonder\nmixed\nstay\nnone\nask\n", "confrontation\nown-it\n"):
        done = command("play", path, "--seed", "1", "--trainee", "wren-27", data=folder, typed=typed)
        assert done.code == 0, done.errors
    return folder


def journals(data: Path) -> tuple[Path, Path]:
    """The finished and the unfinished journal."""
    first, second = (data / "attempts").glob("*.jsonl")
    return (first, second) if b'"kind":"end"' in first.read_bytes() else (second, first)


def test_where_names_the_folder_and_nothing_else(data: Path, tmp_path: Path) -> None:
    assert command("data", "where", data=data).out == f"{data}\n"
    assert command("data", "where", "--data-dir", tmp_path / "x", data=data).out == f"{tmp_path / 'x'}\n"
    assert not (tmp_path / "x").exists()


def test_check_tells_every_attempt_with_its_state(data: Path) -> None:
    finished, unfinished = journals(data)
    with unfinished.open("ab") as file:
        file.write(b'{"half')
    done = command("data", "check", data=data, environment={"COLUMNS": "200"})
    assert done.code == 0, "a torn tail is no damage"
    assert re.search(rf"{finished.stem[:8]} example-scenario: .*finished", done.out)
    assert re.search(rf"{unfinished.stem[:8]} example-scenario: .*cut off", done.out)
    assert "2 attempts, 0 damaged." in done.out
    empty = command("data", "check", data=data.parent / "nothing")
    assert (empty.code, empty.out) == (0, "0 attempts, 0 damaged.\n")


def test_repair_sets_the_torn_end_aside_once_and_leaves_damage_alone(data: Path) -> None:
    _, unfinished = journals(data)
    before = unfinished.read_bytes()
    unfinished.write_bytes(before + b'{"half')
    done = command("data", "repair", unfinished.stem[:8], data=data)
    assert done.code == 0, done.errors
    assert unfinished.read_bytes() == before
    (aside,) = unfinished.parent.glob("*.torn-*")
    assert aside.read_bytes() == b'{"half'
    assert "Nothing needs to be put right" in command("data", "repair", unfinished.stem[:8], data=data).out
    damaged = before.replace(b"own-it", b"own-at")
    unfinished.write_bytes(damaged)
    refused = command("data", "repair", unfinished.stem[:8], data=data)
    assert refused.code == 4
    assert "damaged" in refused.errors
    assert unfinished.read_bytes() == damaged


def test_the_debrief_as_json_keeps_its_contract(data: Path) -> None:
    finished, _ = journals(data)
    answer = json.loads(command("debrief", finished.stem, "--format", "json", data=data).out)
    for name, kind in CONTRACT.items():
        assert isinstance(answer[name], kind), name
    assert (answer["format"], answer["version"]) == ("alliance-trainer/debrief", 1)
    assert (answer["status"], answer["mode"], answer["trainee"]) == ("complete", "practice", "wren-27")
    assert set(answer["repair"]) == set(answer["recovery"]) == {"resolved", "closed"}
    assert all(set(one) >= {"turn", "bond", "task", "goal", "tension"} for one in answer["alliance"])
    assert all(set(one) == {"turn", "response", "lost"} for one in answer["turning_points"])
    assert {"points", "offered", "n_ruptures", "n_foils", "score", "confusion"} <= set(answer["noticed"])
    assert set(answer["skills"]) == {"recognition", "nondefensiveness", "metacommunication", "responsibility"}
    assert set(answer["further"]) == {"inquiry", "empathy", "shifts"}
    for skill in (*answer["skills"].values(), *answer["further"].values()):
        assert set(skill) >= SKILL
        assert skill["score"] == skill["points"] / skill["offered"]
        assert skill["tier"] in ("counts", "provisional", "formative")


def test_an_unfinished_attempt_is_told_as_far_as_it_goes(data: Path) -> None:
    _, unfinished = journals(data)
    answer = json.loads(command("debrief", unfinished.stem, "--format", "json", data=data).out)
    assert answer["status"] == "unfinished"
    assert answer["ending"] is None
    assert answer["further"]["shifts"] is None, "a skill never met is null"
    assert "Not finished" in command("debrief", unfinished.stem, data=data).out
    assert "The end" not in command("transcript", unfinished.stem, data=data).out


def test_an_attempt_is_found_by_the_beginning_of_its_id_in_any_case(data: Path) -> None:
    finished, _ = journals(data)
    for start in (finished.stem[:6], finished.stem.upper()[:8], finished.stem):
        assert "Debrief 3/3" in command("debrief", start, data=data).out
    for wrong in ("zzzz9999", "-", "../x"):
        done = command("debrief", "--", wrong, data=data)
        assert done.code == 2
        assert "No attempt here" in done.errors
    both = command("debrief", "", data=data)
    assert both.code in (0, 2)
    assert "Traceback" not in both.errors


def test_transcript_never_overwrites_and_says_where_it_went(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "kept.txt"
    done = command("transcript", "--out", out, data=data, environment={"COLUMNS": "200"})
    assert done.code == 0
    assert str(out) in done.out
    before = out.read_bytes()
    assert command("transcript", "--out", out, data=data).code == 5
    assert out.read_bytes() == before
    nowhere = command("transcript", "--out", tmp_path / "no" / "such.txt", data=data)
    assert nowhere.code == 5
    assert "is safe" in nowhere.errors
    assert command("transcript", "--format", "pdf", data=data).code == 2


def test_without_anything_recorded_each_command_says_so(tmp_path: Path) -> None:
    for name in ("resume", "debrief", "transcript"):
        done = command(name, data=tmp_path / "nothing")
        assert done.code == 2, name
        assert re.search("no (such|unfinished) attempt", done.errors)
        assert "play" in done.errors.lower()
    assert not (tmp_path / "nothing").exists()


def test_resume_says_so_where_all_is_finished(data: Path) -> None:
    _, unfinished = journals(data)
    unfinished.unlink()
    done = command("resume", data=data)
    assert done.code == 2
    assert "no unfinished attempt" in done.errors
    assert "alliance-trainer play" in done.errors
