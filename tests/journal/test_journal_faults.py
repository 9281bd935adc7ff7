"""A disk that is full, broken, read-only or slow to take bytes: no false "saved", a clean file, and it goes on."""

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from disk_model import MemoryDisk, Tripwire, using
from journal_checks import ERRORS, EVENTS, FOLDER, JOURNAL, check_fault, check_others_change, fresh, killed, operations
from journal_play import ATTEMPT, DATA, RECORDS, header
from lines_once import each_line_once
from sizes import scaled

from alliance_trainer.core.errors import CannotSaveError, DamagedDataError, UsageError
from alliance_trainer.journal import disk, repair, scan, writer
from alliance_trainer.journal.scan import Clean, TornTail

TRACE = operations()


@pytest.mark.parametrize("code", ERRORS)
@each_line_once()
def test_each_operation_fails_once(code: int) -> None:
    failed = [check_fault(number, code) for number in range(len(TRACE))]
    assert failed == [int(name != "close") for name, _, _ in TRACE]


@pytest.mark.parametrize("code", ERRORS)
@pytest.mark.parametrize("length", [2, 3, 5])
@each_line_once()
def test_several_operations_fail_in_a_row(code: int, length: int) -> None:
    step = max(1, 5 // scaled(1))
    assert all(check_fault(number, code, length=length) for number in range(0, len(TRACE) - 1, step))


@pytest.mark.parametrize("length", [1, 2, 4])
@each_line_once()
def test_a_short_write_and_then_a_failure(length: int) -> None:
    writes = [number for number, (name, _, _) in enumerate(TRACE) if name == "write"]
    for number in writes:
        for taken in (1, 60):
            assert check_fault(number, errno.ENOSPC, taken=taken, length=length)


@pytest.mark.parametrize("most", [1, 7, 100])
def test_short_writes_are_continued(most: int) -> None:
    memory = fresh()

    def plan(_: int, name: str, arguments: tuple[Any, ...]) -> int | None:
        return min(most, len(arguments[1])) if name == "write" else None

    with using(Tripwire(memory, plan=plan)), writer.create(JOURNAL, header()) as journal:
        for event in EVENTS:
            journal.append(event)
    assert memory.read(JOURNAL) == DATA


def test_a_write_that_takes_nothing_is_an_error_and_no_endless_loop() -> None:
    memory = fresh()
    with using(memory), writer.create(JOURNAL, header()) as journal:
        with (
            using(Tripwire(memory, plan=lambda _, name, __: 0 if name == "write" else None)),
            pytest.raises(CannotSaveError),
        ):
            journal.append(EVENTS[0])
        journal.append(EVENTS[0])
    assert memory.read(JOURNAL).count(b"\n") == 2


@each_line_once()
def test_ctrl_c_in_the_middle_of_an_append_leaves_no_half_line() -> None:
    for number, (name, _, _) in enumerate(TRACE[4:-1]):
        memory = fresh()

        def plan(count: int, _: str, __: tuple[Any, ...], at: int = number) -> None:
            if count == at:
                raise KeyboardInterrupt

        with using(memory):
            journal = writer.create(JOURNAL, header())
        with using(Tripwire(memory, plan=plan)):
            for event in EVENTS[: number // 3]:
                journal.append(event)
            with pytest.raises(KeyboardInterrupt):
                journal.append(EVENTS[number // 3])
            assert isinstance(scan.scan(memory.read(JOURNAL)), Clean), name
            journal.append(EVENTS[number // 3])
        assert scan.scan(memory.read(JOURNAL)).records == RECORDS[: number // 3 + 2]


def _begun(memory: MemoryDisk, count: int = 3) -> writer.Writer:
    journal = writer.create(JOURNAL, header())
    for event in EVENTS[:count]:
        journal.append(event)
    assert memory.read(JOURNAL).count(b"\n") == count + 1
    return journal


@pytest.mark.parametrize("change", [b"", b"x", b"{}\n", b"\0"])
def test_a_file_that_others_change_is_left_alone(change: bytes) -> None:
    check_others_change(change)


def test_a_changed_file_is_told(tmp_path: Path) -> None:
    with writer.create(tmp_path / "a.jsonl", header()) as journal:
        with journal.path.open("ab") as other:
            other.write(b"x")
        with pytest.raises(CannotSaveError, match="changed by another program") as told:
            journal.append(EVENTS[0])
    assert "data check" in told.value.hint


_LIMITED = """
import resource, sys
from pathlib import Path
from journal_play import DATA, header
from journal_checks import EVENTS
from alliance_trainer.core.errors import CannotSaveError
from alliance_trainer.journal import writer
journal = writer.create(Path(sys.argv[1]), header())
for event in EVENTS[:5]:
    journal.append(event)
good = journal.path.read_bytes()
resource.setrlimit(resource.RLIMIT_FSIZE, (len(good) + 20, resource.RLIM_INFINITY))
for _ in range(3):
    try:
        journal.append(EVENTS[5])
    except CannotSaveError as error:
        assert "may not grow" in error.message, error.message
    else:
        raise AssertionError("said to be saved")
    assert journal.path.read_bytes() == good
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
for event in EVENTS[5:]:
    journal.append(event)
assert journal.path.read_bytes() == DATA
print("as promised")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX resource limits")
def test_a_real_short_write_of_the_system_is_taken_back(tmp_path: Path) -> None:
    paths = os.pathsep.join([*sys.path, str(Path(__file__).parent)])
    command = [sys.executable, "-c", _LIMITED, str(tmp_path / "a.jsonl")]
    answer = subprocess.run(
        command, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": paths}, check=False
    )
    assert (answer.stdout.strip(), answer.stderr) == ("as promised", "")


def test_a_deleted_file_is_noticed() -> None:
    memory = fresh()
    with using(memory):
        journal = _begun(memory)
        memory.remove(JOURNAL)
        with pytest.raises(CannotSaveError, match="not there any more"):
            journal.append(EVENTS[3])


def test_a_new_attempt_never_writes_over_a_file() -> None:
    memory = fresh()
    with using(memory):
        _begun(memory).close()
        before = memory.read(JOURNAL)
        with pytest.raises(CannotSaveError, match="already a file"):
            writer.create(JOURNAL, header())
        assert memory.read(JOURNAL) == before


def test_a_failed_beginning_leaves_nothing_behind() -> None:
    for number in range(4):
        memory = fresh()

        def plan(count: int, _: str, __: tuple[Any, ...], at: int = number) -> None:
            if count == at:
                raise OSError(errno.ENOSPC, "full")

        with (
            using(Tripwire(memory, plan=plan)),
            pytest.raises(CannotSaveError, match=r"disk is full.*Nothing was played") as failed,
        ):
            writer.create(JOURNAL, header())
        assert "--data-dir" in failed.value.hint
        assert memory.names(FOLDER) == []
        assert memory.open_files == {}


def test_nothing_follows_the_end() -> None:
    with using(fresh()), writer.create(JOURNAL, header()) as journal:
        journal.finish(reason="turn-cap")
        with pytest.raises(ValueError, match="after the end"):
            journal.append(EVENTS[0])


def test_there_is_one_header() -> None:
    with using(fresh()), writer.create(JOURNAL, header()) as journal, pytest.raises(ValueError, match="one header"):
        journal.append(header())


def test_if_the_fragment_cannot_be_kept_nothing_is_cut_off() -> None:
    whole = [number for number, (name, _, _) in enumerate(TRACE) if name == "write"][9]
    memory, _ = killed((whole, 50))
    memory.reboot()
    torn = memory.read(JOURNAL)
    found = scan.scan(torn)
    assert isinstance(found, TornTail)
    for name in ("create", "write", "sync", "sync_folder"):

        def plan(_: int, called: str, __: tuple[Any, ...], failing: str = name) -> None:
            if called == failing:
                raise OSError(errno.ENOSPC, "full")

        with using(Tripwire(memory, plan=plan)), pytest.raises(CannotSaveError) as refused:
            repair.repair(JOURNAL, found)
        assert "left as it is" in refused.value.message
        assert "disk is full" in refused.value.message
        assert memory.read(JOURNAL) == torn
        assert memory.open_files == {}
    with using(memory):
        mended = repair.repair(JOURNAL, found)
        assert mended.clean.records == found.records
        assert f"{ATTEMPT}.torn-{found.offset}" in (mended.note or "")


def test_a_second_tear_at_the_same_place_keeps_both_fragments() -> None:
    memory = fresh()
    with using(memory):
        _begun(memory).close()
        good = memory.read(JOURNAL)
        for fragment in (b'{"kind":"choice","ms":1', b'{"kind":"note","text', b'{"kind":"choice","ms":12'):
            memory.files[JOURNAL].data = good + fragment
            repair.repair(JOURNAL, scan.scan(good + fragment))
            assert memory.read(JOURNAL) == good
    aside = {path.name: inode.data for path, inode in memory.files.items() if path != JOURNAL}
    assert aside == {
        f"{ATTEMPT}.torn-{len(good)}": b'{"kind":"choice","ms":12',
        f"{ATTEMPT}.torn-{len(good)}-2": b'{"kind":"note","text',
    }


def test_damaged_empty_and_newer_journals_are_never_changed() -> None:
    newer = DATA[: DATA.index(b"\n") + 1]
    for data, error in (
        (DATA.replace(b"wren", b"wran"), DamagedDataError),
        (b"", DamagedDataError),
        (newer[:9], DamagedDataError),
    ):
        memory = fresh()
        with using(memory):
            descriptor = disk.create(JOURNAL)
            disk.write(descriptor, data)
            with pytest.raises(error):
                repair.repair(JOURNAL, scan.scan(data))
        assert memory.read(JOURNAL) == data
    with pytest.raises(UsageError, match="version 9"):
        repair.repair(Path("x"), scan.NewerFormat(records=(), version=9, app="9.0"))


def test_reasons_are_words() -> None:
    assert disk.why(OSError(errno.ENOSPC, "x")) == "the disk is full"
    assert os.strerror(errno.EMFILE) in disk.why(OSError(errno.EMFILE, "x"))
    assert "odd" in disk.why(OSError("odd"))
