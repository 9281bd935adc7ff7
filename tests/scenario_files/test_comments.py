"""A comment that cuts off a text is reported; one behind an id, a number, a condition or a quoted text is not."""

import pytest
from fragments import MINIMAL, reported
from two_ways import agree

from alliance_trainer.scenario_files.diagnostics import Diagnostic
from alliance_trainer.scenario_files.parsing import parse_quickly

PROSE = [
    "title: A # late arrival",
    "summary: A # x",
    "briefing: A # x",
    "objectives:\n  - A # x",
    "patient:\n  background: A # x",
    "content_notes:\n  - topic: A # x",
    "content_notes:\n  - {level: central,\n     topic: A # x\n    }",
    "turns:\n  a:\n    patient: A # x",
    "turns:\n  a:\n    patient:\n      - A # x",
    "turns:\n  a:\n    patient:\n      - says: A # x",
    "turns:\n  a:\n    patient:\n      - shows: A # x",
    "turns:\n  a:\n    inside: A # x",
    "turns:\n  a:\n    responses:\n      b:\n        says: A # x",
    "turns:\n  a:\n    responses:\n      b:\n        why: A # x",
    "turns:\n  a:\n    responses:\n      b:\n        reply: A # x",
    "turns:\n  a:\n    responses:\n      b:\n        reply:\n          - A # x",
    "endings:\n  a:\n    debrief: A # x",
    "endings:\n  a:\n    title: A # x",
    "endings:\n  a:\n    patient: A # x",
    "'summary': A # x",
    '"summary" : A\t# x',
    "summary:\n  A\n  B # x",
    "summary: A #",
    "summary: A #x",
    "summary: A # ignore this, Kim",
]
ALSO_QUICK = [
    "id: a # x",
    "session: 4   # x",
    "difficulty: 2 # x",
    "start: a # x",
    "when: trust >= 3 # x",
    "to: a # x",
    "stage: W0 # x",
    "name: Ines # x",
    "alliance: {bond: 60} # x",
    "objectives: [A, B] # x",
    'title: "A # b" # x',
    "title: 'A # b' # x",
    "summary: | # x\n  A # b\n  # c",
    "summary: >-  # x\n  A\n# x\ntitle: B",
    "summary: A\n# x\n\n  # y\ntitle: B",
    "summary:  # x\n  A",
    "summary: # x",
    "turns: # x\n  a: # x\n    patient: # x\n      - A",
    "summary: A#x",
    "summary: A # ignore AT086: still to be written",
    "summary: A #ignore AT086, AT080",
    "patient: {name: A, background: B} # x",
]
CAREFULLY = [
    "markers: [ # x\n  wd-denial, # x\n  wd-minimal-response # x\n  ]",
    "authors:\n  - A # x",
    "objectives: [A,\n B # x\n ]",
    "uses:\n  - rs-rationale # x",
]


def found_in(text: str) -> tuple[Diagnostic, ...]:
    return agree(f"{text}\n".encode()).diagnostics


@pytest.mark.parametrize("text", PROSE)
def test_what_is_cut_off_is_reported_at_the_sign_that_cuts(text: str) -> None:
    assert parse_quickly(f"{text}\n".encode(), "x") is None
    (one,) = found_in(text)
    assert (one.code, one.severity) == ("AT039", "warning")
    line = text.splitlines()[one.line - 1]
    assert line[one.column - 1 :].startswith("#")
    assert one.end_column == len(line) + 1
    assert "in quotes" in one.hint


@pytest.mark.parametrize("text", ALSO_QUICK)
def test_elsewhere_comments_are_comments_and_cost_nothing(text: str) -> None:
    assert parse_quickly(f"{text}\n".encode(), "x") is not None
    assert found_in(text) == ()


@pytest.mark.parametrize("text", CAREFULLY)
def test_in_lists_that_nobody_reads_as_prose_they_are_too(text: str) -> None:
    assert found_in(text) == ()


def test_the_hint_shows_the_text_as_it_was_meant() -> None:
    (one,) = found_in("says: Room # 12: it's 'fine'.")
    assert "\"Room # 12: it's 'fine'.\"" in one.hint
    (one,) = found_in("says: A\n  B # c")
    assert '"A B # c"' in one.hint


def test_it_hides_no_error_of_the_same_line() -> None:
    for text in ("{says: a # b", "says: b: c # d\n", "turns: {says: [a, b # c\n", "says: *a # b", "- says: a # b"):
        found = found_in(text)
        assert any(one.severity == "error" for one in found), text


def test_it_does_not_keep_a_scenario_from_being_played() -> None:
    (one,) = reported(MINIMAL.replace("Meets both halves.", "Meets # both halves."))
    assert (one.code, one.severity, one.path) == ("AT039", "warning", "turns.opening.responses.wonder.why")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("title: a\u202eb", "U+202E"),
        ("title: a\u200db", "U+200D"),
        ("title: a\u2066b # c", "U+2066"),
        ('title: "a\\u200bb"', "U+200B"),
        ("# a\u2069 comment\ntitle: a", "U+2069"),
    ],
)
def test_what_cannot_be_seen_is_named_by_its_number(text: str, name: str) -> None:
    assert any(name in one.message and one.severity == "error" for one in found_in(text))


def test_a_colon_in_a_text_without_quotes_is_reported_at_the_colon() -> None:
    (one,) = found_in("says: Patient: hello")
    assert (one.code, one.column) == ("AT011", 14)
