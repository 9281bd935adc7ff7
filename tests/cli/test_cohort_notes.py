"""What the cohort commands say of attempts beside their figures: versions, practice, feedback, what was noticed."""

import csv
import io
import json
from pathlib import Path

import msgspec
import pytest
from command import Done, command
from shipped import scenario

from alliance_trainer.analysis.moves import scoring_automaton
from alliance_trainer.analysis.trainees import made_up
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.model import Scenario
from alliance_trainer.journal.exporting import lines_of
from alliance_trainer.scenario_files.library import find

NAME = "the-clock"
TRAINEES = 6
KINDS = {
    "text": ("other words", f"{TRAINEES} played with other words in the scenario, which change no score"),
    "re-keyed": ("re-keyed", f"{TRAINEES} played before the ratings were changed, scored by those at hand"),
}


def made(trainees: int = TRAINEES) -> list[Attempt]:
    return list(made_up(scoring_automaton(scenario(NAME)), trainees, 3, trainees))


@pytest.fixture
def autumn(tmp_path: Path) -> Path:
    out = tmp_path / "autumn.attempts.jsonl"
    (tmp_path / "key-text").mkdir()
    (tmp_path / "key-re-keyed").mkdir()
    text = find(NAME).read_text(encoding="utf-8")
    first: Scenario = scenario(NAME)
    title = next(line for line in text.splitlines() if line.startswith("title:"))
    (tmp_path / "key-text" / f"{NAME}.yaml").write_text(text.replace(title, "title: Another"), encoding="utf-8")
    rated = next(line for line in text.splitlines() if "recognition: 2" in line)
    rekeyed = text.replace(rated, rated.replace("recognition: 2", "recognition: -2"), 1)
    (tmp_path / "key-re-keyed" / f"{NAME}.yaml").write_text(rekeyed, encoding="utf-8")
    assert first.title in title
    done = command("simulate", NAME, "-n", str(TRAINEES), "--seed", "3", "--attempts", out, data=tmp_path / "data")
    assert done.code == 0, done.errors
    return out


def run(data: Path, *words: str | Path) -> Done:
    done = command("cohort", *words, data=data / "data")
    assert done.code == 0, done.errors
    return done


def unwrapped(text: str) -> str:
    return " ".join(text.split())


def test_made_up_attempts_tell_the_parts_of_the_scenarios_identity(autumn: Path, tmp_path: Path) -> None:
    for line in autumn.read_text().splitlines():
        told = json.loads(line)
        assert all(len(told[f"scenario_{part}"]) == 64 for part in ("sha256", "graph", "text", "key"))
    assert "ersion" not in run(tmp_path, "score", autumn).out
    assert "Of these" not in run(tmp_path, "items", autumn).out


@pytest.mark.parametrize("kind", KINDS)
def test_each_line_says_in_which_version_it_was_played_and_the_total_counts_by_kind(
    autumn: Path, tmp_path: Path, kind: str
) -> None:
    note, words = KINDS[kind]
    out = unwrapped(run(tmp_path, "score", autumn, "--key", tmp_path / f"key-{kind}").out)
    assert out.count(f"; {note}") == TRAINEES
    assert f"Version: {words}" in out
    rows = csv.DictReader(
        io.StringIO(run(tmp_path, "score", autumn, "--key", tmp_path / f"key-{kind}", "--format", "csv").out)
    )
    assert {row["scenario_version"] for row in rows} == {kind}


@pytest.mark.parametrize("kind", KINDS)
def test_items_report_and_gradebooks_say_so_as_well(autumn: Path, tmp_path: Path, kind: str) -> None:
    _, words = KINDS[kind]
    key = ("--key", tmp_path / f"key-{kind}")
    assert f"Of these: {words}" in unwrapped(run(tmp_path, "items", autumn, *key).out)
    told = json.loads(run(tmp_path, "items", autumn, *key, "--format", "json").out)
    assert told["versions"][kind] == TRAINEES
    run(tmp_path, "report", autumn, *key, "--out", tmp_path / "r.html")
    assert f"Of these attempts: {words}." in (tmp_path / "r.html").read_text(encoding="utf-8")
    roster = tmp_path / "roster.csv"
    roster.write_text("Name,Pseudonym\nAda,trainee-001\n")
    how = ("--format", "moodle", "--roster", roster, "--match", "Pseudonym", "--out", tmp_path / "g.csv")
    assert f"{TRAINEES} attempts of record: {words}." in unwrapped(run(tmp_path, "export", autumn, *how, *key).out)


@pytest.fixture
def practised(tmp_path: Path) -> Path:
    """One who practised and was then assessed, and one who only practised."""
    ada, ben = made(2)
    keep = {"mode": "practice"}
    folder = tmp_path / "folder"
    folder.mkdir()
    attempts = [
        msgspec.structs.replace(ada, attempt="ada-practice", trainee="ada", started="2026-01-01T09:00:00Z", **keep),
        msgspec.structs.replace(ben, attempt="ada-assess", trainee="ada", started="2026-01-02T09:00:00Z"),
        msgspec.structs.replace(ben, attempt="ben-practice", trainee="ben", **keep),
    ]
    (folder / "a.attempts.jsonl").write_text(lines_of(attempts))
    return folder


def test_one_folder_has_one_attempt_of_record_in_all_commands(practised: Path, tmp_path: Path) -> None:
    rows = csv.DictReader(io.StringIO(run(tmp_path, "score", practised, "--format", "csv").out))
    told = {row["attempt"]: (row["of_record"], row["after_feedback"], row["not_shared"]) for row in rows}
    assert told == {"ada-practice": ("0", "0", "1"), "ada-assess": ("1", "1", "0"), "ben-practice": ("1", "0", "1")}
    answer = json.loads(run(tmp_path, "score", practised, "--format", "json").out)
    for one in answer["attempts"]:
        names = ("of_record", "after_feedback", "not_shared")
        assert tuple(str(int(one[name])) for name in names) == told[one["attempt"]]
    assert (answer["cohort"]["after_feedback"], answer["cohort"]["not_shared"]) == (1, 2)
    out = tmp_path / "tables"
    run(tmp_path, "export", practised, "--format", "csv", "--out", out)
    (row,) = csv.DictReader(io.StringIO((out / "attempts.csv").read_text(encoding="utf-8")))
    assert (row["attempt"], row["of_record"], row["after_feedback"], row["not_shared"]) == ("ada-assess", "1", "1", "0")


def test_practice_and_what_came_after_it_are_named(practised: Path, tmp_path: Path) -> None:
    out = unwrapped(run(tmp_path, "score", practised).out)
    assert out.count("; practice, not shared") == 2
    assert out.count("; after feedback") == 1
    assert "Practice: 2, not shared" in out
    assert "After feedback: 1 of those that count" in out
    said = "1 played after feedback on the same scenario (comments in practice, or a debrief)"
    assert f"Of these: {said}" in unwrapped(run(tmp_path, "items", practised).out)
    assert json.loads(run(tmp_path, "items", practised, "--format", "json").out)["after_feedback"] == 1
    run(tmp_path, "report", practised, "--out", tmp_path / "r.html")
    assert f"Of these attempts: {said}." in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_right_and_noticed_are_two_words_for_two_things(autumn: Path, tmp_path: Path) -> None:
    attempts = json.loads(run(tmp_path, "score", autumn, "--format", "json").out)["attempts"]
    out = unwrapped(run(tmp_path, "score", autumn).out)
    for one in attempts:
        confusion = one["noticed"]["confusion"]
        right = sum(confusion[at][at] for at in range(4))
        asked = one["noticed"]["n_ruptures"] + one["noticed"]["n_foils"]
        assert f"{one['trainee']}: {NAME}: right {right}/{asked}, recognition" in out
    ruptures = sum(one["noticed"]["n_ruptures"] for one in attempts)
    missed = sum(row[0] for one in attempts for row in one["noticed"]["confusion"][1:])
    assert f"Noticed: {ruptures - missed} of {ruptures} ruptures;" in out
    assert "Right: moments called what they are" in out
    assert "seen" not in out
