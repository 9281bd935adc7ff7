"""The library: shipped scenarios, further folders, and what happens to a name that is none."""

from pathlib import Path

import pytest
from fragments import MINIMAL, merged, reported

import alliance_trainer
from alliance_trainer.core.errors import UsageError
from alliance_trainer.scenario_files import library
from alliance_trainer.scenario_files.headers import read_header
from alliance_trainer.scenario_files.loader import load_path

SHIPPED = {"its-fine", "the-clock", "baby-awake"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "minimal.yaml").write_text(MINIMAL)
    (folder / "notes.txt").write_text("no scenario")
    (folder / ".yaml").write_text("no name")
    (folder / "sub").mkdir()
    return folder


def test_the_shipped_scenarios_are_found_and_sound() -> None:
    assert {path.stem for path in library.shipped()} >= SHIPPED
    for path in library.shipped():
        loaded = load_path(path)
        assert loaded.scenario is not None, path
        assert reported(path.read_text(), path.stem) == ()


def test_the_folder_in_the_package_comes_before_the_one_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = tmp_path / "scenarios"
    beside.mkdir()
    package = tmp_path / "alliance_trainer"
    package.mkdir()
    monkeypatch.setattr(library, "_PACKAGE", package)
    assert library.shipped_folder() == beside
    (package / "scenarios").mkdir()
    assert library.shipped_folder() == package / "scenarios"
    assert Path(alliance_trainer.__file__).parent.name == "alliance_trainer"


def test_an_id_is_found_and_a_folder_named_first_wins(folder: Path, tmp_path: Path) -> None:
    assert library.find("minimal", [folder]) == folder / "minimal.yaml"
    assert library.find("its-fine").name == "its-fine.yaml"
    (folder / "its-fine.yaml").write_text(MINIMAL)
    assert library.find("its-fine", [folder]) == folder / "its-fine.yaml"
    other = tmp_path / "other"
    other.mkdir()
    (other / "its-fine.yaml").write_text(MINIMAL)
    assert library.find("its-fine", [other, folder]) == other / "its-fine.yaml"
    assert list(library.files([folder])) == sorted({*SHIPPED, "minimal"} | set(library.files()))


@pytest.mark.parametrize("name", ["x.yaml", "x.yml", "./its-fine", "a/b", "C:\\x"])
def test_what_looks_like_a_path_is_one(name: str) -> None:
    assert library.find(name) == Path(name)


def test_an_unknown_id_suggests_the_nearest(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="no scenario 'its-fien'") as caught:
        library.find("its-fien", [folder])
    assert caught.value.hint == "Did you mean 'its-fine'?"
    with pytest.raises(UsageError) as caught:
        library.find("zzz")
    assert "alliance-trainer list" in caught.value.hint
    monkeypatch.chdir(folder)
    with pytest.raises(UsageError) as caught:
        library.find("sub")
    assert "./sub" in caught.value.hint


def test_a_folder_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for path in (tmp_path / "nowhere", tmp_path / "file"):
        with pytest.raises(UsageError, match="cannot be read") as caught:
            library.files([path])
        assert str(path) in caught.value.message
        assert "ALLIANCE_TRAINER_LIBRARY" in caught.value.hint


def test_links_that_lead_out_of_a_folder_are_not_its_own(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text(MINIMAL)
    try:
        (folder / "linked.yaml").symlink_to(outside)
        (folder / "alias.yaml").symlink_to(folder / "minimal.yaml")
        (folder / "dangling.yaml").symlink_to(folder / "nothing.yaml")
    except OSError:
        pytest.skip("links cannot be made here")
    assert {"linked", "dangling"} & library.files([folder]).keys() == set()
    assert "alias" in library.files([folder])


def test_headers_are_what_the_whole_file_says() -> None:
    for header in library.headers():
        whole = load_path(header.path).scenario
        assert whole is not None
        assert header.scenario is not None
        assert header.title == whole.title
        everything = header.scenario.model_dump(exclude={"turns", "endings", "start"})
        assert everything == whole.model_dump(exclude={"turns", "endings", "start"})


def test_a_content_note_below_the_turns_is_not_overlooked(tmp_path: Path) -> None:
    path = tmp_path / "minimal.yaml"
    path.write_text(merged("content_notes:\n  - topic: grief\n"))
    header = read_header(path)
    assert header.scenario is not None
    assert [note.topic for note in header.scenario.content_notes] == ["grief"]


@pytest.mark.parametrize("text", ["", "turns: {}\n", MINIMAL.replace("title", "titel"), "\x00"])
def test_a_broken_file_is_listed_by_its_id(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(text)
    header = read_header(path)
    assert (header.id, header.title, header.scenario) == ("broken", "broken", None)


def test_a_file_that_cannot_be_opened_is_listed_as_broken(tmp_path: Path) -> None:
    assert read_header(tmp_path / "gone.yaml").scenario is None
