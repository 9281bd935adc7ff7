"""What an author is told about a slip in dashes, columns, colons and commas: the line it is on, and what to write."""

import pytest
from two_ways import agree

from alliance_trainer.scenario_files.diagnostics import Diagnostic

BEATS = "turns:\n  opening:\n    patient:\n{}    stage: W0\n"
SECOND = "      - silence: 6\n"
ROUTE = "turns:\n  a:\n    responses:\n      b:\n        to:\n"
TURN = """\
turns:
  opening:
    patient:
      - shows: looks away
      - silence: 6
{}inside: She is not sure.
    markers: []
"""


def only(text: str) -> Diagnostic:
    """The one problem of the YAML in a text."""
    found = agree(text.encode()).diagnostics
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    "beats",
    [
        f"      It was only boots.\n{SECOND}",
        "      It was only boots.\n      - shows: looks away\n",
        "      It was only boots.\n      - You carry on.\n",
        f"      It was only boots.\n      - You carry on.\n{SECOND}",
        f"      It was only boots,\n      and no more.\n{SECOND}",
        f"      It was only boots.\n\n      # A pause.\n{SECOND}",
    ],
)
def test_a_first_entry_without_its_dash_is_reported_on_its_own_line(beats: str) -> None:
    one = only(BEATS.format(beats))
    assert (one.code, one.line, one.column) == ("AT015", 4, 7)
    assert one.message == "The lines below are list entries with a dash; this one has none."
    assert one.hint.startswith('Begin it with "- "')


def test_a_first_entry_without_its_dash_may_have_a_name_of_its_own() -> None:
    one = only(BEATS.format(f"      shows: looks away\n{SECOND}"))
    assert (one.code, one.line) == ("AT015", 5)
    assert 'If line 4 is an entry of the same list, begin that line with "- "' in one.hint


def test_a_line_of_dashes_is_no_entry() -> None:
    one = only(BEATS.format(f"      ---\n{SECOND}"))
    assert (one.code, one.line) == ("AT015", 4)
    assert one.hint == 'Delete it, or write an entry there that begins with "- ".'


@pytest.mark.parametrize("entry", ["You carry on.", "silence: 6", "shows: looks away"])
def test_an_entry_set_in_further_than_its_list_is_reported_on_its_own_line(entry: str) -> None:
    one = only(BEATS.format(f"      - It was only boots.\n       - {entry}\n"))
    assert (one.code, one.line, one.column) == ("AT015", 5, 8)
    assert one.hint.startswith("Line it up with the dash above.")


def test_an_entry_set_in_further_than_the_name_above_it_is_reported_on_its_own_line() -> None:
    one = only(BEATS.format("      - shows: looks away\n         - silence: 6\n"))
    assert (one.code, one.line, one.column) == ("AT015", 5, 10)


@pytest.mark.parametrize("dash", ["\u2013", "\u2014", "\u2212", "\u2010", "\u2011", "\u2012", "\u2015", "\u2022"])
@pytest.mark.parametrize(
    ("beats", "line", "rest"),
    [
        ("      {} It was only boots.\n" + SECOND, 4, "It was only boots."),
        (SECOND + "      {} shows: looks away\n", 5, "shows: looks away"),
        (SECOND + "      {} It was only boots.\n" + SECOND, 5, "It was only boots."),
        ("      {0} It was only boots.\n      {0} silence: 6\n", 4, "It was only boots."),
        ("      {0} silence: 6\n      {0} It was only boots.\n", 4, "silence: 6"),
        ("      {0} It was only boots.\n      {0} You carry on.\n", 4, "It was only boots."),
        ("      {}It was only boots.\n" + SECOND, 4, "It was only boots."),
        ("      {}It was only boots.\n      - You carry on.\n", 4, "It was only boots."),
    ],
)
def test_a_dash_of_a_word_processor_is_named(dash: str, beats: str, line: int, rest: str) -> None:
    found = agree(BEATS.format(beats.format(dash)).encode()).diagnostics
    assert len(found) == beats.count("{")
    assert all((one.code, one.column, one.end_column) == ("AT015", 7, 8) for one in found)
    assert all(f"U+{ord(dash):04X}" in one.message for one in found)
    one = found[0]
    assert one.line == line
    assert one.hint.startswith(f'Write "- {rest}"')


@pytest.mark.parametrize(
    "text",
    [
        "says:\n  \u2013 hm, he said.\n",
        "says: \u2013 hm\n",
        "says: a \u2013 b\n",
        "says: It was\n  \u2013 hm \u2013 boots.\n",
    ],
)
def test_a_dash_inside_a_text_is_part_of_it(text: str) -> None:
    assert agree(text.encode()).diagnostics == ()


@pytest.mark.parametrize(
    ("margin", "columns"),
    [(3, "3 or 5"), (5, "5 or 7"), (1, "1 or 3")],
)
def test_the_column_that_was_meant_is_named(margin: int, columns: str) -> None:
    one = agree(TURN.format(" " * margin).encode()).diagnostics[0]
    assert (one.code, one.line, one.column) == ("AT015", 6, margin + 1)
    assert one.message.endswith(f"but the lines around it begin in column {columns}.")


def test_a_line_that_nothing_goes_further_in_than_is_compared_with_what_is_left_of_it() -> None:
    one = only(TURN.format("    ").replace("      - silence", "        - silence"))
    assert (one.code, one.line, one.column) == ("AT015", 5, 9)
    assert one.message.endswith("but the lines around it begin in column 7.")


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("title\u00a0: A late arrival\n", 6),
        ("patient: {name\u00a0: Ines, age: 38}\n", 15),
        ("patient: {name:\u00a0Ines, age: 38}\n", 16),
        ("patient: {name: Ines,\u00a0age: 38}\n", 22),
        ("patient:\n  - says\u202f: Oh.\n", 9),
    ],
)
def test_an_odd_space_beside_a_name_is_named(text: str, column: int) -> None:
    one = only(text)
    assert (one.code, one.column) == ("AT038", column)
    assert "U+" in one.message


@pytest.mark.parametrize(
    "text",
    ['"title\u00a0": A\n', "says: Lui\u00a0: non\n", "says: >-\n  Lui\u00a0: non\n", "says: {a: Oui,\u00a0non}\n"],
)
def test_an_odd_space_inside_a_text_is_part_of_it(text: str) -> None:
    assert all(one.code != "AT038" for one in agree(text.encode()).diagnostics)


def test_a_name_with_an_odd_space_is_read_as_it_was_meant() -> None:
    assert agree("title\u00a0: A\npatient: {age\u00a0: 38}\n".encode()).tree == {"title": "A", "patient": {"age": "38"}}


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("patient:\n  name: Ines\n  age\uff1a38\ntitle: A\n", 3, 'Write "age: 38".'),
        ("patient:\n  name: Ines\n  age\uff1a 38\ntitle: A\n", 3, 'Write "age: 38".'),
        ("patient:\n  name\uff1aInes\n  age: 38\n", 2, 'Write "name: Ines".'),
        ("title: A\npatient\uff1a\nsummary: B\n", 2, 'Write "patient:".'),
        ("title: A\nsummary: B\nbriefing\uff1aC\n", 3, 'Write "briefing: C".'),
    ],
)
def test_a_colon_of_another_script_is_named(text: str, line: int, hint: str) -> None:
    one = only(text)
    assert (one.code, one.line, one.hint) == ("AT023", line, hint)
    assert "U+FF1A" in one.message


@pytest.mark.parametrize(
    ("text", "name", "hint"),
    [
        ("rates: {recognition: 2 shifts: 1, empathy: 1}\n", "shifts", 'Write "2, shifts: ..."'),
        ("rates: {recognition: 2; shifts: 1}\n", "shifts", 'Write "2, shifts: ..."'),
        ("rates: {recognition: -1 ; shifts: 1}\n", "shifts", 'Write "-1, shifts: ..."'),
        ("rates: {recognition: 2 shifts: 1 empathy: 1}\n", "shifts", 'Write "2, shifts: ..."'),
        ("turns:\n  a:\n    markers: [{id: wd-denial clarity: 4}]\n", "clarity", 'Write "wd-denial, clarity: ..."'),
        (f"{ROUTE}          - {{when: trust >= 4 to: boots}}\n", "to", 'Write "trust >= 4, to: ..."'),
        ("content_notes: [{topic: care of an old man level: central}]\n", "level", 'Write "care of an old man, level'),
        (
            "turns:\n  a:\n    markers: [\n      {id: wd-denial\n       clarity: 4}]\n",
            "clarity",
            'Write "wd-denial, clarity: ..."',
        ),
        ('patient:\n  - {says: "Oh." when: trust > 2}\n', "when", 'Write ""Oh.", when: ..."'),
    ],
)
def test_a_comma_that_is_missing_in_braces_is_reported_as_that(text: str, name: str, hint: str) -> None:
    one = only(text)
    assert one.code == "AT020"
    assert one.message == f'A comma is missing in front of "{name}".'
    assert one.hint.startswith(hint)


@pytest.mark.parametrize(
    "text",
    [
        "patient: [{says: She said: hello}]\n",
        "patient: [{says: Then she said: hello}]\n",
        "patient: [{says: Patient: hello}]\n",
    ],
)
def test_a_text_with_a_colon_in_braces_lacks_its_quotes(text: str) -> None:
    assert only(text).code == "AT011"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('      - "It was #1" boots.\n', "AT012"),
        ('      - "It was: #1" boots.\n', "AT012"),
        ('      - "It was #1 boots.\n', "AT016"),
    ],
)
def test_a_sign_within_the_quotes_is_part_of_the_text(text: str, code: str) -> None:
    found = agree(BEATS.format(text).encode()).diagnostics
    assert [one.code for one in found] == [code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("says: 'Twas only boots.\nwhy: x\n", "AT016"),
        ("says: 'Twas only boots, wasn't it.\nwhy: x\n", "AT012"),
        ("says: 'Twas only boots.\nwhy: It's fine.\n", "AT016"),
    ],
)
def test_an_apostrophe_at_the_start_of_a_text_is_kept(text: str, code: str) -> None:
    one = only(text)
    assert one.code == code
    assert "\"'Twas only boots" in one.hint


def test_a_silence_without_its_colon_is_not_spoken() -> None:
    one = only(BEATS.format("      - It was only boots.\n      - silence 6\n"))
    assert (one.code, one.line, one.column, one.end_column) == ("AT023", 5, 9, 16)
    assert one.hint.startswith('Write "silence: 6"')


@pytest.mark.parametrize("text", ["silence is what I hear.", "'silence 6'", "Silence 6", "silence 6 times, no more"])
def test_speech_about_silence_is_speech(text: str) -> None:
    assert agree(BEATS.format(f"      - {text}\n").encode()).diagnostics == ()
