"""The commands graph and preview: a scenario drawn, and a scenario told."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from alliance_trainer.cli.scenarios import open_playable
from alliance_trainer.cli.settings import Settings
from alliance_trainer.cli.words import one_of
from alliance_trainer.cli.writing import write_new
from alliance_trainer.core.errors import UsageError
from alliance_trainer.core.model import Scenario
from alliance_trainer.terminal.door import Door, Look, open_door

GRAPH_FORMATS = ("mermaid", "dot", "svg", "html")
PREVIEW_FORMATS = ("text", "md", "html")
_BY_SUFFIX: Mapping[str, str] = {
    ".mmd": "mermaid",
    ".mermaid": "mermaid",
    ".dot": "dot",
    ".gv": "dot",
    ".svg": "svg",
    ".html": "html",
    ".htm": "html",
    ".md": "md",
    ".txt": "text",
}
"""The format that a file's name stands for, where none is named."""
_FILE_COLUMNS = 80
"""How wide a text is that goes to a file."""


def graph(settings: Settings, name: str, form: str | None, out: Path | None) -> int:
    """The command `graph`. Raises UsageError for the scenario or the format, CannotSaveError for `out`."""
    chosen = _format(form, out, GRAPH_FORMATS)
    scenario = _scenario(settings, name)
    _deliver(settings, _drawer(chosen)(scenario), out)
    return 0


def preview(settings: Settings, name: str, form: str | None, out: Path | None) -> int:
    """The command `preview`. Raises UsageError for the scenario or the format, CannotSaveError for `out`."""
    chosen = _format(form, out, PREVIEW_FORMATS)
    scenario = _scenario(settings, name)
    if chosen == "text" and out is None:
        _show(open_door(plain=settings.plain, no_color=settings.no_color), scenario)
    elif chosen == "text":
        _deliver(settings, _as_text(scenario), out)
    else:
        _deliver(settings, _sheet(chosen)(scenario), out)
    return 0


Form = TypeVar("Form", bound=str)


def _format(form: str | None, out: Path | None, formats: tuple[Form, ...]) -> Form:
    """The format that was asked for, or that the file's name stands for, or the first. Raises UsageError for others."""
    if form is not None:
        return one_of(form, formats, "--format")
    if out is None or not out.suffix:
        return formats[0]
    meant = _BY_SUFFIX.get(out.suffix.lower())
    for one in formats:
        if one == meant:
            return one
    endings = [ending for ending, stands_for in _BY_SUFFIX.items() if stands_for in formats]
    raise UsageError(
        f"nothing is written as {out.suffix!r}.",
        f"Name the file with one of {', '.join(endings)}; or add --format with one of {', '.join(formats)}.",
    )


def _scenario(settings: Settings, name: str) -> Scenario:
    scenario = open_playable(name, settings.libraries)[0].scenario
    assert scenario is not None  # one that cannot be played is refused
    return scenario


def _drawer(form: str) -> Callable[[Scenario], str]:
    from alliance_trainer.reports.graph_model import graph_of  # preview does without

    match form:
        case "mermaid":
            from alliance_trainer.reports.graph_mermaid import graph_mermaid as draw  # each format needs but its own
        case "dot":
            from alliance_trainer.reports.graph_dot import graph_dot as draw  # the same
        case "svg":
            from alliance_trainer.reports.graph_svg import graph_svg as draw  # the same
        case _:
            from alliance_trainer.reports.graph_html import graph_html as draw  # the same
    return lambda scenario: draw(graph_of(scenario))


def _sheet(form: str) -> Callable[[Scenario], str]:
    from alliance_trainer.core.outline import outline  # graph does without

    if form == "md":
        from alliance_trainer.reports.review_sheet import review_markdown as write  # each format needs but its own
    else:
        from alliance_trainer.reports.review_html import review_html as write  # the same
    return lambda scenario: write(outline(scenario))


def _show(door: Door, scenario: Scenario) -> None:
    from alliance_trainer.core.outline import outline  # graph does without
    from alliance_trainer.terminal import preview_screen  # the same

    for block in preview_screen.blocks(outline(scenario)):
        door.show(block)


def _as_text(scenario: Scenario) -> str:
    """The preview in plain lines, as wide as a page."""
    text = io.StringIO()
    look = Look(plain=True, reason="it goes to a file", colour=False, interactive=False)
    _show(Door(look=look, out=text, errors=text, columns=lambda: _FILE_COLUMNS), scenario)
    return text.getvalue()


def _deliver(settings: Settings, text: str, out: Path | None) -> None:
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    if out is None:
        door.raw(text)
    else:
        write_new(out, text)
        door.say(f"Saved as {out}")
