"""The published JSON Schema: sound, described throughout, and of one mind with the model."""

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from plain_trees import places
from pydantic import ValidationError
from sizes import scaled

from alliance_trainer.core.model import Scenario
from alliance_trainer.core.scalars import RESERVED_IDS
from alliance_trainer.reports.schema_json import schema, schema_json

EXAMPLE = yaml.safe_load((Path(__file__).parent.parent / "example_scenario.yaml").read_text())
WRITTEN = json.dumps(EXAMPLE)  # read again by each test that changes it, which takes less than a copy
VALIDATOR = Draft202012Validator(schema())
BEYOND_THE_SCHEMA = {"condition", "route_last", "route_early", "variable_order"}
R = ("turns", "form", "responses", "own-it")


def as_read(node: Any) -> Any:
    """What our own loader makes of what an editor reads: texts, lists and mappings."""
    match node:
        case dict():
            return {key: as_read(value) for key, value in node.items()}
        case list():
            return [as_read(item) for item in node]
        case bool():
            return "true" if node else "false"
        case _:
            return str(node)


def model_accepts(tree: Any) -> bool | None:
    """None where only rules beyond the schema are broken: they can hide others that the schema has."""
    try:
        Scenario.model_validate(as_read(tree))
    except ValidationError as error:
        return None if {item["type"] for item in error.errors()} <= BEYOND_THE_SCHEMA else False
    return True


def changed(path: tuple[str | int, ...], value: Any) -> Any:
    tree = json.loads(WRITTEN)
    inner = tree
    for step in path[:-1]:
        inner = inner[step]
    if value is None:
        inner.pop(path[-1])
    else:
        inner[path[-1]] = value
    return tree


def test_it_is_a_sound_schema_with_name_and_without_a_host() -> None:
    Draft202012Validator.check_schema(schema())
    assert json.loads(schema_json()) == schema()
    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema()["$id"] == "alliance-trainer:scenario:1"
    assert schema()["title"]
    assert "null" not in schema_json()


def test_every_key_is_described() -> None:
    for part in (schema(), *schema()["$defs"].values()):
        assert part["description"]
        for name, field in part["properties"].items():
            assert field["description"], name
            assert "title" not in field


def test_the_example_is_accepted_as_an_editor_reads_it() -> None:
    assert [error.message for error in VALIDATOR.iter_errors(EXAMPLE)] == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("titel",), "x"),
        (("title",), None),
        (("title",), ""),
        (("title",), "x" * 201),
        (("format",), 2),
        (("session",), "six"),
        (("difficulty",), 6),
        (("language",), "english"),
        (("id",), "Not an id"),
        (("id",), "con"),
        (("repair",), "both"),
        (("authors",), "A. Author"),
        (("turns",), {}),
        (("turns", "Bad"), EXAMPLE["turns"]["week"]),
        (("turns", "week", "stage"), "W9"),
        (("turns", "week", "markers"), ["denial"]),
        (("turns", "week", "patient"), []),
        (("turns", "week", "patient"), ["x"] * 41),
        (("turns", "week", "patient"), [{"says": "x", "shows": "y"}]),
        (("turns", "week", "patient"), [{"when": "trust > 1"}]),
        (("turns", "week", "notice"), "sometimes"),
        ((*R, "rates"), {"recognition": 3}),
        ((*R, "rates"), {"kindness": 1}),
        ((*R, "trap"), "soothing"),
        ((*R, "to"), ["hurt"] * 21),
        ((*R, "to"), {"to": "hurt"}),
        ((*R, "effects"), {"Bond": 1}),
        ((*R, "effects"), {"bond": 101}),
        ((*R, "harm"), 3),
        ((*R, "says"), None),
        (("endings", "done", "outcome"), "good"),
        (("variables", "apologies"), {"begin": 1}),
        (("patient",), "Ines"),
        (("alliance", "trust"), 6),
    ],
)
def test_typical_mistakes_are_refused_by_schema_and_model(path: tuple[str | int, ...], value: Any) -> None:
    tree = changed(path, value)
    assert not VALIDATOR.is_valid(tree)
    assert model_accepts(tree) is False


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("turns", "week", "notice"), "no"),
        (("turns", "week", "notice"), False),
        (("turns", "week", "patient"), "One text."),
        (("turns", "week", "markers"), ["wd-denial", {"id": "wd-denial", "clarity": 1}]),
        ((*R, "to"), "week"),
        ((*R, "to"), [{"when": "trust > 1", "to": "week"}, "hurt"]),
        ((*R, "effects"), {}),
        ((*R, "rates"), {}),
        (("variables",), {}),
        (("alliance",), {}),
    ],
)
def test_what_the_format_allows_both_accept(path: tuple[str | int, ...], value: Any) -> None:
    tree = changed(path, value)
    assert VALIDATOR.is_valid(tree)
    assert model_accepts(tree)


@pytest.mark.parametrize("name", sorted(RESERVED_IDS))
def test_reserved_names_are_no_ids_for_either(name: str) -> None:
    for tree in (changed(("id",), name), changed(("turns", name), EXAMPLE["turns"]["week"])):
        assert not VALIDATOR.is_valid(tree)
        assert not model_accepts(tree)
    assert VALIDATOR.is_valid(changed(("id",), f"{name}x"))


# Not a bare number where a text belongs: our own loader reads it as the text it is, an editor as a number.
ODD: list[Any] = [
    "",
    "x",
    "Not an id",
    "x" * 2001,
    [],
    {},
    ["x"],
    {"x": "y"},
    [{}],
    "wd-denial",
    "resolved",
    ["wd-denial"],
]
ODD_FOR_NUMBERS: list[Any] = [*ODD, -1, 0, 1, 2, 5, 6, 100, 101, 1000, -1001]


@settings(max_examples=scaled(1000))
@given(seed=st.integers(0, 2**64))
def test_schema_and_model_agree_on_damaged_examples(seed: int) -> None:
    dice = random.Random(seed)
    tree = json.loads(WRITTEN)
    for _ in range(dice.randint(1, 3)):
        container, key = dice.choice(places(tree))
        kind = dice.choice(["drop", "rename", "odd", "odd"])
        if kind == "drop":
            del container[key]
        elif kind == "rename" and isinstance(container, dict):
            names = [f"{key}s", key.upper(), "x", "when", "to", "says"]
            name = dice.choice(names[:3] if type(container[key]) is int else names)
            container[name] = container.pop(key)
        elif type(container[key]) is int:
            container[key] = copy.deepcopy(dice.choice(ODD_FOR_NUMBERS))
        else:
            container[key] = copy.deepcopy(dice.choice(ODD))  # a later change must not reach the list itself
    accepted = model_accepts(tree)
    assert accepted is None or accepted == VALIDATOR.is_valid(tree)
