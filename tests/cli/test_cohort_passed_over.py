"""Files that lie among attempts and are not read are told of; and what was not scored is one number everywhere."""

from collections.abc import Callable
from pathlib import Path

import pytest
from command import within
from shipped import scenario

from alliance_trainer.analysis.moves import scoring_automaton
from alliance_trainer.analysis.trainees import made_up
from alliance_trainer.journal.exporting import lines_of

LINES = lines_of(made_up(scoring_automaton(scenario("the-clock")), 6, 3, 6)).splitlines(keepends=True)
LEFT = ("mine.attempts.json", "mine.attempts.jsonl (1)", "mine.attempts.jsonl.txt", "trainee.zip")
NO_ATTEMPTS = (
    "notes.txt",
    "attempts.csv",
    "all.attempts.csv",
    "statements.ndjson",
    ".mine.attempts.jsonl.swp",
    "x.pdf",
)
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """The command line within this process, in a folder with the folder `autumn` of a few attempts."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ALLIANCE_TRAINER_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "500")
    Path("autumn").mkdir()
    Path("autumn/one.attempts.jsonl").write_text("".join(LINES[:3]), encoding="utf-8")
    for name in NO_ATTEMPTS:
        Path("autumn", name).write_text("x")
    Path("spring.attempts.jsonl").write_text("".join(LINES).replace('"attempt":"', '"attempt":"x'), encoding="utf-8")

    def called(*words: str) -> tuple[int, str, str]:
        done = within(capsys, "cohort", *words)
        return done.code, done.out, done.errors

    return called


SHOWN = {
    "score": ("score", "autumn"),
    "score to a file": ("score", "autumn", "--format", "csv", "--out", "x.csv"),
    "items": ("items", "autumn"),
    "items to a file": ("items", "autumn", "--format", "csv", "--out", "y.csv"),
    "compare": ("compare", "autumn", "spring.attempts.jsonl"),
    "report": ("report", "autumn", "--out", "x.html"),
    "export": ("export", "autumn", "--format", "csv", "--out", "tables"),
}


@pytest.mark.parametrize("case", SHOWN)
def test_files_named_much_like_attempts_and_archives_are_named_with_what_to_do(case: str, call: Call) -> None:
    code, before, _ = call(*SHOWN[case])
    assert code == 0
    assert "Not read" not in before
    for name in LEFT:
        Path("autumn", name).write_text(LINES[4], encoding="utf-8")
    code, after, complaint = call(*SHOWN[case])
    assert (code, complaint) == (0, "")
    named = ", ".join(str(Path("autumn", name)) for name in LEFT)
    told = f"Not read, because of their names: 4 files ({named}). If they hold attempts, rename them"
    (line,) = [line for line in after.splitlines() if line.startswith("Not read")]
    assert line.startswith(told)
    assert "end in .jsonl" in line
    assert "unpack archives" in line
    assert [each for each in after.splitlines() if each != line] == before.splitlines(), "and no count is another"


@pytest.mark.parametrize("form", ["json", "csv"])
def test_what_other_programs_read_says_nothing_of_it(form: str, call: Call) -> None:
    before = call("score", "autumn", "--format", form)
    Path("autumn/trainee.zip").write_text("x")
    assert call("score", "autumn", "--format", form) == before


def test_of_many_the_first_are_named_and_files_below_are_found(call: Call) -> None:
    Path("autumn/below").mkdir()
    for number in range(12):
        Path(f"autumn/below/{number:02d}.attempts.jsonl.txt").write_text("x")
    _, said, _ = call("score", "autumn")
    assert "12 files (autumn/below/00.attempts.jsonl.txt, autumn/below/01.attempts.jsonl.txt" in said
    assert "04.attempts.jsonl.txt, and 7 more)" in said


def test_renamed_as_it_says_they_are_read(call: Call) -> None:
    for number, name in enumerate(LEFT[:3]):
        path = Path("autumn", name)
        path.write_text(LINES[3 + number], encoding="utf-8")
        path.rename(path.with_name(f"{path.name}.jsonl"))
    code, said, _ = call("score", "autumn")
    assert code == 0
    assert "Scored 6 of 6 attempts" in said
    assert "Not read" not in said


def test_where_there_is_nothing_else_they_are_named_as_well(call: Call) -> None:
    Path("empty").mkdir()
    Path("empty/trainee.zip").write_text("x")
    code, _, complaint = call("score", "empty")
    assert code == 2
    assert "There are no attempts in empty." in complaint
    assert "Not read, because of their names: 1 file (empty/trainee.zip)." in complaint


def test_what_is_there_twice_is_not_among_what_could_not_be_scored_anywhere(call: Call) -> None:
    with Path("autumn/one.attempts.jsonl").open("a", encoding="utf-8") as file:
        file.write(LINES[0] + "{not json\n{}\n")
    code, said, _ = call("score", "autumn")
    assert code == 3
    assert "Scored 3 of 6 attempts" in said
    assert "Not scored: 2; there twice, counted once: 1" in said
    assert "it is the same attempt as in" in said
    for words in (SHOWN["items"], SHOWN["report"]):
        assert "2 attempts could not be scored" in call(*words)[1]
    assert "Not scored: 2 records" in call(*SHOWN["export"])[1]


def test_where_all_is_scored_nothing_is_said_not_to_be(call: Call) -> None:
    with Path("autumn/one.attempts.jsonl").open("a", encoding="utf-8") as file:
        file.write(LINES[0])
    code, said, _ = call("score", "autumn")
    assert code == 0
    assert "There twice, counted once: 1" in said
    assert "Not scored" not in said
