"""A filled table as CSV: text quoted and harmless, numbers as they are, nothing where nothing is known."""

from collections.abc import Iterator

from alliance_trainer.reports.cells import LINE_END, Value, number_cell, text_cell
from alliance_trainer.reports.tables import Kind, Sheet

_ROWS = 4096


def csv_chunks(sheet: Sheet, *, excel: bool = False) -> Iterator[bytes]:
    """The table in pieces, the line of names first; with `excel` a byte order mark before it.

    Without that mark Excel takes UTF-8 for Latin-1; other programs do better without it.
    """
    names = ",".join(text_cell(column.name) for column in sheet.table.columns) + LINE_END
    yield names.encode("utf-8-sig" if excel else "utf-8")
    kinds = [column.kind for column in sheet.table.columns]
    for first in range(0, sheet.rows, _ROWS):
        columns = [
            _spelt(kind, values[first : first + _ROWS]) for kind, values in zip(kinds, sheet.columns, strict=True)
        ]
        lines = [",".join(cells) + LINE_END for cells in zip(*columns, strict=True)]
        yield "".join(lines).encode()


def _spelt(kind: Kind, values: tuple[Value, ...]) -> list[str]:
    """The cells of a piece of a column; a text that comes again and again is looked at once."""
    if kind == "text":
        cells = {value: text_cell(value) for value in set(values) if value is None or isinstance(value, str)}
        return [cells[value] for value in values]  # type: ignore[index]  # a column of text holds texts
    return [number_cell(value) for value in values]  # type: ignore[arg-type]  # and one of numbers no texts
