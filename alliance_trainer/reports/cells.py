"""Cells of CSV: text that no spreadsheet takes for a formula, and numbers that are spelt alike everywhere."""

import re

from alliance_trainer.core.clean import clean

_SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"
TRIGGERS = tuple(f"{_SIGNS}\t\r\n")
"""What a spreadsheet may take for the beginning of a formula, full-width forms among them."""

LINE_END = "\r\n"
"""What ends a line of CSV, as the standard has it."""

# Where semicolons are the custom, a spreadsheet parts the cells at them, and no longer heeds quotes that begin inside.
_BEHIND = re.compile(rf'([;\n])(?=[\s"]*[{re.escape(_SIGNS)}])')

Value = str | int | float | bool | None
"""What a cell can hold; None is not known, or does not apply."""


def text_cell(text: str | None) -> str:
    """A cell of text: cleaned, quoted, and with a ' before whatever a spreadsheet would take for a formula.

    That is at its beginning, and behind a semicolon or a line's end in it. Not known is empty, without quotes.
    """
    if text is None:
        return ""
    shown = _BEHIND.sub(r"\1'", clean(text))
    if text.lstrip().startswith(TRIGGERS) or text.startswith(TRIGGERS):
        shown = "'" + shown
    return '"' + shown.replace('"', '""') + '"'


def number_cell(number: float | None) -> str:
    """A cell of a number, not quoted: true and false as 1 and 0, a fraction in its shortest exact form."""
    if number is None:
        return ""
    return repr(int(number) if isinstance(number, bool) else number)


def cell(value: Value) -> str:
    """A cell of whatever it holds."""
    return text_cell(value) if value is None or isinstance(value, str) else number_cell(value)


def row(values: tuple[Value, ...]) -> str:
    """A line of CSV with its end."""
    return ",".join(map(cell, values)) + LINE_END
