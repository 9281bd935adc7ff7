"""Diagnostics and manual pages as people read them: code, place, quoted line, caret, and what to write instead."""

import re
from collections.abc import Callable, Iterable
from itertools import accumulate

from rich.cells import split_graphemes

from alliance_trainer.core.manual import Page
from alliance_trainer.scenario_files.diagnostics import Diagnostic
from alliance_trainer.terminal.door import Door
from alliance_trainer.terminal.layout import Line
from alliance_trainer.terminal.wrapping import wrap

_QUOTED = 70
"""Of a long line, at most about so many cells around the trouble are quoted."""

_HALF_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]")
_SIGNS_A_CELL = 8
"""More characters than this (a letter and its accents) are not looked at for each cell that is shown."""


def show(door: Door, diagnostics: Iterable[Diagnostic]) -> None:
    """Each problem with its quoted line and a caret under the place."""
    for one in diagnostics:
        head = f"{one.file}:{one.line}:{one.column}: {one.severity} {one.code}"
        quoted = _quoted(one, min(_QUOTED, door.columns - 12), door.safe)
        door.lines([Line(text=head, tone="strong"), *_indented(one.message, door.columns), *quoted])
        if one.hint:
            door.lines(_indented(one.hint, door.columns))
        door.lines([Line(text="")])


def show_concise(door: Door, diagnostics: Iterable[Diagnostic]) -> None:
    """One line a problem, for editors and scripts."""
    for one in diagnostics:
        message = " ".join(one.message.split())
        text = f"{one.file}:{one.line}:{one.column}: {one.severity} {one.code} {message}"
        door.lines([Line(text=text)])


def _indented(text: str, columns: int) -> list[Line]:
    return [Line(text=f"  {line}") for line in wrap(text, columns - 3)]


def _quoted(one: Diagnostic, room: int, safe: Callable[[str], str]) -> list[Line]:
    """The line as the author wrote it and carets under the place.

    Counted is what the screen shows, in its cells: wide letters take two, accents that join a letter none, and
    `safe` may put other signs in the place of what cannot be shown.
    """
    start = min(one.column, len(one.source_line) + 1) - 1
    end = one.end_column - 1 if one.end_line == one.line else len(one.source_line)
    near = room * _SIGNS_A_CELL  # a line can be endless; what is far away is never shown
    before = safe(one.source_line[max(0, start - near) : start])
    marked = safe(one.source_line[start : min(end, start + near)])
    after = safe(one.source_line[max(start, end) : start + near])
    signs = _signs(before + marked + after)
    at = sum(stop <= len(before) for _, stop, _ in signs)
    to = sum(first < len(before + marked) for first, _, _ in signs)
    left = at - _fitting((cells for _, _, cells in reversed(signs[:at])), room // 2)
    right = left + _fitting((cells for _, _, cells in signs[left:]), room)
    shown = "".join((before + marked + after)[first:stop] for first, stop, _ in signs[left:right])
    if not shown.strip():
        return []
    place, wide = (sum(cells for _, _, cells in part) for part in (signs[left:at], signs[at : min(to, right)]))
    lead = "..." if left or start > near else ""
    number = f"{one.line:5} | "
    carets = " " * (len(number) + len(lead) + place) + "^" * max(1, wide)
    return [Line(text=f"{number}{lead}{shown}"), Line(text=carets, tone="warn")]


def _signs(text: str) -> list[tuple[int, int, int]]:
    """Start, end and cells of each thing that is seen as one sign: a letter with its accents, an emoji, a flag."""
    signs: list[tuple[int, int, int]] = []
    for first, stop, cells in split_graphemes(text)[0]:
        if signs and _HALF_FLAG.fullmatch(text, first, stop) and _HALF_FLAG.fullmatch(text, *signs[-1][:2]):
            signs[-1] = (signs[-1][0], stop, signs[-1][2] + cells)
        else:
            signs.append((first, stop, cells))
    return signs


def _fitting(cells: Iterable[int], room: int) -> int:
    """How many of these widths fit into so much room together."""
    return sum(total <= room for total in accumulate(cells))


def page(door: Door, shown: Page) -> None:
    """The manual page of a code."""
    title = wrap(f"{shown.code} ({shown.severity}): {shown.title}", door.columns - 1)
    lines = [*(Line(text=line, tone="strong") for line in title), Line(text="")]
    for paragraph in shown.explanation.split("\n\n"):
        lines += [*(Line(text=line) for line in wrap(" ".join(paragraph.split()), door.columns - 1)), Line(text="")]
    for label, example in (("Not so:", shown.bad), ("But so:", shown.good)):
        lines += [Line(text=label, tone="accent"), *(Line(text=f"    {line}") for line in example.splitlines())]
        lines.append(Line(text=""))
    door.lines(lines)
