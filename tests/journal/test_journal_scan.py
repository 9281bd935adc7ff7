"""Bytes to records: cuts, changed bytes, moved lines and foreign formats are all told apart and located."""

import json
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from journal_checks import check_bytes, check_cuts, check_structure, is_noticed, moved_lines
from journal_play import DATA, RECORDS, TURNS, chained, forged, header, script
from lines_once import each_line_once
from sizes import SCALE, scaled

from alliance_trainer.journal import events, record, scan
from alliance_trainer.journal.events import Choice, End, Note, Pause
from alliance_trainer.journal.record import GENESIS
from alliance_trainer.journal.scan import Clean, Damaged, NewerFormat, TornTail

LINES = DATA.splitlines(keepends=True)


def test_a_whole_attempt_is_clean_and_finished() -> None:
    found = scan.scan(DATA)
    assert found == Clean(records=RECORDS, length=len(DATA))
    assert scan.is_finished(found.records)
    assert sum(isinstance(each.event, Choice) for each in RECORDS) >= len(TURNS) == 12


def test_a_line_is_spelt_as_the_format_says() -> None:
    fields = json.loads(LINES[3])
    assert set(fields) == {"kind", "turn", "response", "ms", "seq", "prev", "sum"}
    assert LINES[3].isascii()
    assert LINES[3] == json.dumps(fields, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    assert fields["prev"] == json.loads(LINES[2])["sum"]
    assert json.loads(LINES[0])["prev"] == GENESIS


@each_line_once()
def test_cut_at_every_byte() -> None:
    check_cuts(range(len(DATA) + 1), zeros=False)


@each_line_once()
def test_cut_at_every_byte_and_filled_with_nul() -> None:
    for place in range(len(DATA)):
        found = scan.scan(DATA[:place] + b"\0" * (len(DATA) - place))
        assert isinstance(found, TornTail)
        assert found.records == RECORDS[: DATA.count(b"\n", 0, place)]
    check_cuts(range(0, len(DATA) + 1, 1 if SCALE > 1 else 7), zeros=True)


@each_line_once()
def test_every_changed_byte_is_noticed() -> None:
    values = range(1, 256) if SCALE > 1 else (1, 0x20, 0x80)
    assert check_bytes(values) >= 18_000
    assert check_bytes(range(1, 256), range(len(DATA) - 3, len(DATA))) == 3 * 255


@each_line_once()
def test_moved_repeated_and_missing_lines_are_noticed() -> None:
    assert check_structure(moved_lines()) >= 2_000


@pytest.mark.parametrize(
    "changed",
    [
        DATA.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + DATA,
        DATA.decode().encode("utf-16"),
        b"".join(json.dumps(json.loads(line), indent=1).encode() + b"\n" for line in LINES),
        b"".join(json.dumps(json.loads(line)).encode() + b"\n" for line in LINES),
        DATA + b"\n",
        b"\n" + DATA,
        DATA + LINES[-1],
        DATA[:-1] + b" \n",
        DATA.replace(b'"ms":8003', b'"ms":8003.0'),
        DATA.replace(b'"ms":8003', b'"ms":8004'),
        DATA.replace(b'"ms":8003', b'"ms":8003,"ms":8003'),
        DATA.replace(b"\\u201c", "“".encode()),
        DATA.replace(b"\\u201c", b"\\u201C"),
        DATA.replace(b'"ms":8003', b'"ms":NaN'),
        DATA.replace(b'"ms":8003', b'"ms":' + b"9" * 5000),
        LINES[0] + b"[" * 100_000 + b"\n",
        LINES[0] + b'{"kind":"note"}\n',
        LINES[0] + b"7\n",
        LINES[0] + b"\0\0\n",
    ],
)
def test_other_damage_is_noticed(changed: bytes) -> None:
    assert is_noticed(changed)
    assert isinstance(scan.scan(changed), Damaged)


def test_lost_last_lines_show_as_unfinished() -> None:
    for kept in range(1, len(LINES)):
        found = scan.scan(b"".join(LINES[:kept]))
        assert isinstance(found, Clean)
        assert found.records == RECORDS[:kept]
        assert not scan.is_finished(found.records)


def test_damage_is_located() -> None:
    place = DATA.index(b'"ms":8003')
    found = scan.scan(DATA.replace(b'"ms":8003', b'"ms": 8003', 1))
    assert isinstance(found, Damaged)
    assert found.line == DATA.count(b"\n", 0, place) + 1
    assert found.byte == place + len('"ms":')
    assert f"line {found.line}, byte {found.byte}" in scan.describe(found)


def test_something_behind_a_whole_record_is_damage_that_costs_no_record() -> None:
    found = scan.scan(DATA[:-1] + b"x")
    assert isinstance(found, Damaged)
    assert (found.line, found.byte) == (len(LINES), len(DATA) - 1)


def test_a_fragment_that_lacks_only_its_line_end_is_whole() -> None:
    for end in (b"", b"\0", b"\0" * 600):
        found = scan.scan(DATA[:-1] + end)
        assert isinstance(found, TornTail)
        assert found.whole == RECORDS[-1]
        assert found.records == RECORDS[:-1]


@pytest.mark.parametrize(
    "event",
    [
        {"kind": "dream", "turn": "slip"},
        {"kind": "choice", "turn": "slip", "response": "own-it"},
        {"kind": "choice", "turn": "slip", "response": "own-it", "ms": -1},
        {"kind": "choice", "turn": "slip", "response": "own-it", "ms": True},
        {"kind": "choice", "turn": "slip", "response": "own-it", "ms": 1, "more": 1},
        {"kind": "choice", "turn": "\x1b[31m", "response": "own-it", "ms": 1},
        {"kind": "choice", "turn": "slip\n", "response": "own-it", "ms": 1},
        {"kind": "note", "turn": "slip", "text": "\ud800"},
        {"kind": "probe", "turn": "slip", "answer": "maybe", "ms": 1},
        {"kind": "pause", "at": "yesterday"},
        {"kind": "end", "ending": "a", "reason": "b", "count": 1, "head": "0" * 16},
        {"kind": "end", "count": 1, "head": "0" * 16},
        {"kind": "end", "ending": "worked-on", "count": 1, "head": "0" * 16},
        json.loads(LINES[0]) | {"seq": 1},
    ],
)
def test_a_recomputed_chain_with_wrong_fields_is_still_refused(event: dict[str, object]) -> None:
    event.pop("sum", None)
    found = scan.scan(LINES[0] + forged(event, 1, RECORDS[0].sum))
    assert isinstance(found, Damaged)
    assert (found.line, len(found.records)) == (2, 1)


def test_a_number_or_a_link_that_is_wrong_or_of_the_wrong_kind_is_refused() -> None:
    first = RECORDS[0].sum
    for seq, prev in (
        (True, first),
        (1, None),
        ("1", first),
        (0, first),
        (2, first),
        (1, GENESIS),
        (1, RECORDS[1].sum),
    ):
        line = forged({"kind": "pause", "at": "2026-11-02T09:14:00Z"}, seq, prev)  # type: ignore[arg-type]
        assert isinstance(scan.scan(LINES[0] + line), Damaged)


def test_a_first_line_that_is_no_header_is_refused() -> None:
    line = forged({"kind": "pause", "at": "2026-11-02T09:14:00Z"}, 0, GENESIS)
    assert isinstance(scan.scan(line), Damaged)


def test_a_line_after_the_end_is_refused() -> None:
    line = forged({"kind": "pause", "at": "2026-11-02T09:14:00Z"}, len(RECORDS), RECORDS[-1].sum)
    found = scan.scan(DATA + line)
    assert isinstance(found, Damaged)
    assert "after the end" in found.reason


def test_a_newer_format_is_recognised_and_not_read_further() -> None:
    newer = forged({"kind": "header", "v": events.FORMAT + 1, "app": "3.1.0", "new": {}}, 0, GENESIS)
    found = scan.scan(newer + b"\x00anything at all")
    assert found == NewerFormat(records=(), version=events.FORMAT + 1, app="3.1.0")
    assert "version 3.1.0" in scan.describe(found)
    assert isinstance(scan.scan(newer.replace(b"3.1.0", b"3.1.1")), Damaged)


def test_nothing_and_half_a_header_are_torn_at_the_start() -> None:
    for place in (0, 1, 40, len(LINES[0]) - 2):
        found = scan.scan(DATA[:place])
        assert found == TornTail(records=(), offset=0, fragment=DATA[:place], whole=None)


@settings(max_examples=scaled(300))
@given(st.binary(max_size=400), st.integers(0, len(LINES)))
def test_any_bytes_are_something(tail: bytes, kept: int) -> None:
    data = b"".join(LINES[:kept]) + tail
    found = scan.scan(data)
    assert len(found.records) >= kept or data.startswith(b"".join(LINES[: len(found.records)]))
    assert scan.describe(found)


@settings(max_examples=scaled(100))
@given(st.text(), st.integers(0, 2**53), st.sampled_from(["worked-on", None]))
def test_what_is_written_reads_back(text: str, ms: int, ending: str | None) -> None:
    played = [Note(turn="slip", text=text), Choice(turn="slip", response="own-it", ms=ms)]
    records, data = chained(header(cohort="autumn", occasion="pre"), played, ending=ending)
    found = scan.scan(data)
    assert found == Clean(records=records, length=len(data))
    assert [each.event for each in found.records[1:3]] == played
    assert isinstance(found.records[-1].event, End) == (ending is not None)


def test_half_a_character_from_a_broken_terminal_is_replaced() -> None:
    stored, line = record.write(Note(turn="slip", text="a\udc80b"), seq=0, prev=GENESIS)
    assert stored.event == Note(turn="slip", text="a\ufffdb")
    assert record.read(line[:-1]) == stored


def test_no_field_of_an_event_has_a_name_of_the_chain() -> None:
    for each in islice(RECORDS, 1, None):
        assert not {"seq", "prev", "sum"} & set(events.plain(each.event))


def test_events_that_the_journal_does_not_allow_are_not_written() -> None:
    for event in (Pause(at="now"), Choice(turn="a b", response="x", ms=1), Choice(turn="a", response="x", ms=-1)):
        with pytest.raises(ValueError, match="Expected"):
            record.write(event, seq=0, prev=GENESIS)
    assert len(script()) > 36
