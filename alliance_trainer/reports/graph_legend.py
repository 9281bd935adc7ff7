"""What the shapes, lines and signs of a picture mean, drawn beside their words."""

from collections.abc import Iterator

from alliance_trainer.reports.graph_model import LETTERS, WORDS, Kind
from alliance_trainer.reports.graph_shapes import DOUBLE, IN_WORDS, outline

_CELL, _ROW = 290.0, 42.0
"""How wide an entry is, and how high."""

_LINES: tuple[tuple[str, str, str], ...] = (
    ("strongest", "+ the strongest response", "thick line"),
    ("plain", "any other response", "thin line"),
    ("weak", "! a trap, or does harm", "dashed line"),
    ("plain back", "back to an earlier turn", "dotted line that goes up"),
)


def legend(width: float) -> tuple[str, float, float]:
    """The legend for a picture so wide, as SVG, with its own width and height."""
    samples = [*(_node(kind) for kind in WORDS), *(_line(*line) for line in _LINES)]
    columns = max(1, min(len(samples), int(width // _CELL)))
    parts = [
        f'<g transform="translate({place % columns * _CELL:.1f} {place // columns * _ROW + 8:.1f})">{sample}</g>\n'
        for place, sample in enumerate(samples)
    ]
    rows = -(-len(samples) // columns)
    return "".join(parts), columns * _CELL, rows * _ROW + 8


def _node(kind: Kind) -> str:
    return "".join(_drawn_node(kind)) + _words(WORDS[kind], IN_WORDS[kind])


def _drawn_node(kind: Kind) -> Iterator[str]:
    yield f'<g class="node {kind}"><path class="box" d="{outline(kind, 2, 0, 56, 32)}"/>'
    if kind in DOUBLE:
        yield f'<path class="inner" d="{outline(kind, 6, 4, 48, 24)}"/>'
    yield '<rect class="badge" x="21" y="7" width="18" height="18"/>'
    yield f'<text class="letter" x="30" y="20.5">{LETTERS[kind]}</text></g>'


def _line(look: str, what: str, how: str) -> str:
    return (
        f'<path class="line {look}" d="M2 16L50 16"/><path class="head {look}" d="M58 16L49 11.5L49 20.5Z"/>'
        + _words(what, how)
    )


def _words(what: str, how: str) -> str:
    return f'<text x="68" y="13">{what}</text><text class="mark" x="68" y="27">{how}</text>'
