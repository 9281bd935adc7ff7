"""Tidy tables as data: what a column is, what a table is, and a table that has been filled."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from alliance_trainer.reports.cells import Value

Kind = Literal["text", "whole", "number", "truth"]
"""Text; a whole number; a number with a fraction; true or false (1 or 0 in CSV)."""

NEVER = "never"

LEAST_TRAINEES = 5
"""Figures of fewer trainees are not given in the tables that may be passed on."""


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column: its name and kind, what it says, its unit or range, and when it is empty (the end of a sentence)."""

    name: str
    kind: Kind
    meaning: str
    values: str = ""
    empty: str = NEVER


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table: its name, what one row is, and its columns in order.

    `shareable`: no row of it is about one trainee, and rows about few are left empty.
    """

    name: str
    row: str
    shareable: bool
    columns: tuple[Column, ...]


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A table that has been filled: the values of each column, all of one length."""

    table: Table
    columns: tuple[tuple[Value, ...], ...]

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return len(self.columns[0])


Row = tuple[Value, ...]


def sheet(table: Table, rows: Iterable[Row]) -> Sheet:
    """A table filled with rows; each has a value, or None, for every column."""
    columns = tuple(zip(*rows, strict=True)) or ((),) * len(table.columns)
    assert len(columns) == len(table.columns), f"{table.name} has {len(table.columns)} columns, not {len(columns)}"
    return Sheet(table=table, columns=columns)


def text(name: str, meaning: str, values: str = "", empty: str = NEVER) -> Column:
    """A column of text."""
    return Column(name=name, kind="text", meaning=meaning, values=values, empty=empty)


def whole(name: str, meaning: str, values: str = "0 or more", empty: str = NEVER) -> Column:
    """A column of whole numbers."""
    return Column(name=name, kind="whole", meaning=meaning, values=values, empty=empty)


def number(name: str, meaning: str, values: str = "0 to 1", empty: str = NEVER) -> Column:
    """A column of numbers with a fraction."""
    return Column(name=name, kind="number", meaning=meaning, values=values, empty=empty)


def truth(name: str, meaning: str, empty: str = NEVER) -> Column:
    """A column of true and false."""
    return Column(name=name, kind="truth", meaning=meaning, values="1 (true) or 0 (false)", empty=empty)
