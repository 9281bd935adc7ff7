"""A drill's journal keeps the same promises as an attempt's, and is told apart from it."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from disk_model import Killed, MemoryDisk, Tripwire, using
from drill_play import DRILL, header, script
from journal_play import DATA as ATTEMPT_DATA
from journal_play import forged
from lines_once import each_line_once

from alliance_trainer.core.errors import DamagedDataError
from alliance_trainer.journal import repair, writer
from alliance_trainer.journal.drill_reading import drill_row
from alliance_trainer.journal.events import Choice
from alliance_trainer.journal.families import ATTEMPTS, DRILLS
from alliance_trainer.journal.record import Record
from alliance_trainer.journal.scan import Clean, Damaged, NewerFormat, TornTail, is_finished, scan
from alliance_trainer.journal.shelf import Shelf

FOLDER = Path("/data/drills")
JOURNAL = FOLDER / f"{DRILL}.jsonl"


def fresh() -> MemoryDisk:
    return MemoryDisk(folders={Path("/"), Path("/data"), FOLDER})


def play(confirmed: list[Record], good: Clean | None = None) -> None:
    """The drill to its end, from where it stands; each record is noted once the journal calls it recorded."""
    journal = writer.Writer(JOURNAL, good, family=DRILLS) if good else writer.create(JOURNAL, header(), family=DRILLS)
    confirmed[:] = journal.records
    for event in script()[len(journal.records) - 1 :]:
        confirmed.append(journal.append(event))
    if not is_finished(journal.records):
        confirmed.append(journal.finish(reason="all answered"))
    journal.close()


def whole() -> tuple[bytes, list[tuple[str, Any, int]]]:
    wire = Tripwire(fresh())
    with using(wire):
        play([])
    return wire.base.read(JOURNAL), wire.trace


DATA, TRACE = whole()


def points() -> Iterator[tuple[int, int]]:
    for number, (_, _, length) in enumerate(TRACE):
        yield from ((number, taken) for taken in range(0, length + 1, 3))


@pytest.mark.parametrize("power", [False, True], ids=["killed", "power cut"])
@each_line_once()
def test_killed_at_every_operation_nothing_that_was_recorded_is_lost(power: bool) -> None:
    tried = 0
    for point in points():
        memory, confirmed = fresh(), []
        with using(Tripwire(memory, kill_at=point[0], kill_bytes=point[1])), suppress(Killed):
            play(confirmed)
        memory.lose_power() if power else memory.reboot()
        with using(memory):
            clean = _mended(memory)
            records = clean.records if clean else ()
            assert len(confirmed) <= len(records) <= len(confirmed) + 1
            assert list(records[: len(confirmed)]) == confirmed
            play([], clean)
            assert memory.read(JOURNAL) == DATA
        tried += 1
    assert tried > 800


def _mended(memory: MemoryDisk) -> Clean | None:
    if not memory.exists(JOURNAL):
        return None
    found = scan(memory.read(JOURNAL), DRILLS)
    if isinstance(found, TornTail) and not found.records and found.whole is None:
        memory.remove(JOURNAL)
        return None
    return repair.repair(JOURNAL, found, DRILLS).clean


@each_line_once()
def test_every_changed_byte_is_noticed_and_every_cut_is_told_from_damage() -> None:
    lines = scan(DATA, DRILLS).records
    for place in range(0, len(DATA), 5):
        found = scan(DATA[:place] + bytes([DATA[place] ^ 1]) + DATA[place + 1 :], DRILLS)
        assert not isinstance(found, Clean)
        assert found.records == lines[: DATA.count(b"\n", 0, place)]
        cut = scan(DATA[:place], DRILLS)
        assert isinstance(cut, Clean if DATA[place - 1 : place] == b"\n" else TornTail)


def test_a_drill_is_no_attempt_and_an_attempt_no_drill() -> None:
    assert isinstance(scan(DATA, DRILLS), Clean)
    assert isinstance(scan(DATA, ATTEMPTS), Damaged)
    assert not isinstance(scan(ATTEMPT_DATA, DRILLS), Clean)
    memory = fresh()
    with using(memory):
        journal = writer.create(JOURNAL, header(), family=DRILLS)
        with pytest.raises(ValueError, match="Invalid value 'choice'"):
            journal.append(Choice(turn="slip", response="own-it", ms=1))
        with pytest.raises(ValueError, match="one header"):
            journal.append(header())
        journal.finish(reason="all answered")
        with pytest.raises(ValueError, match="after the end"):
            journal.append(script()[0])


def test_a_drill_of_a_later_version_is_left_alone() -> None:
    line = forged({"kind": "header", "v": 99, "app": "9.9", "drill": DRILL, "something": "new"}, seq=0, prev="0" * 16)
    found = scan(line, DRILLS)
    assert isinstance(found, NewerFormat)
    assert (found.version, found.app) == (99, "9.9")


@pytest.mark.parametrize(
    "bad",
    [
        {"kind": "asked", "item": "no-slash", "source": "moments", "content": "0" * 16},
        {"kind": "asked", "item": "a/b", "source": "elsewhere", "content": "0" * 16},
        {"kind": "asked", "item": "a/b", "source": "moments", "content": "0" * 16, "markers": ["wd-nothing"]},
        {"kind": "noticed", "item": "a/b", "answer": "both", "ms": 1},
        {"kind": "sure", "item": "a/b", "percent": 55},
        {"kind": "noticed", "item": "a/b", "answer": "none", "ms": -1},
    ],
)
def test_what_no_drill_can_say_is_damage_even_with_a_right_checksum(bad: dict[str, object]) -> None:
    first = scan(DATA, DRILLS).records[0]
    line = DATA.splitlines(keepends=True)[0] + forged(bad, seq=1, prev=first.sum)
    found = scan(line, DRILLS)
    assert isinstance(found, Damaged)
    assert found.line == 2


def test_a_row_holds_the_answers_that_stood_and_leaves_out_what_was_not_answered() -> None:
    row = drill_row(scan(DATA, DRILLS).records)
    assert (row.drill, row.started, row.ms) == (DRILL, "2026-11-02T09:14:00Z", 900 + 1200 + 2000 + 300 + 700)
    first, second = row.noticed
    assert (first.answer, first.named, first.sure, first.exact) == ("withdrawal", "wd-denial", 80, True)
    assert (second.answer, second.foil, second.named, second.counted.false_alarms) == (
        "mixed",
        "working-story",
        None,
        1,
    )
    with pytest.raises(ValueError, match="no header"):
        drill_row(())


def test_a_torn_drill_is_mended_once_and_a_damaged_one_left(tmp_path: Path) -> None:
    shelf = Shelf(data=tmp_path, family=DRILLS)
    with shelf.begin(DRILL, header()).writer as journal:
        journal.append(script()[0])
    path = shelf.path(DRILL)
    sound = path.read_bytes()
    path.write_bytes(sound + b'{"half')
    assert "set aside" in (shelf.mend(DRILL) or "")
    assert path.read_bytes() == sound
    assert shelf.mend(DRILL) is None
    path.write_bytes(sound.replace(b"wd-denial", b"wd-denail"))
    with pytest.raises(DamagedDataError):
        shelf.mend(DRILL)
    assert path.stat().st_mode & 0o777 == 0o600
    assert shelf.names() == [DRILL]


def test_the_end_of_a_file_is_its_stamp(tmp_path: Path) -> None:
    from alliance_trainer.journal.index_file import stamp_of

    path = tmp_path / "a.jsonl"
    path.write_bytes(DATA)
    stamp = stamp_of(path)
    assert stamp is not None
    assert (stamp.size, stamp.head) == (len(DATA), scan(DATA, DRILLS).records[-1].sum)
    path.write_bytes(DATA[:-1])
    assert stamp_of(path) is None
    assert stamp_of(tmp_path / "none") is None


def test_a_moment_whose_answer_was_taken_back_and_not_given_again_is_left_out(tmp_path: Path) -> None:
    shelf = Shelf(data=tmp_path, family=DRILLS)
    with shelf.begin(DRILL, header()).writer as journal:
        for event in script()[:2]:
            journal.append(event)
        journal.append(script()[3])
        assert drill_row(journal.records).noticed == ()


def test_a_drill_goes_on_in_another_folder_with_all_that_was_recorded(tmp_path: Path) -> None:
    from alliance_trainer.cli.spotting import elsewhere

    first = Shelf(data=tmp_path / "one", family=DRILLS).begin(DRILL, header()).writer
    for event in script()[:5]:
        first.append(event)
    moved = elsewhere(first, tmp_path / "two")
    for event in script()[5:]:
        moved.append(event)
    moved.finish(reason="all answered")
    moved.close()
    assert (tmp_path / "two" / "drills" / f"{DRILL}.jsonl").read_bytes() == DATA
