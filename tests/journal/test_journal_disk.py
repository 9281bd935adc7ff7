"""The disk in memory does what the real one does; times are stored in UTC."""

import errno
import os
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from disk_model import REAL, MemoryDisk
from hypothesis import given, settings
from hypothesis import strategies as st
from sizes import scaled

from alliance_trainer.journal import disk, events

NAMES = ("one", "two", "three")
_CALLS = st.one_of(
    st.tuples(
        st.sampled_from(["create", "open_append", "read", "remove", "exists", "is_folder"]), st.sampled_from(NAMES)
    ),
    st.tuples(st.just("make_folder"), st.sampled_from(["sub", "one", "sub"])),
    st.tuples(st.sampled_from(["names", "sync_folder"]), st.sampled_from([".", "missing"])),
    st.tuples(st.sampled_from(["size", "sync", "close"]), st.integers(0, 3)),
    st.tuples(st.just("write"), st.integers(0, 3), st.binary(max_size=9)),
    st.tuples(st.just("truncate"), st.integers(0, 3), st.integers(0, 20)),
    st.tuples(st.just("replace"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
)


class Runner:
    """Runs calls on one disk; descriptors are told by the order in which they were given out."""

    def __init__(self, base: object, folder: Path) -> None:
        self.base = base
        self.folder = folder
        self.descriptors: list[int] = []

    def run(self, name: str, *arguments: object) -> object:
        operation = getattr(self.base, name)
        real = (
            [self._real(value) for value in arguments[:1]] if name != "replace" else [self._real(a) for a in arguments]
        )
        if real == [None]:
            return "no such descriptor yet"
        try:
            answer = operation(*real, *arguments[len(real) :])
        except OSError as error:
            return errno.errorcode[error.errno or 0]
        if name in {"create", "open_append"}:
            self.descriptors.append(answer)
            return "opened"
        return answer

    def _real(self, value: object) -> object:
        if isinstance(value, str):
            return self.folder / value
        place = int(str(value))
        return self.descriptors[place] if place < len(self.descriptors) else None


def _is_comparable(model: MemoryDisk, folder: Path, closed: set[object], name: object, *arguments: object) -> bool:
    """Whether the model claims anything about a call."""
    if isinstance(arguments[0], int):  # the system may have given a closed descriptor's number out again
        return arguments[0] not in closed
    if name == "replace" and arguments[0] == arguments[1]:
        return False
    files_only = {"create", "open_append", "read", "remove", "replace"}
    return name not in files_only or not any(model.is_folder(folder / str(each)) for each in arguments)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows forbids removing open files")
@settings(max_examples=scaled(150))
@given(st.lists(_CALLS, max_size=25))
def test_the_model_behaves_as_the_real_disk(
    tmp_path_factory: pytest.TempPathFactory, calls: list[tuple[object, ...]]
) -> None:
    folder = tmp_path_factory.mktemp("model")
    model = MemoryDisk(folders={folder.parent, folder})
    ours, real = Runner(model, folder), Runner(REAL, folder)
    closed: set[object] = set()
    for name, *arguments in calls:
        if not _is_comparable(model, folder, closed, name, *arguments):
            continue
        assert ours.run(str(name), *arguments) == real.run(str(name), *arguments), (name, arguments)
        if name == "close":
            closed.add(arguments[0])
    assert {path: path.read_bytes() for path in model.files} == {
        path: inode.data for path, inode in model.files.items()
    }
    assert sorted(each.name for each in folder.iterdir()) == model.names(folder)
    for number, descriptor in enumerate(real.descriptors):
        if number not in closed:
            os.close(descriptor)


def test_systems_without_posix_calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fchmod", raising=False)
    monkeypatch.delattr(os, "O_DIRECTORY", raising=False)
    descriptor = disk.create(tmp_path / "file")
    disk.write(descriptor, b"\n\r\n")
    disk.close(descriptor)
    disk.sync_folder(tmp_path / "not there at all")
    assert disk.read(tmp_path / "file") == b"\n\r\n"


def test_file_systems_without_modes_or_folder_syncs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EINVAL, "not here")

    for name in ("fchmod", "fsync"):
        monkeypatch.setattr(os, name, refuse)
    monkeypatch.setattr(Path, "chmod", refuse)
    disk.make_folder(tmp_path / "sub")
    disk.close(disk.create(tmp_path / "sub" / "file"))
    disk.sync_folder(tmp_path / "sub")
    assert disk.names(tmp_path / "sub") == ["file"]


@pytest.mark.skipif(not hasattr(os, "O_DIRECTORY"), reason="folders cannot be synced here")
def test_a_folder_sync_that_fails_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: int) -> None:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="broken"):
        disk.sync_folder(tmp_path)


def test_moments_are_utc() -> None:
    berlin = timezone(timedelta(hours=1))
    assert events.moment(datetime(2026, 11, 2, 10, 14, 0, 999, tzinfo=berlin)) == "2026-11-02T09:14:00Z"
    assert events.moment(datetime(987, 1, 2, tzinfo=UTC)) == "0987-01-02T00:00:00Z"
    with pytest.raises(ValueError, match="without its zone"):
        events.moment(datetime(2026, 11, 2))
