"""Content identity: each change of a scenario changes exactly the hashes that it should."""

import copy
import json
import random
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_scenarios import Shape, make_scenario, raw, scenarios, seeds
from sizes import scaled

from alliance_trainer.core import model
from alliance_trainer.core.canonical import canonical, digest
from alliance_trainer.core.identity import identify
from alliance_trainer.core.model import Scenario

BASE: dict[str, Any] = {
    "format": 1,
    "id": "base",
    "title": "Base é",
    "summary": "Summary.",
    "language": "en",
    "authors": ["A", "B"],
    "reviewed_by": "none",
    "approach": "cbt",
    "setting": "in person",
    "session": 4,
    "difficulty": 2,
    "repair": "either",
    "content_notes": [{"topic": "grief", "level": "central"}],
    "objectives": ["one"],
    "patient": {"name": "Marcus", "age": 45, "pronouns": "he/him", "background": "Lost his wife."},
    "briefing": "Briefing.",
    "alliance": {"bond": 60, "task": 60, "goal": 60, "tension": 1, "trust": 3},
    "variables": {"told": {"start": 0, "min": 0, "max": 3}, "idle": {"start": 0, "min": 0, "max": 3}},
    "start": "slip",
    "turns": {
        "slip": {
            "patient": ["fine", {"shows": "looks away", "when": "idle >= 1"}, {"silence": 5}],
            "inside": "Erased.",
            "stage": "W0",
            "markers": ["wd-denial", {"id": "cf-defends-self", "clarity": 2, "significance": 4}],
            "notice": True,
            "weight": 2,
            "responses": {
                "own": {
                    "says": "I got it wrong.",
                    "why": "Names it.",
                    "rates": {"responsibility": 2, "recognition": 0},
                    "uses": ["rs-acknowledge-contribution"],
                    "trap": None,
                    "reply": ["yes", {"shows": "nods"}],
                    "effects": {"bond": 6, "told": 1},
                    "to": [{"when": "told >= 2", "to": "done"}, "more"],
                },
                "pass": {
                    "says": "Shall we go on?",
                    "why": "Passes by.",
                    "rates": {"responsibility": -1},
                    "harm": 1,
                    "trap": "under-detection",
                    "stance": "away",
                    "when": "not visited(more)",
                    "to": "more",
                },
            },
        },
        "more": {
            "patient": "So.",
            "responses": {
                "a": {"says": "A", "why": "A", "rates": {"empathy": 1}, "to": "slip"},
                "b": {"says": "B", "why": "B", "when": "tension >= 1", "effects": {"idle": 1}, "to": "done"},
            },
        },
    },
    "endings": {
        "done": {"outcome": "resolved", "debrief": "Good.", "title": "Repaired", "patient": ["Thank you."]},
        "left": {"outcome": "dropout", "debrief": "Bad."},
    },
}
SLIP = ("turns", "slip")
OWN = (*SLIP, "responses", "own")
PASS = (*SLIP, "responses", "pass")
B = ("turns", "more", "responses", "b")
DONE = ("endings", "done")

# (path, new value, which hashes change: g graph, k key, t text). `told` and `tension` are read by conditions,
# `idle` only by a beat, `bond` by nothing.
CHANGES: list[tuple[tuple[str | int, ...], Any, str]] = [
    (("id",), "other", "t"),
    (("title",), "Other", "t"),
    (("summary",), "Other.", "t"),
    (("language",), "de", "t"),
    (("authors",), ["B", "A"], "t"),
    (("reviewed_by",), "C", "t"),
    (("approach",), "dbt", "t"),
    (("setting",), "telehealth", "t"),
    (("session",), 5, "t"),
    (("objectives",), [], "t"),
    (("briefing",), "Other.", "t"),
    (("content_notes", 0, "topic"), "loss", "t"),
    (("content_notes", 0, "level"), "discussed", "t"),
    (("patient", "name"), "Max", "t"),
    (("patient", "age"), 46, "t"),
    (("patient", "pronouns"), "they/them", "t"),
    (("patient", "background"), "Other.", "t"),
    (("difficulty",), 3, "k"),
    (("repair",), "exploratory", "k"),
    (("alliance", "bond"), 61, "k"),
    (("alliance", "task"), 61, "k"),
    (("alliance", "goal"), 61, "k"),
    (("alliance", "trust"), 2, "k"),
    (("alliance", "tension"), 2, "gk"),
    (("variables", "idle", "start"), 1, "k"),
    (("variables", "idle", "min"), -1, "k"),
    (("variables", "idle", "max"), 4, "k"),
    (("variables", "told", "start"), 1, "gk"),
    (("variables", "told", "min"), -1, "gk"),
    (("variables", "told", "max"), 4, "gk"),
    (("start",), "more", "g"),
    ((*SLIP, "patient", 0), "Fine.", "t"),
    ((*SLIP, "patient", 1, "shows"), "looks up", "t"),
    ((*SLIP, "patient", 1, "when"), "idle >= 2", "t"),
    ((*SLIP, "patient", 2, "silence"), 6, "t"),
    ((*SLIP, "inside"), "Other.", "t"),
    ((*SLIP, "stage"), "W1", "k"),
    ((*SLIP, "markers", 0), "wd-minimal-response", "k"),
    ((*SLIP, "markers", 1, "clarity"), 3, "k"),
    ((*SLIP, "markers", 1, "significance"), 3, "k"),
    ((*SLIP, "notice"), False, "k"),
    ((*SLIP, "weight"), 3, "k"),
    ((*OWN, "says"), "Other.", "t"),
    ((*OWN, "why"), "Other.", "t"),
    ((*OWN, "reply", 1, "shows"), "smiles", "t"),
    ((*OWN, "rates", "responsibility"), 1, "k"),
    ((*OWN, "rates"), {"responsibility": 2}, "k"),  # not rated is not rated 0
    ((*OWN, "uses"), ["rs-disclose-experience"], "k"),
    ((*OWN, "harm"), 1, "k"),
    ((*OWN, "effects", "bond"), 7, "k"),
    ((*OWN, "effects", "told"), 2, "gk"),
    ((*OWN, "effects"), {}, "gk"),
    ((*OWN, "to", 0, "when"), "told >= 1", "g"),
    ((*OWN, "to", 0, "to"), "left", "g"),
    ((*OWN, "to", 1), "done", "g"),
    ((*PASS, "when"), None, "g"),
    ((*PASS, "harm"), 2, "gk"),  # by the default rule it moves the tension, which is read
    ((*PASS, "rates", "responsibility"), -2, "gk"),
    ((*PASS, "trap"), None, "k"),
    ((*PASS, "stance"), "against", "k"),
    ((*B, "effects", "idle"), 2, "k"),
    ((*B, "when"), "tension >= 2", "g"),
    ((*DONE, "outcome"), "partly", "k"),
    ((*DONE, "debrief"), "Other.", "t"),
    ((*DONE, "title"), "Other", "t"),
    ((*DONE, "patient", 0), "Thanks.", "t"),
    (("endings", "third"), {"outcome": "partly", "debrief": "."}, "gkt"),
    ((*SLIP, "responses", "new"), {"says": "N", "why": "N", "to": "more"}, "gkt"),
    (("turns", "new"), {"patient": "N", "responses": {"a": {"says": "N", "why": "N", "to": "done"}}}, "gkt"),
]


def read(mapping: dict[str, Any]) -> Scenario:
    return Scenario.model_validate(mapping)


def changed_hashes(before: Scenario, after: Scenario) -> str:
    one, two = identify(before), identify(after)
    changed = "".join(name[0] for name in ("graph", "key", "text") if getattr(one, name) != getattr(two, name))
    assert (one.sha256 != two.sha256) == bool(changed)
    return changed


def with_change(path: tuple[str | int, ...], value: Any) -> Scenario:
    mapping = copy.deepcopy(BASE)
    place: Any = mapping
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value
    return read(mapping)


@pytest.mark.parametrize(("path", "value", "expected"), CHANGES, ids=lambda value: str(value)[:60])
def test_one_change_changes_exactly_its_hashes(path: tuple[str | int, ...], value: Any, expected: str) -> None:
    assert changed_hashes(read(BASE), with_change(path, value)) == expected


def test_every_field_of_the_format_is_among_the_changes() -> None:
    kinds: tuple[type[Any], ...] = (
        *(model.Scenario, model.Turn, model.Response, model.Ending, model.Marker, model.Route),
        *(model.Patient, model.ContentNote, model.Alliance, model.Variable, model.Beat),
    )
    touched = {part for path, _, _ in CHANGES for part in path}
    fields = {name for kind in kinds for name in kind.model_fields}
    assert fields - touched == {
        "format",
        "tests",
    }  # the one has one value only, the others change nothing for who plays


def test_spelling_out_what_would_be_so_anyway_changes_nothing() -> None:
    assert changed_hashes(read(BASE), with_change((*PASS, "effects"), {"bond": -3, "tension": 1})) == ""
    assert changed_hashes(read(BASE), with_change(("turns", "more", "weight"), 1)) == ""
    assert changed_hashes(read(BASE), with_change((*PASS, "to"), [{"to": "more"}])) == ""
    assert changed_hashes(read(BASE), with_change((*PASS, "when"), "not  (visited( more ))")) == ""
    swapped = list(reversed(BASE["turns"]["slip"]["markers"]))
    assert changed_hashes(read(BASE), with_change((*SLIP, "markers"), swapped)) == ""


def reordered(value: Any, rng: random.Random) -> Any:
    if isinstance(value, dict):
        names = sorted(value, key=lambda _: rng.random())
        return {name: reordered(value[name], rng) for name in names}
    return [reordered(item, rng) for item in value] if isinstance(value, list) else value


@given(scenario=scenarios(), seed=seeds)
@settings(max_examples=scaled(100))
def test_the_order_of_keys_changes_nothing(scenario: Scenario, seed: int) -> None:
    rng = random.Random(seed)
    for mapping in (raw(scenario), BASE):
        assert identify(read(mapping)) == identify(read(reordered(mapping, rng)))


texts = st.text("aeouéñüçÅ\u1e69\u0323\u0307가각 ", min_size=1, max_size=12)


@given(text=texts)
def test_how_an_accent_is_composed_changes_nothing(text: str) -> None:
    apart, together = (unicodedata.normalize(form, text) for form in ("NFD", "NFC"))
    one, two = (with_change((*OWN, "says"), spelt) for spelt in (apart, together))
    assert identify(one) == identify(two)
    assert canonical({apart: apart}) == canonical({together: together})


def _turn_text(scenario: dict[str, Any], rng: random.Random) -> None:
    response = _response(scenario, rng)
    response[rng.choice(("says", "why"))] = "other"


def _turn_key(scenario: dict[str, Any], rng: random.Random) -> None:
    turn = rng.choice(list(scenario["turns"].values()))
    turn["weight"] = 11 - turn.get("weight", 1)


def _route(scenario: dict[str, Any], rng: random.Random) -> None:
    routes = _response(scenario, rng)["to"]
    routes[-1]["to"] = "e0" if routes[-1]["to"] != "e0" else "t0"


def _response(scenario: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    turn = rng.choice(list(scenario["turns"].values()))
    return rng.choice(list(turn["responses"].values()))


@given(
    scenario=scenarios(),
    seed=seeds,
    change=st.sampled_from([(_turn_text, "t"), (_turn_key, "k"), (_route, "g")]),
)
@settings(max_examples=scaled(200))
def test_a_typo_fix_a_rekeying_and_a_rerouting_are_told_apart(
    scenario: Scenario, seed: int, change: tuple[Callable[[dict[str, Any], random.Random], None], str]
) -> None:
    apply, expected = change
    mapping = raw(scenario)
    apply(mapping, random.Random(seed))
    assert changed_hashes(scenario, read(mapping)) == expected


@given(shape=st.builds(Shape), one=seeds, two=seeds)
@settings(max_examples=scaled(50))
def test_equal_hashes_mean_equal_scenarios(shape: Shape, one: int, two: int) -> None:
    first, second = make_scenario(shape, one), make_scenario(shape, two)
    assert (identify(first) == identify(second)) == (raw(first) == raw(second))


def test_the_canonical_form() -> None:
    assert canonical({"b": [1, None, True], "a": "é\n"}) == '{"a":"é\\n","b":[1,null,true]}'.encode()
    assert len(digest({})) == 64
    with pytest.raises(TypeError, match="float has no canonical form"):
        canonical({"a": [1.5]})


def test_the_base_scenario_survives_json() -> None:
    assert identify(read(json.loads(json.dumps(raw(read(BASE)))))) == identify(read(BASE))
