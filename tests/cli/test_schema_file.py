"""`schema --out`: the schema as a file, renewed where it is ours, never over anything else."""

from pathlib import Path

import pytest

from alliance_trainer.cli.boundary import run
from alliance_trainer.reports.schema_json import schema_json


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_without_a_file_it_is_printed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["schema"]) == 0
    assert capsys.readouterr().out == schema_json()
    assert list(tmp_path.iterdir()) == []


def test_it_is_written_kept_and_renewed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "any-name.json"
    for said, before in (
        ("Written", None),
        ("Up to date already", schema_json()),
        ("Renewed", '{"$id": "alliance-trainer:scenario:0"}'),
    ):
        if before is not None:
            path.write_text(before)
        assert run(["schema", "--out", "any-name.json"]) == 0
        out = " ".join(capsys.readouterr().out.split())
        assert out.startswith(f"{said}: any-name.json")
        assert "# yaml-language-server: $schema=./any-name.json" in out
        assert path.read_bytes() == schema_json().encode()
    assert [one.name for one in tmp_path.iterdir()] == ["any-name.json"]


@pytest.mark.parametrize("text", ["mine", "{}", '{"$id": 1}', '{"$id": "alliance-trainer:cohort:1"}', ""])
def test_another_file_is_left_alone(capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str) -> None:
    (tmp_path / "mine.json").write_text(text)
    assert run(["schema", "--out", "mine.json"]) == 5
    assert "left as it is" in capsys.readouterr().err
    assert (tmp_path / "mine.json").read_text() == text


def test_links_folders_and_places_that_are_not_there_are_left_alone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "ours.json").write_text('{"$id": "alliance-trainer:scenario:0"}')
    (tmp_path / "link.json").symlink_to("ours.json")
    (tmp_path / "folder").mkdir()
    for name in ("link.json", "folder", "none/such.json"):
        assert run(["schema", "--out", name]) == 5
        assert "Traceback" not in capsys.readouterr().err
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "ours.json").read_text() == '{"$id": "alliance-trainer:scenario:0"}'
