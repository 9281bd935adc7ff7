"""Made-up trainees: legal attempts, the same for a seed, and the able do better."""

from collections import defaultdict
from dataclasses import replace
from statistics import correlation

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_scenarios import Shape, make_scenario, shapes
from shipped import scenario
from sizes import scaled

from alliance_trainer.analysis.moves import scoring_automaton
from alliance_trainer.analysis.trainees import made_up
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.engine import TURN_CAP
from alliance_trainer.core.replay import replay
from alliance_trainer.core.scoring import score
from alliance_trainer.core.vocabulary.skills import SKILLS

ITS_FINE = scoring_automaton(scenario("its-fine"))
CLOCK = scoring_automaton(scenario("the-clock"))


@given(shapes(), st.integers(0, 10_000), st.integers(0, 50))
@settings(max_examples=scaled(40), deadline=None)
def test_every_attempt_is_legal_and_says_truly_how_it_ends(shape: Shape, number: int, seed: int) -> None:
    made = make_scenario(replace(shape, loops=False), number)
    automaton = scoring_automaton(made)
    for attempt in made_up(automaton, 3, seed, 2):
        course = replay(made, attempt.steps, attempt.status)
        assert course.state.ended == (attempt.status == "complete")


def test_one_that_goes_round_and_round_is_left_unfinished_in_the_end() -> None:
    statuses = set()
    for number in range(12):
        made = make_scenario(Shape(turns=3, responses=3, conditions=False), number)
        for attempt in made_up(scoring_automaton(made), 2, 1, 2):
            statuses.add((attempt.status, len(attempt.steps) == TURN_CAP))
            replay(made, attempt.steps[:40], "unfinished")
    assert statuses == {("complete", False), ("unfinished", True)}


def test_the_same_seed_the_same_attempts_and_another_seed_others() -> None:
    first = list(made_up(ITS_FINE, 30, 4, 10))
    assert first == list(made_up(ITS_FINE, 30, 4, 10))
    assert [one.steps for one in first] != [one.steps for one in made_up(ITS_FINE, 30, 5, 10)]
    assert first[:20] == list(made_up(ITS_FINE, 20, 4, 10)), "whoever makes up fewer gets the first of them"


def test_they_are_shared_out_in_turn_a_week_apart_and_named_once() -> None:
    attempts = list(made_up(ITS_FINE, 25, 1, 10))
    assert len({one.attempt for one in attempts}) == 25
    by_trainee = defaultdict(list)
    for one in attempts:
        by_trainee[one.trainee].append(one.started)
    assert sorted(by_trainee) == [f"trainee-{number:03d}" for number in range(1, 11)]
    assert sorted(map(len, by_trainee.values())) == [2] * 5 + [3] * 5
    assert all(times == sorted(times) for times in by_trainee.values())
    assert {one.mode for one in attempts} == {"assess"}


def points(attempts: list[Attempt], automaton: object) -> dict[str, float]:
    """The share of the points of the four skills that each trainee took."""
    won: dict[str, int] = defaultdict(int)
    had: dict[str, int] = defaultdict(int)
    for one in attempts:
        card = score(automaton, one.steps, one.status)  # type: ignore[arg-type]  # an automaton
        for skill in SKILLS:
            figures = card.skills[skill]
            won[one.trainee] += figures.tally.points if figures else 0
            had[one.trainee] += figures.tally.offered if figures else 0
    return {trainee: won[trainee] / had[trainee] for trainee in won}


def test_a_trainee_is_about_as_able_at_another_scenario() -> None:
    here = points(list(made_up(ITS_FINE, 160, 7, 40)), ITS_FINE)
    there = points(list(made_up(CLOCK, 160, 7, 40)), CLOCK)
    assert correlation([here[one] for one in sorted(here)], [there[one] for one in sorted(here)]) > 0.5
    spread = sorted(here.values())
    assert spread[3] < 0.62, "weak ones are among them"
    assert spread[-3] > 0.75, "and able ones"


def test_most_but_not_all_is_noticed() -> None:
    right = asked = 0
    for one in made_up(ITS_FINE, 200, 3, 50):
        for step in one.steps:
            turn = ITS_FINE.scenario.turns[str(step.turn)]
            if turn.notice:
                asked += 1
                right += step.notice == turn.rupture
    assert 0.5 < right / asked < 0.75


@pytest.mark.parametrize("attempts", [0, 1])
def test_few_are_made_up_too(attempts: int) -> None:
    assert len(list(made_up(ITS_FINE, attempts, 1, 1))) == attempts
