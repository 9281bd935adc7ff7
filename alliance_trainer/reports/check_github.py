"""What `check` found, as workflow commands of GitHub Actions: shown beside the lines of a change."""

from collections.abc import Iterable

from alliance_trainer.core.clean import clean
from alliance_trainer.scenario_files.diagnostics import Diagnostic


def check_github(diagnostics: Iterable[Diagnostic]) -> str:
    """One line a diagnostic, `::error file=...,line=...,col=...,endColumn=...,title=CODE::message`; nothing for none.

    The hint follows the message on a line of its own. Lines and columns count from 1, columns in characters; the end
    is exclusive. Where a diagnostic goes over several lines there is `endLine` in the place of the columns: the two
    are not taken together.
    """
    return "".join(f"{_command(one)}\n" for one in diagnostics)


def _command(one: Diagnostic) -> str:
    columns = {"col": str(one.column), "endColumn": str(one.end_column)}
    place = columns if one.end_line == one.line else {"endLine": str(one.end_line)}
    properties = {"file": one.file, "line": str(one.line), **place, "title": one.code}
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    words = "\n".join(part for part in (one.message, one.hint) if part)
    return f"::{one.severity} {written}::{_text(words)}"


def _text(text: str) -> str:
    """Text behind the command, on one line: what ends a line there is written as a number."""
    return clean(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """The value of a property: what ends a property, or the list of them, is written as a number too."""
    return _text(text).replace(":", "%3A").replace(",", "%2C")
