"""A part that is set in too far is reported once, where it is, and nothing that only follows from it."""

import re
from pathlib import Path

import pytest
from fragments import MINIMAL, reported

EXAMPLE = (Path(__file__).parent.parent / "example_scenario.yaml").read_text()
MOMENTS = """\
format: 1
moments:
  title: First sessions
  items:
    at-the-door:
      context: Third session. You have said that the time is up.
      patient: It's fine. Really.
      markers: [wd-denial]
      why: He closes a topic that was just opened.
    the-bus:
      context: Third session. You have asked what happened.
      patient: The bus stopped, and I counted seats.
      markers: [wd-minimal-response]
      why: It stays with the seats.
"""


def set_in(text: str, first: str, until: str | None) -> str:
    """The text with the lines from one to another, which is left as it is, two spaces further in."""
    start = text.index(f"\n{first}\n") + 1
    end = len(text) if until is None else text.index(f"\n{until}\n", start) + 1
    return text[:start] + re.sub("^(?=.)", "  ", text[start:end], flags=re.M) + text[end:]


def only(text: str) -> tuple[str, str, str]:
    """Code, path and hint of the one problem of a text."""
    (found,) = reported(text)
    return found.code, found.path, found.hint


NAMES = [
    ("  hurt:", "  polite:", "turns.form.hurt", "If this is a turn of its own, line it up exactly with 'form'"),
    ("      sorry:", "      explain:", "turns.form.responses.own-it.sorry", "If this is a response of its own"),
    ("  smooth:", "  leaves:", "endings.done.smooth", "If this is an ending of its own"),
]


@pytest.mark.parametrize(("first", "until", "path", "hint"), NAMES)
def test_an_entry_in_the_one_above_is_reported_at_its_name(first: str, until: str, path: str, hint: str) -> None:
    code, where, advice = only(set_in(EXAMPLE, first, until))
    assert (code, where) == ("AT040", path)
    assert hint in advice


@pytest.mark.parametrize(("first", "until", "path", "hint"), NAMES)
def test_a_name_alone_is_reported_without_the_keys_that_are_twice_now(
    first: str, until: str, path: str, hint: str
) -> None:
    code, where, advice = only(EXAMPLE.replace(f"\n{first}\n", f"\n  {first}\n"))
    assert (code, where) == ("AT040", path)
    assert hint in advice


def test_a_key_that_is_twice_for_another_reason_is_still_reported() -> None:
    text = EXAMPLE.replace("    stage: C0\n", "    stage: C0\n    stage: C1\n").replace("\n  hurt:\n", "\n    hurt:\n")
    assert [(one.code, one.path) for one in reported(text)] == [
        ("AT031", "turns.form.stage"),
        ("AT040", "turns.form.hurt"),
    ]


def test_the_endings_among_the_turns_are_reported_once() -> None:
    for text in (set_in(EXAMPLE, "endings:", None), EXAMPLE.replace("\nendings:\n", "\n  endings:\n")):
        code, path, hint = only(text)
        assert (code, path) == ("AT040", "turns.endings")
        assert hint == "`endings` belongs in a scenario: line it up exactly with `turns`."


def test_tests_among_the_endings_are_reported_once() -> None:
    text = f"{MINIMAL}tests:\n  goes-on:\n    choose: [wonder]\n    ending: done\n"
    assert only(set_in(text, "tests:", None))[:2] == ("AT040", "endings.tests")


def test_other_mistakes_are_reported_beside_it() -> None:
    text = set_in(EXAMPLE, "  hurt:", "  polite:").replace("session: 6", "session: six")
    assert [one.code for one in reported(text)] == ["AT043", "AT040"]


def test_an_unfinished_turn_with_the_name_of_a_key_is_no_such_part() -> None:
    text = MINIMAL.replace("endings:\n", "  session:\nendings:\n").replace("to: done", "to: session")
    assert [(one.code, one.path) for one in reported(text)] == [("AT049", "turns.session")]


def test_a_moment_in_the_one_above_is_reported_once() -> None:
    assert only(set_in(MOMENTS, "    the-bus:", None))[:2] == ("AT040", "moments.items.at-the-door.the-bus")


def test_a_misspelt_key_of_moments_does_not_make_the_file_a_scenario() -> None:
    code, path, hint = only(MOMENTS.replace("moments:", "moment:"))
    assert (code, path) == ("AT040", "moment")
    assert hint.startswith("Did you mean 'moments'?")


@pytest.mark.parametrize(
    ("old", "new"),
    [("      explain:\n", "      own-it:\n"), ("  hurt:\n", "  form:\n"), ("  smooth:\n", "  mended:\n")],
)
def test_of_a_name_that_is_twice_nothing_else_is_said(old: str, new: str) -> None:
    text = EXAMPLE.replace(old, new)
    assert text != EXAMPLE
    assert [one.code for one in reported(text)] == ["AT031"]


def test_where_a_turn_has_the_name_of_an_ending_those_who_ask_for_its_own_are_not_reported() -> None:
    assert [one.code for one in reported(EXAMPLE.replace("\n  hurt:\n", "\n  smooth:\n"))] == ["AT074"]


def test_but_a_misspelt_target_is_and_each_name_is_possible_once() -> None:
    text = EXAMPLE.replace("\n  hurt:\n", "\n  smooth:\n").replace("to: leaves", "to: laeves")
    misspelt, shared = reported(text)
    assert (misspelt.code, shared.code) == ("AT070", "AT074")
    assert misspelt.hint.count("smooth") == 1
