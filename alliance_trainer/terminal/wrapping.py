"""Breaking text into lines by the cells it takes on a screen, so that nothing is ever cut off."""

import re

from rich.cells import cell_len, chop_cells

_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells (at least 4), broken at spaces, long words folded.

    Empty lines part paragraphs; other line breaks are spaces, so that a text written for one width reads well at
    another. Runs of spaces become one. Every other character is kept.
    """
    lines: list[str] = []
    for paragraph in _PARAGRAPHS.split(text.strip()):
        lines += ["", *_fill(paragraph.split(), max(4, width))]
    return lines[1:]


def _fill(words: list[str], width: int) -> list[str]:
    lines, line, used = [], "", 0
    for word in (piece for whole in words for piece in _folded(whole, width)):
        size = cell_len(word)
        if line and used + 1 + size > width:
            lines.append(line)
            line, used = word, size
        else:
            line, used = (f"{line} {word}", used + 1 + size) if line else (word, size)
    lines.append(line)
    return lines


def _folded(word: str, width: int) -> list[str]:
    return [word] if cell_len(word) <= width else chop_cells(word, width)
