"""Reading a scenario from bytes and from the disk, and every kind of file that is none."""

import os
import socket
from pathlib import Path

import pytest

from alliance_trainer.core.errors import UsageError
from alliance_trainer.core.findings import Finding
from alliance_trainer.core.identity import identify
from alliance_trainer.scenario_files.limits import MOST_BYTES
from alliance_trainer.scenario_files.loader import load, load_path, read_file

EXAMPLE = (Path(__file__).parent.parent / "example_scenario.yaml").read_bytes()


def test_a_sound_file_becomes_a_scenario_with_its_identity() -> None:
    loaded = load(EXAMPLE, "example-scenario.yaml", expected_id="example-scenario")
    assert loaded.diagnostics == ()
    assert not loaded.has_errors
    assert loaded.scenario is not None
    assert loaded.draft is None
    assert loaded.identity == identify(loaded.scenario)
    assert loaded.text.encode() == EXAMPLE
    assert loaded.scenario.turns["form"].responses["sorry"].to[1].to == "form"


def test_an_error_of_the_yaml_or_the_format_means_no_scenario() -> None:
    for wrong in (
        EXAMPLE.replace(b"session: 6", b"session: six"),
        EXAMPLE + b"title: Again\n",
        b"",
        b"\xff",
        b"[" * 99,
    ):
        loaded = load(wrong, "x.yaml")
        assert loaded.scenario is None
        assert loaded.identity is None
        assert loaded.has_errors


def test_what_follows_from_an_error_of_the_yaml_on_the_same_line_is_not_reported() -> None:
    loaded = load(
        EXAMPLE.replace(b"session: 6", b"session: *six").replace(b"difficulty: 3", b"difficulty: six"), "x.yaml"
    )
    assert [item.code for item in loaded.diagnostics] == ["AT025", "AT043"]


def test_a_draft_is_there_where_the_ways_are_clear() -> None:
    draft = load(EXAMPLE.replace(b"session: 6", b"session: six"), "x.yaml").draft
    assert draft is not None
    assert draft.session == 1
    assert load(EXAMPLE + b"title: Again\n", "x.yaml").draft is not None
    assert load(EXAMPLE.replace(b"turns:", b"turn:"), "x.yaml").draft is None


def test_the_id_is_compared_with_the_name_only_where_one_is_expected(tmp_path: Path) -> None:
    assert load(EXAMPLE, "anything.yaml").diagnostics == ()
    path = tmp_path / "other.yaml"
    path.write_bytes(EXAMPLE)
    loaded = load_path(path)
    assert [item.code for item in loaded.diagnostics] == ["AT055"]
    assert loaded.scenario is not None
    right = tmp_path / "example-scenario.yml"
    right.write_bytes(EXAMPLE)
    assert load_path(right).diagnostics == ()


def test_findings_of_others_take_their_place_in_the_order_of_the_file() -> None:
    loaded = load(EXAMPLE.replace(b"session: 6", b"session: six"), "x.yaml")
    finding = Finding(code="AT999", severity="warning", path=("format",), message="m")
    assert [item.code for item in loaded.with_findings([finding]).diagnostics] == ["AT999", "AT043"]


def test_a_word_in_a_condition_of_several_lines_is_shown_at_the_condition() -> None:
    text = EXAMPLE.replace(b"when: apologies < 2", b"when: >-\n          apologies < 2\n          and truth > 1")
    loaded = load(text, "x.yaml")
    path = ("turns", "form", "responses", "sorry", "when")
    finding = Finding(code="AT999", severity="error", path=path, word="truth", message="m")
    (found,) = loaded.with_findings([finding]).diagnostics
    assert "when: >-" in found.source_line


def refused(path: Path) -> UsageError:
    with pytest.raises(UsageError) as caught:
        load_path(path)
    assert str(path.name)[:20] in caught.value.message.replace("\\x00", "\x00")
    return caught.value


def test_a_missing_file_suggests_its_neighbour(tmp_path: Path) -> None:
    (tmp_path / "its-fine.yaml").write_bytes(EXAMPLE)
    assert "Did you mean 'its-fine.yaml'?" in refused(tmp_path / "its-fin.yaml").hint
    assert "folder" in refused(tmp_path / "zzz.yaml").hint
    assert "folder does not exist" in refused(tmp_path / "no" / "x.yaml").hint


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "is a folder" in refused(tmp_path).message


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert "cannot be read" in refused(tmp_path / "file" / "x.yaml").message


@pytest.mark.parametrize("name", ["a\x00b.yaml", "x" * 5000])
def test_an_impossible_name_is_refused(name: str) -> None:
    assert "cannot be read" in refused(Path(name)).message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs POSIX pipes")
def test_pipes_sockets_and_devices_are_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert "not an ordinary file" in refused(tmp_path / "pipe.yaml").message
    assert "not an ordinary file" in refused(Path("/dev/zero")).message
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        assert "not an ordinary file" in refused(tmp_path / "s").message


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(EXAMPLE)
    path.chmod(0)
    assert "may not be read" in refused(path).message


def test_no_more_than_the_limit_is_ever_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"# x\n" * MOST_BYTES)
    assert len(read_file(path)) == MOST_BYTES + 1
    assert [item.code for item in load_path(path).diagnostics] == ["AT001"]
