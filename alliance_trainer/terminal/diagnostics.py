"""Diagnostics and manual pages as people read them: code, place, quoted line, caret, and what to write instead."""

from collections.abc import Iterable

from rich.cells import cell_len, chop_cells

from alliance_trainer.core.clean import clean
from alliance_trainer.core.manual import Page
from alliance_trainer.scenario_files.diagnostics import Diagnostic
from alliance_trainer.terminal.door import Door
from alliance_trainer.terminal.layout import Line
from alliance_trainer.terminal.wrapping import wrap

_QUOTED = 70
"""Of a long line, at most about so many cells around the trouble are quoted."""


def show(door: Door, diagnostics: Iterable[Diagnostic]) -> None:
    """Each problem with its quoted line and a caret under the place."""
    for one in diagnostics:
        head = f"{one.file}:{one.line}:{one.column}: {one.severity} {one.code}"
        quoted = _quoted(one, min(_QUOTED, door.columns - 12))
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


def _quoted(one: Diagnostic, room: int) -> list[Line]:
    """The line as the author wrote it and carets under the place, counted in screen cells, not in characters."""
    source = clean(one.source_line)
    start = min(one.column - 1, len(source))
    end = one.end_column - 1 if one.end_line == one.line else len(source)
    cut = max(0, start - room // 2)
    shown = chop_cells(source[cut : cut + room], room)[0] if source[cut:] else ""
    if not shown.strip():
        return []
    place = cell_len(source[cut:start])
    marked = max(1, min(cell_len(source[start : max(end, start)]), cell_len(shown) - place))
    number = f"{one.line:5} | "
    lead = "..." if cut else ""
    return [
        Line(text=f"{number}{lead}{shown}"),
        Line(text=f"{' ' * (len(number) + len(lead) + place)}{'^' * marked}", tone="warn"),
    ]


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
