"""The shapes of nodes, so that kinds are told apart without colour: corners, dashes, double lines."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from alliance_trainer.reports.graph_model import Kind


class Corner(NamedTuple):
    """How far a corner reaches along the top or bottom, and along the side (None: half of it); round or cut."""

    along: float
    down: float | None
    form: Literal["round", "cut"]


_SQUARE = Corner(0.0, 0.0, "cut")
_ROUND = Corner(12.0, 12.0, "round")
_BEVEL = Corner(12.0, 12.0, "cut")
_PILL = Corner(20.0, None, "round")
_POINT = Corner(16.0, None, "cut")

_CORNERS: Mapping[Kind, tuple[Corner, Corner]] = {
    "plain": (_SQUARE, _SQUARE),
    "withdrawal": (_ROUND, _ROUND),
    "confrontation": (_BEVEL, _BEVEL),
    "mixed": (_ROUND, _BEVEL),
    "good": (_PILL, _PILL),
    "partly": (_PILL, _SQUARE),
    "sealed": (_PILL, _PILL),
    "bad": (_POINT, _POINT),
}
"""The corners above and below, for each kind. Turns have straight sides between them, for lines to leave from."""

IN_WORDS: Mapping[Kind, str] = {
    "plain": "square corners, thin line",
    "withdrawal": "round corners, dashed line",
    "confrontation": "cut corners, thick line",
    "mixed": "round above, cut below, double line",
    "good": "very round, double line",
    "partly": "round above, dashes and dots",
    "sealed": "very round, dotted line",
    "bad": "pointed sides, thick line",
}
"""How a kind looks, for the legend."""

DOUBLE: frozenset[Kind] = frozenset({"mixed", "good"})
"""The kinds with a second outline."""


def outline(kind: Kind, x: float, y: float, width: float, height: float) -> str:
    """The outline of a node as a path of SVG; (x, y) is its left top."""
    above, below = _CORNERS[kind]
    right, bottom = x + width, y + height
    up = y + (height / 2 if above.down is None else above.down)
    low = bottom - (height / 2 if below.down is None else below.down)
    return (
        f"M{_xy(x + above.along, y)}L{_xy(right - above.along, y)}{_corner(above, right, y, right, up)}"
        f"L{_xy(right, low)}{_corner(below, right, bottom, right - below.along, bottom)}"
        f"L{_xy(x + below.along, bottom)}{_corner(below, x, bottom, x, low)}"
        f"L{_xy(x, up)}{_corner(above, x, y, x + above.along, y)}Z"
    )


def _corner(corner: Corner, over_x: float, over_y: float, x: float, y: float) -> str:
    """From where the path stands to (x, y): round the point (over_x, over_y), or straight."""
    return f"Q{_xy(over_x, over_y)} {_xy(x, y)}" if corner.form == "round" else f"L{_xy(x, y)}"


def _xy(x: float, y: float) -> str:
    return f"{x:.1f} {y:.1f}"
