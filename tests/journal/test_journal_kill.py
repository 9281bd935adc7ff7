"""Killed at any moment, or without power: no confirmed record is lost, and the attempt goes on to the same end."""

import os
from contextlib import suppress
from pathlib import Path

import pytest
from disk_model import OPERATIONS, REAL, Killed, Tripwire, using
from journal_checks import (
    EVENTS,
    Point,
    check_kills,
    check_kills_while_mending,
    check_power_cuts,
    kill_points,
    operations,
)
from journal_play import ATTEMPT, DATA, RECORDS, header
from lines_once import each_line_once
from sizes import SCALE, scaled

from alliance_trainer.journal import disk, lock
from alliance_trainer.journal.scan import TornTail
from alliance_trainer.journal.shelf import read_journal
from alliance_trainer.journal.store import Store

POINTS = list(kill_points(operations()))


def spread(points: list[Point], count: int) -> list[Point]:
    """About so many of the points, evenly."""
    return points[:: max(1, len(points) // scaled(count))]


def test_the_harness_stands_in_for_every_operation() -> None:
    own = {name for name, value in vars(disk).items() if getattr(value, "__module__", "") == disk.__name__}
    assert own - {"why"} == set(OPERATIONS)


@each_line_once()
def test_killed_at_every_operation_and_byte() -> None:
    tried = check_kills(POINTS)
    assert tried == len(POINTS)
    assert tried >= 6_000


@each_line_once()
def test_power_cut_at_operations_and_bytes() -> None:
    points = POINTS if SCALE > 1 else POINTS[::2]
    assert check_power_cuts(points) + len(POINTS) >= 9_500  # with the kills above; those below make it more than 10,000


@pytest.mark.parametrize("power", [False, True])
@each_line_once()
def test_killed_again_while_mending(power: bool) -> None:
    last_bytes = [point for point in POINTS if point[1] >= 1]
    tried = check_kills_while_mending(spread(last_bytes, 8), power=power)
    assert tried >= 500 * min(1, SCALE)


def test_every_record_is_synced_before_it_is_confirmed() -> None:
    trace = [name for name, _, _ in operations()]
    assert trace[:4] == ["create", "write", "sync", "sync_folder"]
    assert trace[4:-1] == ["size", "write", "sync"] * len(EVENTS)
    assert trace[-1] == "close"


def _play_in(store: Store, confirmed: list[object]) -> None:
    """Everything that playing does to the data folder, in two sittings."""
    store.keep_scenario("a" * 64, b"id: its-fine\n")
    with store.begin(header()).writer as journal:
        confirmed.append(journal.records[0])
        for event in EVENTS[:20]:
            confirmed.append(journal.append(event))
    with store.resume(ATTEMPT).writer as journal:
        for event in EVENTS[20:]:
            confirmed.append(journal.append(event))


def test_killed_with_real_files_and_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[lock.Held] = []
    acquire = lock.acquire

    def watched(folder: Path, attempt: str) -> lock.Held:
        held.append(acquire(folder, attempt))
        return held[-1]

    monkeypatch.setattr(lock, "acquire", watched)
    wire = Tripwire(REAL)
    with using(wire):
        _play_in(Store(folder=tmp_path / "whole"), [])
    monkeypatch.setattr(os, "fsync", os.fstat)  # the computer goes on: waiting for its disk would show nothing
    middle = [(number, length // 2) for number, (_, _, length) in enumerate(wire.trace)]
    every = sorted({*middle, *((number, 0) for number in range(len(wire.trace)))})
    for number, point in enumerate(spread(every, 110)):
        store, confirmed = Store(folder=tmp_path / str(number)), []
        with using(Tripwire(REAL, kill_at=point[0], kill_bytes=point[1])), suppress(Killed):
            _play_in(store, confirmed)
        for each in held:
            each.lock.release()  # as the kernel does for a process that was killed
        held.clear()
        _check_gone_on(store, confirmed)


def _check_gone_on(store: Store, confirmed: list[object]) -> None:
    path = store.path(ATTEMPT)
    if path.exists():
        found = read_journal(path)
        if isinstance(found, TornTail) and not found.records and found.whole is None:
            path.unlink()
    if not path.exists():
        assert len(confirmed) == 0
        return _play_in(store, [])
    if read_journal(path).records == RECORDS:
        return None
    with store.resume(ATTEMPT).writer as journal:
        assert len(confirmed) <= len(journal.records) <= len(confirmed) + 1
        for event in EVENTS[len(journal.records) - 1 :]:
            journal.append(event)
    assert path.read_bytes() == DATA
    assert store.scenario("a" * 64) == b"id: its-fine\n"
    return None
