"""The promises of the journal as checks: they run in the suite, and again on each deliberate bug."""

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from disk_model import Inode, Killed, MemoryDisk, Tripwire, using
from journal_play import ATTEMPT, DATA, RECORDS, header

from alliance_trainer.core.errors import CannotSaveError
from alliance_trainer.journal import repair, scan, writer
from alliance_trainer.journal.events import Event
from alliance_trainer.journal.lock import InUseError
from alliance_trainer.journal.scan import Clean, Damaged, TornTail
from alliance_trainer.journal.store import Store

FOLDER = Path("/data/attempts")
JOURNAL = FOLDER / f"{ATTEMPT}.jsonl"
EVENTS: list[Event] = [record.event for record in RECORDS[1:]]

Point = tuple[int, int]
"""Kill before operation n; if that is a write, after k of its bytes."""


def fresh() -> MemoryDisk:
    return MemoryDisk(folders={Path("/"), Path("/data"), FOLDER})


def play(confirmed: list[Any]) -> None:
    """The whole attempt; each record is noted once the journal calls it recorded."""
    journal = writer.create(JOURNAL, header())
    confirmed.append(journal.records[0])
    for event in EVENTS:
        confirmed.append(journal.append(event))
    journal.close()


def operations() -> list[tuple[str, Any, int]]:
    wire = Tripwire(fresh())
    with using(wire):
        play([])
    return wire.trace


def kill_points(trace: list[tuple[str, Any, int]]) -> Iterator[Point]:
    for number, (_, _, length) in enumerate(trace):
        yield from ((number, taken) for taken in range(length + 1))


def killed(point: Point) -> tuple[MemoryDisk, list[Any]]:
    """The disk as a process leaves it that is killed there, and the records that were confirmed before."""
    memory, confirmed = fresh(), []
    with using(Tripwire(memory, kill_at=point[0], kill_bytes=point[1])), suppress(Killed):
        play(confirmed)
    return memory, confirmed


def open_again(memory: MemoryDisk, found: scan.Scanned | None = None) -> Clean | None:
    """Mend and read what is there; None if nothing had been recorded."""
    if not memory.exists(JOURNAL):
        return None
    found = found or scan.scan(memory.read(JOURNAL))
    if isinstance(found, TornTail) and not found.records and found.whole is None:
        memory.remove(JOURNAL)
        return None
    return repair.repair(JOURNAL, found).clean


def check_survival(memory: MemoryDisk, confirmed: list[Any]) -> None:
    """All that was confirmed is there, at most one more, and the attempt goes on to the same end."""
    with using(memory):
        clean = open_again(memory)
        records = clean.records if clean else ()
        assert len(confirmed) <= len(records) <= len(confirmed) + 1, (len(confirmed), len(records))
        assert records == RECORDS[: len(records)]
        journal = writer.Writer(JOURNAL, clean) if clean else writer.create(JOURNAL, header())
        for event in EVENTS[len(journal.records) - 1 :]:
            journal.append(event)
        journal.close()
        assert memory.read(JOURNAL) == DATA


def check_kills(points: Iterable[Point]) -> int:
    """A process killed at each point; how many were tried."""
    count = 0
    for point in points:
        memory, confirmed = killed(point)
        memory.reboot()
        check_survival(memory, confirmed)
        count += 1
    return count


def check_power_cuts(points: Iterable[Point]) -> int:
    """As a kill, but of what was not synced only some bytes survive, or NUL: the order of syncs shows."""
    count = 0
    for point in points:
        memory, confirmed = killed(point)
        variant = (point[0] + point[1] // 2) % 4
        memory.lose_power(kept=point[1] * 3 % 200 if variant > 1 else 0, zeros=variant % 2 == 1)
        check_survival(memory, confirmed)
        count += 1
    return count


def check_kills_while_mending(points: Iterable[Point], *, power: bool) -> int:
    """A second death, at each operation and byte of the mending after the first: nothing is lost then either."""
    count = 0
    for point in points:
        first, confirmed = killed(point)
        torn = first.read(JOURNAL)
        wire = Tripwire(first.copied())
        with using(wire):
            if open_again(wire.base) is None:
                continue
        for again in kill_points(wire.trace):
            memory = first.copied()
            memory.files[JOURNAL].synced = torn
            with using(Tripwire(memory, kill_at=again[0], kill_bytes=again[1])), suppress(Killed):
                open_again(memory)
            memory.lose_power() if power else memory.reboot()
            check_survival(memory, confirmed)
            check_fragment_kept(memory, torn)
            count += 1
    return count


def check_fragment_kept(memory: MemoryDisk, torn: bytes) -> None:
    """The bytes that were cut off are in the journal or beside it."""
    found = scan.scan(torn)
    if isinstance(found, TornTail) and found.whole is None:
        beside = [inode.data for path, inode in memory.files.items() if ".torn-" in path.name]
        assert found.fragment in beside


def is_noticed(data: bytes) -> bool:
    """Whether a changed copy of DATA is not taken for a finished attempt, and shows nothing false."""
    return is_right_about(scan.scan(data), data)


def is_right_about(found: scan.Scanned, data: bytes) -> bool:
    if found.records != RECORDS[: len(found.records)]:
        return False
    if isinstance(found, Damaged):
        return 1 <= found.line <= len(RECORDS) + 1 and 0 <= found.byte <= len(data)
    return isinstance(found, TornTail)


def check_bytes(values: Iterable[int], places: Iterable[int] | None = None) -> int:
    """Every byte changed to byte XOR value is noticed, and never costs a record before its line."""
    count = 0
    values = tuple(values)
    for place in range(len(DATA)) if places is None else places:
        line = DATA.count(b"\n", 0, place)
        for value in values:
            changed = DATA[:place] + bytes([DATA[place] ^ value]) + DATA[place + 1 :]
            found = scan.scan(changed)
            assert is_right_about(found, changed), (place, value)
            assert len(found.records) == line, (place, value)
            count += 1
    return count


def check_cuts(places: Iterable[int], *, zeros: bool) -> None:
    """Cut at a byte: exactly the whole lines before it are there, and mending loses none of them."""
    for place in places:
        data = DATA[:place] + (b"\0" * (len(DATA) - place) if zeros else b"")
        whole = DATA.count(b"\n", 0, place)
        lines_end = DATA.rfind(b"\n", 0, place) + 1
        found = scan.scan(data)
        assert found.records == RECORDS[:whole]
        torn = place == 0 or lines_end < len(data)
        assert isinstance(found, TornTail if torn else Clean)
        memory = fresh()
        memory.files[JOURNAL] = memory.durable[JOURNAL] = Inode(data=data, synced=data)
        lacks_line_end = DATA[place : place + 1] == b"\n"
        with using(memory):
            clean = open_again(memory, found)
        if clean is None:
            assert whole == 0
            continue
        assert clean.records == RECORDS[: whole + lacks_line_end]
        memory.lose_power()
        assert memory.read(JOURNAL) == DATA[: clean.length]
        if torn and not lacks_line_end:
            aside = JOURNAL.with_name(f"{ATTEMPT}.torn-{lines_end}")
            assert aside in memory.files, "cut off and not kept"
            assert memory.read(aside) == data[lines_end:]


ERRORS = (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS, errno.EINTR)


def persistent(journal: writer.Writer, event: Event, memory: MemoryDisk | None, tries: int) -> int:
    """Append, trying again after each failure as the person would; how many failed.

    If a disk is given, the file must be clean on it after each failure.
    """
    for failures in range(tries):
        try:
            journal.append(event)
        except CannotSaveError as error:
            told = (error.exit_code, str(JOURNAL) in error.message, "--data-dir" in error.hint)
            assert told == (5, True, True)  # most appends must not fail, so `raises` does not fit
            if memory is not None:
                assert isinstance(scan.scan(memory.read(JOURNAL)), Clean), "not cut back to its good length"
            continue
        return failures
    raise AssertionError("it never works again")


def check_fault(number: int, code: int, *, taken: int | None = None, length: int = 1) -> int:
    """`length` operations from one on fail (a write first takes some bytes): no false word, and it works again.

    Returns how many appends failed.
    """
    memory, failed_syncs, failures = fresh(), set(), 0

    def plan(count: int, name: str, arguments: tuple[Any, ...]) -> int | None:
        if name == "sync":
            assert arguments[0] not in failed_syncs, "a second sync on a descriptor whose sync had failed"
        if taken is not None and count == number and name == "write":
            return min(taken, len(arguments[1]))
        if number + (taken is not None) <= count < number + (taken is not None) + length:
            if name == "sync":
                failed_syncs.add(arguments[0])
            raise OSError(code, os.strerror(code))
        return None

    with using(Tripwire(memory, plan=plan)):
        try:
            journal = writer.create(JOURNAL, header())
        except CannotSaveError:
            failures += 1
            with using(memory):
                open_again(memory)  # where not even the removal worked
                journal = writer.create(JOURNAL, header())
        for event in EVENTS:
            confirmed = len(journal.records)
            failures += persistent(journal, event, memory if length == 1 else None, tries=length + 2)
            sure = memory.files[JOURNAL].synced
            assert DATA.startswith(sure), "said to be saved, but not on the disk"
            assert sure.count(b"\n") == confirmed + 1
        journal.close()
    assert memory.read(JOURNAL) == DATA
    return failures


def check_others_change(change: bytes) -> None:
    """Bytes that another program adds (or, for none, cuts off) are left alone, and nothing follows them."""
    memory = fresh()
    with using(memory):
        journal = writer.create(JOURNAL, header())
        for event in EVENTS[:3]:
            journal.append(event)
        inode = memory.files[JOURNAL]
        inode.data = changed = inode.data + change if change else inode.data[:-5]
        for _ in range(3):
            with suppress(CannotSaveError):
                journal.append(EVENTS[3])
                raise AssertionError("said to be saved behind another program's bytes")
            assert inode.data == changed


def check_structure(changed: Iterable[bytes]) -> int:
    count = 0
    for data in changed:
        assert data != DATA
        assert is_noticed(data), data[:300]
        count += 1
    return count


def moved_lines() -> Iterator[bytes]:
    """Lines swapped, repeated, deleted, repeated elsewhere."""
    lines = DATA.splitlines(keepends=True)
    for one in range(len(lines)):
        yield b"".join(lines[: one + 1] + lines[one:])
        if one < len(lines) - 1:
            yield b"".join(lines[:one] + lines[one + 1 :])
        for two in range(one + 1, len(lines)):
            swapped = list(lines)
            swapped[one], swapped[two] = lines[two], lines[one]
            yield b"".join(swapped)
            yield b"".join([*lines[: two + 1], lines[one], *lines[two + 1 :]])


def check_one_writer(store: Store) -> None:
    """While one writer is open, a second is refused, told so, and changes nothing."""
    opened = store.begin(header())
    before = store.path(ATTEMPT).read_bytes()
    try:
        with pytest.raises(InUseError) as refused:
            store.resume(ATTEMPT).writer.close()
    finally:
        opened.writer.close()
    assert "already open" in refused.value.message
    assert refused.value.exit_code == 5
    assert store.path(ATTEMPT).read_bytes() == before
