"""Golden mistakes that only the rules can see: one edit of the example scenario each, with code, line and column.

In the new text « marks the place that a reader would point at. Among them the authoring defects that hold a whole
library back: a target, a variable, a turn or a response that does not exist, loops, duplicates.
"""

from pathlib import Path

import pytest
from fragments import MINIMAL, merged, reported

EXAMPLE = (Path(__file__).parent.parent / "example_scenario.yaml").read_text()
WEEK = "  week:\n    patient: The week? I slept twice. I did the walk that we planned, too.\n"
ASK = """\
      ask:
        says: You did the walk. What was it like?
        rates: {recognition: 1, empathy: 1}
        why: Nothing is wrong here, and you work with what she brings.
        to: done
"""
PROBE_RATES = "{recognition: -1, empathy: 0}\n        trap: over-detection"
TEST = ("start: form\n", "start: form\ntests:\n  one: HERE\n", "HERE")

CASES = [
    ("AT070", "        to: hurt\n      sorry", "        to: «hrut\n      sorry"),
    ("AT070", "          - form\n", "          - «from\n"),
    ("AT070", "          - {to: week}", "          - {to: «weeek}"),
    ("AT070", "and visited(form), to: mended}", "and visited(form), to: «amended}"),
    ("AT070", "            to: leaves", "            to: «leave"),
    ("AT071", "start: form", "start: «from"),
    ("AT071", "start: form", "start: «mended"),
    ("AT072", WEEK, "  «lost:\n    patient: Hello.\n    responses:\n" + ASK + WEEK),
    ("AT073", "  smooth:\n    outcome", "  «gone:\n    outcome: impasse\n    debrief: Stuck.\n  smooth:\n    outcome"),
    (
        "AT075",
        ASK,
        ASK.replace("done", "loop"),
        WEEK,
        "  «loop:\n    patient: Again.\n    responses:\n" + ASK.replace("done", "loop") + WEEK,
    ),
    ("AT076", "when: apologies < 2", "when: «apologys < 2"),
    ("AT076", "when: tension >= 2}", "when: «tention >= 2}"),
    ("AT076", "        when: apologies < 2", '        when: "trust > 0 and «truth > 1"'),
    ("AT076", "{when: trust >= 3 and visited(form)", "{when: trust >= 3 and not (visited(form) or «bnod < 3)"),
    ("AT077", "{apologies: +1, bond: +1,", "{«apologise: +1, bond: +1,"),
    ("AT077", "{bond: +6, tension: -1, trust: +1}", "{bond: +6, «tensions: -1, trust: +1}"),
    ("AT078", "variables:\n", "variables:\n  «promises: {max: 2}\n"),
    ("AT079", "visited(form)", "visited(«from)"),
    ("AT079", "chose(form.own-it)", "chose(form.«own)"),
    ("AT079", "chose(form.explain)", "chose(«froms.explain)"),
    (
        "AT080",
        "        says: Good. Then let us look at your week.",
        "        says: «You say fine, and you look at the door; I wonder whether I lost you just now",
    ),
    ("AT081", PROBE_RATES, "{recognition: 2, empathy: 1}\n        trap: «over-detection"),
    (
        "AT082",
        "{recognition: 1, empathy: 1}",
        "{recognition: -1}",
        "{recognition: -1, empathy: 0}",
        "{recognition: -1}",
        "  week:\n",
        "  «week:\n",
    ),
    ("AT083", "    markers: []", "    markers: [cf-defends-self]", "turns:", "«turns:"),
    (
        "AT084",
        WEEK + "    stage: none\n    markers: []\n    notice: true\n    responses:\n      ask:",
        WEEK + "    «responses:\n      ask:\n        when: apologies > 1",
        "      probe:",
        "      probe:\n        when: apologies > 0",
    ),
    ("AT085", "variables:\n", "variables:\n  «not: {max: 3}\n"),
    ("AT085", "variables:\n", "variables:\n  «bond: {max: 3}\n"),
    ("AT086", "summary: A patient", "summary: «TODO A patient"),
    ("AT086", "        why: Takes politeness at its word.", "        why: «..."),
    ("AT086", "      - It's fine. Really.", "      - «It's fine ??? Really."),
    ("AT086", "    debrief: It looks repaired.", "    debrief: «Lorem ipsum dolor."),
    (
        "AT087",
        "      - wd-self-criticism-hopelessness",
        "      - wd-self-criticism-hopelessness\n      - «wd-self-criticism-hopelessness",
    ),
    ("AT087", "uses: [rs-rationale]", "uses: [rs-rationale, «rs-rationale]"),
    (
        "AT100",
        "    stage: C4",
        "    stage: W0",
        "    stage: W0\n    markers: [{id",
        "    stage: W2\n    markers: [{id",
        "        to: hurt\n      move-on",
        "        to: «hurt\n      move-on",
    ),
    ("AT101", "    stage: W0", "    stage: C1", "          - to: polite\n  hurt", "          - to: «polite\n  hurt"),
    (
        "AT102",
        "{recognition: 2, nondefensiveness: 2, metacommunication: 1, responsibility: 2, inquiry: 1}",
        "{recognition: 2, nondefensiveness: 1, metacommunication: 1, responsibility: 1, inquiry: 1}",
        "        to: hurt\n      sorry",
        "        to: «hurt\n      sorry",
    ),
    ("AT105", "    outcome: sealed", "    outcome: resolved-immediate", "  polite:", "  «polite:"),
    ("AT106", *TEST, "{choose: [own-it, «stya], ending: mended}"),
    ("AT106", *TEST, "{choose: «own, ending: mended}"),
    ("AT106", *TEST, "{choose: [own-it, stay], ending: «week}"),
    ("AT106", *TEST, "{choose: [own-it, stay], turns: [form, «mended]}"),
    ("AT107", *TEST, "{choose: [own-it, «ask, stay], ending: mended}"),
    ("AT107", *TEST, "{choose: «stay, ending: mended}"),
    ("AT107", *TEST, "{choose: [explain, wonder, reassure, sorry, wonder, reassure, «sorry]}"),
    ("AT107", *TEST, "{choose: [own-it, stay, «ask], ending: mended}"),
    ("AT107", *TEST, "{choose: [own-it], ending: «mended}"),
    ("AT107", *TEST, "{choose: [explain, move-on], ending: «mended}"),
    ("AT107", *TEST, "{choose: [own-it, stay], turns: [hurt, «form]}"),
    ("AT107", *TEST, "{choose: [own-it, stay], scores: {recognition: {at_most: «99}}}"),
    ("AT107", *TEST, "{choose: [explain, move-on], scores: {recognition: {at_least: «1, at_most: 50}}}"),
    ("AT107", *TEST, "{choose: [own-it, stay], scores: {shifts: «{at_least: 1}}}"),
]


def edited(*edits: str) -> tuple[str, int, int]:
    text = EXAMPLE
    for old, new in zip(edits[::2], edits[1::2], strict=True):
        assert old in text, old
        text = text.replace(old, new, 1)
    before, mark, after = text.partition("«")
    assert mark
    return before + after, before.count("\n") + 1, len(before) - before.rfind("\n")


@pytest.mark.parametrize(("code", "edits"), [(code, edits) for code, *edits in CASES])
def test_the_mistake_is_reported_where_it_is_and_nothing_else(code: str, edits: list[str]) -> None:
    text, line, column = edited(*edits)
    found = reported(text)
    # A name that is taken is also read by no condition: that it cannot be, is the point.
    found = tuple(item for item in found if not (code == "AT085" and item.code == "AT078"))
    assert [(item.code, item.line, item.column) for item in found] == [(code, line, column)]
    assert found[0].hint


FINE = [
    # The same words, but never on offer together
    (
        "        says: Good. Then let us look at your week.",
        "        says: You say fine, and you look at the door. I wonder whether I lost you just now.\n        when: apologies < 1",
        "      wonder:\n",
        "      wonder:\n        when: apologies >= 1\n",
    ),
    # A silence is no unfinished text
    ("      - It's fine. Really.", '      - "..."'),
    # Declared, and read by a beat alone
    (
        "variables:\n",
        "variables:\n  promises: {max: 2}\n",
        "when: tension >= 2}",
        "when: promises >= 2}",
        "+1, bond: +1,",
        "+1, promises: +2, bond: +1,",
    ),
    # A loop that can be left
    ("        to: smooth", "        to: polite"),
    # A trap among responses that are all worth the same is caught elsewhere, as nothing scored
    (PROBE_RATES, PROBE_RATES.replace("over-detection", "script-echo")),
]


@pytest.mark.parametrize("edits", FINE)
def test_what_only_looks_like_a_mistake_is_not_reported(edits: tuple[str, ...]) -> None:
    text = EXAMPLE
    for old, new in zip(edits[::2], edits[1::2], strict=True):
        assert old in text
        text = text.replace(old, new, 1)
    expected = ["AT073"] if "        to: smooth" in edits else []
    assert [item.code for item in reported(text)] == expected


def test_a_misspelt_target_is_the_only_finding_about_what_hangs_on_it() -> None:
    text = EXAMPLE.replace("to: done", "to: dnoe")
    assert {item.code for item in reported(text)} == {"AT070"}


def test_two_unknown_names_in_one_condition_are_both_reported_at_their_words() -> None:
    text = EXAMPLE.replace("when: apologies < 2", "when: apologys < 2 and truth > 1 or apologys > 3", 1)
    line = next(line for line in text.splitlines() if "apologys" in line)
    found = [(item.message, item.column, item.end_column) for item in reported(text)]
    assert found == [
        ("There is no variable 'apologys'.", line.index("apologys") + 1, line.index("apologys") + 9),
        ("There is no variable 'truth'.", line.index("truth") + 1, line.index("truth") + 6),
    ]


@pytest.mark.parametrize("name", ["bond", "task", "goal", "tension", "trust", "and", "or", "not", "chose", "visited"])
def test_every_taken_name_is_refused(name: str) -> None:
    codes = [item.code for item in reported(merged(f"variables:\n  {name}:\n    max: 3\n", MINIMAL))]
    assert codes[0] in ("AT078", "AT085")
    assert "AT085" in codes


def test_rules_run_on_a_draft_where_the_format_has_errors() -> None:
    text = EXAMPLE.replace("session: 6", "session: six").replace("to: smooth", "to: smoth")
    assert [item.code for item in reported(text)] == ["AT043", "AT070"]


def test_nothing_is_guessed_where_the_ways_are_in_doubt() -> None:
    text = EXAMPLE.replace("        to: smooth", "        to: []").replace("start: form", "start: from")
    assert [item.code for item in reported(text)] == ["AT057"]


def test_a_variable_with_a_bad_name_does_not_make_its_readers_wrong() -> None:
    text = EXAMPLE.replace("  apologies: {", "  Apologies: {")
    assert [item.code for item in reported(text)] == ["AT050"]


def test_a_condition_that_cannot_be_read_hides_no_other_mistake() -> None:
    text = EXAMPLE.replace("{when: apologies >= 2,", "{when: apologies => 2,").replace("to: smooth", "to: smoth")
    assert [item.code for item in reported(text)] == ["AT053", "AT070"]
