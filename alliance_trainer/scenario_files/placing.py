"""A finding of the format or of lint, put in its place in the author's file."""

import re

from msgspec.structs import replace

from alliance_trainer.core.findings import Finding
from alliance_trainer.scenario_files.diagnostics import Diagnostic, locate
from alliance_trainer.scenario_files.tree import Positions


def placed(finding: Finding, positions: Positions, file: str) -> Diagnostic:
    """The finding as a diagnostic.

    Where the author used a short form (`to: thinner` for a list with one entry), the path leads to the
    short form. A finding that names a word is shown at that word.
    """
    finding = replace(finding, path=_as_written(finding.path, positions))
    if finding.word:
        finding = replace(finding, offset=_offset_of(finding, positions))
    diagnostic = locate(finding, positions, file)
    if finding.word and finding.offset is not None and diagnostic.end_line == diagnostic.line:
        return replace(diagnostic, end_column=diagnostic.column + len(finding.word))
    return diagnostic


def _as_written(path: tuple[str, ...], positions: Positions) -> tuple[str, ...]:
    there = positions.nearest(path)
    is_text = positions.style(there) not in ("list", "mapping", None)
    return there if is_text else path


def _offset_of(finding: Finding, positions: Positions) -> int | None:
    """Where the word stands in the value; None where the value goes over several lines or lacks it."""
    span = positions.value(finding.path)
    if span is None or span.line != span.end_line:
        return None
    raw = positions.source.line(span.line)[span.column - 1 : span.end_column - 1]
    found = re.search(rf"(?<![a-z0-9-]){re.escape(finding.word)}(?![a-z0-9-])", raw)
    quote = 1 if positions.style(finding.path) in ("single", "double") else 0
    return found.start() - quote if found else None
