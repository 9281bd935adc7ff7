"""Golden mistakes: one edit of the example scenario each, with the exact code, line and column it is reported at.

In the new text « marks the place that a reader would point at.
"""

from collections.abc import Iterable
from pathlib import Path

import pytest
from fragments import MINIMAL, merged, reported
from pydantic import BaseModel, ValidationError

from alliance_trainer.core.field_guide import GUIDE, PARTS
from alliance_trainer.scenario_files import schema_problems
from alliance_trainer.scenario_files.diagnostics import MOST_SHOWN
from alliance_trainer.scenario_files.loader import load
from alliance_trainer.scenario_files.schema_problems import findings_of

EXAMPLE = (Path(__file__).parent.parent / "example_scenario.yaml").read_text()

NINE_RESPONSES = "".join(
    f"      another-{number}:\n        says: Another {number}.\n        why: One more.\n        to: hurt\n"
    for number in range(9)
)
DEFAULT_LAST = "          - {when: trust >= 3 and visited(form), to: mended}\n          - {to: week}"

CASES = [
    # Unknown keys
    ("AT040", "title: The wrong form", "title: The wrong form\n«titel: Again"),
    ("AT040", "    weight: 2", "    «wieght: 2"),
    ("AT040", "        stance: away", "        «Stance: away"),
    ("AT040", "        harm: 1\n", "        harm: 1\n        «score: 3\n"),
    ("AT040", "  age: 38", "  age: 38\n  «gender: female"),
    ("AT040", "{topic: grief, level: mentioned}", "{topic: grief, «lvl: mentioned}"),
    ("AT040", "      - shows: holds the sheet", "      - «Ines: holds the sheet"),
    ("AT040", "trust: 2}", "trust: 2, «anger: 3}"),
    ("AT040", "    outcome: sealed", "    outcome: sealed\n    «why: It only looks so."),
    ("AT040", "{id: cf-complaint-therapist, clarity: 2, significance: 5}", "{id: cf-complaint-therapist, «clear: 2}"),
    # Missing keys: reported at the part that lacks them
    ("AT041", "format: 1\nid: example-scenario", "«id: example-scenario"),
    ("AT041", "  age: 38\n", "", "patient:\n  name: Ines", "«patient:\n  name: Ines"),
    ("AT041", "        why: Answers the fact, not the hurt.\n", "", "      reassure:", "      «reassure:"),
    ("AT041", "  smooth:\n    outcome: sealed\n", "  «smooth:\n"),
    ("AT041", "{id: cf-complaint-therapist, clarity: 2,", "«{clarity: 2,"),
    ("AT041", "- {id: cf-complaint-therapist, clarity: 2, significance: 5}", "- «{}"),
    ("AT041", "- topic: anger at therapist\n    level", "- «level"),
    ("AT041", "- {when: apologies >= 2, to: polite}", "- «{when: apologies >= 2}"),
    # Words of the vocabularies
    ("AT042", "stage: C4", "stage: «C7"),
    ("AT042", "trap: reassurance", "trap: «re-assurance"),
    ("AT042", "outcome: sealed", "outcome: «seald"),
    ("AT042", "repair: either", "repair: «both"),
    ("AT042", "[cf-complaint-activities]", "[«complaint]"),
    ("AT042", "      - wd-self-criticism-hopelessness", "      - «wd-hopelessness"),
    ("AT042", "{id: wd-deferential-appeasing}", "{id: «appeasing}"),
    ("AT042", "[rs-rationale]", "[«rational]"),
    ("AT042", "rs-acknowledge-contribution, rs-validate-defence", "rs-acknowledge-contribution, «rs-validate-defense"),
    ("AT042", "empathy: 2}", "«warmth: 2}"),
    ("AT042", "level: mentioned", "level: «minor"),
    ("AT042", "stance: against", "stance: «toward"),
    # Numbers
    ("AT043", "session: 6", "session: «six"),
    ("AT043", "session: 6", "session: «006"),
    ("AT043", "      - silence: 4", "      - silence: «4 seconds"),
    ("AT043", "      - silence: 4", "      - silence: «4.5"),
    ("AT043", "weight: 2", "weight: «[2]"),
    ("AT043", "age: 38", "age: «1:30"),
    ("AT043", "recognition: -2", "recognition: «bad"),
    ("AT043", "{bond: +6, tension: -1, trust: +1}", "{bond: «++6, tension: -1}"),
    ("AT043", "weight: 2", "weight: «yes"),
    ("AT043", "format: 1", "format: «one"),
    ("AT044", "difficulty: 3", "difficulty: «6"),
    ("AT044", "difficulty: 3", "difficulty: «0"),
    ("AT044", "recognition: -2", "recognition: «-3"),
    ("AT044", "bond: 55", "bond: «101"),
    ("AT044", "      - silence: 4", "      - silence: «0"),
    ("AT044", "harm: 1", "harm: «3"),
    ("AT044", "{bond: +6, tension: -1, trust: +1}", "{bond: «+600, tension: -1}"),
    ("AT044", "session: 6", "session: «99999999999999999999"),
    ("AT044", "clarity: 2", "clarity: «9"),
    # Texts
    ("AT045", "    title: Heard", "    title: «''"),
    ("AT045", "        to: smooth", "        to: «''"),
    ("AT046", "    title: Heard", "    title: «" + 201 * "x"),
    ("AT047", "title: The wrong form", "title: «[The wrong form]"),
    ("AT047", "    title: Heard", "    title: «{Heard: 1}"),
    (
        "AT047",
        "        trap: reassurance",
        "        trap: reassurance",
        "  pronouns: she/her",
        "  pronouns: «[she, her]",
    ),
    # Shapes
    ("AT048", "authors: [A. Author, B. Author]", "authors: «A. Author"),
    ("AT048", "markers: [cf-complaint-activities]", "markers: «cf-complaint-activities"),
    ("AT048", "uses: [rs-rationale]", "uses: «{rs-rationale: 1}"),
    (
        "AT048",
        "    patient: The week? I slept twice. I did the walk that we planned, too.",
        "    patient: «{says: The week?}",
    ),
    ("AT049", "effects: {apologies: +1}", "effects: «[]"),
    ("AT049", "{recognition: -2, metacommunication: -1}", "«[recognition, metacommunication]"),
    ("AT049", "alliance: {bond: 55, task: 45, goal: 60, tension: 1, trust: 2}", "alliance: «good"),
    ("AT049", "- {topic: grief, level: mentioned}", "- «grief"),
    ("AT049", "variables:\n  apologies: {start: 0, min: 0, max: 3}", "variables:\n  apologies: «3"),
    ("AT049", "      - silence: 4", "      - «[4]"),
    ("AT049", "{bond: +6, tension: -1, trust: +1}", "{«bond 6, tension -1, trust: +1}"),
    ("AT049", "{recognition: -2, metacommunication: -1}", "{recognition: -2, «metacommunication -1}"),
    ("AT049", "alliance: {bond: 55,", "alliance: {«bond 55,"),
    # Ids
    ("AT050", "      own-it:", "      «Own-it:"),
    ("AT050", "      own-it:", "      «own_it:"),
    ("AT050", "      own-it:", "      «1st:"),
    ("AT050", "id: example-scenario", "id: «Example Scenario"),
    ("AT050", "start: form", "start: «the form"),
    ("AT050", "      own-it:", "      «" + 65 * "a" + ":"),
    ("AT051", "      own-it:", "      «con:"),
    ("AT051", "id: example-scenario", "id: «lpt1"),
    # The rest
    (
        "AT052",
        "    notice: true\n    responses:\n      wonder:",
        "    notice: «sometimes\n    responses:\n      wonder:",
    ),
    ("AT053", "when: apologies < 2", "when: apologies <«"),
    ("AT053", "when: apologies < 2", "when: apologies «less than 2"),
    ("AT053", "when: apologies < 2", "when: apologies «= 2"),
    ("AT053", "when: apologies < 2", 'when: "apologies < 2 or «= 3"'),
    ("AT053", "and visited(form), to: mended}", "and visited(form) «trust > 1, to: mended}"),
    ("AT053", "when: tension >= 2}", "when: «2 >= tension}"),
    ("AT053", "when: apologies < 2", "when: «[apologies < 2]"),
    ("AT053", "when: apologies < 2", "when: apologies < 2 «&& trust > 1"),
    ("AT053", "when: apologies < 2", "when: apologies «≤ 2"),
    ("AT053", "when: apologies < 2", "when: apologies < «2.5"),
    ("AT053", "when: apologies < 2", "when: apologies < 2 «AND trust > 1"),
    ("AT054", "format: 1", "format: «2"),
    ("AT056", "    responses:\n      own-it:", "    «responses:\n" + NINE_RESPONSES + "      own-it:"),
    ("AT054", "format: 1", "format: «0"),
    ("AT057", "        reply: She puts the sheet down.", "        «reply: []"),
    ("AT057", "    patient: The week? I slept twice. I did the walk that we planned, too.", "    «patient: []"),
    ("AT057", "        to: smooth", "        «to: []"),
    ("AT058", '      - says: "Again?', '      - «shows: frowns\n        says: "Again?'),
    ("AT058", '{says: "You have so many patients.", when: chose(form.explain)}', "«{when: chose(form.explain)}"),
    ("AT059", "          - {to: week}", "          - {to: week, when: «trust < 3}"),
    ("AT060", "          - {when: apologies >= 2, to: polite}", "          - «polite"),
    ("AT060", DEFAULT_LAST, "          - «to: week\n          - {when: visited(hurt), to: mended}"),
    ("AT061", "apologies: {start: 0, min: 0, max: 3}", "«apologies: {start: 4, min: 0, max: 3}"),
    ("AT062", "language: en", "language: «english"),
    ("AT062", "language: en", "language: «de_DE"),
]


def edited(*edits: str) -> tuple[str, int, int]:
    """The example with pairs of old and new texts exchanged; line and column of the mark."""
    text = EXAMPLE
    for old, new in zip(edits[::2], edits[1::2], strict=True):
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    before, _, after = text.partition("«")
    return before + after, before.count("\n") + 1, len(before) - before.rfind("\n")


def cases():
    for number, (code, *edits) in enumerate(CASES):
        yield pytest.param(code, *edited(*edits), id=f"{code}-{number}")


@pytest.mark.parametrize(("code", "text", "line", "column"), list(cases()))
def test_the_mistake_is_reported_where_it_is(code: str, text: str, line: int, column: int) -> None:
    found = [item for item in reported(text) if item.code.startswith(("AT04", "AT05", "AT06"))]
    assert [(item.code, item.line, item.column) for item in found] == [(code, line, column)]
    assert found[0].severity == "error"
    assert found[0].hint
    assert "Input should" not in found[0].message


HINTS = [
    ("    weight: 2", "    wieght: 2", "Did you mean 'weight'?"),
    ("trap: reassurance", "trap: re-assurance", "Did you mean 'reassurance'?"),
    ("[cf-complaint-activities]", "[denial]", "Did you mean 'wd-denial'?"),
    ("repair: either", "repair: both", "Possible here: immediate, exploratory or either."),
    ("session: 6", "session: six", "Write 6."),
    ("      - silence: 4", "      - silence: 4 seconds", "Write 4."),
    ("session: 6", "session: 006", "Write 6."),
    ("      - silence: 4", "      - silence: 1:30", "Write 90."),
    ("      - silence: 4", "      - silence: 2 min", "Write 120."),
    ("    weight: 2", "    weight: 2\n    notice: off", "Write false."),
    ("    weight: 2", "    weight: 2\n    notice: On", "Write true."),
    ("    weight: 2", "    weight: 2\n    notice: sometimes", "Write true or false."),
    ("authors: [A. Author, B. Author]", "authors: A. Author", "Write  authors: [A. Author]"),
    ("authors: [A. Author, B. Author]", "authors: A. Author, B. Author", "Write  authors: [A. Author, B. Author]"),
    ("authors: [A. Author, B. Author]", "authors: 'A: B'", 'Write  authors: ["A: B"]'),
    (
        "  - {topic: grief, level: mentioned}\n  - topic: anger at therapist\n    level: central",
        "  grief",
        "Write  content_notes: [{topic: grief, level: mentioned}]",
    ),
    ("      own-it:", "      Own_It:", "Write 'own-it'."),
    ("        to: smooth", "        to: Smooth", "Write 'smooth'."),
    ("start: form", "start: the_form", "Did you mean 'form'?"),
    ("{bond: +6, tension: -1, trust: +1}", "{bond 6, tension -1, trust: +1}", "Write  bond: 6, tension: -1"),
    ("    weight: 2", "    weight: 2\n    outcome: sealed", "`outcome` belongs in an ending"),
    ("        stance: away", "        stage: C0", "`stage` belongs in a turn"),
    ("    weight: 2", "    weight: 2\n    start: form", "`start` belongs in a scenario or a variable"),
    ("endings:\n", "ending:\n", "Did you mean 'endings'?"),
    ("when: apologies < 2", "when: apologies => 2", "`trust >= 3`, `chose(turn.response)`, `visited(turn)"),
    (
        DEFAULT_LAST,
        "          - to: week\n          - {when: visited(hurt), to: mended}",
        "Move it to the end of the list",
    ),
    ("id: example-scenario", "id: Con", "Write 'con-1'."),
    ("  smooth:\n    outcome: sealed\n", "  smooth:\n", "outcome: resolved"),
    ("    outcome: sealed", "    outcome: sealed\n    why: No.", "`why` belongs in a response"),
    ("      - shows: holds the sheet", "      - Ines: holds the sheet", "put the whole line in quotes"),
    ("format: 1", "format: 2", "Update alliance-trainer"),
    ("trap: reassurance", "trap: zzz", "`alliance-trainer explain AT042` lists all."),
]


@pytest.mark.parametrize(("old", "new", "hint"), HINTS)
def test_the_hint_says_what_to_write(old: str, new: str, hint: str) -> None:
    (found,) = (item for item in reported(edited(old, new)[0]) if item.code < "AT070")
    assert hint in found.hint


TESTED = (
    MINIMAL
    + """\
tests:
  goes-on:
    choose: [wonder, wonder]
    ending: done
"""
)


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("choose: [wonder, wonder]", "choose: [wonder wonder]", "Each id is an entry of its own: with a comma"),
        ("choose: [wonder, wonder]", "choose: wonder, wonder", "Write  choose: [wonder, wonder]"),
        ("choose: [wonder, wonder]", "choose: [opening.wonder, wonder]", "Write 'wonder'."),
        ("choose: [wonder, wonder]", "choose: [Wonder, wonder]", "Write 'wonder'."),
        ("ending: done", "ending: Done!", "Write 'done'."),
        ("to: done", "to: done\u2013", "Write 'done'."),
        ("start: opening", "start: first_turn", "An id begins with a letter;"),
    ],
)
def test_a_suggested_id_is_one_of_the_file(old: str, new: str, hint: str) -> None:
    (found,) = reported(TESTED.replace(old, new))
    assert found.code == "AT050"
    assert found.hint.startswith(hint)


def test_a_dash_from_a_word_processor_is_a_hyphen_in_an_id() -> None:
    text = MINIMAL.replace("to: done", "to: all\u2013done").replace("  done:", "  all-done:")
    (found,) = reported(text)
    assert found.hint.startswith("Write 'all-done'.")


@pytest.mark.parametrize("number", ["0x4", "1_0", "4-5", "4 or 5", "1.000", "1:30", "4.5", "3 min"])
def test_no_number_is_suggested_where_it_is_unclear(number: str) -> None:
    (found,) = reported(MINIMAL + f"session: '{number}'\n")
    assert (found.code, found.hint) == ("AT043", "Which session this is, 1 to 999.")


@pytest.mark.parametrize(("written", "meant"), [("5 s", 5), ("2.0", 2), ("Three", 3), ("+04", 4), ("52 years old", 52)])
def test_a_number_is_suggested_where_it_is_clear(written: str, meant: int) -> None:
    (found,) = reported(MINIMAL + f"session: '{written}'\n")
    assert found.hint.startswith(f"Write {meant}.")


@pytest.mark.parametrize("seconds", ["11:00", "-4 seconds", "0 seconds"])
def test_no_silence_is_suggested_that_cannot_be_one(seconds: str) -> None:
    (found,) = reported(edited("      - silence: 4", f"      - silence: {seconds}")[0])
    assert found.hint == "A silence of so many seconds; written, never waited."


def test_an_exclamation_mark_in_a_condition_is_meant_as_not() -> None:
    (found,) = reported(edited("when: apologies < 2", "when: !visited(hurt)")[0])
    assert (found.code, found.hint) == ("AT026", "Write not in words:  not visited(turn)")


def test_the_entries_of_a_group_are_counted_as_those_of_a_list_are() -> None:
    (found,) = reported(
        edited("    responses:\n      own-it:", "    responses:\n" + NINE_RESPONSES + "      own-it:")[0]
    )
    assert found.message == "There are 12 entries here; at most 9 fit."
    (found,) = reported(MINIMAL.replace("patient: I nearly", f"patient: [{', '.join(41 * 'x')}] # I nearly"))
    assert found.message == "There are 41 entries here; at most 40 fit."


def test_a_misspelt_key_is_not_also_missing() -> None:
    (found,) = reported(
        merged("sumary: A patient stays away.\n").replace("summary: A patient nearly stays away.\n", "")
    )
    assert (found.code, found.message) == ("AT040", "There is no key 'sumary' in a scenario.")


def test_every_missing_key_is_named() -> None:
    found = reported("format: 1\n")
    assert [item.code for item in found] == ["AT041"] * 8
    assert all("this scenario" in item.message for item in found)


def test_a_newer_format_is_the_only_finding() -> None:
    found = reported(MINIMAL.replace("format: 1", "format: 3").replace("title:", "titel:"))
    assert [item.code for item in found] == ["AT054"]


def test_all_mistakes_of_a_file_are_reported_in_one_run() -> None:
    text = edited("session: 6", "session: six", "trap: reassurance", "trap: soothing", "to: hurt\n", "to: hrut\n")[0]
    text = text.replace("apologies: +1,", "apologise: +1,")
    assert [item.code for item in reported(text)] == ["AT043", "AT070", "AT077", "AT042"]


def test_at_most_fifty_are_reported_and_the_last_one_says_so() -> None:
    found = reported(MINIMAL + "".join(f"key-{number}: 1\n" for number in range(60)))
    assert len(found) == 50
    assert "only the first 50" in found[-1].hint


@pytest.mark.parametrize("sign", ["\u2212", "\u2013", "\u2014", "\u2011"])
def test_a_minus_of_a_word_processor_is_named(sign: str) -> None:
    (found,) = reported(EXAMPLE.replace("recognition: -2", f"recognition: {sign}2"))
    assert found.code == "AT043"
    assert found.hint.startswith(f"Write -2. The sign in front is U+{ord(sign):04X}")
    (found,) = reported(EXAMPLE.replace("session: 6", f"session: {sign}6"))
    assert found.hint.startswith(f"The sign in front is U+{ord(sign):04X}")


def test_an_error_that_nobody_has_met_is_still_a_finding() -> None:
    class Other(BaseModel):
        when: float

    with pytest.raises(ValidationError) as caught:
        Other.model_validate({"when": "x"})
    (found,) = findings_of(caught.value)
    assert (found.code, found.path) == ("AT069", ("when",))


def test_the_guide_knows_every_key_of_the_format_and_no_other() -> None:
    assert {part for part, _ in PARTS.values()} == set(GUIDE)
    for part, notes in GUIDE.items():
        assert list(notes) == [*notes], part
        assert notes.keys() == part.model_fields.keys()
        assert all(note.example.startswith(f"{key}:") for key, note in notes.items())


def test_what_was_meant_is_looked_for_only_where_it_will_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def counted(word: str, known: Iterable[str]) -> str | None:
        asked.append(word)
        return None

    monkeypatch.setattr(schema_problems, "nearest", counted)
    text = "format: 1\n" + "".join(f"key{number}: x\n" for number in range(12_000))
    found = load(text.encode(), "many.yaml").diagnostics
    assert len(found) == MOST_SHOWN
    assert len(asked) < 20 * MOST_SHOWN, "each look takes a millisecond: thousands would be a hostile file's delight"
