"""The course of the alliance drawn with signs; the same always stands beside it in words."""

from collections.abc import Sequence

MARKS_LEGEND = "o you   . strongest line each turn   R rupture   r led back"
_ROWS = 8
_LEFT = 5


def draw(mine: Sequence[int], strongest: Sequence[int], marks: Sequence[str], width: int) -> tuple[str, ...]:
    """The curve of levels (0 to 100) over the turns, at most `width` cells wide; empty where it has no room.

    `mine` and `strongest` begin with the level at the start. `marks` holds one sign for each of `mine`.
    """
    points = max(len(mine), len(strongest))
    column = min(5, (width - _LEFT - 1) // points)
    if column < 2:
        return ()
    step = _step(min(*mine, *strongest), max(*mine, *strongest))
    low, high = (_near(end(*mine, *strongest), step) for end in (min, max))
    lines = []
    for height in range(high, low - 1, -step):
        cells = [" " * column] * points
        for at, level in enumerate(strongest):
            if _near(level, step) == height:
                cells[at] = ".".ljust(column)
        for at, level in enumerate(mine):
            if _near(level, step) == height:
                cells[at] = marks[at].ljust(column)
        lines.append(f"{height:3} | {''.join(cells)}".rstrip())
    return (*lines, _axis(points, column))


def _step(low: int, high: int) -> int:
    return next((step for step in (2, 5, 10) if (high - low) / step <= _ROWS - 2), 20)


def _near(level: int, step: int) -> int:
    return (level + step // 2) // step * step


def _axis(points: int, column: int) -> str:
    """Turn numbers under the points: S for the start, then every one that has room."""
    every = 1 if column > 2 or points <= 10 else 2
    labels = ["S" if at == 0 else str(at) if at % every == 0 else "" for at in range(points)]
    return "    +-" + "".join(label.ljust(column, "-") for label in labels)
