"""The table scorer says exactly what the reference scorer says, also about what it refuses."""

import random

import golden
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_scenarios import make_play, make_scenario, random_shape, shapes
from sizes import scaled

from alliance_trainer.cohort.scoring.curve import Curve
from alliance_trainer.cohort.scoring.scored import from_card, from_walk
from alliance_trainer.cohort.scoring.tables import Table, loops
from alliance_trainer.core.attempt import Attempt, Step
from alliance_trainer.core.automaton import Automaton, compile_scenario
from alliance_trainer.core.errors import IllegalStepError
from alliance_trainer.core.scoring import score


def attempt_of(steps: tuple[Step, ...], status: str) -> Attempt:
    return Attempt(attempt="a", trainee="t", scenario="s", steps=steps, status=status)


def compare(automaton: Automaton, table: Table, curve: Curve, steps: tuple[Step, ...], status: str) -> bool:
    """Both scorers on one attempt; whether it could be scored."""
    attempt = attempt_of(steps, status)
    walk = table.walk(steps)
    try:
        card = score(automaton, steps, status)
    except IllegalStepError:
        assert walk is None or (status == "complete" and walk.place < table.first_ending)
        return False
    assert walk is not None
    assert from_walk(attempt, "same", table, curve, walk) == from_card(attempt, "same", card)
    return True


def spoilt(steps: tuple[Step, ...], rng: random.Random) -> tuple[Step, ...]:
    """The steps with one thing changed, left out, added or moved, most often to something illegal."""
    changed = list(steps) or [Step(turn="t", response="r")]
    at = rng.randrange(len(changed))
    step = changed[at]
    kind = rng.randrange(8)
    if kind == 0:
        changed[at] = Step(turn=step.turn, response="nonsense", notice=step.notice)
    elif kind == 1:
        changed[at] = Step(turn="elsewhere", response=step.response, notice=step.notice)
    elif kind == 2:
        del changed[at]
    elif kind == 3:
        changed.insert(at, step)
    elif kind == 4:
        changed[at] = Step(turn=step.turn, response=step.response, rewind=step.turn)
    elif kind == 5:
        changed[at] = Step(turn=step.turn, response=step.response, notice="maybe")
    elif kind == 6:
        changed.insert(at, Step(rewind="nowhere"))
    else:
        changed[at] = Step(turn=step.turn)
    return tuple(changed)


def test_thousands_of_random_plays() -> None:
    rng = random.Random(20)
    scored = refused = looped = 0
    for number in range(scaled(150)):
        scenario = make_scenario(random_shape(rng), number)
        automaton = compile_scenario(scenario, budget=2_000)
        if not Table.fits(automaton):
            continue
        table = Table(automaton)
        curve = Curve(table)
        looped += loops(automaton)
        for seed in range(14):
            play = make_play(scenario, seed)
            assert compare(automaton, table, curve, play.steps, play.status)
            scored += 1
            refused += not compare(automaton, table, curve, spoilt(play.steps, rng), play.status)
    assert scored > scaled(150) * 7
    assert refused
    assert looped


@given(shapes(), st.integers(0, 10**6), st.integers(0, 10**6))
@settings(max_examples=scaled(150))
def test_any_play(shape, seed: int, play_seed: int) -> None:
    scenario = make_scenario(shape, seed)
    automaton = compile_scenario(scenario, budget=2_000)
    if Table.fits(automaton):
        play = make_play(scenario, play_seed)
        table = Table(automaton)
        assert compare(automaton, table, Curve(table), play.steps, play.status)


def test_a_second_attempt_on_a_filled_table_is_scored_alike() -> None:
    rng = random.Random(3)
    scenario = make_scenario(random_shape(rng), 3)
    automaton = compile_scenario(scenario, budget=2_000)
    assert Table.fits(automaton)
    filled = Table(automaton)
    plays = [make_play(scenario, seed) for seed in range(50)]
    for play in plays:
        filled.walk(play.steps)
    for play in plays:
        fresh = Table(automaton)
        attempt = attempt_of(play.steps, play.status)
        first = from_walk(attempt, "same", fresh, Curve(fresh), fresh.walk(play.steps))
        assert first == from_walk(attempt, "same", filled, Curve(filled), filled.walk(play.steps))


GOLDEN = golden.read("golden_mini.json")["attempts"]
ILLEGAL = golden.read("golden_illegal.json")


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_attempts(name: str) -> None:
    automaton = compile_scenario(golden.scenario())
    table = Table(automaton)
    record = GOLDEN[name]["record"]
    assert compare(automaton, table, Curve(table), golden.steps(record), record["status"])


@pytest.mark.parametrize("name", ILLEGAL)
def test_golden_refusals(name: str) -> None:
    automaton = compile_scenario(golden.scenario())
    table = Table(automaton)
    record = ILLEGAL[name]["record"]
    assert not compare(automaton, table, Curve(table), golden.steps(record), record["status"])
