"""The golden attempts: every figure of the fixture, fractions exactly."""

import json
import math
from typing import Any

import golden
import pytest

from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.automaton import compile_scenario
from alliance_trainer.core.episodes import episodes_of
from alliance_trainer.core.errors import IllegalStepError
from alliance_trainer.core.replay import replay
from alliance_trainer.core.scoring import Scorecard, score
from alliance_trainer.core.tally import SkillScore
from alliance_trainer.reports.scorecard_data import debrief_data, not_scored_data, scorecard_data

SCENARIO = golden.scenario()
AUTOMATON = compile_scenario(SCENARIO)
ATTEMPTS: dict[str, Any] = golden.read("golden_mini.json")["attempts"]
ILLEGAL: dict[str, Any] = golden.read("golden_illegal.json")
MESSAGES = {
    "skips_node": "step 2: the attempt is at 'n2', the record says 'n3'",
    "unknown_option": "step 1: no response 'z' at 'n1'",
    "goes_on_after_end": "step 5: the attempt has ended at 'e-repaired', the record says 'n1'",
    "unfinished_but_complete": "the attempt is marked complete, but after step 2 it stands at 'n3' and has not ended",
    "bad_probe": "step 1: 'maybe' is no answer to 'what do you notice?'",
    "starts_elsewhere": "step 1: the attempt is at 'n1', the record says 'n2'",
}

attempts = pytest.mark.parametrize("name", ATTEMPTS)


def card_of(name: str) -> tuple[Scorecard, dict[str, Any]]:
    record = ATTEMPTS[name]["record"]
    return score(AUTOMATON, golden.steps(record), record["status"]), ATTEMPTS[name]["expected"]


def check_skill(found: SkillScore | None, expected: dict[str, Any]) -> None:
    assert found is not None
    assert (found.tally.points, found.tally.offered) == (expected["num"], expected["den"])
    assert (found.tally.moments, found.tally.regret) == (expected["n"], expected["regret"])
    assert found.score == golden.fraction(expected["S"])
    assert found.chance == golden.fraction(expected["chance"])
    assert found.above_chance == golden.fraction(expected["above_chance"])
    assert found.n_eff == golden.fraction(expected["n_eff"])
    assert found.n_star == golden.fraction(expected["n_star"])
    assert math.isclose(found.low, expected["ci"][0], abs_tol=1e-12)
    assert math.isclose(found.high, expected["ci"][1], abs_tol=1e-12)
    assert (found.tier != "counts") == expected["reported"]


@attempts
def test_skills(name: str) -> None:
    card, expected = card_of(name)
    for abstract, skill in golden.SKILL_NAMES.items():
        check_skill(card.skills[skill], expected["skills"][abstract])
    assert card.skills["recognition"] is None
    assert set(card.further.values()) == {None}


@attempts
def test_noticed(name: str) -> None:
    card, expected = card_of(name)
    probe = expected["recognition"]
    assert (card.noticed.n_ruptures, card.noticed.rupture_points) == (probe["ns"], probe["cs"])
    assert (card.noticed.n_foils, card.noticed.foil_points) == (probe["nn"], probe["cn"])
    assert card.noticed.score == golden.fraction(probe["S"])


@attempts
def test_harm_and_course(name: str) -> None:
    card, expected = card_of(name)
    assert list(card.harm) == expected["harm"]
    assert card.review == (expected["harm"][1] > 0)
    assert card.answers == expected["n_steps"]
    assert card.ending == (expected["end"] and golden.dashed(expected["end"]))
    assert card.outcome == expected.get("outcome")
    assert card.outcome_regret == expected.get("outcome_regret")
    assert card.best_outcome == 4
    turning = card.turning_points
    found = None if turning is None else [[point.turn, point.response, point.lost] for point in turning]
    assert found == expected.get("turning_points")


@attempts
def test_episodes(name: str) -> None:
    card, expected = card_of(name)
    found = [
        {
            "start": episode.first,
            "self_made": episode.trainee_made,
            "turns": episode.turns,
            "resolved": episode.resolved,
            "worsened": episode.worsened,
        }
        for episode in card.episodes
    ]
    assert found == expected["episodes"]
    assert [card.repair.resolved, card.repair.closed] == expected["repair"]
    assert [card.recovery.resolved, card.recovery.closed] == expected["recovery"]


def test_episodes_are_those_of_the_way_that_a_rewind_left() -> None:
    played = replay(SCENARIO, golden.steps(ATTEMPTS["rewound"]["record"]))
    assert episodes_of(SCENARIO, played) == card_of("perfect")[0].episodes


def test_statuses() -> None:
    statuses = {name: card_of(name)[0].status for name in ATTEMPTS}
    assert statuses.pop("abandoned") == "unfinished"
    assert statuses.pop("rewound") == "assisted"
    assert set(statuses.values()) == {"complete"}


def test_turns_to_the_first_strong_response() -> None:
    found = {name: [episode.turns_to_strong for episode in card_of(name)[0].episodes] for name in ATTEMPTS}
    assert found == {
        "perfect": [1],
        "worst_short": [None],
        "err_then_repair": [2],
        "err_no_repair": [None],
        "middling": [None],
        "ignores_then_recovers": [2],
        "abandoned": [None],
        "rewound": [],
    }


@pytest.mark.parametrize("name", ILLEGAL)
def test_illegal_paths_are_refused(name: str) -> None:
    record = ILLEGAL[name]["record"]
    with pytest.raises(IllegalStepError) as caught:
        score(AUTOMATON, golden.steps(record), record["status"])
    assert caught.value.message == MESSAGES[name]
    assert caught.value.hint


def test_the_alliance_curve_of_the_perfect_attempt() -> None:
    card, _ = card_of("perfect")
    assert [(point.turn, point.bond, point.tension, point.level) for point in card.alliance] == [
        ("n1", 60, 1, 60),
        ("n2", 63, 1, 61),
        ("n3", 78, 0, 66),
        ("n6", 93, 0, 71),
        (None, 93, 0, 71),
    ]


CONTRACT = (
    "attempt trainee scenario status reason mode receipt ending outcome best_outcome outcome_regret turning_points"
    " harm repair recovery alliance noticed skills further"
)


@attempts
def test_the_data_keeps_the_contract(name: str) -> None:
    card, expected = card_of(name)
    attempt = Attempt(attempt="k7q2m4", trainee="wren-27", scenario="mini", mode="assess", receipt="VJ7O", steps=())
    data = json.loads(json.dumps(debrief_data(attempt, card), allow_nan=False))
    assert (data["format"], data["version"]) == ("alliance-trainer/debrief", 1)
    assert set(CONTRACT.split()) <= set(data)
    assert [data[key] for key in ("attempt", "trainee", "scenario", "mode", "receipt", "reason")] == [
        *("k7q2m4", "wren-27", "mini", "assess", "VJ7O"),
        None,
    ]
    for abstract, skill in golden.SKILL_NAMES.items():
        numbers = expected["skills"][abstract]
        found = data["skills"][skill]
        assert found["score"] == numbers["num"] / numbers["den"]
        assert [found["points"], found["offered"], found["moments"]] == [
            *(numbers["num"], numbers["den"], numbers["n"])
        ]
        assert " ".join(found) == "points offered moments score low high chance above_chance tier"
        assert found["above_chance"] == numbers["above_chance"]["float"]
    assert data["skills"]["recognition"] is None
    assert data["further"] == {"inquiry": None, "empathy": None, "shifts": None}
    assert data["noticed"]["score"] == expected["recognition"]["S"]["float"]
    assert data["noticed"]["points"] == expected["recognition"]["cs"] + expected["recognition"]["cn"]
    assert data["repair"] == dict(zip(("resolved", "closed"), expected["repair"], strict=True))
    assert {"turn", "bond", "task", "goal", "tension"} <= set(data["alliance"][0])
    assert data["harm"] == expected["harm"]
    assert data["outcome"] == expected.get("outcome")


def test_an_attempt_that_is_not_scored_has_the_same_keys() -> None:
    attempt = Attempt(attempt="a", trainee="t", scenario="mini", steps=())
    scored = scorecard_data(attempt, card_of("perfect")[0])
    refused = not_scored_data(attempt, "step 2: no such response")
    assert refused.keys() == scored.keys()
    assert (refused["status"], refused["reason"]) == ("not-scored", "step 2: no such response")
    assert refused["skills"] is None
