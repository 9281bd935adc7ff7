"""What `check` found, as JSON: `alliance-trainer/check`."""

import json
from collections.abc import Iterable

from alliance_trainer.scenario_files.diagnostics import Diagnostic

CHECK_FORMAT = "alliance-trainer/check"
VERSION = 1

# Not `source_line`: whoever wants the line has the file.
_FIELDS = (
    "code",
    "severity",
    "message",
    "hint",
    "file",
    "line",
    "column",
    "end_line",
    "end_column",
    "path",
)


def check_json(diagnostics: Iterable[Diagnostic], files: int) -> str:
    """One JSON object and a line end, in ASCII: an author's characters can do nothing to a terminal.

    `files` is how many were checked, those without a problem too. Lines and columns count from 1, columns in
    characters; the end is exclusive. Keys are only ever added.
    """
    found = [{field: getattr(diagnostic, field) for field in _FIELDS} for diagnostic in diagnostics]
    severities = [diagnostic["severity"] for diagnostic in found]
    answer = {
        "format": CHECK_FORMAT,
        "version": VERSION,
        "diagnostics": found,
        "summary": {
            "files": files,
            "errors": severities.count("error"),
            "warnings": severities.count("warning"),
        },
    }
    return json.dumps(answer, indent=2) + "\n"
