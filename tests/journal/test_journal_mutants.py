"""Deliberate bugs: each of the classic ones, put in, turns its check red. A test that never failed proves nothing."""

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from journal_checks import (
    DATA,
    EVENTS,
    check_bytes,
    check_cuts,
    check_fault,
    check_kills,
    check_kills_while_mending,
    check_one_writer,
    check_others_change,
    check_power_cuts,
    check_structure,
    kill_points,
    moved_lines,
    operations,
)

from alliance_trainer.core.errors import CannotSaveError
from alliance_trainer.journal import disk, lock, record, repair, scan, writer
from alliance_trainer.journal.record import BadLineError
from alliance_trainer.journal.scan import Clean
from alliance_trainer.journal.store import Store

Patch = pytest.MonkeyPatch
TRACE = operations()
POINTS = list(kill_points(TRACE))
SYNCS = [number for number, (name, _, _) in enumerate(TRACE) if name == "sync"]
CUTS = range(len(DATA) - 400, len(DATA) + 1)


class Disk:
    """The disk as one module sees it, with some functions replaced by faulty ones."""

    def __init__(self, **faulty: Callable[..., Any]) -> None:
        self._faulty = faulty

    def __getattr__(self, name: str) -> Any:
        return self._faulty.get(name) or getattr(disk, name)


def nothing(*_: object) -> None:
    """An operation that was forgotten."""


def confirm_before_the_sync(patch: Patch) -> None:
    patch.setattr(writer, "disk", Disk(sync=nothing))


def forget_the_folders_sync(patch: Patch) -> None:
    patch.setattr(writer, "disk", Disk(sync_folder=nothing))


def confirm_before_the_write(patch: Patch) -> None:
    append = writer.Writer.append

    def late(self: writer.Writer, event: Any) -> Any:
        waiting = vars(self).setdefault("waiting", [])
        waiting.append(event)
        if len(waiting) > 2 or event == EVENTS[-1]:
            while waiting:
                append(self, waiting.pop(0))
        return self.records[-1]

    patch.setattr(writer.Writer, "append", late)


def retry_the_sync(patch: Patch) -> None:
    def twice(descriptor: int) -> None:
        try:
            disk.sync(descriptor)
        except OSError:
            disk.sync(descriptor)

    patch.setattr(writer, "disk", Disk(sync=twice))


def believe_that_a_write_takes_all(patch: Patch) -> None:
    patch.setattr(writer, "write_all", disk.write)


def leave_the_fragment_after_an_error(patch: Patch) -> None:
    patch.setattr(writer, "disk", Disk(truncate=nothing))


def swallow_the_error(patch: Patch) -> None:
    append = writer.Writer.append

    def deaf(self: writer.Writer, event: Any) -> Any:
        with suppress(CannotSaveError):
            append(self, event)

    patch.setattr(writer.Writer, "append", deaf)


def skip_bad_lines(patch: Patch) -> None:
    def lenient(data: bytes, *_: object) -> scan.Scanned:
        records = []
        for line in data.split(b"\n"):
            with suppress(BadLineError):
                records.append(record.read(line))
        return Clean(records=tuple(records), length=len(data))

    patch.setattr(scan, "scan", lenient)


def ignore_a_missing_line_end(patch: Patch) -> None:
    real = scan.scan
    patch.setattr(scan, "scan", lambda data, *_: real(data if data.endswith(b"\n") else data + b"\n"))


def ignore_the_chain(patch: Patch) -> None:
    patch.setattr(scan, "_next", lambda _, line, family: record.read(line, family))


def ignore_the_spelling(patch: Patch) -> None:
    def generous(line: bytes) -> tuple[dict[str, object], str]:
        data = record._object(line)
        total = str(data.pop("sum", ""))
        if total != record.checksum(data):
            raise BadLineError("checksum")
        return data, total

    patch.setattr(record, "verify", generous)


def ignore_the_checksum(patch: Patch) -> None:
    def trusting(line: bytes) -> tuple[dict[str, object], str]:
        data = record._object(line)
        if record._respell(data) != line:
            raise BadLineError("spelling")
        return data, str(data.pop("sum", ""))

    patch.setattr(record, "verify", trusting)


def append_behind_a_fragment(patch: Patch) -> None:
    def as_it_is(path: Path, found: Any, *_: object) -> repair.Repaired:
        return repair.Repaired(clean=Clean(records=found.records, length=len(disk.read(path))), note=None)

    patch.setattr(repair, "repair", as_it_is)
    patch.setattr(writer.Writer, "_reopen", lambda self: disk.open_append(self.path))


def cut_without_keeping_the_fragment(patch: Patch) -> None:
    patch.setattr(repair, "set_aside", lambda path, _: path)


def cut_before_the_fragment_is_synced(patch: Patch) -> None:
    def unsynced(path: Path, torn: Any) -> Path:
        aside = path.with_name(f"{path.stem}.torn-{torn.offset}")
        descriptor = disk.create(aside) if not disk.exists(aside) else disk.open_append(aside)
        disk.write(descriptor, torn.fragment[len(disk.read(aside)) :])
        return aside

    patch.setattr(repair, "set_aside", unsynced)


def drop_the_record_that_lacks_its_line_end(patch: Patch) -> None:
    patch.setattr(scan, "_next", _only_lines(scan._next))


def _only_lines(real: Callable[..., Any]) -> Callable[..., Any]:
    def next_line(records: Any, line: bytes, family: Any) -> Any:
        if line + b"\n" not in DATA or DATA.startswith(line, len(DATA) - 1 - len(line)):
            raise BadLineError("no line end")
        return real(records, line, family)

    return next_line


def write_without_a_look_at_the_file(patch: Patch) -> None:
    patch.setattr(writer.Writer, "_ready", lambda self: self._descriptor)


def drop_the_lock(patch: Patch) -> None:
    class Unlocked:
        note = None

        def release(self) -> None:
            """Nothing was held."""

    patch.setattr(lock, "acquire", lambda *_: Unlocked())


def _torn_points() -> list[tuple[int, int]]:
    return [point for point in POINTS if point[1] > 30][:: len(POINTS) // 4]


def killed_now_and_then() -> None:
    check_kills(POINTS[::97])


def cut_near_the_end() -> None:
    check_cuts(CUTS, zeros=False)


@cache
def sound(check: Callable[[], object]) -> None:
    """The check passes without the bug; once is enough where several bugs have the same check."""
    check()


CASES: list[tuple[Callable[[Patch], None], Callable[[], object]]] = [
    (confirm_before_the_sync, lambda: check_power_cuts(POINTS[::97])),
    (forget_the_folders_sync, lambda: check_power_cuts(POINTS[400:900:50])),
    (confirm_before_the_write, killed_now_and_then),
    (retry_the_sync, lambda: check_fault(SYNCS[5], 5)),
    (believe_that_a_write_takes_all, lambda: check_fault(SYNCS[5] - 1, 28, taken=20, length=0)),
    (leave_the_fragment_after_an_error, lambda: check_fault(SYNCS[5] - 1, 28, taken=20)),
    (swallow_the_error, lambda: check_fault(SYNCS[5], 5)),
    (skip_bad_lines, lambda: check_bytes((1,), range(0, len(DATA), 50))),
    (ignore_a_missing_line_end, cut_near_the_end),
    (ignore_the_chain, lambda: check_structure(list(moved_lines())[::20])),
    (ignore_the_checksum, lambda: check_bytes((1,), range(0, len(DATA), 11))),
    (ignore_the_spelling, lambda: check_structure([DATA.replace(b'":', b'": '), DATA.replace(b"\n", b"\r\n")])),
    (write_without_a_look_at_the_file, lambda: check_others_change(b"x")),
    (append_behind_a_fragment, killed_now_and_then),
    (cut_without_keeping_the_fragment, cut_near_the_end),
    (cut_before_the_fragment_is_synced, lambda: check_kills_while_mending(_torn_points(), power=True)),
    (drop_the_record_that_lacks_its_line_end, lambda: check_cuts(CUTS, zeros=True)),
]


@pytest.mark.parametrize(("put_in", "check"), CASES, ids=[put_in.__name__ for put_in, _ in CASES])
def test_a_deliberate_bug_is_found(
    put_in: Callable[[Patch], None], check: Callable[[], object], monkeypatch: Patch
) -> None:
    sound(check)
    put_in(monkeypatch)
    with pytest.raises((AssertionError, CannotSaveError)):
        check()


def test_a_dropped_lock_is_found(tmp_path: Path, monkeypatch: Patch) -> None:
    drop_the_lock(monkeypatch)
    with pytest.raises(pytest.fail.Exception):
        check_one_writer(Store(folder=tmp_path / "data"))
