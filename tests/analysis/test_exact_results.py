"""Exact results on the automaton equal what enumerating every play of a random small scenario gives."""

import math

import pytest
from enumeration import FullPlay, TooManyError, all_plays, all_states
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from random_scenarios import Shape, make_scenario, seeds
from sizes import scaled

from alliance_trainer.analysis import extremes
from alliance_trainer.analysis.march import results
from alliance_trainer.analysis.moves import Moves, moves_of, scoring_automaton
from alliance_trainer.analysis.policies import POLICIES, random
from alliance_trainer.analysis.report import analyse
from alliance_trainer.analysis.simulation import simulate, tables
from alliance_trainer.analysis.ways import one_good_route, ways
from alliance_trainer.core import conditions, engine
from alliance_trainer.core.automaton import compile_scenario
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.vocabulary.outcomes import OUTCOME_VALUES
from alliance_trainer.core.vocabulary.skills import RATED, SKILLS

BUDGET = 2_000


def straight() -> st.SearchStrategy[Scenario]:
    """Scenarios without loops, so that every play ends."""
    shape = st.builds(
        Shape,
        turns=st.integers(1, 5),
        responses=st.integers(1, 4),
        conditions=st.booleans(),
        loops=st.just(False),
        effects=st.booleans(),
        weights=st.booleans(),
        further=st.booleans(),
        quiet=st.booleans(),
    )
    return st.builds(make_scenario, shape, seeds)


def looped() -> st.SearchStrategy[Scenario]:
    """Scenarios whose ways may go round in circles."""
    return st.builds(make_scenario, st.builds(Shape, turns=st.integers(1, 4), responses=st.integers(1, 3)), seeds)


def plays_of(scenario: Scenario) -> list[FullPlay]:
    try:
        return all_plays(scenario)
    except TooManyError:
        assume(False)
        raise


def exact_moves(scenario: Scenario) -> Moves:
    automaton = scoring_automaton(scenario, BUDGET)
    assume(automaton.complete)
    return moves_of(automaton)


def spread(plays: list[FullPlay], column: int) -> tuple[float | None, float | None]:
    """Mean and standard deviation of the score over the plays that meet the skill."""
    met = [(play.probability, play.points[column] / play.offered[column]) for play in plays if play.offered[column]]
    mass = sum(probability for probability, _ in met)
    if not met:
        return None, None
    mean = sum(probability * score for probability, score in met) / mass
    return mean, math.sqrt(sum(probability * (score - mean) ** 2 for probability, score in met) / mass)


@given(scenario=straight())
@settings(max_examples=scaled(150))
def test_random_play_and_its_spread(scenario: Scenario) -> None:
    plays, moves = plays_of(scenario), exact_moves(scenario)
    found = results(moves, random(moves), RATED)
    for name in scenario.endings:
        assert found.endings[name] == pytest.approx(sum(play.probability for play in plays if play.ending == name))
    assert found.unfinished == pytest.approx(sum(play.probability for play in plays if play.ending is None))
    for column, skill in enumerate(RATED):
        mean, sd = spread(plays, column)
        assert found.skills[skill].mean == (None if mean is None else pytest.approx(mean, abs=1e-9))
        assert found.skills[skill].sd == (None if sd is None else pytest.approx(sd, abs=1e-6))


@given(scenario=straight())
@settings(max_examples=scaled(150))
def test_ways_and_their_lengths(scenario: Scenario) -> None:
    ended = [play for play in plays_of(scenario) if play.ending is not None]
    automaton = compile_scenario(scenario, BUDGET)
    assume(automaton.complete)
    found = ways(automaton)
    assert found.paths == len(ended)
    lengths = [len(play.path) for play in ended]
    assert (found.shortest, found.longest) == ((min(lengths), max(lengths)) if ended else (None, None))
    good = {
        (*(turn for turn, _ in play.path), play.ending)
        for play in ended
        if OUTCOME_VALUES[scenario.endings[play.ending].outcome] >= 3
    }
    assert one_good_route(automaton) == (next(iter(good)) if len(good) == 1 else None)


@given(scenario=straight())
@settings(max_examples=scaled(150))
def test_the_most_and_the_least(scenario: Scenario) -> None:
    ended = [play for play in plays_of(scenario) if play.ending is not None]
    moves = exact_moves(scenario)
    found, best, least = extremes.ranges(moves), extremes.joint_best(moves), extremes.joint_least(moves)
    if not ended:
        assert found is best is least is None
        return
    for column, skill in enumerate(RATED):
        assert found[skill].points_max == max(play.points[column] for play in ended)
    four = [RATED.index(skill) for skill in SKILLS]
    totals = [sum(play.points[column] for column in four) for play in ended]
    for way, total in ((best, max(totals)), (least, min(totals))):
        assert sum(way.points.values()) == total
        (played,) = (play for play in ended if play.path == way.path)
        assert played.ending == way.ending
        assert tuple(way.points.values()) == tuple(played.points[column] for column in four)
        assert tuple(way.offered.values()) == tuple(played.offered[column] for column in four)


@given(scenario=straight())
@settings(max_examples=scaled(100))
def test_the_expert_never_regrets_a_sum_and_the_worst_never_gains_one(scenario: Scenario) -> None:
    """A policy's plays are those that take only its moves: the mean over them, by hand."""
    plays, moves = plays_of(scenario), exact_moves(scenario)
    for name, sign in (("expert", 1), ("defensive", -1)):
        found = results(moves, POLICIES[name](moves))
        own = [play for play in plays if all(_is_best(scenario, play, at, sign) for at in range(len(play.path)))]
        for skill in SKILLS:
            column = RATED.index(skill)
            scores = [play.points[column] / play.offered[column] for play in own if play.offered[column]]
            mean = found.skills[skill].mean
            assert (mean is None) == (not scores)
            if mean is not None:
                assert min(scores) - 1e-9 <= mean <= max(scores) + 1e-9


def _is_best(scenario: Scenario, play: FullPlay, at: int, sign: int) -> bool:
    """Whether the answer has the highest (lowest) sum of those that other plays give after the same beginning."""
    state = engine.begin(scenario)
    for _, name in play.path[:at]:
        state, _ = engine.respond(scenario, state, name)
    offered = engine.offered(scenario, state).items()
    sums = {name: sign * sum(one.rates.get(skill, 0) for skill in SKILLS) for name, one in offered}
    return sums[play.path[at][1]] == max(sums.values())


@given(scenario=looped())
@settings(max_examples=scaled(150))
def test_what_can_happen_at_all(scenario: Scenario) -> None:
    """Turns, responses, endings and dead ends, with loops: against a walk over all states of the engine."""
    try:
        states = all_states(scenario)
    except TooManyError:
        assume(False)
    proofs = analyse(scenario).proofs
    assume(proofs.complete)
    turns = [state for state in states if not state.ended]
    assert proofs.turns == {state.place for state in turns}
    assert proofs.endings == {state.place for state in states if state.ended}
    assert proofs.offered == {(state.place, name) for state in turns for name in engine.offered(scenario, state)}
    assert set(proofs.stuck) == {state.place for state in turns if not engine.offered(scenario, state)}


@given(scenario=looped())
@settings(max_examples=scaled(150))
def test_conditions_that_decide_nothing_and_ways_never_taken(scenario: Scenario) -> None:
    try:
        states = [state for state in all_states(scenario) if not state.ended]
    except TooManyError:
        assume(False)
    proofs = analyse(scenario).proofs
    assume(proofs.complete)
    found = {one.path[:4]: one.value for one in proofs.constants if one.path[4:] == ("when",)}
    taken: dict[tuple[str, str], set[int]] = {}
    for turn_id, turn in scenario.turns.items():
        here = [state for state in states if state.place == turn_id]
        for name, response in turn.responses.items():
            values = {conditions.holds(response.when, one.values, one.chosen, one.visited) for one in here}
            is_constant = response.when is not None and len(values) == 1
            assert found.get(("turns", turn_id, "responses", name)) == (values.pop() if is_constant else None)
            for state in here:
                if name in engine.offered(scenario, state):
                    after, _ = engine.respond(scenario, state, name)
                    asked = (
                        conditions.holds(way.when, after.values, after.chosen, after.visited) for way in response.to
                    )
                    taken.setdefault((turn_id, name), set()).add(list(asked).index(True))
    expected = {
        (turn, name, index)
        for (turn, name), of in taken.items()
        for index in set(range(len(scenario.turns[turn].responses[name].to))) - of
    }
    assert {(turn, name, index) for turn, name, index, _ in proofs.ways_never_taken()} == expected


@given(scenario=looped())
@settings(max_examples=scaled(15))
def test_random_play_with_loops_is_what_many_plays_come_to(scenario: Scenario) -> None:
    """Loops have no end of plays: the shares add up, and 4,000 plays come near them."""
    moves = exact_moves(scenario)
    found = results(moves, random(moves))
    assert sum(found.endings.values()) + found.unfinished == pytest.approx(1)
    played = simulate(tables(moves, random(moves)), 4_000, seed=1)
    for name, share in found.endings.items():
        assert played.endings[name] / 4_000 == pytest.approx(share, abs=0.05)
    for skill in SKILLS:
        mean = found.skills[skill].mean
        if mean is not None and found.skills[skill].met > 0.5:
            assert played.skills[skill].mean == pytest.approx(mean, abs=0.06)
