"""Rosters: taken apart and put together again, every byte that is not filled is what it was."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sizes import scaled

from alliance_trainer.core.errors import UsageError
from alliance_trainer.reports.roster import DELIMITERS, filled, read_roster, unquoted

SIGNS = '"",;\t\r\na ä=\u20ac'
MARKS = [
    ("utf-8", b""),
    ("utf-8", b"\xef\xbb\xbf"),
    ("utf-16-le", b"\xff\xfe"),
    ("utf-16-be", b"\xfe\xff"),
    ("cp1252", b""),
]


@given(st.text(SIGNS, min_size=1, max_size=60), st.sampled_from(MARKS))
@settings(max_examples=scaled(300))
def test_whatever_is_in_it_the_bytes_come_back(text: str, how: tuple[str, bytes]) -> None:
    encoding, mark = how
    data = mark + text.encode(encoding)
    try:
        roster = read_roster(data)
    except UsageError:
        assert (
            not text.splitlines()[:1]
            or not text.splitlines()[0].strip(' ",;\t')
            or "\n" in text[:1]
            or "\r" in text[:1]
        )
        return
    assert roster.written() == data


@given(st.binary(min_size=1, max_size=80))
@settings(max_examples=scaled(300))
def test_bytes_that_are_no_text_come_back_or_are_refused(data: bytes) -> None:
    try:
        roster = read_roster(data)
    except UsageError:
        return
    assert roster.written() == data


def rows_of(width: int) -> st.SearchStrategy[list[list[str]]]:
    cell = st.text('"",;\n ab\u20ac=', max_size=6)
    return st.lists(st.lists(cell, min_size=width, max_size=width), max_size=4)


@given(rows_of(3), st.sampled_from(DELIMITERS), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
@settings(max_examples=scaled(200))
def test_cells_are_what_any_reader_of_csv_takes_them_for(rows: list[list[str]], delimiter: str, quoting: int) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=quoting).writerows([["x", "y", "z"], *rows])  # type: ignore[arg-type]  # a constant of csv
    roster = read_roster(out.getvalue().encode())
    assert [[unquoted(cell) for cell in line.cells] for line in roster.lines] == [["x", "y", "z"], *rows]


@given(rows_of(3), st.sampled_from(DELIMITERS), st.data())
@settings(max_examples=scaled(150))
def test_only_what_is_filled_is_another(rows: list[list[str]], delimiter: str, data: st.DataObject) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([["x", "y", "z"], *rows])
    roster = read_roster(out.getvalue().encode())
    places = st.dictionaries(st.integers(1, max(1, len(rows))), st.dictionaries(st.integers(0, 3), st.just("7.50")))
    fill = {place: cells for place, cells in data.draw(places).items() if place <= len(rows)}
    done = list(
        csv.reader(io.StringIO(filled(roster, fill, ['"new"']).written().decode(), newline=""), delimiter=delimiter)
    )
    assert done[0] == ["x", "y", "z", "new"]
    for place, (before, after) in enumerate(zip(roster.lines[1:], done[1:], strict=True), start=1):
        known = [unquoted(cell) for cell in before.cells]
        if before.blank:
            assert after == known
            continue
        wanted = dict(enumerate([*known, ""])) | fill.get(place, {})
        assert after == list(wanted.values())


def test_lines_keep_their_ends_and_short_ones_are_filled_up() -> None:
    data = b'"a";b\r\n1\n\n2;"x ""y"""\r3;4'
    roster = read_roster(data)
    assert roster.delimiter == ";"
    assert roster.header == ("a", "b")
    assert list(roster.values(1)) == [(1, ""), (3, 'x "y"'), (4, "4")]
    assert filled(roster, {3: {2: "9"}}, ["c"]).written() == b'"a";b;c\r\n1;;\n\n2;"x ""y""";9\r3;4;'


@pytest.mark.parametrize("data", [b"", b"\n1,2\n", b",,\n1,2,3\n", b"a\x00b,c\n", b"\xff\xfe\x00\xd8,"])
def test_what_is_no_roster_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(UsageError) as refused:
        read_roster(data)
    assert refused.value.message.startswith("the roster")
    assert refused.value.hint


@pytest.mark.parametrize("beginning", [b"PK\x03\x04", b"PK\x03\x04\x14\0\x06\0", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0"])
def test_a_spreadsheet_is_called_one_with_what_to_do(beginning: bytes) -> None:
    with pytest.raises(UsageError) as refused:
        read_roster(beginning)
    assert "is a spreadsheet, as Excel keeps it (.xlsx or .xls)" in refused.value.message
    assert "save it as CSV" in refused.value.hint


def test_a_large_roster_is_given_back_byte_for_byte() -> None:
    data = b"a,b,c\n" + b"".join(b'%d,"y ""z""",3%s' % (row, (b"\n", b"\r\n")[row % 2]) for row in range(10_000))
    roster = read_roster(data)
    assert len(roster.lines) == 10_001
    assert list(roster.values(1))[-1] == (10_000, 'y "z"')
    assert roster.written() == data
