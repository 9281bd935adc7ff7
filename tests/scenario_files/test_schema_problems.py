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
    ("AT054", "format: 1", "format: «2"),
    ("AT054", "format: 1", "format: «0"),
    ("AT057", "        reply: She puts the sheet down.", "        «reply: []"),
    ("AT057", "    patient: The week? I slept twice. I did the walk that we planned, too.", "    «patient: []"),
    ("AT057", "        to: smooth", "        «to: []"),
    ("AT058", '      - says: "Again?', '      - «shows: frowns\n        says: "Again?'),
    ("AT058", '{says: "You have so many patients.", when: chose(form.explain)}', "«{when: chose(form.explain)}"),
    ("AT059", "          - {to: week}", "          - {to: week, when: «trust < 3}"),
    ("AT060", "          - {when: apologies >= 2, to: polite}", "          - «polite"),
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
    ("authors: [A. Author, B. Author]", "authors: A. Author", "Write  authors: [A. Author]"),
    ("      own-it:", "      Own_It:", "Write 'own-it'."),
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
