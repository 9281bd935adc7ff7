"""The JSON of `check`: the fields of the contract, in ASCII."""

import json

from fragments import MINIMAL, reported

from alliance_trainer.reports.check_json import check_json


def test_every_field_of_the_contract_is_there() -> None:
    found = reported(MINIMAL.replace("session.", "session.\nsessoin: 3").replace("to: done", "to: doen"))
    answer = json.loads(check_json(found, files=2))
    assert list(answer) == ["format", "version", "diagnostics", "summary"]
    assert (answer["format"], answer["version"]) == ("alliance-trainer/check", 1)
    assert answer["summary"] == {"files": 2, "errors": 2, "warnings": 0}
    assert answer["diagnostics"][0] == {
        "code": "AT040",
        "severity": "error",
        "message": "There is no key 'sessoin' in a scenario.",
        "hint": answer["diagnostics"][0]["hint"],
        "file": "minimal.yaml",
        "line": 9,
        "column": 1,
        "end_line": 9,
        "end_column": 8,
        "path": "sessoin",
    }
    assert answer["diagnostics"][1]["path"] == "turns.opening.responses.wonder.to"


def test_warnings_are_counted_apart_and_no_problem_is_an_empty_list() -> None:
    found = reported(MINIMAL.replace("It is her third session.", "TODO"))
    assert json.loads(check_json(found, files=1))["summary"] == {"files": 1, "errors": 0, "warnings": 1}
    assert json.loads(check_json((), files=0))["diagnostics"] == []


def test_the_text_is_ascii_and_ends_with_a_line_end() -> None:
    text = check_json(reported(MINIMAL.replace("format: 1", "format: é\u202e")), files=1)
    assert text.isascii()
    assert text.endswith("}\n")
