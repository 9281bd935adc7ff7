"""Breaking text into lines by the cells it takes on a screen, so that nothing is ever cut off."""

import re

from rich.cells import cell_len, chop_cells

_SLASHES = re.compile(r"(?<=[/\\])")
_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")


def wrap(text: str, width: int, hanging: int = 0) -> list[str]:
    """The text in lines of at most `width` cells (at least 4), broken at spaces, long words folded.

    All lines but the first begin with `hanging` spaces, which count.
    Empty lines part paragraphs; other line breaks are spaces, so that a text written for one width reads well at
    another. Runs of spaces become one. Every other character is kept.
    """
    lines: list[str] = []
    for paragraph in _PARAGRAPHS.split(text.strip()):
        lines += ["", *_fill(paragraph.split(), max(4, width), " " * hanging)]
    return lines[1:]


def _fill(words: list[str], width: int, margin: str) -> list[str]:
    room = max(4, width - len(margin))
    lines, line, used, fits = [], "", 0, width
    for word in (piece for whole in words for piece in _folded(whole, room)):
        size = cell_len(word)
        if line and used + 1 + size > fits:
            lines.append(line)
            line, used, fits = word, size, room
        else:
            line, used = (f"{line} {word}", used + 1 + size) if line else (word, size)
    first, *rest = [*lines, line]
    return [first, *(f"{margin}{each}" for each in rest)]


def _folded(word: str, width: int) -> list[str]:
    """A word in pieces that fit: broken after the slashes of a path or an address where it has some, else anywhere."""
    if cell_len(word) <= width:
        return [word]
    pieces = [""]
    for part in _SLASHES.split(word):
        if cell_len(pieces[-1] + part) <= width:
            pieces[-1] += part
        else:
            pieces += chop_cells(part, width)
    return [piece for piece in pieces if piece]
