"""A picture of a terminal's screen as SVG: the very letters and colours that the program wrote, for the README."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Any

CELL, LINE, MARGIN, BAR = 8.4, 19, 18, 26
PAPER, INK = "#ffffff", "#1f2328"
_INKS = {"default": INK}


def picture(rows: Sequence[Sequence[Any]], title: str) -> str:
    """The rows of a pyte screen as a window with a title; each cell has its letter, its colour and its weight."""
    columns = max((len(row) for row in rows), default=0)
    width, height = round(columns * CELL + 2 * MARGIN), BAR + len(rows) * LINE + 2 * MARGIN
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width}" height="{height}" rx="8" fill="{PAPER}" stroke="#8c959f"/>',
        *(f'<circle cx="{MARGIN + 16 * place}" cy="{BAR / 2 + 4}" r="5" fill="#d0d7de"/>' for place in range(3)),
        '<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14">',
    ]
    for number, row in enumerate(rows):
        lines += _spans(row, BAR + MARGIN + number * LINE + 10)
    return "\n".join([*lines, "</g>", "</svg>", ""])


def _spans(row: Sequence[Any], y: float) -> Iterator[str]:
    """The row's words, each where it stands, so that no viewer's font can shift what is below each other."""
    at = 0
    for (colour, bold), cells in groupby(row, key=lambda cell: (cell.fg, cell.bold)):
        run = [cell.data for cell in cells]
        text = "".join(run)
        start = at + len(text) - len(text.lstrip())
        at += len(run)
        if not text.strip():
            continue
        words = text.strip()
        ink = _INKS.get(colour, f"#{colour}")
        weight = ' font-weight="bold"' if bold else ""
        place = f'x="{MARGIN + start * CELL:.1f}" y="{y}" textLength="{len(words) * CELL:.1f}"'
        yield f'<text {place} fill="{ink}"{weight} xml:space="preserve">{escape(words)}</text>'
