"""The study of a cohort: its sums are the reference scorer's, and nothing is shown from too few cases."""

import random
from fractions import Fraction
from typing import Any

import made_cohorts
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_cohorts import Made, able, cohort, made, play
from msgspec.structs import replace
from random_scenarios import Shape, make_scenario
from sizes import scaled

from alliance_trainer.cohort.study import enough, responses, turns
from alliance_trainer.cohort.study.building import study
from alliance_trainer.cohort.study.figures import (
    Calibration,
    Estimate,
    Figure,
    Model,
    ResponseUse,
    SkillStudy,
    Study,
    TurnStudy,
    Withheld,
)
from alliance_trainer.cohort.study.recognition import detection_of
from alliance_trainer.cohort.study.trouble import by_trouble, flagged
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.recognition import Noticed
from alliance_trainer.core.vocabulary.skills import FURTHER_TASKS, RATED, SKILLS

SHAPE = Shape(turns=6, responses=4, conditions=False, loops=False)


def of(made_cohort: Made, **changes: Any) -> Study:
    parts = {
        "policy": "first",
        "result": made_cohort.result,
        "moments": made_cohort.moments,
        "scored": made_cohort.scored,
        "scenarios": made_cohort.scenarios,
    }
    return study(**(parts | changes))


def line(ids: list[str], **turn: Any) -> Scenario:
    """A scenario of turns one after the other, each with a good, a middling and a bad response."""
    rates = {"good": 2, "middling": 0, "bad": -2}
    turns = {
        name: {
            "patient": ["I see.", {"shows": "looks away"}],
            "markers": ["wd-denial"] if place % 2 == 0 else [],
            "responses": {
                own: {"says": f"{own} words", "why": "...", "to": after, "rates": {"metacommunication": rate}}
                for own, rate in rates.items()
            },
        }
        | turn
        for place, (name, after) in enumerate(zip(ids, [*ids[1:], "done"], strict=True))
    }
    return Scenario.model_validate(
        {
            "format": 1,
            "id": "line",
            "title": "A line",
            "summary": "...",
            "patient": {"name": "P", "age": 40},
            "briefing": "...",
            "start": ids[0],
            "turns": turns,
            "endings": {"done": {"outcome": "resolved", "debrief": "..."}},
        }
    )


def along(scenario: Scenario, chosen: dict[str, list[str]], notice: str | None = "withdrawal") -> Made:
    """One attempt a trainee: the responses they chose, turn by turn."""

    def steps(responses: list[str]) -> Any:
        turns = zip(scenario.turns, responses, strict=True)
        return tuple(made_cohorts.Step(turn=turn, notice=notice, response=response) for turn, response in turns)

    return made([(trainee, scenario, steps(responses)) for trainee, responses in chosen.items()])


FOUR = ["one", "two", "three", "four"]


@settings(max_examples=scaled(12), suppress_health_check=list(HealthCheck))
@given(
    shapes=st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 999)), min_size=1, max_size=2),
    n=st.integers(1, 12),
)
def test_the_sums_are_those_of_the_scorecards(shapes: list[tuple[bool, bool, int]], n: int) -> None:
    scenarios = [
        Scenario.model_validate(
            made_cohorts_raw(
                make_scenario(Shape(turns=4, responses=3, conditions=conditions, loops=loops, effects=False), seed)
            )
            | {"id": f"s{place}"}
        )
        for place, (conditions, loops, seed) in enumerate(shapes)
    ]
    found = cohort(scenarios, n)
    if not found.scored:
        return
    told = of(found)
    assert told.of_record == len(found.scored)
    assert [len(one.attempts) for one in told.trainees] == [
        sum(scored.attempt.trainee == one.trainee for scored in found.scored) for one in told.trainees
    ]
    for skill in (*told.skills, *told.further):
        cards = [(one.skills | one.further)[skill.skill] for one in found.scored]
        met = [card for card in cards if card]
        assert (skill.pooled.points if skill.pooled else 0) == sum(card.points for card in met)
        assert (skill.pooled.moments if skill.pooled else 0) == sum(card.moments for card in met)
        assert skill.trainees == len(skill.scores)
        if len(scenarios) == 1:
            # One attempt each: a trainee's figures are those of the scorecard, to the last bit.
            assert [one.figures for one in skill.scores] == met
    noticed = sum((Noticed(confusion=one.noticed.confusion) for one in found.scored), Noticed())
    assert told.recognition.confusion == noticed.confusion
    assert told.recognition.skipped == sum(one.noticed.skipped for one in found.scored)
    for turn in told.turns:
        assert sum(use.n for use in turn.responses) == turn.n
        assert turn.exact <= turn.asked <= turn.n
    for flow in told.flows:
        assert sum(band.best + band.other for band in flow.bands if band.ends) == flow.attempts
        assert sum(band.best + band.other for band in flow.bands if band.step == 0) == flow.attempts
        assert sum(count for *_, count in flow.endings) == flow.attempts


def made_cohorts_raw(scenario: Scenario) -> dict[str, Any]:
    return scenario.model_dump(mode="json", exclude_defaults=True)


def figures_of(told: Study) -> list[tuple[str, Figure, int]]:
    """Every figure with the least number that it needs."""
    skills = [
        (f"{skill.skill} {name}", getattr(skill, name), enough.AVERAGE)
        for skill in (*told.skills, *told.further)
        for name in ("mean", "sd", "median")
    ]
    alphas = [(f"{skill.skill} alpha", skill.alpha, enough.ALPHA_TRAINEES) for skill in told.skills]
    turns = [
        (f"{turn.turn} {name}", getattr(skill, name), least)
        for turn in told.turns
        for skill in (*turn.skills, *([turn.together] if turn.together else []))
        for name, least in (("facility", enough.FACILITY), ("discrimination", enough.DISCRIMINATION))
    ]
    uses = [(use.response, use.rest, enough.AVERAGE) for turn in told.turns for use in turn.responses]
    return [*skills, *alphas, *turns, *uses]


@pytest.mark.parametrize("trainees", [1, 4, 5, 7, 9, 12, 29, 35])
def test_no_figure_from_fewer_cases_than_it_needs(trainees: int) -> None:
    told = of(cohort([make_scenario(SHAPE, 11), line([f"t{n}" for n in range(6)])], trainees))
    for name, figure, least in figures_of(told):
        if isinstance(figure, Estimate):
            assert figure.n >= least, name
            assert figure.low is None or figure.low <= figure.value <= (figure.high or 0), name
        else:
            assert figure.reason, name
    for skill in (*told.skills, *told.further):
        check_averages(skill)
    assert any(isinstance(skill.mean, Estimate) for skill in told.skills) == (trainees >= enough.AVERAGE)
    models = [skill.model for skill in told.skills if skill.trainees == trainees]
    assert any(isinstance(model, Model) for model in models) == (trainees >= enough.MODEL_TRAINEES)
    pooled = told.recognition.pooled
    many = min(pooled.ruptures, pooled.foils) >= enough.EACH_KIND and trainees >= enough.AVERAGE
    assert isinstance(pooled.d_prime, Estimate) == many


def test_of_too_few_of_either_kind_it_is_said_how_many_there_are() -> None:
    table = np.array([[6, 1, 0, 0], [3, 20, 2, 0], [1, 0, 9, 0], [0, 0, 0, 0]])
    found = detection_of(table).d_prime
    assert found == Withheld(
        reason="it needs 10 ruptures and 10 turns without one or more, and there are 35 and 7", n=42
    )


def check_averages(skill: SkillStudy) -> None:
    """They are of those who have a score, and of nobody of whom there are only counts."""
    scores = [one.figures.score for one in skill.scores if one.figures.moments >= 5]
    for figure in (skill.mean, skill.sd, skill.median):
        assert figure.n == len(scores)
        assert isinstance(figure, Estimate) == (len(scores) >= enough.AVERAGE)
    if isinstance(skill.mean, Estimate) and isinstance(skill.median, Estimate):
        assert skill.mean.value == pytest.approx(np.mean(scores))
        assert skill.median.value == pytest.approx(np.median(scores))
        assert (skill.mean.low is not None) == (len(scores) >= enough.INTERVAL)


def test_a_cohort_of_nobody() -> None:
    told = of(made([]))
    assert (told.of_record, told.trainees, told.turns, told.flows) == (0, (), (), ())
    assert all(skill.pooled is None and isinstance(skill.mean, Withheld) for skill in told.skills)
    assert isinstance(told.recognition.calibration, Withheld)


def test_the_order_of_attempts_changes_nothing() -> None:
    found = cohort([make_scenario(SHAPE, 11), line(FOUR)], 12)
    assert of(found) == of(found, scored=found.scored[::-1])


def test_who_is_left_out_and_why() -> None:
    found = replace_result(cohort([line(FOUR)], 3), {"complete": 5, "unfinished": 2, "assisted": 0})
    assert [(one.attempts, one.reason) for one in of(found).left_out] == [
        (2, "they were not finished"),
        (2, "another attempt of the trainee at the scenario is the one of record"),
    ]
    again = of(found, left=[replace(found.scored[0], status="unfinished")])
    assert [(one.attempts, one.reason) for one in again.left_out] == [
        (1, "they were not finished"),
        (3, "they are practice that was not shared"),
    ]


def replace_result(found: Made, statuses: dict[str, int]) -> Made:
    result = made_cohorts.result(sum(statuses.values()), statuses)
    return Made(moments=found.moments, scored=found.scored, scenarios=found.scenarios, result=result)


def test_an_easy_a_hard_and_a_backward_turn() -> None:
    scenario = line(FOUR)
    chosen = {}
    for number in range(40):
        able_one = number % 2 == 0
        weak, strong = ["bad", "good"] if number % 4 < 2 else ["middling", "good"]
        chosen[f"wren-{number:02d}"] = [
            "good",  # easy
            "bad" if number else "good",  # hard
            "bad" if able_one else "good",  # backwards
            strong if able_one else weak,
        ]
    told = of(along(scenario, chosen))
    easy, hard, backward, plain = told.turns
    assert turns.VERY_EASY in easy.flags
    assert turns.VERY_HARD in hard.flags
    assert turns.BACKWARDS in backward.flags
    assert plain.together is not None
    assert isinstance(hard.together.facility, Estimate) if hard.together else False
    assert by_trouble(told)[0].turn in ("two", "three")
    assert not flagged(replace(plain, flags=(), responses=()))


def use(turn: TurnStudy, name: str) -> ResponseUse:
    return next(one for one in turn.responses if one.response == name)


def test_responses_that_mislead_that_nobody_wants_and_that_the_best_avoid() -> None:
    scenario = line(FOUR)
    chosen = {
        f"wren-{number:02d}": ["middling" if number % 10 else "good", *(["good"] * 3 if number % 10 else ["bad"] * 3)]
        for number in range(60)
    }
    first = of(along(scenario, chosen)).turns[0]
    assert [one.best for one in first.responses] == [True, False, False]
    assert use(first, "good").flags == (responses.NOT_BY_THE_BEST,)
    assert use(first, "middling").flags == (responses.MISLEADS,)
    assert use(first, "bad").flags == (responses.SELDOM,)
    assert use(first, "middling").rest == Estimate(value=1.0, n=54)
    assert use(first, "middling").share == 54 / 60
    assert use(first, "bad").rest == Withheld(reason="it needs 5 choosers with 3 other moments or more", n=0)


def test_a_best_response_of_those_who_do_best_has_no_flag_and_a_hidden_one_is_not_rare() -> None:
    chosen = {f"wren-{number:02d}": (["good"] * 4 if number % 2 else ["middling"] * 4) for number in range(40)}
    plain = line(FOUR)
    raw = made_cohorts_raw(plain)
    raw["turns"]["one"]["responses"]["bad"]["when"] = "trust >= 4"
    first, hidden = (of(along(scenario, chosen)).turns[0] for scenario in (plain, Scenario.model_validate(raw)))
    assert use(first, "good").flags == ()
    assert use(first, "bad").flags == (responses.SELDOM,)
    assert use(hidden, "bad").flags == ()


def test_a_response_counts_where_it_was_on_offer() -> None:
    """Of 40, two could choose what waits for a good response before: its chooser is one of two, not of 40."""
    two = of(made_cohorts.opened(40, 2)).turns[1]
    waits, good, bad = two.responses
    assert (waits.n, waits.on_offer, waits.share) == (1, 2, 0.5)
    assert (good.n, good.on_offer, good.share) == (20, 40, 0.5)
    assert (waits.best, waits.best_for, waits.best_where) == (True, 2, "where it was on offer")
    assert (good.best, good.best_for, good.best_where) == (True, 38, "where waits was not on offer")
    assert (bad.best, bad.best_for, bad.best_where) == (False, 0, "")
    assert sorted(two.offers) == [2, 38]
    assert [one.best_by_key for one in two.responses] == [True, False, False]


def test_what_is_on_offer_to_all_is_the_best_without_more_words() -> None:
    first = of(along(line(FOUR), {f"wren-{n:02d}": ["good" if n % 2 else "bad"] * 4 for n in range(40)})).turns[0]
    assert [(one.on_offer, one.best_for, one.best_where) for one in first.responses] == [
        (40, 40, ""),
        (40, 0, ""),
        (40, 0, ""),
    ]


def test_turns_that_nobody_met_are_known() -> None:
    scenario = make_scenario(Shape(turns=6, responses=3, conditions=False, loops=False), 11)
    told = of(cohort([scenario], 1))
    both = {(turn.scenario, turn.turn) for turn in (*told.turns, *told.unmet)}
    assert both == {(scenario.id, name) for name in scenario.turns}
    assert told.unmet
    assert all(turn.n == 0 and turn.together is None for turn in told.unmet)
    assert all(use.n == use.on_offer == 0 for turn in told.unmet for use in turn.responses)


@pytest.mark.parametrize(("hundredths", "flagged_as"), [(1, ()), (200, (responses.NOT_BY_THE_BEST,))])
def test_a_difference_that_the_percentages_do_not_show_raises_no_flag(
    hundredths: int, flagged_as: tuple[str, ...]
) -> None:
    """66 % beside 66 % would be read as a mistake."""
    first = of(along(line(FOUR), {f"wren-{n:02d}": ["good" if n % 2 else "bad"] * 4 for n in range(40)})).turns[0]
    rests = {"good": 0.66, "bad": 0.66 + hundredths / 10_000, "middling": 0.1}
    uses = [replace(one, flags=(), rest=Estimate(value=rests[one.response], n=20)) for one in first.responses]
    best = next(one for one in uses if one.response == "good")
    assert responses.flagged(best, uses).flags == flagged_as


def test_who_met_too_few_other_turns_does_not_count_for_discrimination() -> None:
    chosen = {f"wren-{number:02d}": ["good" if number % 2 else "bad"] * 3 for number in range(40)}
    for ids, n in ((FOUR[:3], 0), (FOUR, 40)):
        found = of(along(line(ids), {name: [own[0]] * len(ids) for name, own in chosen.items()})).turns[0].together
        assert found is not None
        assert found.discrimination.n == n
        assert isinstance(found.discrimination, Estimate) == (n == 40)


def test_the_ways_are_counted_step_by_step() -> None:
    told = of(along(line(FOUR[:2]), {"a": ["good", "bad"], "b": ["bad", "good"], "c": ["good", "good"]}))
    (flow,) = told.flows
    assert [(band.step, band.turn, band.to, band.ends, band.best, band.other) for band in flow.bands] == [
        (0, "one", "two", False, 2, 1),
        (1, "two", "done", True, 2, 1),
    ]
    assert flow.endings == (("done", "resolved", 3),)
    assert (flow.title, told.turns[0].patient) == ("A line", "I see. (looks away)")


def test_few_answers_raise_no_flag() -> None:
    told = of(along(line(FOUR), {f"wren-{number}": ["middling"] * 4 for number in range(9)}))
    assert not any(flagged(turn) for turn in told.turns)
    assert any(flagged(turn) for turn in of(along(line(FOUR), {f"w-{n}": ["bad"] * 4 for n in range(10)})).turns)


def test_confidence_is_compared_with_being_right() -> None:
    scenario = line(FOUR)
    plays = [
        (f"wren-{number}", scenario, play(scenario, able(1), random.Random(number), 1.0) or ()) for number in range(10)
    ]
    found = of(made(plays, confidence=lambda row: 100 if row % 2 else 50)).recognition.calibration
    assert isinstance(found, Calibration)
    assert found.over_confidence == pytest.approx(-0.25)
    assert [(band.confidence, band.answers, band.right) for band in found.bands] == [(50, 20, 20), (100, 20, 20)]
    few = of(made(plays[:7], confidence=lambda _: 100)).recognition.calibration
    assert few == Withheld(reason="it needs 30 answers or more that say how sure they are", n=28)


def test_the_model_sees_who_met_harder_turns() -> None:
    """Two of the same share of points, one of them at turns that others find hard: the model tells them apart."""
    scenario = line([f"t{n}" for n in range(8)])
    branches = branching(scenario)
    rng, plays = random.Random(3), []
    for number in range(60):
        ability = rng.random()
        steps = play(branches, able(ability), rng, ability)
        assert steps
        plays.append((f"wren-{number:02d}", branches, steps))
    skill = of(made(plays)).skills[SKILLS.index("metacommunication")]
    assert isinstance(skill.model, Model)
    assert 0 < skill.model.phi <= skill.model.reliability < 1
    assert skill.common_turns == 1
    assert all(one.adjusted is not None for one in skill.scores)
    adjusted = np.array([one.adjusted for one in skill.scores])
    shares = np.array([one.figures.score for one in skill.scores])
    assert np.corrcoef(adjusted, shares)[0, 1] > 0.6
    assert isinstance(skill.alpha, Withheld)


def branching(scenario: Scenario) -> Scenario:
    """The same, but a bad first answer leads past the next three turns."""
    raw = made_cohorts_raw(scenario)
    raw["turns"]["t0"]["responses"]["bad"]["to"] = "t4"
    raw["turns"]["t3"]["responses"] = {
        name: response | {"to": "done"} for name, response in raw["turns"]["t3"]["responses"].items()
    }
    return Scenario.model_validate(raw)


def test_groups_that_share_no_turn_have_no_model() -> None:
    first, second = line(FOUR), Scenario.model_validate(made_cohorts_raw(line(FOUR)) | {"id": "other"})
    plays = [
        (f"wren-{number:02d}", first if number % 2 else second, steps)
        for number in range(40)
        if (steps := play(line(FOUR), able(0.5), random.Random(number), 0.5))
    ]
    skill = of(made(plays)).skills[SKILLS.index("metacommunication")]
    assert skill.model == Withheld(reason="the trainees fall into groups that have no turn in common", n=40)


def test_a_trainee_is_quoted_what_they_saw_and_the_turn_what_most_saw() -> None:
    """Alternatives under a condition never stand together as if one person had said both."""
    raw = made_cohorts_raw(line(FOUR))
    raw["turns"]["two"]["patient"] = [
        {"says": "So we do it again.", "when": "trust >= 3"},
        {"says": "Fine.", "when": "trust < 3"},
        {"shows": "waits"},
    ]
    raw["turns"]["one"]["responses"]["good"]["effects"] = {"trust": 3}
    raw["turns"]["two"]["responses"]["good"]["when"] = "trust >= 3"
    scenario = Scenario.model_validate(raw)
    chosen = {f"wren-{number}": ["bad" if number < 4 else "good", "middling", "good", "good"] for number in range(6)}
    told = of(along(scenario, chosen))
    turn = told.turns[1]
    assert (turn.patient, turn.wordings) == ("Fine. (waits)", 2)
    assert told.turns[0].wordings == 1
    second = [one.cells[1] for one in told.trainees]
    assert [cell.patient for cell in second] == ["Fine. (waits)"] * 4 + ["So we do it again. (waits)"] * 2
    names = [use.response for use in turn.responses]
    assert {names[cell.response] for cell in second} == {"middling"}
    stronger = [None if cell.stronger is None else names[cell.stronger] for cell in second]
    assert stronger == [None] * 4 + ["good"] * 2, "what was not on offer is not held against anybody"


def test_every_cell_of_the_heat_map_is_what_was_done_there() -> None:
    told = of(along(line(FOUR), {"wren": ["good", "middling", "bad", "good"]}, notice="none"))
    (one,) = told.trainees
    assert [(cell.turn, cell.share, cell.noticed) for cell in one.cells] == [
        (0, 1.0, False),
        (1, 0.5, True),
        (2, 0.0, False),
        (3, 1.0, True),
    ]
    unsaid = of(along(line(FOUR), {"wren": ["good"] * 4}, notice=None)).trainees[0]
    assert {cell.noticed for cell in unsaid.cells} == {None}


def test_a_trainees_figures_over_two_attempts_are_those_of_all_moments_together() -> None:
    scenario, other = line(FOUR), Scenario.model_validate(made_cohorts_raw(line(FOUR)) | {"id": "other"})
    found = made(
        [
            ("wren", scenario, along_steps(scenario, ["good", "bad", "bad", "bad"])),
            ("wren", other, along_steps(other, ["good"] * 4)),
        ]
    )
    (score,) = of(found).skills[SKILLS.index("metacommunication")].scores
    assert (score.figures.points, score.figures.offered, score.figures.moments) == (20, 32, 8)
    assert Fraction(score.figures.score) == Fraction(20, 32)
    assert score.figures.chance == 0.5
    assert score.figures.tier == "provisional"
    assert set(RATED) == {skill.skill for skill in (*of(found).skills, *of(found).further)}
    assert len(of(found).further) == len(FURTHER_TASKS)


def along_steps(scenario: Scenario, responses: list[str]) -> Any:
    turns = zip(scenario.turns, responses, strict=True)
    return tuple(made_cohorts.Step(turn=turn, notice="none", response=response) for turn, response in turns)
