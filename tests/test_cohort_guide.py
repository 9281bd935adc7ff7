"""The walk for instructors does as it says: each file is written, each command is typed, in order, in an empty folder."""

import csv
import os
import re
import shlex
from pathlib import Path

import pytest
from guide import Run, blocks, runs, walked

from alliance_trainer.reports.tables_all import TABLE_NAMES
from alliance_trainer.reports.words_csv import COLUMNS

FILE = Path(__file__).parent.parent / "docs" / "cohorts.md"
PAGE = FILE.read_text(encoding="utf-8")
FILES = re.compile(r"`(?P<name>[a-z-]+\.csv)`:\n\n```csv\n(?P<text>.*?)```", re.S)


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line within this process."""
    monkeypatch.setenv("ALLIANCE_TRAINER_DATA", str(tmp_path / "data"))

    return runs(capsys)


def enter(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Go into a new folder that has nothing but the files that the page shows."""
    folder.mkdir()
    monkeypatch.chdir(folder)
    for found in FILES.finditer(PAGE):
        Path(found["name"]).write_text(found["text"], encoding="utf-8")


def brought_up(page: str, typed: Run) -> str:
    """The page with what its commands print now: the lines before the first three dots, and those behind the last."""
    printed = ""
    for block in blocks(page):
        if block.kind == "sh":
            for line in block.text.splitlines():
                _, printed = typed(shlex.split(line)[1:])
        elif block.kind == "text":
            shown, lines = block.text.splitlines(), printed.splitlines()
            dots = [at for at, line in enumerate(shown) if line == "..."] or [len(lines)]
            behind = len(shown) - dots[-1] - 1
            new = [*lines[: dots[0]], *(shown[dots[0] : dots[-1] + 1]), *(lines[-behind:] if behind > 0 else [])]
            page = page.replace(f"```text\n{block.text}```", "```text\n" + "\n".join(new) + "\n```", 1)
    return page


def test_all_is_as_the_page_says_and_the_files_are_there(
    typed: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        enter(tmp_path / "before", monkeypatch)
        FILE.write_text(brought_up(PAGE, typed), encoding="utf-8")
    enter(tmp_path / "instructor", monkeypatch)
    assert walked(FILE.read_text(encoding="utf-8"), Path(), typed) == []
    assert sorted(path.stem for path in Path("tables").iterdir()) == sorted(TABLE_NAMES)
    with Path("grades.csv").open(encoding="utf-8", newline="") as file:
        ada, ben, cleo, dov = csv.DictReader(file)
    assert all(float(ada[name]) >= 0 for name in ada if name.startswith("Alliance"))
    assert not any(cleo[name] or dov[name] for name in ada if name.startswith("Alliance"))
    assert (ben["First name"], ben["Pseudonym"]) == ("Ben", "trainee-002")
    with Path("canvas.csv").open(encoding="utf-8", newline="") as file:
        possible, ada, ben = csv.DictReader(file)
    assert (possible["Recognition (4711)"], ben["Recognition (4711)"]) == ("20", "EX")
    assert 0 < float(ada["Recognition (4711)"]) <= 20
    assert Path("statements.ndjson").read_bytes().count(b"\n") > 800


def test_every_part_of_the_walk_is_on_the_page() -> None:
    parts = ("score", "items", "report", "compare", "agree", "export")
    for command in ("simulate", *(f"cohort {part}" for part in parts)):
        assert f"\nalliance-trainer {command} " in PAGE
    assert len(FILES.findall(PAGE)) == 3


def test_an_occasion_in_the_records_and_an_attempt_in_both_folders_are_as_the_page_says(
    typed: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(tmp_path / "instructor", monkeypatch)
    made: dict[str, list[str]] = {}
    for scenario, occasion in (("its-fine", "pre"), ("the-clock", "post")):
        file = Path(f"{scenario}.attempts.jsonl")
        typed(["simulate", scenario, "-n", "12", "--attempts", str(file)])
        made[occasion] = file.read_text(encoding="utf-8").splitlines(keepends=True)
    assert not any('"occasion"' in line for lines in made.values() for line in lines)
    told = [line.replace("{", f'{{"occasion":"{name}",', 1) for name, lines in made.items() for line in lines]
    for folder, lines in {"year": told, "autumn": made["pre"], "spring": [*made["pre"], *made["post"]]}.items():
        Path(folder).mkdir()
        Path(folder, "all.attempts.jsonl").write_text("".join(lines), encoding="utf-8")
    code, by_field = typed(["cohort", "compare", "year", "--occasion", "pre,post"])
    again, by_folder = typed(["cohort", "compare", "autumn", "spring"])
    assert (code, again) == (0, 0), by_field + by_folder
    assert "12 attempts, which count as before" in by_folder
    both = [line for line in by_folder.splitlines() if not line.startswith("In both places:")]
    assert both == by_field.splitlines()


def test_the_sheet_of_own_words_has_the_columns_that_the_page_names() -> None:
    header = "`item`, `scenario`, `turn`, `patient`, `own_words`, and an empty column `rating`"
    assert header in " ".join(PAGE.split())
    assert re.findall(r"`(\w+)`", header) == list(COLUMNS)
