"""Blocks laid out for a screen with room for columns and signs: the pretty mode, 40 columns and up."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest

import msgspec
from rich.cells import cell_len

from alliance_trainer.terminal.blocks import (
    Block,
    Drawing,
    Entry,
    Gap,
    Item,
    Option,
    Pair,
    Prose,
    Rule,
    Said,
    Seen,
    Tone,
)
from alliance_trainer.terminal.wrapping import wrap

MEASURE = 78
"""Lines are never longer than this, however wide the screen is."""

NARROW = 60
"""Below so many columns labels stand above their texts, and margins shrink."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the screen, and its tone: that of all of it, or of its first `reach` letters."""

    text: str
    tone: Tone = "body"
    reach: int | None = None


def lay_out(block: Block, columns: int) -> list[list[Line]]:
    """The lines of a block, grouped by item, so that a page can break between items."""
    layout = _Layout(columns)
    groups = [layout.rule(block.heading)] if block.heading else []
    groups.extend(layout.item(item) for item in block.items)
    if block.keys:
        groups.append([*layout.rule(Rule()), *layout.keys(block.keys)])
    return groups


class _Layout:
    def __init__(self, columns: int) -> None:
        self.narrow = columns < NARROW
        self.margin = "" if self.narrow else " "
        self.width = max(16, min(columns - 1, MEASURE) - len(self.margin))

    def item(self, item: Item) -> list[Line]:
        match item:
            case Prose(text=text, tone=tone, label=label):
                return self._lines(wrap(f"{label} {text}" if label else text, self.width), tone)
            case Drawing(lines=lines):
                return self._lines(list(lines), "body")
            case Gap():
                return [Line(text="")]
            case Rule():
                return self.rule(item)
            case Pair():
                return self._pair(item)
            case Said() | Seen() | Option() | Entry():
                return self._labelled(item)

    def _labelled(self, item: Said | Seen | Option | Entry) -> list[Line]:
        match item:
            case Said(who=who, text=text):
                return self._beside(who, f'"{text}"', "strong", column=8)
            case Seen(text=text):
                return list(self._indented(f"({text})", 2 if self.narrow else 8))
            case Option(number=number, text=text):
                return self._option(number, text)
            case Entry(label=label, text=text, tone=tone, indent=indent, column=column):
                return self._beside(label, text, tone, column=column, indent=indent)

    def _lines(self, texts: list[str], tone: Tone) -> list[Line]:
        return [Line(text=f"{self.margin}{text}".rstrip(), tone=tone) for text in texts]

    def _indented(self, text: str, indent: int) -> Iterator[Line]:
        for line in wrap(text, self.width - indent):
            yield Line(text=f"{self.margin}{' ' * indent}{line}")

    def _option(self, number: int, text: str) -> list[Line]:
        head = f" {number}  " if self.narrow else f"  {number}  "
        first, *rest = wrap(text, self.width - len(head))
        lines = [head + first, *(" " * len(head) + line for line in rest)]
        return [Line(text=""), *self._lines(lines, "body")]

    def _beside(self, label: str, text: str, tone: Tone, column: int, indent: int = 0) -> list[Line]:
        """A label and its text side by side; one above the other where there is no room."""
        pad = " " * (0 if self.narrow else indent)
        room = max(column, cell_len(label) + 2)
        if self.narrow or room > self.width // 3:
            return self._above(label, text, tone)
        texts = wrap(text, self.width - room - len(pad))
        gap = " " * (room - cell_len(label))
        lines = [f"{pad}{label}{gap}{texts[0]}", *(f"{pad}{' ' * room}{line}" for line in texts[1:])]
        first = f"{self.margin}{lines[0]}"
        return [Line(text=first, tone=tone, reach=self._reach(f"{pad}{label}")), *self._lines(lines[1:], "body")]

    def _reach(self, label: str) -> int:
        """How far the tone of a label reaches: what stands beside it is body."""
        return len(self.margin) + len(label)

    def _above(self, label: str, text: str, tone: Tone) -> list[Line]:
        first, *rest = wrap(f"{label}: {text}" if label else text, self.width, hanging=2)
        reach = self._reach(label) if label else None
        return [Line(text=f"{self.margin}{first}", tone=tone, reach=reach), *self._lines(rest, "body")]

    def _pair(self, pair: Pair) -> list[Line]:
        """Two columns; one under the other where there is no room."""
        if self.narrow:
            columns = [(pair.left_label, pair.left), (pair.right_label, pair.right)]
            return [
                line
                for label, rows in columns
                for line in (*self._above(label, rows[0] if rows else "", "strong"), *self._under(rows[1:]))
            ]
        room = (self.width - 3) // 2
        rows = [(pair.left_label, pair.right_label), *zip_longest(pair.left, pair.right, fillvalue="")]
        return [
            Line(text=f"{self.margin}{padded(left, room)} | {right}", tone="body" if at else "strong")
            for at, (one, other) in enumerate(rows)
            for left, right in zip_longest(wrap(one, room), wrap(other, room), fillvalue="")
        ]

    def _under(self, rows: Iterable[str]) -> list[Line]:
        return [Line(text=f"  {line}") for row in rows for line in wrap(row, self.width - 2)]

    def rule(self, rule: Rule) -> list[Line]:
        sign = "=" if rule.major else "-"
        tone: Tone = "accent" if rule.left else "body"
        left = f"{sign * 2} {rule.left} " if rule.left else ""
        right = f" {rule.right} {sign}" if rule.right else ""
        fill = self.width - cell_len(left) - cell_len(right)
        if fill >= 1:
            return [Line(text=f"{self.margin}{left}{sign * fill}{right}", tone=tone)]
        lines = [line for part in (rule.left, rule.right) if part for line in wrap(part, self.width)]
        return [Line(text=sign * self.width), *self._lines(lines, tone)]

    def keys(self, keys: str) -> list[Line]:
        """The keys, three spaces apart, broken only between keys."""
        lines, line = [], ""
        for key in keys.split("   "):
            if line and cell_len(line) + 3 + cell_len(key) > self.width:
                lines.append(line)
                line = key
            else:
                line = f"{line}   {key}" if line else key
        return self._lines([piece for each in (*lines, line) for piece in wrap_keys(each, self.width)], "body")


def padded(text: str, width: int) -> str:
    """A text with spaces behind it, so many cells wide; as it is where it is wider."""
    return text + " " * (width - cell_len(text))


def wrap_keys(line: str, width: int) -> list[str]:
    """A line of keys as it is, or wrapped where one key alone is too long."""
    return [line] if cell_len(line) <= width else wrap(line, width)
