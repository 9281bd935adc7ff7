"""The scorer against a second, naive one: on random plays, and on records that were tampered with."""

import math
import random

import msgspec
import pytest
from naive_scorer import naive_score, reach
from random_scenarios import Play, make_play, make_scenario, random_shape
from sizes import scaled

from alliance_trainer.core.attempt import Step
from alliance_trainer.core.automaton import Automaton, compile_scenario
from alliance_trainer.core.errors import IllegalStepError
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.scoring import Scorecard, score
from alliance_trainer.core.tally import SkillScore

BUDGET = 120
"""Small, so that budgets that are reached are among the cases."""


def exact(found: SkillScore) -> list[object]:
    tally = found.tally
    return [
        *(found.score, found.chance, found.above_chance, found.n_eff, found.n_star),
        *(tally.moments, tally.points, tally.offered),
    ]


def compare_skills(card: Scorecard, expected: dict) -> None:
    found = {**card.skills, **card.further}
    assert found.keys() == expected.keys()
    for name, numbers in expected.items():
        scored = found[name]
        if numbers is None:
            assert scored is None, name
        else:
            assert exact(scored) == numbers[:5] + numbers[7:], name
            assert math.isclose(scored.low, numbers[5], abs_tol=1e-9)
            assert math.isclose(scored.high, numbers[6], abs_tol=1e-9)


def compare(automaton: Automaton, play: Play, best: dict | None) -> bool:
    """Compare all figures; gives whether what could be reached was among them."""
    card = score(automaton, play.steps, play.status)
    expected = naive_score(automaton.scenario, play.steps, play.status, best)
    compare_skills(card, expected["skills"])
    assert (card.noticed.score, card.noticed.n_ruptures, card.noticed.n_foils) == expected["noticed"]
    assert card.harm == expected["harm"]
    assert (card.ending, card.outcome) == (expected["ending"], expected["outcome"])
    assert (card.answers, card.assisted) == (expected["answers"], expected["rewound"])
    assert [
        (one.first, one.turns, one.trainee_made, one.worsened, one.resolved, one.turns_to_strong)
        for one in card.episodes
    ] == expected["episodes"]
    closed = [one for one in expected["episodes"] if one[4] is not None]
    blamed = [one for one in closed if one[2] or one[3]]
    assert (card.repair.resolved, card.repair.closed) == (sum(one[4] for one in closed), len(closed))
    assert (card.recovery.resolved, card.recovery.closed) == (sum(one[4] for one in blamed), len(blamed))
    curve = [(point.bond, point.task, point.goal, point.tension) for point in card.alliance]
    assert curve == expected["curve"]
    if not automaton.complete or expected["rewound"]:
        assert card.turning_points is None
        assert card.outcome_regret is None
        return False
    if expected["lost"] is None:
        return False
    assert [(point.turn, point.response, point.lost) for point in card.turning_points] == expected["lost"]
    return True


def test_both_scorers_agree_on_random_plays() -> None:
    rng = random.Random(20_261)
    pairs, reached = scaled(10_000), 0
    for _ in range(pairs // 4 + 1):
        shape, seed = random_shape(rng), rng.getrandbits(32)
        scenario = make_scenario(shape, seed)
        automaton = compile_scenario(scenario, BUDGET)
        best = reach(scenario) if automaton.complete else None  # what could be reached is compared only then
        for _ in range(4):
            play_seed = rng.getrandbits(32)
            try:
                reached += compare(automaton, make_play(scenario, play_seed), best)
            except AssertionError as error:
                raise AssertionError(f"{shape!r}, seed {seed}, play {play_seed}: {error}") from error
    assert reached > pairs // 3


def other_step(rng: random.Random, scenario: Scenario, step: Step) -> Step:
    """The step with one thing changed."""
    places = [*scenario.turns, *scenario.endings, "nowhere"]
    names = [*{name: 0 for turn in scenario.turns.values() for name in turn.responses}, "nothing"]
    changes = (
        {"turn": rng.choice(places), "rewind": None},
        {"response": rng.choice(names), "rewind": None},
        {"notice": rng.choice(("maybe", "", "mixed"))},
        {"turn": None, "response": None, "rewind": rng.choice(places)},
    )
    return msgspec.structs.replace(step, **rng.choice(changes))


def tampered(rng: random.Random, scenario: Scenario, play: Play) -> tuple[tuple[Step, ...], str]:
    """The record with one thing changed, which may leave it legal."""
    steps = play.steps
    if not steps or rng.random() < 0.1:
        return steps, "complete"
    where = rng.randrange(len(steps))
    before, step, after = steps[:where], steps[where], steps[where + 1 :]
    other = other_step(rng, scenario, step)
    ways = ((other, *after), (other, step, *after), (step, step, *after), after, (step, *after, other))
    return (*before, *rng.choice(ways)), play.status


def test_both_scorers_refuse_the_same_records() -> None:
    rng = random.Random(77)
    refused = accepted = 0
    for _ in range(scaled(1_500)):
        scenario = make_scenario(random_shape(rng), rng.getrandbits(32))
        steps, status = tampered(rng, scenario, make_play(scenario, rng.getrandbits(32)))
        automaton = compile_scenario(scenario, BUDGET)
        try:
            naive_score(scenario, steps, status, None)
        except (LookupError, ValueError):
            refused += 1
            with pytest.raises(IllegalStepError, match=r"^step \d+: |^the attempt is marked complete"):
                score(automaton, steps, status)
        else:
            accepted += 1
            assert score(automaton, steps, status).answers <= len(steps)
    assert refused > accepted // 3 > 0
