"""The data folder: private, found, listed, told apart; scenario copies; places where nothing can be kept."""

import errno
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from journal_checks import EVENTS
from journal_play import ATTEMPT, DATA, RECORDS, forged, header

from alliance_trainer.core.errors import CannotSaveError, DamagedDataError, UsageError
from alliance_trainer.journal import disk, pseudonym
from alliance_trainer.journal import store as store_module
from alliance_trainer.journal.events import FORMAT
from alliance_trainer.journal.record import GENESIS
from alliance_trainer.journal.scan import Clean, Damaged
from alliance_trainer.journal.shelf import read_journal
from alliance_trainer.journal.store import Entry, Store, data_folder, new_attempt_id

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes and links are POSIX's")
not_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everywhere"
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(folder=tmp_path / "deep" / "data")


def begun(
    store: Store, attempt: str, events: int = 2, *, end: bool = False, started: str = "2026-11-02T09:14:00Z"
) -> None:
    with store.begin(header(attempt=attempt, started=started)).writer as journal:
        for event in EVENTS[:events]:
            journal.append(event)
        if end:
            journal.finish(ending="worked-on")


def test_an_attempt_in_three_sittings_is_the_same_as_in_one(store: Store) -> None:
    with store.begin(header()).writer as journal:
        for event in EVENTS[:10]:
            journal.append(event)
    with store.resume(ATTEMPT).writer as journal:
        assert journal.records == RECORDS[:11]
        for event in EVENTS[10:30]:
            journal.append(event)
    with store.resume(ATTEMPT).writer as journal:
        for event in EVENTS[30:-1]:
            journal.append(event)
        journal.finish(ending="worked-on")
    assert store.path(ATTEMPT).read_bytes() == DATA
    with pytest.raises(UsageError, match="is finished"):
        store.resume(ATTEMPT)


@posix
@pytest.mark.parametrize("mask", [0o000, 0o777, 0o022])
def test_files_and_folders_are_private_whatever_the_umask(tmp_path: Path, mask: int) -> None:
    store = Store(folder=tmp_path / "a" / "b")
    before = os.umask(mask)
    try:
        begun(store, ATTEMPT)
        store.keep_scenario("a" * 64, b"id: x\n")
        torn = store.path(ATTEMPT)
        descriptor = disk.open_append(torn)
        disk.write(descriptor, b'{"half')
        disk.close(descriptor)
        opened = store.resume(ATTEMPT)
        found = [tmp_path / "a", *(tmp_path / "a").rglob("*")]
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in found}
        opened.writer.close()
    finally:
        os.umask(before)
    assert {mode for path, mode in zip(found, modes.values(), strict=True) if path.suffix} == {0o600}
    folders = {"a", "b", "attempts", "scenarios", "locks"}
    assert {name: modes[name] for name in folders} == dict.fromkeys(folders, 0o700)
    assert sum(".torn-" in name for name in modes) == 1
    assert set(modes.values()) == {0o600, 0o700}


def test_nothing_of_the_computer_or_the_person_is_recorded(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    planted = ("planted-user", "planted-host", "/planted/home")
    for name in ("USER", "LOGNAME", "USERNAME", "HOSTNAME", "HOME"):
        monkeypatch.setenv(name, planted[(name == "HOME" and 2) or "HOST" in name])
    begun(store, ATTEMPT, len(EVENTS) - 1, end=True)
    for path in store.folder.rglob("*"):
        text = path.read_text() if path.is_file() else ""
        assert not any(mark in text for mark in (*planted, os.uname().nodename if hasattr(os, "uname") else "\0"))


def test_a_torn_tail_is_mended_on_the_way_in_and_said(store: Store) -> None:
    begun(store, ATTEMPT, 5)
    path = store.path(ATTEMPT)
    whole = path.read_bytes()
    path.write_bytes(whole[:-30])
    opened = store.resume(ATTEMPT)
    opened.writer.close()
    assert len(opened.writer.records) == 5
    (note,) = opened.notes
    assert "set aside" in note
    assert "All recorded answers are there." in note
    path.write_bytes(whole[:-1])
    opened = store.resume(ATTEMPT)
    opened.writer.close()
    assert len(opened.writer.records) == 6
    assert path.read_bytes() == whole
    assert "nothing was lost" in opened.notes[0]
    assert store.repair(ATTEMPT) is None
    path.write_bytes(whole + b"\0" * 100)
    assert "100 bytes" in (store.repair(ATTEMPT) or "")
    assert path.read_bytes() == whole


def test_a_finished_attempt_can_be_mended(store: Store) -> None:
    begun(store, ATTEMPT, end=True)
    path = store.path(ATTEMPT)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    assert not store.find("last").unfinished
    assert store.repair(ATTEMPT)
    assert path.read_bytes() == whole


def test_damaged_and_newer_attempts_are_refused_and_untouched(store: Store) -> None:
    begun(store, ATTEMPT, 5)
    path = store.path(ATTEMPT)
    damaged = path.read_bytes().replace(b'"ms":8000', b'"ms":8001')
    path.write_bytes(damaged)
    for open_it in (store.resume, store.repair):
        with pytest.raises(DamagedDataError, match=r"damaged at line 4, byte \d+.*3 records before"):
            open_it(ATTEMPT)
    assert path.read_bytes() == damaged
    assert not store.find("last").unfinished
    newer = forged({"kind": "header", "v": FORMAT + 1, "app": "9.0"}, 0, GENESIS)
    path.write_bytes(newer)
    with pytest.raises(UsageError, match=r"version 9\.0.*not changed") as refused:
        store.resume(ATTEMPT)
    assert "9.0 or later" in refused.value.hint
    assert path.read_bytes() == newer
    assert store.find("last").header is None


def test_attempts_are_listed_in_the_order_of_their_start(store: Store) -> None:
    assert store.entries() == []
    ids = [letter * 26 for letter in "cab"]
    for day, attempt in enumerate(ids, start=1):
        begun(store, attempt, end=attempt[0] == "b", started=f"2026-11-0{day}T09:14:00Z")
    (store.attempts_folder / "notes.txt").write_text("not ours")
    (store.attempts_folder / f"{ids[0]}.torn-99").write_text("{")
    (store.attempts_folder / f"{'d' * 26}.jsonl").write_text("")
    assert [entry.attempt[0] for entry in store.entries()] == ["d", "c", "a", "b"]
    states = {entry.attempt[0]: (entry.finished, entry.unfinished) for entry in store.entries()}
    assert states == {"d": (False, False), "c": (False, True), "a": (False, True), "b": (True, False)}
    assert store.find("last").attempt[0] == "b"
    assert store.find("last", lambda entry: entry.unfinished).attempt[0] == "a"
    assert store.find(" CC").attempt == ids[0]
    with pytest.raises(UsageError, match="No attempt here has an id that begins with 'x'"):
        store.find("x")
    with pytest.raises(UsageError, match="begins with ''"):
        store.find("")


def test_a_prefix_of_several_ids_is_refused(store: Store) -> None:
    begun(store, "ab" * 13)
    begun(store, "ac" * 13)
    with pytest.raises(UsageError, match="2 attempts begin with 'a'") as refused:
        store.find("a")
    assert "ababa" in refused.value.hint
    assert store.find("ac").attempt == "ac" * 13


def test_no_attempts_at_all_says_so(store: Store) -> None:
    with pytest.raises(UsageError, match="no such attempt"):
        store.find("last")
    with pytest.raises(UsageError, match="There is no attempt at"):
        store.resume("z" * 26)
    assert not store.folder.exists()


def test_ids_are_random_and_plain() -> None:
    ids = {new_attempt_id() for _ in range(500)}
    assert len(ids) == 500
    assert all(re.fullmatch("[a-z2-7]{26}", each) for each in ids)
    assert len({each[0] for each in ids}) > 20


def test_a_scenario_is_copied_once(store: Store) -> None:
    sha = "0123456789abcdef" * 4
    assert store.scenario(sha) is None
    path = store.keep_scenario(sha, b"id: its-fine\r\n\x00")
    assert path.read_bytes() == store.scenario(sha) == b"id: its-fine\r\n\x00"
    store.keep_scenario(sha, b"another layout")
    assert store.scenario(sha) == b"id: its-fine\r\n\x00"
    assert [each.name for each in path.parent.iterdir()] == [f"{sha}.yaml"]
    for bad in ("../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n"):
        with pytest.raises(ValueError, match="64 hex digits"):
            store.keep_scenario(bad, b"")


@pytest.mark.parametrize("name", ["create", "write", "sync", "replace", "sync_folder"])
def test_a_scenario_copy_that_fails_leaves_nothing_behind(
    store: Store, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    begun(store, ATTEMPT)
    store.keep_scenario("b" * 64, b"x")

    def fail(*_: object) -> None:
        raise OSError(28, "full")

    with monkeypatch.context() as patch:
        patch.setattr(disk, name, fail)
        with pytest.raises(CannotSaveError, match="the disk is full") as failed:
            store.keep_scenario("a" * 64, b"id: x\n")
    assert failed.value.exit_code == 5
    assert not [path for path in (store.folder / "scenarios").iterdir() if path.suffix == ".new"]
    assert store.keep_scenario("a" * 64, b"id: x\n").read_bytes() == b"id: x\n"


def test_a_file_in_the_way_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    store = Store(folder=tmp_path / "file" / "data")
    with pytest.raises(CannotSaveError, match="Nothing can be kept") as refused:
        store.begin(header())
    assert "--data-dir" in refused.value.hint
    assert store.entries() == []
    assert (tmp_path / "file").read_text() == "mine"


@posix
@not_root
def test_a_read_only_home(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(CannotSaveError, match="may not write there") as refused:
            Store(folder=tmp_path / "data").begin(header())
    finally:
        tmp_path.chmod(0o700)
    assert "--data-dir" in refused.value.hint


def test_a_read_only_disk(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise OSError(30, "read-only")

    monkeypatch.setattr(disk, "make_folder", refuse)
    with pytest.raises(CannotSaveError, match="the folder is read-only") as refused:
        store.begin(header())
    assert "--data-dir" in refused.value.hint
    assert str(store.folder) in refused.value.message


@posix
def test_links_and_pipes_under_a_journals_name_are_not_followed(store: Store, tmp_path: Path) -> None:
    begun(store, ATTEMPT)
    victim = tmp_path / "victim"
    store.path(ATTEMPT).replace(victim)
    before = victim.read_bytes()
    store.path(ATTEMPT).symlink_to(victim)
    with pytest.raises(UsageError, match="a link where the file should be"):
        store.resume(ATTEMPT)
    with pytest.raises(CannotSaveError):
        store.begin(header())
    assert victim.read_bytes() == before
    store.path(ATTEMPT).unlink()
    os.mkfifo(store.path(ATTEMPT))
    with pytest.raises(UsageError, match="cannot be read"):
        store.resume(ATTEMPT)


def test_where_the_folder_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, private_data_folder: Path) -> None:
    assert data_folder(tmp_path) == tmp_path
    assert data_folder() == private_data_folder
    monkeypatch.delenv("ALLIANCE_TRAINER_DATA")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    if sys.platform.startswith("linux"):
        assert data_folder() == tmp_path / "state" / "alliance-trainer"
    assert data_folder().name == "alliance-trainer"


def test_an_account_without_a_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ALLIANCE_TRAINER_DATA")
    monkeypatch.setattr("platformdirs.user_state_path", lambda *_, **__: Path("~/.local/state/alliance-trainer"))
    with pytest.raises(CannotSaveError, match="no home folder") as refused:
        data_folder()
    assert "--data-dir" in refused.value.hint


def test_reading_a_journal_changes_nothing(store: Store) -> None:
    begun(store, ATTEMPT)
    path = store.path(ATTEMPT)
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    assert isinstance(read_journal(path), Clean)
    path.write_bytes(before[0][5:])
    assert isinstance(read_journal(path), Damaged)
    assert isinstance(store.find("last"), Entry)
    assert store.find("last").header is None


def test_heavy_libraries_stay_off_the_start_up_path() -> None:
    code = (
        f"import sys, {store_module.__name__}, alliance_trainer.journal.interchange\n"
        "print(sorted({'filelock', 'platformdirs', 'pydantic', 'typing_extensions'} & set(sys.modules)))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "filelock" not in answer.stdout
    assert "platformdirs" not in answer.stdout
    assert "pydantic" not in answer.stdout


def test_a_pseudonym_that_cannot_be_kept_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(pseudonym, "put", full)
    with pytest.raises(CannotSaveError, match="pseudonym cannot be kept") as refused:
        pseudonym.keep(Store(folder=tmp_path), "wren-27")
    assert "Make room or choose another folder" in refused.value.hint
