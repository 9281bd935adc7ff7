"""Two writers: exactly one wins, the other is told; whatever the file system and however the holder ends."""

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock
import pytest
from journal_checks import check_one_writer
from journal_play import ATTEMPT, header
from sizes import scaled

from alliance_trainer.core.errors import CannotSaveError
from alliance_trainer.journal import lock
from alliance_trainer.journal.lock import InUseError
from alliance_trainer.journal.scan import Clean
from alliance_trainer.journal.shelf import read_journal
from alliance_trainer.journal.store import Store

Worker = subprocess.Popen[str]


@contextmanager
def workers(folder: Path, count: int) -> Iterator[list[Worker]]:
    command = [sys.executable, str(Path(__file__).with_name("journal_worker.py")), str(folder), ATTEMPT]
    started = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(count)
    ]
    try:
        yield started
    finally:
        for worker in started:
            worker.kill()
            worker.communicate()


def tell(worker: Worker, word: str) -> None:
    assert worker.stdin is not None
    worker.stdin.write(word + "\n")
    worker.stdin.flush()


def hear(worker: Worker) -> str:
    assert worker.stdout is not None
    return worker.stdout.readline().strip()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(folder=tmp_path / "data")
    store.begin(header()).writer.close()
    return store


def test_of_several_processes_exactly_one_wins(store: Store) -> None:
    rounds = scaled(50)
    with workers(store.folder, 3) as crowd:
        for _ in range(rounds):
            for worker in crowd:
                tell(worker, "open")
            answers = [hear(worker) for worker in crowd]
            assert sum(answer == "won" for answer in answers) == 1, answers
            assert sum("already open in another window" in answer for answer in answers) == 2, answers
            for worker in crowd:
                tell(worker, "close")
            assert sorted(hear(worker) for worker in crowd) == ["closed", "nothing", "nothing"]
    found = read_journal(store.path(ATTEMPT))
    assert isinstance(found, Clean)
    assert len(found.records) == 1 + rounds


def test_the_second_is_told_which_process_holds_it(store: Store) -> None:
    with workers(store.folder, 1) as (holder,):
        tell(holder, "open")
        assert hear(holder) == "won"
        with pytest.raises(InUseError, match=rf"process {holder.pid}, since 20\d\d-"):
            store.resume(ATTEMPT)


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
def test_a_stopped_holder_still_holds_and_a_killed_one_does_not(store: Store) -> None:
    with workers(store.folder, 1) as (holder,):
        tell(holder, "open")
        assert hear(holder) == "won"
        os.kill(holder.pid, signal.SIGSTOP)
        with pytest.raises(InUseError):
            store.resume(ATTEMPT)
        holder.kill()
        holder.wait()
        opened = store.resume(ATTEMPT)
        assert opened.notes == ()
        assert len(opened.writer.records) == 2
        opened.writer.close()


def test_two_writers_in_one_process(tmp_path: Path) -> None:
    check_one_writer(Store(folder=tmp_path / "one"))


def test_closing_gives_the_lock_back_and_leaves_no_word_of_the_holder(store: Store) -> None:
    for _ in range(3):
        with store.resume(ATTEMPT).writer:
            assert (store.folder / "locks" / f"{ATTEMPT}.holder").exists()
    assert [path.name for path in (store.folder / "locks").iterdir()] in ([f"{ATTEMPT}.lock"], [])


def test_a_failed_opening_gives_the_lock_back(store: Store) -> None:
    path = store.path(ATTEMPT)
    good = path.read_bytes()
    path.write_bytes(good.replace(b"wren", b"wran"))
    for _ in range(2):
        with pytest.raises(Exception, match="is damaged at line 1"):
            store.resume(ATTEMPT)
    path.write_bytes(good)
    store.resume(ATTEMPT).writer.close()


@pytest.fixture
def no_kernel_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: filelock.BaseFileLock) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(filelock.FileLock, "acquire", refuse)


@pytest.mark.usefixtures("no_kernel_locks")
def test_without_kernel_locks_a_marker_file_stands_in_and_says_so(store: Store) -> None:
    opened = store.resume(ATTEMPT)
    assert opened.notes == (lock.SOFT_NOTE,)
    word = json.loads((store.folder / "locks" / f"{ATTEMPT}.holder").read_text())
    assert word["pid"] == os.getpid()
    assert word["host"]
    with pytest.raises(InUseError, match=f"process {os.getpid()} on the computer "):
        store.resume(ATTEMPT)
    opened.writer.close()
    check_one_writer(Store(folder=store.folder.parent / "other"))
    store.resume(ATTEMPT).writer.close()


@pytest.mark.usefixtures("no_kernel_locks")
@pytest.mark.skipif(sys.platform == "win32", reason="a process number is reused too soon to test it there")
def test_the_marker_of_a_process_that_is_gone_is_taken_over(store: Store) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    with store.resume(ATTEMPT).writer:
        marker = store.folder / "locks" / f"{ATTEMPT}.softlock"
        text = marker.read_text()
    marker.write_text(text.replace(str(os.getpid()), str(gone.pid), 1))
    os.utime(marker, (1_700_000_000, 1_700_000_000))
    for _ in range(5):  # the library wants to see an unchanged marker more than once
        try:
            store.resume(ATTEMPT).writer.close()
            return
        except InUseError:
            continue
    pytest.fail("the marker of a process that is gone still holds the attempt")


@pytest.mark.usefixtures("no_kernel_locks")
def test_other_errors_of_a_lock_file_are_told_as_such(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: filelock.BaseFileLock) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    for kind in (filelock.FileLock, filelock.SoftFileLock):
        monkeypatch.setattr(kind, "acquire", full)
    with pytest.raises(CannotSaveError, match=r"the disk is full.*as it was") as refused:
        store.resume(ATTEMPT)
    assert not isinstance(refused.value, InUseError)


@pytest.mark.parametrize("word", [None, b"", b"{", b"[]", b'{"pid":"x","since":1}', b"\xff"])
def test_half_a_word_of_the_holder_is_no_obstacle(store: Store, word: bytes | None) -> None:
    with store.resume(ATTEMPT).writer:
        holder = store.folder / "locks" / f"{ATTEMPT}.holder"
        holder.unlink()
        if word is not None:
            holder.write_bytes(word)
        with pytest.raises(InUseError, match="already open in another window of this program"):
            store.resume(ATTEMPT)
