"""The engine and the compiled automaton say the same at every step of random plays."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from naive_scorer import reach
from random_scenarios import Shape, make_scenario, played, rebuilt, scenarios, seeds, shapes
from sizes import scaled

from alliance_trainer.core import engine
from alliance_trainer.core.automaton import UNKNOWN, Automaton, compile_scenario, facts_of
from alliance_trainer.core.conditions import Visited
from alliance_trainer.core.engine import State
from alliance_trainer.core.errors import IllegalStepError
from alliance_trainer.core.model import Scenario

BUDGET = 200
STEPS = 20


def agree(automaton: Automaton, state: State, place: int) -> None:
    """Everything the automaton knows about a place is true of the state that stands there."""
    scenario = automaton.scenario
    assert automaton.place_of(state) == place
    if state.ended:
        assert automaton.ending_at(place) == state.place
        return
    situation = automaton.situations[place]
    assert automaton.ending_at(place) is None
    assert situation.turn == state.place
    assert situation.facts == facts_of(automaton.live[state.place], state)
    assert list(situation.moves) == list(engine.offered(scenario, state))


def follow(automaton: Automaton, rng: random.Random) -> int:
    """One random play through both; gives the number of steps."""
    scenario = automaton.scenario
    state, place = engine.begin(scenario), 0
    agree(automaton, state, place)
    for step in range(STEPS):
        offered = list(engine.offered(scenario, state))
        if not offered:
            return step
        response = rng.choice(offered)
        state, happened = engine.respond(scenario, state, response)
        place = automaton.situations[place].moves[response]
        if place == UNKNOWN:
            assert not automaton.complete
            return step
        assert happened.ended == (automaton.ending_at(place) is not None)
        agree(automaton, state, place)
    return STEPS


@given(scenario=scenarios(), seed=seeds)
@settings(max_examples=scaled(1_500))
def test_both_agree_on_every_step_of_random_plays(scenario: Scenario, seed: int) -> None:
    automaton = compile_scenario(scenario, BUDGET)
    rng = random.Random(seed)
    lengths = [follow(automaton, rng) for _ in range(5)]
    assert max(lengths) <= STEPS


@given(scenario=scenarios())
@settings(max_examples=scaled(200))
def test_the_outlook_is_what_a_full_search_finds(scenario: Scenario) -> None:
    automaton, best = compile_scenario(scenario, BUDGET), reach(scenario, cap=BUDGET)
    if automaton.complete and best is not None:
        start = best[(scenario.start, tuple(sorted(scenario.start_values.items())), frozenset(), frozenset())]
        assert automaton.outlook[0] == (None if start < 0 else start)
        known = {-1 if value is None else value for value in automaton.outlook[: len(automaton.situations)]}
        assert known == {value for world, value in best.items() if world[0] in scenario.turns}


@given(shape=shapes(), seed=seeds)
@settings(max_examples=scaled(100))
def test_without_conditions_there_is_one_situation_a_turn(shape: Shape, seed: int) -> None:
    bare = Shape(turns=shape.turns, responses=shape.responses, conditions=False, loops=shape.loops)
    automaton = compile_scenario(make_scenario(bare, seed))
    turns = [situation.turn for situation in automaton.situations]
    assert automaton.complete
    assert len(turns) == len(set(turns)) <= shape.turns
    assert all(situation.facts == () for situation in automaton.situations)


@given(scenario=scenarios(), budget=st.integers(1, 4))
@settings(max_examples=scaled(100))
def test_a_budget_that_is_reached_is_said(scenario: Scenario, budget: int) -> None:
    small, large = compile_scenario(scenario, budget), compile_scenario(scenario, BUDGET)
    assert len(small.situations) <= budget
    assert small.complete == (large.complete and len(large.situations) <= budget)
    unknown = any(UNKNOWN in situation.moves.values() for situation in small.situations)
    assert unknown != small.complete


@given(pair=played(rewinds=False))
@settings(max_examples=scaled(200))
def test_undo_leads_back_step_by_step(pair: tuple) -> None:
    scenario, play = pair
    state = engine.begin(scenario)
    before = []
    for step in play.steps:
        before.append(state)
        state, _ = engine.respond(scenario, state, step.response)
    assert state == play.state
    assert state.depth == len(play.steps)
    while before:
        state = engine.undo(state)
        assert state == before.pop()
    with pytest.raises(IllegalStepError, match="nothing to undo"):
        engine.undo(state)


SMALL = Scenario.model_validate(
    {
        "format": 1,
        "id": "small",
        "title": "Small",
        "summary": "...",
        "patient": {"name": "P", "age": "40"},
        "briefing": "...",
        "start": "one",
        "variables": {"told": {"start": 0, "min": 0, "max": 1}},
        "turns": {
            "one": {
                "patient": ["hello", {"says": "still here", "when": "visited(one)"}],
                "responses": {
                    "again": {
                        "says": "...",
                        "why": "...",
                        "effects": {"told": "1"},
                        "reply": [{"shows": "nods", "when": "told == 1"}, "yes"],
                        "to": [{"when": "told == 1 and chose(one.again)", "to": "two"}, "one"],
                    },
                    "late": {"says": "...", "why": "...", "when": "told == 1", "to": "gone"},
                },
            },
            "two": {
                "patient": "...",
                "responses": {
                    "back": {"says": "...", "why": "...", "to": "one"},
                    "out": {"says": "...", "why": "...", "to": "gone"},
                },
            },
        },
        "endings": {"gone": {"outcome": "dropout", "debrief": "...", "patient": ["bye"]}},
    }
)


def test_reply_then_effects_then_the_way_on_then_the_next_beats() -> None:
    state = engine.begin(SMALL)
    assert list(engine.offered(SMALL, state)) == ["again"]
    assert [beat.says for beat in engine.beats(SMALL, state)] == ["hello"]
    state, happened = engine.respond(SMALL, state, "again")
    assert [beat.says for beat in happened.reply] == ["yes"]  # the reply is chosen before the effects
    assert (happened.before["told"], happened.after["told"]) == (0, 1)
    assert (happened.to, happened.ended) == ("two", False)  # the way on is decided after them
    state, _ = engine.respond(SMALL, state, "back")
    assert [beat.says for beat in engine.beats(SMALL, state)] == ["hello", "still here"]
    assert list(engine.offered(SMALL, state)) == ["again", "late"]
    state, happened = engine.respond(SMALL, state, "late")
    assert (state.place, state.ended, happened.ended) == ("gone", True, True)
    assert engine.offered(SMALL, state) == {}
    assert [beat.says for beat in engine.beats(SMALL, state)] == ["bye"]


def test_what_is_not_possible_is_refused_in_words() -> None:
    state = engine.begin(SMALL)
    with pytest.raises(IllegalStepError, match="'late' is not on offer at 'one' now"):
        engine.respond(SMALL, state, "late")
    with pytest.raises(IllegalStepError, match="no response 'x' at 'one'"):
        engine.respond(SMALL, state, "x")
    with pytest.raises(IllegalStepError, match="there is no turn 'x' in 'small'"):
        engine.begin(SMALL, at="x")
    with pytest.raises(IllegalStepError, match="cannot go back to 'two'"):
        engine.rewind(state, "two")
    ended, _ = engine.respond(SMALL, engine.begin(SMALL, at="two"), "out")
    with pytest.raises(IllegalStepError, match="the attempt ended at 'gone'"):
        engine.respond(SMALL, ended, "out")
    assert engine.rewind(ended, "two") == engine.begin(SMALL, at="two")


def test_going_back_takes_an_answer_back_that_led_to_its_own_turn() -> None:
    responses = {
        "again": {"says": "...", "why": "...", "to": "one"},
        "out": {"says": "...", "why": "...", "to": "gone"},
    }
    scenario = rebuilt(SMALL, turns={"one": {"patient": "...", "responses": responses}})
    states = [engine.begin(scenario)]
    for _ in range(3):
        states.append(engine.respond(scenario, states[-1], "again")[0])
    assert [engine.rewind(state, "one") for state in states] == [states[0], *states[:-1]]


def test_a_way_to_nowhere_is_refused_and_makes_the_automaton_incomplete() -> None:
    lost = rebuilt(SMALL, start="two", endings={"other": {"outcome": "dropout", "debrief": "..."}})
    automaton = compile_scenario(lost)
    assert not automaton.complete
    assert automaton.situations[0].moves["out"] == UNKNOWN
    with pytest.raises(IllegalStepError, match="leads to 'gone', which does not exist"):
        engine.respond(lost, engine.begin(lost), "out")


def test_only_what_is_read_later_is_kept() -> None:
    automaton = compile_scenario(SMALL)
    live = {turn: [feature.fact for feature in features] for turn, features in automaton.live.items()}
    # Not visited(one), which only a beat reads; not chose(one.again), which is true once it is asked
    assert live == {"one": ["told"], "two": ["told"]}
    with_beats = compile_scenario(SMALL, beats=True)
    assert Visited(turn="one") in [feature.fact for feature in with_beats.live["one"]]
    assert automaton.complete
    # one: at first; two: told; one: told, having chosen `again`
    assert [situation.turn for situation in automaton.situations] == ["one", "two", "one"]
    assert automaton.way_to(2) == (("one", "again"), ("two", "back"))
