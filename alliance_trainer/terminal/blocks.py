"""What a screen says, as data: blocks made of items, before any width, colour or plainness is known."""

from typing import Literal

import msgspec
from msgspec import field

Tone = Literal["body", "strong", "accent", "warn"]


class Prose(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph. In plain mode it may carry a label at the start of its line."""

    text: str
    label: str = ""
    tone: Tone = "body"


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's words. `role` is how plain mode labels the speaker (Patient, You)."""

    who: str
    text: str
    role: str = "Patient"


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """Something shown without words, or a silence, already put into words."""

    text: str


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """One of the numbered answers."""

    number: int
    text: str


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A label and what belongs to it: one row of a small table, or one line in plain mode.

    `column` is where the text begins, in cells, where there is room.
    """

    label: str
    text: str
    tone: Tone = "body"
    indent: int = 0
    column: int = 11


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two things to hold against each other, row by row: side by side, or one under the other on a narrow screen."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    left_label: str
    right_label: str


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """Lines drawn with signs. Plain mode leaves them out: the same always stands beside it in words."""

    lines: tuple[str, ...]


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """An empty line; nothing in plain mode."""


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A line across, with a heading if it has one."""

    left: str = ""
    right: str = ""
    major: bool = False


Item = Prose | Said | Seen | Option | Entry | Pair | Drawing | Gap | Rule


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """One block appended to the screen: a heading, items, and the keys that can be pressed after it."""

    heading: Rule | None = None
    items: tuple[Item, ...] = field(default=())
    keys: str = ""
