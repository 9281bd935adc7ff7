"""What a response does to the variables: the default rule, the author's own effects, the bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_scenarios import scenarios

from alliance_trainer.core import effects
from alliance_trainer.core.model import ALLIANCE_BOUNDS, Response, Scenario


def response(**fields: object) -> Response:
    return Response(says="...", why="...", to="on", **fields)


def four(recognition: int, nondefensiveness: int, metacommunication: int, responsibility: int) -> dict[str, int]:
    return {
        "recognition": recognition,
        "nondefensiveness": nondefensiveness,
        "metacommunication": metacommunication,
        "responsibility": responsibility,
    }


@pytest.mark.parametrize(
    ("rates", "harm", "changes"),
    [
        ({}, 0, {}),
        (four(2, 2, 2, 2), 0, {"bond": 24, "tension": -1}),
        (four(1, 1, 1, 1), 0, {"bond": 12, "tension": -1}),
        (four(1, 1, 1, 0), 0, {"bond": 9}),
        (four(-1, 0, 0, 0), 0, {"bond": -3}),
        (four(-1, -1, 0, 0), 0, {"bond": -6, "tension": 1}),
        (four(-2, -2, -2, -2), 2, {"bond": -24, "tension": 3}),
        (four(1, -1, 0, 0), 1, {"tension": 1}),
        ({"empathy": 2, "inquiry": -2, "shifts": 2}, 0, {}),
        ({"responsibility": 2, "empathy": -2}, 0, {"bond": 6}),
    ],
)
def test_the_default_rule(rates: dict, harm: int, changes: dict) -> None:
    assert effects.changes_of(response(rates=rates, harm=harm)) == changes


def test_own_effects_replace_the_default_rule() -> None:
    own = {"goal": -3, "trust": 1}
    assert effects.changes_of(response(rates=four(2, 2, 2, 2), harm=1, effects=own)) == own
    assert effects.changes_of(response(rates=four(2, 2, 2, 2), effects={})) == {}


@given(
    scenario=scenarios(),
    changes=st.dictionaries(st.sampled_from([*ALLIANCE_BOUNDS, "v0", "none"]), st.integers(-100, 100)),
)
def test_values_stay_inside_their_bounds(scenario: Scenario, changes: dict) -> None:
    before = scenario.start_values
    after = effects.apply(scenario, before, changes)
    assert after.keys() == before.keys()
    for name, value in after.items():
        low, high = scenario.bounds[name]
        wanted = before[name] + changes.get(name, 0)
        assert low <= value <= high
        assert value == sorted((low, wanted, high))[1]


@pytest.mark.parametrize(
    ("bond", "task", "goal", "level"),
    [
        (60, 60, 60, 60),
        (0, 0, 0, 0),
        (100, 100, 100, 100),
        (60, 60, 61, 60),
        (60, 61, 61, 61),
        (1, 0, 0, 0),
        (1, 1, 0, 1),
    ],
)
def test_the_level_is_the_mean_rounded(bond: int, task: int, goal: int, level: int) -> None:
    assert effects.level({"bond": bond, "task": task, "goal": goal}) == level
