"""What must hold of every score, whatever the scenario and the play."""

import json
import random
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from random_scenarios import LONGEST_PLAY, Play, Shape, make_scenario, played, raw, rebuilt, scenarios, seeds, shapes
from sizes import scaled

from alliance_trainer.core import engine
from alliance_trainer.core.attempt import Attempt, Step
from alliance_trainer.core.automaton import compile_scenario
from alliance_trainer.core.course import Exchange
from alliance_trainer.core.engine import State
from alliance_trainer.core.errors import IllegalStepError
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.replay import replay
from alliance_trainer.core.scoring import Scorecard, score, tally_of
from alliance_trainer.core.tally import SCALE, SkillScore, Tally, moment_of, skill_score
from alliance_trainer.core.vocabulary.skills import RATED, SKILLS
from alliance_trainer.reports.scorecard_data import scorecard_data

BUDGET = 150


def card_of(scenario: Scenario, play: Play) -> Scorecard:
    return score(compile_scenario(scenario, BUDGET), play.steps, play.status)


def scores_of(card: Scorecard) -> dict[str, SkillScore]:
    both = {**card.skills, **card.further}
    return {name: found for name, found in both.items() if found is not None}


@given(pair=played())
@settings(max_examples=scaled(300))
def test_bounds_and_regret(pair: tuple[Scenario, Play]) -> None:
    for found in scores_of(card_of(*pair)).values():
        tally = found.tally
        assert 0 <= found.score <= 1
        assert found.score == 1 - Fraction(tally.regret, tally.offered)
        assert (found.score == 1) == (tally.regret == 0) == (found.above_chance == 1)
        assert 0 < found.chance < 1
        assert 0 <= found.low <= found.score + 1e-12
        assert found.score - 1e-12 <= found.high <= 1
        assert 1 <= found.n_eff <= tally.moments
        assert found.n_star > 0
        assert len(pair[0].turns) >= tally.moments


ratings_lists = st.lists(
    st.tuples(st.lists(st.integers(-2, 2), min_size=1, max_size=9), st.integers(0, 8), st.integers(1, 10)),
    min_size=1,
    max_size=8,
)


def pooled(moments: list[tuple[list[int], int, int]], a: int = 1, b: int = 0) -> SkillScore | None:
    tallies = (
        moment_of([a * rating + b for rating in ratings], a * ratings[chosen % len(ratings)] + b, weight)
        for ratings, chosen, weight in moments
    )
    return skill_score(sum((tally for tally in tallies if tally is not None), Tally()))


@given(moments=ratings_lists, a=st.integers(1, 5), b=st.integers(-9, 9))
def test_another_scale_for_the_ratings_changes_nothing(moments: list, a: int, b: int) -> None:
    before, after = pooled(moments), pooled(moments, a, b)
    if before is None:
        assert after is None
        return
    for figure in ("score", "chance", "above_chance", "n_eff", "n_star", "low", "high", "tier"):
        assert getattr(before, figure) == getattr(after, figure)


def renamed(text: str) -> str:
    """Other ids, which also sort the other way round."""
    names = {"t": "turn", "r": "said", "e": "end", "v": "own"}
    return re.sub(r"\b([trev])(\d)\b", lambda found: f"{names[found[1]]}-{9 - int(found[2])}", text)


def shuffled_mapping(value: Any, rng: random.Random) -> Any:
    """The same with the entries of every mapping in another order."""
    if isinstance(value, dict):
        items = [(name, shuffled_mapping(item, rng)) for name, item in value.items()]
        rng.shuffle(items)
        return dict(items)
    return [shuffled_mapping(item, rng) for item in value] if isinstance(value, list) else value


@given(pair=played(), seed=seeds)
@settings(max_examples=scaled(200))
def test_neither_ids_nor_the_order_of_responses_matter(pair: tuple[Scenario, Play], seed: int) -> None:
    scenario, play = pair
    spelt = json.loads(renamed(json.dumps(raw(scenario))))
    other = Scenario.model_validate(shuffled_mapping(spelt, random.Random(seed)))
    assert other.start != scenario.start
    steps = msgspec.json.decode(renamed(msgspec.json.encode(play.steps).decode()), type=tuple[Step, ...])
    attempt = Attempt(attempt="a", trainee="t", scenario="s", steps=())
    mine, theirs = (compile_scenario(one, BUDGET) for one in (scenario, other))
    assume(mine.complete)
    before = scorecard_data(attempt, score(mine, play.steps, play.status))
    after = scorecard_data(attempt, score(theirs, steps, play.status))
    assert json.loads(renamed(json.dumps(before))) == after


def straight(shape: Shape, seed: int) -> Scenario:
    """A scenario in which what is said never changes where it leads, or what is on offer."""
    bare = Shape(turns=shape.turns, responses=shape.responses, conditions=False, loops=shape.loops)
    made = raw(make_scenario(bare, seed))
    for turn in made["turns"].values():
        way = next(iter(turn["responses"].values()))["to"]
        for response in turn["responses"].values():
            response["to"] = way
    return Scenario.model_validate(made)


@given(shape=shapes(), seed=seeds, choices=seeds, data=st.data())
@settings(max_examples=scaled(200))
def test_one_choice_moves_a_score_as_its_rating_and_a_revisit_never(
    shape: Shape, seed: int, choices: int, data: st.DataObject
) -> None:
    scenario, rng = straight(shape, seed), random.Random(choices)
    state, steps = engine.begin(scenario), []
    while not state.ended and len(steps) < LONGEST_PLAY:
        offered = list(engine.offered(scenario, state))
        steps.append(Step(turn=state.place, response=rng.choice(offered)))
        state, _ = engine.respond(scenario, state, steps[-1].response)
    at = data.draw(st.integers(0, len(steps) - 1))
    turn = scenario.turns[steps[at].turn]
    other = data.draw(st.sampled_from(sorted(turn.responses)))
    changed = [*steps[:at], msgspec.structs.replace(steps[at], response=other), *steps[at + 1 :]]
    automaton = compile_scenario(scenario, BUDGET)
    before, after = (scores_of(score(automaton, way, "unfinished")) for way in (steps, changed))
    assert before.keys() == after.keys()
    first = all(step.turn != steps[at].turn for step in steps[:at])
    for skill, found in before.items():
        old, new = (turn.responses[name].rates.get(skill, 0) for name in (steps[at].response, other))
        expected = turn.weight * (new - old) if first else 0
        assert after[skill].tally.points - found.tally.points == expected
        assert after[skill].tally.offered == found.tally.offered
        assert after[skill].chance == found.chance


def played_by(scenario: Scenario, skill: str, sign: int, rng: random.Random) -> list[Step]:
    """A play that always takes the best (sign 1) or the worst (-1) rating of one skill, ties by chance."""
    state, steps = engine.begin(scenario), []
    while len(steps) < LONGEST_PLAY:
        offered = engine.offered(scenario, state)
        if not offered:
            break
        ratings = {name: sign * response.rates.get(skill, 0) for name, response in offered.items()}
        ties = [name for name, rating in ratings.items() if rating == max(ratings.values())]
        steps.append(Step(turn=state.place, response=rng.choice(ties)))
        state, _ = engine.respond(scenario, state, steps[-1].response)
    return steps


@given(scenario=scenarios(), skill=st.sampled_from(RATED), seed=seeds)
@settings(max_examples=scaled(300))
def test_greedy_play_scores_exactly_1_and_its_opposite_exactly_0(scenario: Scenario, skill: str, seed: int) -> None:
    automaton = compile_scenario(scenario, BUDGET)
    for sign, expected in ((1, 1), (-1, 0)):
        for attempt in range(3):
            steps = played_by(scenario, skill, sign, random.Random(seed + attempt))
            found = scores_of(score(automaton, steps, "unfinished")).get(skill)
            assert found is None or found.score == expected


@given(pair=played(rewinds=False))
@settings(max_examples=scaled(300))
def test_what_turning_points_lost_adds_up_to_the_outcome_regret(pair: tuple[Scenario, Play]) -> None:
    scenario, play = pair
    automaton = compile_scenario(scenario, BUDGET)
    card = score(automaton, play.steps, play.status)
    assert (card.turning_points is None) == (card.outcome_regret is None) == (not automaton.complete)
    if card.turning_points is None:
        assert card.best_outcome is None
        return
    now = automaton.outlook[automaton.place_of(play.state)] or 0
    assert sum(point.lost for point in card.turning_points) == (card.best_outcome or 0) - now
    assert card.outcome_regret == (card.best_outcome or 0) - now
    assert all(1 <= point.lost <= 4 for point in card.turning_points)
    if card.status == "complete":
        assert card.outcome == now


def all_plays(scenario: Scenario, state: State, depth: int) -> Iterator[tuple[Fraction, tuple[Step, ...]]]:
    """Every way of at most so many answers, with its probability under uniform choice."""
    offered = engine.offered(scenario, state) if depth else {}
    if not offered:
        yield Fraction(1), ()
    for name in offered:
        step = Step(turn=state.place, response=name)
        after, _ = engine.respond(scenario, state, name)
        for share, rest in all_plays(scenario, after, depth - 1):
            yield share / len(offered), (step, *rest)


@given(scenario=scenarios(), skill=st.sampled_from(RATED))
@settings(max_examples=scaled(60))
def test_the_chance_level_is_exactly_what_uniform_play_expects(scenario: Scenario, skill: str) -> None:
    total, surplus = Fraction(0), Fraction(0)
    for share, steps in all_plays(scenario, engine.begin(scenario), 4):
        tally = tally_of(replay(scenario, steps, "unfinished").scored, skill)
        total += share
        surplus += share * (tally.points - Fraction(tally.chance, SCALE))
    assert total == 1
    assert surplus == 0


tallies = st.builds(pooled, ratings_lists).filter(bool).map(lambda found: found.tally)


@given(parts=st.lists(tallies, min_size=1, max_size=5))
def test_pooling_lies_between_its_parts_and_order_does_not_matter(parts: list[Tally]) -> None:
    alone = [skill_score(part).score for part in parts]
    whole = skill_score(sum(parts, Tally()))
    assert min(alone) <= whole.score <= max(alone)
    assert whole == skill_score(sum(reversed(parts), Tally()))
    assert whole.tally.moments == sum(part.moments for part in parts)


@given(pair=played())
@settings(max_examples=scaled(200))
def test_unfinished_is_refused_unless_the_status_says_so(pair: tuple[Scenario, Play]) -> None:
    scenario, play = pair
    automaton = compile_scenario(scenario, BUDGET)
    card = score(automaton, play.steps, "abandoned")
    assert card == score(automaton, play.steps, "unfinished")
    assert card.status == "unfinished"
    if play.state.ended:
        whole = score(automaton, play.steps, "complete")
        assert whole.status == ("assisted" if whole.assisted else "complete")
        assert card == msgspec.structs.replace(whole, status="unfinished")
    else:
        assert (card.status, card.ending, card.outcome) == ("unfinished", None, None)
        with pytest.raises(IllegalStepError, match="marked complete"):
            score(automaton, play.steps, "complete")


@given(pair=played())
@settings(max_examples=scaled(200))
def test_a_prefix_is_scored_as_far_as_it_goes_and_nothing_taken_back(pair: tuple[Scenario, Play]) -> None:
    """More steps never take back points or moments: only what is answered first counts, for ever."""
    scenario, play = pair
    before = {skill: Tally() for skill in SKILLS}
    for length in range(len(play.steps) + 1):
        scored = replay(scenario, play.steps[:length], "unfinished").scored
        for skill in SKILLS:
            now = tally_of(scored, skill)
            assert now.points >= before[skill].points
            assert before[skill].moments <= now.moments <= before[skill].moments + 1
            before[skill] = now


def only(answers: tuple[Exchange, ...]) -> list[tuple[str, str]]:
    return [(answer.turn_id, answer.response_id) for answer in answers]


@given(pair=played())
@settings(max_examples=scaled(200))
def test_scored_is_the_first_answer_at_each_turn_and_the_way_is_what_no_rewind_took_back(
    pair: tuple[Scenario, Play],
) -> None:
    scenario, play = pair
    found = replay(scenario, play.steps, play.status)
    turns = [answer.turn_id for answer in found.exchanges]
    assert [answer.turn_id for answer in found.scored] == list(dict.fromkeys(turns))
    assert all(turns.index(answer.turn_id) == found.exchanges.index(answer) for answer in found.scored)
    assert len(found.way) == found.state.depth
    assert only(found.way) == [
        (state.before.place, state.came_by) for state in reversed(list(found.state.history())) if state.before
    ]
    assert found.state == play.state
    assert found.rewound == any(step.rewind is not None for step in play.steps)
    if not found.rewound:
        assert found.way == found.exchanges


@given(shape=shapes(), seed=seeds)
@settings(max_examples=scaled(100))
def test_a_missing_rating_counts_as_0_where_another_response_is_rated(shape: Shape, seed: int) -> None:
    scenario = make_scenario(shape, seed)
    made = raw(scenario)
    for turn in made["turns"].values():
        called = {skill for response in turn["responses"].values() for skill in response.get("rates", ())}
        for response in turn["responses"].values():
            response["effects"] = {}
            response["rates"] = dict.fromkeys(sorted(called), 0) | response.get("rates", {})
    filled = Scenario.model_validate(made)
    for response in (r for turn in made["turns"].values() for r in turn["responses"].values()):
        response["rates"] = {skill: rating for skill, rating in response["rates"].items() if rating}
    sparse = Scenario.model_validate(made)
    steps = played_by(filled, "empathy", 1, random.Random(seed))
    full, bare = (score(compile_scenario(one, BUDGET), steps, "unfinished") for one in (filled, sparse))
    assert (full.skills, full.further) == (bare.skills, bare.further)


def test_a_response_that_is_not_on_offer_is_no_part_of_the_opportunity() -> None:
    scenario = make_scenario(Shape(turns=1, responses=1, conditions=False, loops=False, weights=False), 1)
    made = raw(scenario)
    one = made["turns"]["t0"]["responses"]["r0"] | {"rates": {"responsibility": 1}}
    made["turns"]["t0"]["responses"] = {
        "good": one,
        "fair": one | {"rates": {"responsibility": 0}},
        "away": one | {"rates": {"responsibility": -2}, "when": "visited(t0)"},
    }
    automaton = compile_scenario(rebuilt(scenario, turns=made["turns"]))
    tally = score(automaton, [Step(turn="t0", response="fair")], "unfinished").skills["responsibility"].tally
    assert (tally.points, tally.offered, tally.chance) == (0, 1, SCALE // 2)
