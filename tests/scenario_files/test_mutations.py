"""Random damage to a sound scenario never raises: it ends in a scenario, or in findings with places that exist."""

import json
import random
from pathlib import Path
from typing import Any

import yaml
from fragments import checked
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_trees import places
from sizes import scaled

from alliance_trainer.core.model import Scenario
from alliance_trainer.lint import runner
from alliance_trainer.scenario_files.salvage import salvage

EXAMPLE = (Path(__file__).parent.parent / "example_scenario.yaml").read_text()
ODD: list[Any] = [
    "",
    "x",
    "-1",
    "1e9",
    "no",
    "con",
    "trust >= 3",
    "«»",
    "a" * 2500,
    [],
    {},
    ["x"],
    {"x": "y"},
    [[]],
    {"says": "x"},
]


def dumped(tree: Any) -> str:
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return str(yaml.dump(tree, Dumper=dumper, allow_unicode=True, sort_keys=False))


def strings(node: Any) -> Any:
    """A tree as the YAML half gives it: texts, lists and mappings."""
    match node:
        case dict():
            return {str(key): strings(value) for key, value in node.items()}
        case list():
            return [strings(item) for item in node]
        case bool():
            return "true" if node else "false"
        case _:
            return str(node)


def damage(tree: Any, dice: random.Random) -> None:
    """One mutation: drop, rename, exchange, repeat or swap."""
    container, key = dice.choice(places(tree))
    kind = dice.choice(["drop", "rename", "odd", "odd", "swap"])
    if kind == "drop":
        del container[key]
    elif kind == "rename" and isinstance(container, dict):
        container[dice.choice([key + "s", key[1:], key.upper(), key[::-1], "x", "when", "to"])] = container.pop(key)
    elif kind == "swap":
        other, other_key = dice.choice(places(tree))
        container[key] = other[other_key] if not isinstance(other[other_key], dict | list) else "swapped"
    else:
        container[key] = strings(dice.choice(ODD))


TREE = json.dumps(strings(yaml.safe_load(EXAMPLE)))  # read again by each test, which takes less than a copy


@settings(max_examples=scaled(400))
@given(seed=st.integers(0, 2**64), count=st.integers(1, 4))
def test_damaged_scenarios_end_in_findings_with_places(seed: int, count: int) -> None:
    tree, dice = json.loads(TREE), random.Random(seed)
    for _ in range(count):
        damage(tree, dice)
    text = dumped(tree)
    loaded = checked(text)
    assert loaded.scenario is not None or loaded.has_errors
    lines = text.splitlines()
    for item in loaded.diagnostics:
        assert item.code != "AT069", item
        assert 1 <= item.line <= len(lines)
        assert 1 <= item.column <= len(lines[item.line - 1]) + 1
        assert (item.line, item.column) <= (item.end_line, item.end_column)
        assert item.message


@settings(max_examples=scaled(200))
@given(seed=st.integers(0, 2**64), count=st.integers(1, 6))
def test_a_draft_is_a_scenario_that_the_rules_can_read_and_the_tree_stays_as_it_was(seed: int, count: int) -> None:
    tree, dice = json.loads(TREE), random.Random(seed)
    for _ in range(count):
        damage(tree, dice)
    before = json.dumps(tree)
    draft = salvage(tree)
    assert json.dumps(tree) == before
    if draft is not None:
        assert isinstance(draft, Scenario)
        assert set(draft.turns) <= {str(key) for key in tree["turns"]}
        assert all(finding.code >= "AT070" for finding in runner.run_on_draft(draft))


@settings(max_examples=scaled(400))
@given(data=st.data())
def test_random_text_in_place_of_a_line_never_raises(data: st.DataObject) -> None:
    lines = EXAMPLE.splitlines()
    number = data.draw(st.integers(0, len(lines) - 1))
    lines[number] = data.draw(st.text(max_size=60))
    loaded = checked("\n".join(lines) + "\n")
    assert loaded.scenario is not None or loaded.has_errors
