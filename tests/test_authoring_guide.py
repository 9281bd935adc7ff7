"""The pages for authors do as they say: each block is written, each command is typed, in order, in an empty folder."""

import re
from pathlib import Path

import pytest
from guide import Run, blocks, entries, grown, walked

from alliance_trainer.cli.boundary import run
from alliance_trainer.cli.scenarios import checked
from alliance_trainer.scenario_files.loader import load_path

DOCS = Path(__file__).parent.parent / "docs"
AUTHORING = (DOCS / "authoring.md").read_text(encoding="utf-8")
EDITORS = (DOCS / "editors.md").read_text(encoding="utf-8")
PAGES = {"authoring.md": AUTHORING, "editors.md": EDITORS}
STORY = "the-keyboard.yaml"


@pytest.fixture
def type_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line within this process, in an empty folder that stands for the author's."""
    monkeypatch.setenv("ALLIANCE_TRAINER_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "80")
    folder = tmp_path / "author"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def typed(arguments: list[str]) -> tuple[int, str]:
        code = run(arguments)
        said = capsys.readouterr()
        return code, said.out + said.err

    return typed


@pytest.mark.parametrize("name", PAGES)
def test_all_is_as_the_page_says(name: str, type_here: Run) -> None:
    assert walked(PAGES[name], Path(), type_here) == []
