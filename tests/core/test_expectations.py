"""Tests inside a scenario: one built from a play passes, and changed in one point it fails and names that point."""

from fractions import Fraction
from math import ceil, floor
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from naive_scorer import SEVEN, moves, naive_score, start
from random_scenarios import Play, played, raw, rebuilt
from sizes import scaled

from alliance_trainer.core.expectations import Failure, covered, outcome_of
from alliance_trainer.core.model import Expectation, Scenario

plays = played(rewinds=False)


def percents(scenario: Scenario, play: Play) -> dict[str, Fraction | None]:
    """What the second scorer makes of the play, for each skill; None where there was no moment for it."""
    skills = naive_score(scenario, play.steps, play.status, None)["skills"]
    return {name: skills[name] and 100 * skills[name][0] for name in SEVEN}


def met(play: Play) -> list[str]:
    """The turns of the play, that included where it stands."""
    return [step.turn for step in play.steps] + ([] if play.state.ended else [play.state.place])


def written(scenario: Scenario, play: Play) -> dict[str, Any]:
    """The test that says exactly what the play did."""
    assume(play.steps)
    found = {name: percent for name, percent in percents(scenario, play).items() if percent is not None}
    made: dict[str, Any] = {
        "choose": [step.response for step in play.steps],
        "turns": met(play),
        "scores": {name: {"at_least": floor(percent), "at_most": ceil(percent)} for name, percent in found.items()},
    }
    return made | ({"ending": play.state.place} if play.state.ended else {})


def failures(scenario: Scenario, test: dict[str, Any]) -> tuple[Failure, ...]:
    return outcome_of(scenario, Expectation.model_validate(test))


def paths(scenario: Scenario, test: dict[str, Any]) -> list[tuple[str, ...]]:
    found = failures(scenario, test)
    assert all(failure.message.endswith(".") and failure.hint.endswith(".") for failure in found)
    return [failure.path for failure in found]


@given(plays, st.data())
@settings(max_examples=scaled(400))
def test_a_test_built_from_a_play_passes_and_so_does_any_part_of_it(pair: tuple[Scenario, Play], data: Any) -> None:
    scenario, play = pair
    test = written(scenario, play)
    assert failures(scenario, test) == ()
    kept = [turn for turn in test["turns"] if data.draw(st.booleans())]
    choices = test["choose"][: data.draw(st.integers(1, len(play.steps)))]
    assert failures(scenario, {"choose": test["choose"], "turns": kept}) == ()
    assert failures(scenario, {"choose": choices, "turns": test["turns"][: len(choices)]}) == ()


@given(plays, st.data())
@settings(max_examples=scaled(400))
def test_a_choice_that_is_not_on_offer_is_the_one_failure(pair: tuple[Scenario, Play], data: Any) -> None:
    scenario, play = pair
    test = written(scenario, play)
    index = data.draw(st.integers(0, len(play.steps) - 1))
    world = start(scenario)
    for choice in test["choose"][:index]:
        world = moves(scenario, world)[choice]
    offered = list(moves(scenario, world))
    every = [*{name: 0 for turn in scenario.turns.values() for name in turn.responses}, "nothing"]
    other = data.draw(st.sampled_from([name for name in every if name not in offered]))
    test["choose"][index] = other
    (found,) = failures(scenario, test)
    assert found.path == ("choose", str(index))
    assert repr(world[0]) in found.message
    assert repr(other) in found.message
    assert ("`when`" in found.message) == (other in scenario.turns[world[0]].responses)
    assert all(name in found.hint for name in offered)


@given(plays)
@settings(max_examples=scaled(200))
def test_a_choice_after_the_ending_is_left_over(pair: tuple[Scenario, Play]) -> None:
    scenario, play = pair
    assume(play.state.ended)
    test = written(scenario, play)
    test["choose"] += ["r0", "r1"]
    (found,) = failures(scenario, test)
    assert found.path == ("choose", str(len(play.steps)))
    assert repr(play.state.place) in found.message
    assert f"{len(play.steps)} answer" in found.message


@given(plays)
@settings(max_examples=scaled(200))
def test_another_ending_is_the_one_failure(pair: tuple[Scenario, Play]) -> None:
    scenario, play = pair
    test = written(scenario, play)
    for ending in [*scenario.endings, "nowhere"]:
        wrong = failures(scenario, test | {"ending": ending})
        if play.state.ended and ending == play.state.place:
            assert wrong == ()
        else:
            assert [failure.path for failure in wrong] == [("ending",)]
            assert repr(play.state.place) in wrong[0].message


@given(plays, st.data())
@settings(max_examples=scaled(200))
def test_a_turn_that_is_not_met_there_is_the_one_failure(pair: tuple[Scenario, Play], data: Any) -> None:
    scenario, play = pair
    test = written(scenario, play)
    index = data.draw(st.integers(0, len(test["turns"])))
    turns = [*test["turns"][:index], "nowhere", *test["turns"][index:]]
    assert paths(scenario, test | {"turns": turns}) == [("turns", str(index))]
    once_more = [*test["turns"], test["turns"][-1]]  # met, but not after itself
    assert paths(scenario, test | {"turns": once_more}) == [("turns", str(len(test["turns"])))]


@given(plays)
@settings(max_examples=scaled(300))
def test_a_bound_that_is_missed_is_the_one_failure(pair: tuple[Scenario, Play]) -> None:
    scenario, play = pair
    test = written(scenario, play)
    for name, percent in percents(scenario, play).items():
        if percent is None:
            assert paths(scenario, test | {"scores": test["scores"] | {name: {}}}) == [("scores", name)]
            continue
        for bound, number in (("at_least", floor(percent) + 1), ("at_most", ceil(percent) - 1)):
            if 0 <= number <= 100:
                scores = test["scores"] | {name: test["scores"][name] | {bound: number}}
                if bound == "at_least":
                    scores[name]["at_most"] = 100
                else:
                    scores[name]["at_least"] = 0
                assert paths(scenario, test | {"scores": scores}) == [("scores", name, bound)]


@given(plays, st.data())
@settings(max_examples=scaled(200))
def test_what_the_tests_cover_is_what_they_say(pair: tuple[Scenario, Play], data: Any) -> None:
    scenario, play = pair
    test = written(scenario, play)
    said = {(step.turn, step.response) for step in play.steps}
    assert covered(scenario) == frozenset()
    assert covered(rebuilt(scenario, tests={"all": test})) == said
    index = data.draw(st.integers(0, len(play.steps) - 1))
    broken = {"choose": [*test["choose"][:index], "nothing", *test["choose"][index:]]}
    assert covered(rebuilt(scenario, tests={"broken": broken})) == {
        (step.turn, step.response) for step in play.steps[:index]
    }
    assert covered(rebuilt(scenario, tests={"broken": broken, "all": test})) == said


def scenario_of(points: int, offered: int) -> Scenario:
    """One turn, at which `chosen` takes so many of so many points for recognition."""
    response = {"says": "...", "why": "...", "to": "done"}
    rates = {"low": 0, "chosen": points, "high": offered}
    responses = {name: response | {"rates": {"recognition": rate - 2}} for name, rate in rates.items()}
    return Scenario.model_validate(
        {
            "format": 1,
            "id": "one",
            "title": "One",
            "summary": "One turn.",
            "patient": {"name": "P", "age": 40},
            "briefing": "None.",
            "start": "here",
            "turns": {"here": {"patient": "...", "responses": responses}},
            "endings": {"done": {"outcome": "partly", "debrief": "..."}},
        }
    )


@pytest.mark.parametrize(
    ("points", "offered", "bounds", "said"),
    [
        (3, 4, {"at_least": 75, "at_most": 75}, None),
        (3, 4, {"at_least": 76}, "75 % (3 of 4 points), less than 76"),
        (3, 4, {"at_most": 74}, "75 % (3 of 4 points), more than 74"),
        (2, 3, {"at_least": 66, "at_most": 67}, None),
        (2, 3, {"at_least": 67}, "66.6 % (2 of 3 points), less than 67"),
        (2, 3, {"at_most": 66}, "66.7 % (2 of 3 points), more than 66"),
        (0, 4, {"at_most": 0}, None),
        (4, 4, {"at_least": 100}, None),
    ],
)
def test_scores_are_compared_exactly_and_shown_on_the_side_where_they_lie(
    points: int, offered: int, bounds: dict[str, int], said: str | None
) -> None:
    found = failures(scenario_of(points, offered), {"choose": "chosen", "scores": {"recognition": bounds}})
    assert [said in failure.message for failure in found if said] == ([True] if said else [])
    assert bool(found) == bool(said)


def test_what_is_on_offer_is_listed_and_the_nearest_suggested() -> None:
    (found,) = failures(scenario_of(1, 3), {"choose": "choosen"})
    assert found.message == "Here it stands at the turn 'here', and there is no response 'choosen'."
    assert found.hint == "Did you mean 'chosen'? On offer there: low, chosen or high."


def staying(scenario: Scenario) -> Scenario:
    """The same with `low` leading back to the turn."""
    mapping = raw(scenario)
    mapping["turns"]["here"]["responses"]["low"]["to"] = "here"
    return Scenario.model_validate(mapping)


def test_a_play_that_stops_says_where_it_stands() -> None:
    (found,) = failures(staying(scenario_of(1, 3)), {"choose": "low", "ending": "done"})
    assert found.message == "It has not ended: after the last choice it stands at the turn 'here'."
    assert "low, chosen or high" in found.hint


def test_only_first_answers_count_as_in_a_real_attempt() -> None:
    test = {"choose": ["low", "high"], "ending": "done", "scores": {"recognition": {"at_most": 0}}}
    assert failures(staying(scenario_of(1, 4)), test) == ()


def test_a_response_whose_condition_does_not_hold_is_told_from_one_that_is_not_there() -> None:
    mapping = raw(scenario_of(1, 3))
    mapping["turns"]["here"]["responses"]["high"]["when"] = "trust > 4"
    (found,) = failures(Scenario.model_validate(mapping), {"choose": "high"})
    assert (
        found.message == "Here it stands at the turn 'here', and 'high' is not on offer now: its `when` does not hold."
    )
    assert "low or chosen" in found.hint
