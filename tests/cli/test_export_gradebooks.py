"""What `cohort export` says of a gradebook that it filled: what was replaced, left alone or withheld, and why."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from command import within
from shipped import scenario

from alliance_trainer.analysis.moves import scoring_automaton
from alliance_trainer.analysis.trainees import made_up
from alliance_trainer.journal.exporting import lines_of
from alliance_trainer.scenario_files.library import find

Fill = Callable[..., str]
NAMES = ("its-fine", "the-clock")
FEW = "trainee-002"
"""Who has one attempt only, in which two skills are met fewer than five times."""


@pytest.fixture
def fill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Fill:
    """Fills a roster from a small cohort, and gives what was said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ALLIANCE_TRAINER_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "500")
    autumn = tmp_path / "autumn"
    autumn.mkdir()
    for name in NAMES:
        made = list(made_up(scoring_automaton(scenario(name)), 4, 2026, 4))
        kept = [one for one in made if name == NAMES[0] or one.trainee != FEW]
        (autumn / f"{name}.attempts.jsonl").write_text(lines_of(kept), encoding="utf-8")

    def filled(roster: str, *how: str, form: str = "moodle") -> str:
        Path("roster.csv").write_text(roster, encoding="utf-8")
        words = ("--format", form, "--roster", "roster.csv", "--out", "out.csv")
        done = within(capsys, "cohort", "export", "autumn", *words, *how)
        assert (done.code, done.errors) == (0, "")
        assert Path("roster.csv").read_text(encoding="utf-8") == roster, "the roster is never changed"
        return done.out

    return filled


MOODLE = (
    "First name,ID number,Assignment: Recognition (Real),Assignment: Recognition (Feedback),"
    "Essay about responsibility (Real)\n"
    'Ada,trainee-001,88.00,"Well argued, Ada",91.00\nBen,trainee-002,-,,75.00\n'
)
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Recognition (4711),Taking responsibility essay (4712),Final Score\n"
    "    Points Possible,,,,,20,10,(read only)\n"
    '"Ames, Ada",501,trainee-001,ada,Autumn,17,9.5,\n'
)


def test_what_is_replaced_is_counted_by_column_and_unrelated_columns_stay(fill: Fill) -> None:
    said = fill(MOODLE, "--feedback")
    assert (
        "Replaced what stood there: 1 grade in Assignment: Recognition (Real), "
        "1 comment in Assignment: Recognition (Feedback). It is still in roster.csv." in said
    )
    assert "Left alone, because the title is not just the name of a skill: Essay about responsibility (Real)." in said
    assert "name all columns that are to be: --assignment" in said
    lines = Path("out.csv").read_text(encoding="utf-8").splitlines()
    assert [",91.00," in lines[1], ",75.00," in lines[2]] == [True, True]
    said = fill(MOODLE)
    assert "comment" not in said
    assert '"Well argued, Ada",91.00' in Path("out.csv").read_text(encoding="utf-8")


def test_a_gradebook_of_canvas_says_so_as_well(fill: Fill) -> None:
    said = fill(CANVAS, form="canvas")
    assert "Replaced what stood there: 1 grade in Recognition (4711)." in said
    assert "Left alone, because the title is not just the name of a skill: Taking responsibility essay (4712)" in said
    assert ",9.5," in Path("out.csv").read_text(encoding="utf-8")
    said = fill(CANVAS, "--assignment", "responsibility=4712", form="canvas")
    assert "1 grade in Taking responsibility essay (4712)" in said
    assert "Left alone" not in said


def test_where_nothing_is_replaced_nothing_is_said_of_it(fill: Fill) -> None:
    said = fill("Name,ID number\nAda,trainee-001\n", "--feedback")
    assert "Replaced" not in said
    assert "Left alone" not in said
    assert "Not graded" not in said


def test_each_reason_why_there_is_no_grade_is_given_with_the_names(fill: Fill) -> None:
    said = fill("Name,ID number\nAda,trainee-001\nBen,trainee-002\n")
    assert f"Not graded, with fewer than 5 moments or none: 2 grades ({FEW})." in said
    said = fill("Name,ID number\nAda,trainee-001\nBen,trainee-002\n", "--assignment", "overall=All")
    assert f"Not graded, because not every skill has 5 moments: 1 grade ({FEW})." in said
    assert "fewer than" not in said


def test_who_is_under_review_is_not_said_to_have_too_few_moments(fill: Fill, tmp_path: Path) -> None:
    keys = with_a_breach(tmp_path)
    rows = "Name,ID number\nAda,trainee-001\nCleo,trainee-003\n"
    said = fill(rows, "--key", str(keys), "--assignment", "overall=All")
    assert (
        "Not graded, because a person should look at a breach (harm 2) first: 2 grades (trainee-001, trainee-003)."
        in said
    )
    assert "moments" not in said
    said = fill(rows, "--key", str(keys))
    assert (
        "Graded by single skills, though a person should look at a breach (harm 2) first: 2 (trainee-001, trainee-003)."
        in said
    )
    assert "Not graded" not in said


def test_of_many_names_the_first_are_given_and_how_many_more_there_are(fill: Fill, tmp_path: Path) -> None:
    name = NAMES[0]
    made = made_up(scoring_automaton(scenario(name)), 30, 2026, 30)
    again = [msgspec.structs.replace(one, attempt=f"x{one.attempt}", trainee=f"x{one.trainee}") for one in made]
    (tmp_path / "autumn" / "more.attempts.jsonl").write_text(lines_of(again), encoding="utf-8")
    rows = "".join(f"x,xtrainee-{number:03d}\n" for number in range(1, 31))
    said = fill("Name,ID number\n" + rows, "--assignment", "overall=All")
    (line,) = [line for line in said.splitlines() if line.startswith("Not graded, because not every skill")]
    assert ", and " in line
    assert line.endswith(" more).")


def with_a_breach(folder: Path) -> Path:
    """The scenarios with two responses that were chosen rated as breaches."""
    keys = folder / "keys"
    keys.mkdir()
    for name in NAMES:
        text = find(name).read_text(encoding="utf-8")
        for response in ("allowed-not-to-be", "what-was-that"):
            text = text.replace(f"      {response}:\n", f"      {response}:\n        harm: 2\n")
        (keys / f"{name}.yaml").write_text(text, encoding="utf-8")
    return keys
