"""Plays by the batch are the plays of the engine, one by one, for the same seed and policy."""

from collections import Counter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from random_scenarios import Shape, make_scenario, seeds, shapes
from sizes import scaled

from alliance_trainer.analysis import simulation
from alliance_trainer.analysis.coverage import least_used
from alliance_trainer.analysis.cue_policies import POLICY_NAMES, policy_named
from alliance_trainer.analysis.moves import moves_of, scoring_automaton
from alliance_trainer.core import engine
from alliance_trainer.core.engine import TURN_CAP
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.vocabulary.skills import SKILLS

PLAYS = 150


def by_the_engine(scenario: Scenario, moves, probabilities, seed: int) -> tuple[Counter, Counter]:
    """Play by play: the policy's shares for the state at hand, and the number drawn for this play and step."""
    ends: Counter = Counter()
    given_: Counter = Counter()
    drawn = {}
    for play in range(PLAYS):
        state = engine.begin(scenario)
        for step in range(TURN_CAP):
            offered = list(engine.offered(scenario, state))
            if not offered:
                break
            if step not in drawn:
                drawn[step] = simulation.draws(seed, 0, step)
            place = moves.automaton.place_of(state)
            first = int(moves.first[place])
            share, name = 0.0, offered[-1]
            for at in range(len(offered) - 1):
                share += float(probabilities[first + at])
                if int(drawn[step][play]) < share * 2**30 - 1e-3:
                    name = offered[at]
                    break
            given_[state.place, name] += 1
            state, _ = engine.respond(scenario, state, name)
        ends[state.place if state.ended else None] += 1
    return ends, given_


@given(shape=shapes(), scenario_seed=seeds, seed=st.integers(0, 2**31), policy=st.sampled_from(POLICY_NAMES))
@settings(max_examples=scaled(8))
def test_the_same_plays_as_the_engine(shape, scenario_seed: int, seed: int, policy: str) -> None:
    scenario = make_scenario(shape, scenario_seed)
    automaton = scoring_automaton(scenario, 500)
    assume(automaton.complete)
    moves = moves_of(automaton)
    probabilities = policy_named(policy)(moves)
    found = simulation.simulate(simulation.tables(moves, probabilities), PLAYS, seed)
    ends, given_ = by_the_engine(scenario, moves, probabilities, seed)
    assert found.endings == {name: ends[name] for name in scenario.endings}
    assert found.unfinished == ends[None]
    assert found.responses == {name: given_[name] for name in found.responses}


@given(shape=shapes(), scenario_seed=seeds)
@settings(max_examples=scaled(60))
def test_every_policy_shares_out_each_situation(shape, scenario_seed: int) -> None:
    automaton = scoring_automaton(make_scenario(shape, scenario_seed), 500)
    assume(automaton.complete)
    moves = moves_of(automaton)
    for name in POLICY_NAMES:
        shares = policy_named(name)(moves)
        assert (shares >= 0).all()
        for place in range(moves.situations):
            first, count = int(moves.first[place]), int(moves.count[place])
            assert count == 0 or shares[first : first + count].sum() == pytest.approx(1)


@given(shape=shapes(), scenario_seed=seeds, seed=st.integers(0, 2**31))
@settings(max_examples=scaled(8))
def test_a_play_can_be_had_again(shape, scenario_seed: int, seed: int) -> None:
    scenario = make_scenario(shape, scenario_seed)
    automaton = scoring_automaton(scenario, 500)
    assume(automaton.complete)
    moves = moves_of(automaton)
    ready = simulation.tables(moves, policy_named("random")(moves))
    ends: Counter = Counter()
    for play in range(50):
        state = engine.begin(scenario)
        for turn, name in simulation.replayed(ready, play, seed):
            assert turn == state.place
            state, _ = engine.respond(scenario, state, name)
        ends[state.place if state.ended else None] += 1
    found = simulation.simulate(ready, 50, seed)
    assert found.endings == {name: ends[name] for name in scenario.endings}


def test_more_plays_than_one_batch_begin_with_the_same_plays() -> None:
    scenario = make_scenario_of_size()
    moves = moves_of(scoring_automaton(scenario))
    ready = simulation.tables(moves, policy_named("random")(moves))
    plays = 2 * simulation.BATCH + 17
    found = simulation.simulate(ready, plays, seed=5)
    assert found.plays == plays == sum(found.endings.values()) + found.unfinished
    last = simulation.replayed(ready, plays - 1, seed=5)
    assert last[0][0] == scenario.start
    assert found == simulation.simulate(ready, plays, seed=5)
    assert found.responses != simulation.simulate(ready, plays, seed=6).responses


def make_scenario_of_size() -> Scenario:
    return make_scenario(Shape(turns=6, responses=5, loops=False), 3)


def test_least_used_takes_every_response_within_few_plays() -> None:
    scenario = make_scenario_of_size()
    automaton = scoring_automaton(scenario)
    moves = moves_of(automaton)
    found = least_used(moves, 40, seed=1)
    reachable = set(automaton.taken)
    assert {name for name, count in found.responses.items() if count} == reachable
    assert sum(found.endings.values()) + found.unfinished == 40
    assert set(found.skills) == set(SKILLS)
