"""A roster as it was downloaded: CSV taken apart so that every byte that is not filled stays what it is."""

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from alliance_trainer.core.errors import UsageError

DELIMITERS = (",", ";", "\t")
_LONGEST = 64 << 20
_ENDS = {delimiter: re.compile(f"[{delimiter}\r\n]") for delimiter in DELIMITERS}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")  # how .xlsx and .ods begin, and .xls
_GUESSES = ("utf-8", "cp1252", "latin-1")  # the last takes every byte, and gives each back


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One record: its cells as they are written, quotes and all, and what ends it."""

    cells: tuple[str, ...]
    end: str

    @property
    def blank(self) -> bool:
        """Whether nothing is on it."""
        return not any(cell.strip() for cell in self.cells)


class Roster(msgspec.Struct, frozen=True, kw_only=True):
    """A whole file: the byte order mark, the encoding, what parts the cells, and the records.

    `written` gives back exactly the bytes that it was read from.
    """

    mark: bytes
    encoding: str
    delimiter: str
    lines: tuple[Line, ...]

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns, without quotes and surrounding spaces."""
        return tuple(unquoted(cell).strip() for cell in self.lines[0].cells)

    def values(self, column: int) -> Iterator[tuple[int, str]]:
        """Each record below the header with the value of a column, by its place in `lines`."""
        for place, line in enumerate(self.lines[1:], start=1):
            if not line.blank:
                yield place, unquoted(line.cells[column]).strip() if column < len(line.cells) else ""

    def written(self) -> bytes:
        """The file's bytes."""
        text = "".join(self.delimiter.join(line.cells) + line.end for line in self.lines)
        return self.mark + text.encode(self.encoding)


def unquoted(cell: str) -> str:
    """What a cell as written says."""
    if not cell.startswith('"'):
        return cell
    body, quote, rest = cell[1:].replace('""', "\0").rpartition('"')
    return (body + rest if quote else rest).replace("\0", '"')


def read_roster(data: bytes) -> Roster:
    """Take a file apart. Raises UsageError for one that is no text, or has no header."""
    if len(data) > _LONGEST:
        raise UsageError("the roster is larger than any gradebook.", "Give the CSV file that the course system wrote.")
    if data.startswith(_WORKBOOKS):
        raise UsageError(
            "the roster is a spreadsheet, as Excel keeps it (.xlsx or .xls), and no CSV file.",
            "Open it, save it as CSV (in Excel: File, Save As, CSV UTF-8), and give that file.",
        )
    mark, encoding, text = _decoded(data)
    if "\0" in text:
        raise UsageError("the roster is no CSV file.", "Download it as CSV (text), not as a spreadsheet.")
    delimiter = _delimiter(text)
    lines = tuple(_lines(text, delimiter))
    if not lines or lines[0].blank:
        raise UsageError("the roster has no line with the names of its columns.", "Give it as it was downloaded.")
    return Roster(mark=mark, encoding=encoding, delimiter=delimiter, lines=lines)


def _decoded(data: bytes) -> tuple[bytes, str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return mark, encoding, data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise UsageError("the roster cannot be read as text.", "Download it again, as CSV.") from error
    for encoding in _GUESSES:
        try:
            return b"", encoding, data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AssertionError("latin-1 takes every byte")


def _delimiter(text: str) -> str:
    """What parts the cells: whichever stands most often in the first record, outside quotes."""
    counts = dict.fromkeys(DELIMITERS, 0)
    within = False
    for sign in text:
        if sign == '"':
            within = not within
        elif not within and sign in "\r\n":
            break
        elif not within and sign in counts:
            counts[sign] += 1
    return max(DELIMITERS, key=lambda delimiter: counts[delimiter])


def _lines(text: str, delimiter: str) -> Iterator[Line]:
    cells: list[str] = []
    start = at = 0
    while at < len(text):
        at = _cell_end(text, start, delimiter)
        cells.append(text[start:at])
        if text[at : at + 1] == delimiter:
            start = at = at + 1
            if at == len(text):
                cells.append("")
                yield Line(cells=tuple(cells), end="")
                return
            continue
        end = "\r\n" if text.startswith("\r\n", at) else text[at : at + 1]
        yield Line(cells=tuple(cells), end=end)
        cells = []
        start = at = at + len(end)


def _cell_end(text: str, start: int, delimiter: str) -> int:
    """Where the cell that starts here ends: at what parts it from the next, at a line's end, or at the end of all."""
    at = start
    if text.startswith('"', start):
        at = start + 1
        while (at := text.find('"', at)) >= 0 and text.startswith('"', at + 1):
            at += 2
        at = len(text) if at < 0 else at + 1
    found = _ENDS[delimiter].search(text, at)
    return found.start() if found else len(text)


Fill = Mapping[int, Mapping[int, str]]
"""Cells to write, by the place of the line and the number of the column; they are written as they are given."""


def filled(roster: Roster, fill: Fill, new: Sequence[str] = ()) -> Roster:
    """The roster with these cells in place of what stands there, and new columns at the end of each record.

    `new` are the names of the new columns, as they are to be written; they are numbered on from the last one.
    Lines that are blank stay so.
    """
    width = len(roster.lines[0].cells)
    lines = [_longer(roster.lines[0], width, new)]
    for place, line in enumerate(roster.lines[1:], start=1):
        cells = fill.get(place, {})
        if line.blank or not (cells or new):
            lines.append(line)
            continue
        added = [cells.get(width + number, "") for number in range(len(new))]
        whole = _longer(line, width if new else max(cells) + 1, added)
        lines.append(Line(cells=tuple(cells.get(at, cell) for at, cell in enumerate(whole.cells)), end=line.end))
    return Roster(mark=roster.mark, encoding=roster.encoding, delimiter=roster.delimiter, lines=tuple(lines))


def _longer(line: Line, width: int, added: Sequence[str]) -> Line:
    missing = ("",) * (width - len(line.cells))
    return Line(cells=(*line.cells, *missing, *added), end=line.end)
