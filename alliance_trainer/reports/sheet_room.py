"""How much room a text takes on the printed sheet, reckoned from its length: no page can be measured here.

In points, for the type sizes of `sheet_html` and the widest of the usual fonts (DejaVu Sans, Verdana: a letter is
0.56 of the type size on average), so that narrower ones leave room. Tests hold it against a browser.
"""

from collections.abc import Iterable
from unicodedata import east_asian_width

ROOM = 776
"""Of the 796 points between the margins of A4, what may be taken up; the rest is for fonts that run taller."""

ONCE = 18 + 74 + 59 + 10
"""The title, the curve, the space for notes, and the line that explains the curve."""

SECTION = 18.6
"""A heading of a part of the page."""

_LINE = 10.0
_SMALL_LINE = 9.0
_BETWEEN = 1.5
_MOMENT = 12.5
_ROW_GAP = 0.6

_WHOLE, _SMALL, _MOMENT_TEXT, _FIGURE_TEXT = 106, 116, 92, 86
"""Letters on a line: of the page, in small type, beside a label of a moment, beside a skill."""


def paragraph(text: str) -> float:
    """A paragraph over the whole width; nothing for an empty one."""
    return _lines(text, _WHOLE) * _LINE + _BETWEEN if text else 0.0


def small(text: str) -> float:
    """The same in small type."""
    return _lines(text, _SMALL) * _SMALL_LINE + _BETWEEN


def moment(rows: Iterable[tuple[str, str]]) -> float:
    """A moment or a turn tried again, with its heading: (label, text) pairs below each other."""
    return _MOMENT + _rows(rows, _MOMENT_TEXT)


def figures(rows: Iterable[tuple[str, str]]) -> float:
    """The skills and the counts."""
    return _rows(rows, _FIGURE_TEXT)


def _rows(rows: Iterable[tuple[str, str]], width: int) -> float:
    return _BETWEEN + sum(_lines(text, width) * _LINE + _ROW_GAP for _, text in rows)


def _lines(text: str, width: int) -> int:
    """At least so many lines; a letter of a wide script takes two places, a capital one and a half."""
    places = sum(2.0 if east_asian_width(letter) in "WF" else 1.5 if letter.isupper() else 1.0 for letter in text)
    return max(1, -int(-places // width))
