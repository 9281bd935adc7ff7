"""Two thousand slips of the hand in shipped scenarios: nearly every one is reported where it is, or changes nothing.

A slip is one edit as it happens at a keyboard. Each belongs to one class:

- reported: a diagnostic stands within three lines of it;
- same: the scenario is the same (a comment, an empty line, a change of layout);
- words: only words that people read have changed, so that only a person can see it;
- far: it is reported, but elsewhere;
- silent: the graph or the key has changed, and nothing is said.
"""

import os
import random
from collections import Counter

import pytest
from sizes import scaled

from alliance_trainer.cli import scenarios
from alliance_trainer.core.identity import Identity
from alliance_trainer.scenario_files.library import shipped
from alliance_trainer.scenario_files.loader import load

SHIPPED = {path.stem: path.read_text(encoding="utf-8") for path in shipped()}
SLIPS = scaled(2_004) // len(SHIPPED)
NEAR = 3
LETTERS = "abcdefghijklmnopqrstuvwxyz :-'\"{}[],#"


def slip(text: str, dice: random.Random) -> tuple[str, int]:
    """The text with one slip, and the line it is on (from 1)."""
    lines = text.split("\n")
    number = dice.randrange(len(lines) - 1)
    kind = dice.choice(
        ("drop", "double", "swap", "type", "type", "unline", "reline", "swap lines", "indent", "outdent")
    )
    if kind in ("unline", "reline", "swap lines"):
        one, other = lines[number : number + 2]
        lines[number : number + 2] = {"unline": [other], "reline": [one, one, other], "swap lines": [other, one]}[kind]
    else:
        lines[number] = mistyped(lines[number], kind, dice)
    return "\n".join(lines), number + 1


def mistyped(line: str, kind: str, dice: random.Random) -> str:
    """The line with a slip inside it."""
    at = dice.randrange(len(line)) if line else 0
    few = " " * dice.choice((1, 2))
    return {
        "drop": line[:at] + line[at + 1 :],
        "double": line[:at] + line[at : at + 1] + line[at:],
        "swap": line[:at] + line[at + 1 : at + 2] + line[at : at + 1] + line[at + 2 :],
        "type": line[:at] + dice.choice(LETTERS) + line[at:],
        "indent": few + line,
        "outdent": line.removeprefix(few),
    }[kind]


def class_of(text: str, line: int, name: str, before: Identity) -> str:
    """Which class a slip belongs to."""
    loaded = load(text.encode(), f"{name}.yaml", expected_id=name)
    after = loaded.identity
    if after is not None and not loaded.diagnostics:
        if after == before:
            return "same"
        if (after.graph, after.key) == (before.graph, before.key):
            return "words"
    found = scenarios.checked(loaded).diagnostics
    if any(abs(item.line - line) <= NEAR for item in found):
        return "reported"
    return "far" if found else "silent"


GROUPS = [list(SHIPPED)[at::4] for at in range(4)]
"""Scenarios whose slips are counted together, in as many tests as keep two processors busy."""


@pytest.mark.parametrize("names", GROUPS, ids="-".join)
def test_slips_are_reported_where_they_are_or_change_nothing_that_matters(names: list[str]) -> None:
    counts = sum((slips_in(name) for name in names), Counter())
    fine = counts["reported"] + counts["same"] + counts["words"]
    assert fine >= 0.9 * counts.total(), counts


def slips_in(name: str) -> Counter[str]:
    """How many slips in a scenario belong to each class."""
    text = SHIPPED[name]
    before = load(text.encode(), f"{name}.yaml").identity
    assert before is not None
    dice = random.Random(f"slips in {name}")
    slips = [slip(text, dice) for _ in range(SLIPS)]
    classes = [class_of(new, line, name, before) if new != text else "same" for new, line in slips]
    if "SHOW_SLIPS" in os.environ:
        print(name, dict(Counter(classes)))
        for (new, line), kind in zip(slips, classes, strict=True):
            if kind in ("far", "silent"):
                print(f"  {kind} {line}: {text.split(chr(10))[line - 1]!r} -> {new.split(chr(10))[line - 1]!r}")
    return Counter(classes)
