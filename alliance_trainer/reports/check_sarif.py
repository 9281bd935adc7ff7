"""What `check` found, as SARIF 2.1.0, the form in which code hosts and editors take the results of linters.

Source of the form: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0 with errata 01.
"""

import re
from collections.abc import Mapping, Sequence

from alliance_trainer.core.clean import clean
from alliance_trainer.core.manual import Page
from alliance_trainer.reports.json_text import json_text
from alliance_trainer.reports.markdown import escaped
from alliance_trainer.scenario_files.diagnostics import Diagnostic

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
VERSION = "2.1.0"

_DRIVE = re.compile("/[A-Za-z]:(?=/)")
_PLAIN_IN_URI = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


def check_sarif(
    diagnostics: Sequence[Diagnostic], pages: Mapping[str, Page], paths: Mapping[str, str], version: str
) -> str:
    """One log with one run, as JSON in ASCII with a line end.

    `pages` are the manual pages by code; those of the codes that were found become the rules. `paths` says of a
    diagnostic's file where it lies as seen from the folder that the run is about, with forward slashes; it may be
    left out where that is the file's name itself. `version` is the program's. Columns count in characters.
    """
    codes = sorted({one.code for one in diagnostics})
    driver = {"name": "alliance-trainer", "version": version, "rules": [_rule(code, pages.get(code)) for code in codes]}
    results = [_result(one, codes.index(one.code), paths.get(one.file, one.file)) for one in diagnostics]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json_text({"$schema": SCHEMA, "version": VERSION, "runs": [run]})


def _rule(code: str, page: Page | None) -> dict[str, object]:
    """What a code means. Pages have no placeholders, and none are looked for in them: braces stay as they are."""
    if page is None:
        return {"id": code}
    paragraphs = [" ".join(paragraph.split()) for paragraph in page.explanation.split("\n\n")]
    explanation, marked = "\n\n".join(paragraphs), "\n\n".join(map(escaped, paragraphs))
    bad, good = clean(page.bad), clean(page.good)
    return {
        "id": code,
        "shortDescription": {"text": f"{page.title}."},
        "fullDescription": {"text": explanation},
        "help": {
            "text": f"{explanation}\n\nNot so:\n\n{bad}\nBut so:\n\n{good}",
            "markdown": f"{marked}\n\nNot so:\n\n```yaml\n{bad}```\n\nBut so:\n\n```yaml\n{good}```\n",
        },
        "defaultConfiguration": {"level": page.severity},
    }


def _result(one: Diagnostic, rule: int, path: str) -> dict[str, object]:
    location: dict[str, object] = {
        "physicalLocation": {
            "artifactLocation": {"uri": uri(path)},
            "region": {
                "startLine": one.line,
                "startColumn": one.column,
                "endLine": one.end_line,
                "endColumn": one.end_column,
            },
        }
    }
    if one.path:
        location["logicalLocations"] = [{"fullyQualifiedName": clean(one.path)}]
    return {
        "ruleId": one.code,
        "ruleIndex": rule,
        "level": one.severity,
        "message": {"text": _message(f"{one.message} {one.hint}".strip())},
        "locations": [location],
    }


def _message(text: str) -> str:
    """A message as SARIF writes it: braces twice, since single ones hold a place, and nothing that reads as a link."""
    return clean(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")


def uri(path: str) -> str:
    """A path with forward slashes as a URI: a relative one as a relative reference, one that begins with / as a file's.

    On Windows a drive is written /C:/..., a network share //server/...
    """
    if not path.startswith("/"):
        return _quoted(path)
    if path.startswith("//"):
        return f"file:{_quoted(path)}"
    drive = _DRIVE.match(path)
    start = drive.end() if drive else 0
    return f"file://{path[:start]}{_quoted(path[start:])}"


def _quoted(path: str) -> str:
    """The path with every byte that may not stand in a URI as it is written as a number; names that are no text too."""
    try:
        octets = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        octets = path.encode("utf-8", "surrogatepass")
    return "".join(chr(octet) if octet in _PLAIN_IN_URI else f"%{octet:02X}" for octet in octets)
