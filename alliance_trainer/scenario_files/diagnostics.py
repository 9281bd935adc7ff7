"""A diagnostic: one problem with its place in a file, and how problems and findings become diagnostics."""

from typing import TYPE_CHECKING

import msgspec

from alliance_trainer.core.findings import Finding, Severity

if TYPE_CHECKING:  # for annotations only: source and tree import this module
    from alliance_trainer.scenario_files.source import Source
    from alliance_trainer.scenario_files.tree import Positions

MOST_SHOWN = 50
"""How many diagnostics one run reports for one file; more than that helps nobody."""


class Diagnostic(msgspec.Struct, frozen=True, kw_only=True):
    """One problem in one file.

    Lines and columns count from 1, columns in characters; the end is exclusive. `path` is dotted, e.g.
    turns.slip.responses.own-the-slip.to, and empty for the file as a whole. `source_line` is the raw line
    as the author wrote it: whoever shows it cleans it.
    """

    code: str
    severity: Severity
    message: str
    hint: str
    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    path: str
    source_line: str


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """A diagnostic in the making: its place is still a range of character offsets in the file's text."""

    code: str
    start: int
    end: int
    message: str
    hint: str
    path: tuple[str, ...] = ()


def dotted(path: tuple[str, ...]) -> str:
    """The path as it is shown, e.g. turns.slip.responses.own-the-slip.to."""
    return ".".join(path)


def diagnose(problem: Problem, severity: Severity, source: "Source") -> Diagnostic:
    """The problem with its offsets turned into lines and columns."""
    line, column = source.position(problem.start)
    end_line, end_column = source.position(max(problem.end, problem.start))
    return Diagnostic(
        code=problem.code,
        severity=severity,
        message=problem.message,
        hint=problem.hint,
        file=source.file,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        path=dotted(problem.path),
        source_line=source.line(line),
    )


def locate(finding: Finding, positions: "Positions", file: str) -> Diagnostic:
    """The finding with its position in the file that `positions` belongs to.

    A path that does not exist in the file (a missing key) is shown at its nearest ancestor that does: at
    the ancestor's key, or on the first line of a list item. A mapping or list that is not all on the line
    of its key is shown at its key too. `offset` is honoured inside texts of one line.
    """
    span = positions.pointer(finding.path, part=finding.part, offset=finding.offset)
    return Diagnostic(
        code=finding.code,
        severity=finding.severity,
        message=finding.message,
        hint=finding.hint,
        file=file,
        line=span.line,
        column=span.column,
        end_line=span.end_line,
        end_column=span.end_column,
        path=dotted(finding.path),
        source_line=positions.source.line(span.line),
    )
