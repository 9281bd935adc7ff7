"""Statements of the Experience API: valid, the same bytes each time, an id for each fact, and nothing hostile alive."""

import json
import random
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from sizes import scaled
from told_attempts import hostile, told

from alliance_trainer.cohort.told import Told
from alliance_trainer.core.clean import clean
from alliance_trainer.core.vocabulary.skills import SKILLS
from alliance_trainer.reports.xapi import HOME_PAGE, is_home_page, statements

SCHEMA = json.loads((Path(__file__).parent.parent / "data" / "xapi-statement.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
LIVE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
STARTED = "2026-11-02T09:14:00Z"


def of(*attempts: Told, **how: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in b"".join(statements(attempts, **how)).splitlines()]


def verb(statement: dict[str, Any]) -> str:
    return str(statement["verb"]["id"]).rpartition("/")[2]


def assert_valid(statement: dict[str, Any]) -> None:
    VALIDATOR.validate(statement)
    score = statement.get("result", {}).get("score")
    assert score is None or (score["min"] <= score["raw"] <= score["max"] and score["min"] < score["max"])
    assert "null" not in json.dumps(statement), "the format knows no nulls"


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("number", range(16))
def test_every_statement_is_valid_and_says_what_the_scorer_says(number: int) -> None:
    one = told(number, started=STARTED, cohort="autumn", occasion="pre", mode="assess")
    found = of(one)
    for statement in found:
        assert_valid(statement)
        assert statement["actor"]["account"] == {"homePage": HOME_PAGE, "name": one.attempt.trainee}
        assert statement["timestamp"] == STARTED
    assert len({statement["id"] for statement in found}) == len(found)
    assert len({statement["context"]["registration"] for statement in found}) == 1
    answered = [statement for statement in found if verb(statement) == "answered"]
    assert [statement["result"]["response"] for statement in answered] == [
        exchange.response_id for exchange in one.course.exchanges
    ]
    text = json.dumps(found)
    assert not [
        said for turn in one.course.scenario.turns.values() for said in turn.responses.values() if said.says in text
    ]
    completed = [statement for statement in found if verb(statement) == "completed"]
    whole = [statement for statement in completed if statement["object"]["id"].endswith(one.attempt.scenario)]
    assert len(whole) == (one.scored.ending is not None)
    for skill in SKILLS:
        figures = one.scored.skills[skill]
        (said, *more) = [statement for statement in completed if f":skill:{skill}" in statement["object"]["id"]] or [
            None
        ]
        assert not more
        assert (said is None) == (figures is None)
        if said is not None and figures is not None:
            score = {"scaled": figures.score, "raw": figures.points, "min": 0, "max": figures.offered}
            assert said["result"]["score"] == score
            assert said["context"]["contextActivities"]["parent"][0]["id"].endswith(one.attempt.scenario)


def test_an_attempt_says_the_same_bytes_each_time_and_stands_for_itself() -> None:
    everyone = [told(number) for number in range(12)]
    whole = list(statements(everyone))
    assert whole == list(statements([told(number) for number in range(12)]))
    rng = random.Random(1)
    rng.shuffle(everyone)
    assert sorted(statements(everyone)) == sorted(whole)
    assert len({json.loads(line)["id"] for line in whole}) == len(whole)


def test_another_key_or_home_page_makes_another_statement_of_the_score_and_of_nothing_else() -> None:
    import msgspec

    one = told(3)
    identity = msgspec.structs.replace(one.identity, key="0" * 64)
    again = {statement["id"]: statement for statement in of(msgspec.structs.replace(one, identity=identity))}
    same = [statement for statement in of(one) if statement["id"] in again]
    assert {verb(statement) for statement in same} == {"attempted"}
    elsewhere = of(one, home_page="https://school.example/")
    assert not {statement["id"] for statement in elsewhere} & {statement["id"] for statement in of(one)}
    assert elsewhere[0]["actor"]["account"]["homePage"] == "https://school.example/"


@pytest.mark.parametrize(
    ("started", "kept"),
    [
        (STARTED, True),
        ("2026-11-02T09:14:00.5+01:00", True),
        ("2026-02-30T09:14:00Z", False),
        ("2026-11-02 09:14", False),
        ("2026-11-02T09:14:00", False),
        ("yesterday", False),
        (None, False),
    ],
)
def test_only_a_true_time_becomes_the_time(started: str | None, kept: bool) -> None:
    for statement in of(told(2, started=started)):
        assert ("timestamp" in statement) == kept


@pytest.mark.parametrize("home", ["https://school.example/", "urn:x:y", "mailto:a@b"])
def test_an_address_can_be_a_home_page(home: str) -> None:
    assert is_home_page(home)
    assert_valid(of(told(1), home_page=home)[0])


@pytest.mark.parametrize("home", ["", "school", "https://a b/", "https://<x>", "urn:\x1b[31m", "urn:\u202ex", ":x"])
def test_other_words_cannot(home: str) -> None:
    assert not is_home_page(home)


def test_hostile_names_and_texts_are_dead_in_every_statement() -> None:
    rng = random.Random(4)
    fields = ("attempt", "trainee", "cohort", "occasion", "started", "scenario_sha256")
    ids = set()
    count = 0
    for number in range(scaled(60)):
        names = dict(zip(fields, (f"{number}{hostile(rng)}", *(hostile(rng) for _ in fields[1:])), strict=True))
        for line in statements([told(number % 20, **names)]):
            text = line.decode()
            assert text.isprintable() or not LIVE.search(text[:-1])
            statement = json.loads(text)
            assert_valid(statement)
            for word in strings(statement):
                assert clean(word) == word
            ids.add(statement["id"])
            count += 1
    assert len(ids) == count


def strings(value: object) -> list[str]:
    match value:
        case dict():
            return [word for key, inner in value.items() for word in (str(key), *strings(inner))]
        case list():
            return [word for inner in value for word in strings(inner)]
        case str():
            return [value]
        case _:
            return []
