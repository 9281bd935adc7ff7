"""The course of the alliance as a picture for the sheet; the same always stands beside it in words."""

from collections.abc import Sequence

from alliance_trainer.reports.html_text import safe

_WIDTH, _HEIGHT = 640, 168
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 12, 10, 26
_LEVELS = (0, 25, 50, 75, 100)


def curve(mine: Sequence[int], strongest: Sequence[int], marks: Sequence[str], words: str) -> str:
    """An SVG element: levels (0 to 100) by turn, the first at the start; `marks` has one sign for each of `mine`.

    A rupture is a filled square with R, one that led back a ring with r, any other turn a dot. `words` is what a
    screen reader says instead.
    """
    points = max(len(mine), len(strongest), 2)
    parts = [
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{safe(words)}" class="curve">',
        *_grid(),
        *_turns(points),
        f'<polyline class="best" points="{_line(strongest, points)}"/>',
        f'<polyline class="mine" points="{_line(mine, points)}"/>',
        *(_mark(_x(at, points), _y(level), marks[at]) for at, level in enumerate(mine)),
        "</svg>",
    ]
    return "\n".join(parts)


def _x(at: int, points: int) -> int:
    return _LEFT + at * (_WIDTH - _LEFT - _RIGHT) // (points - 1)


def _y(level: int) -> int:
    return _HEIGHT - _BOTTOM - level * (_HEIGHT - _TOP - _BOTTOM) // 100


def _line(levels: Sequence[int], points: int) -> str:
    return " ".join(f"{_x(at, points)},{_y(level)}" for at, level in enumerate(levels))


def _grid() -> list[str]:
    lines = []
    for level in _LEVELS:
        y = _y(level)
        lines.append(f'<line class="grid" x1="{_LEFT}" y1="{y}" x2="{_WIDTH - _RIGHT}" y2="{y}"/>')
        lines.append(f'<text x="{_LEFT - 6}" y="{y + 4}" text-anchor="end">{level}</text>')
    return lines


def _turns(points: int) -> list[str]:
    every = 1 if points <= 16 else 2 if points <= 32 else 5
    return [
        f'<text x="{_x(at, points)}" y="{_HEIGHT - 8}" text-anchor="middle">{at or "start"}</text>'
        for at in range(points)
        if at % every == 0
    ]


def _mark(x: int, y: int, sign: str) -> str:
    if sign == "R":
        return f'<rect class="rupture" x="{x - 7}" y="{y - 7}" width="14" height="14"/>{_letter(x, y, "R", "on")}'
    if sign == "r":
        return f'<circle class="repaired" cx="{x}" cy="{y}" r="8"/>{_letter(x, y, "r", "off")}'
    return f'<circle class="dot" cx="{x}" cy="{y}" r="4"/>'


def _letter(x: int, y: int, letter: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x}" y="{y + 4}" text-anchor="middle">{letter}</text>'
