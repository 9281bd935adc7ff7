"""Answers given again in another version: the same version gives the same course, another one a legal prefix."""

from hypothesis import given, settings
from hypothesis import strategies as st
from random_scenarios import Shape, make_play, make_scenario, played, raw, rebuilt, seeds, shapes
from sizes import scaled

from alliance_trainer.core import course as courses
from alliance_trainer.core import engine
from alliance_trainer.core.attempt import Step
from alliance_trainer.core.course import Course
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.replay import replay
from alliance_trainer.core.retracing import Broken, retrace
from alliance_trainer.scenario_files.loader import load

LINE = """\
format: 1
id: minimal
title: A line
summary: Three turns in a row.
patient: {name: Ines, age: 38}
briefing: It is her third session.
start: one
turns:
  one:
    patient: I nearly did not come today.
    responses:
      go: {says: And yet you are here., why: Meets both halves., to: two}
      stay: {says: Say that once more., why: Slow., to: one}
  two:
    patient: It was raining.
    responses:
      go: {says: It was., why: With her., to: three}
  three:
    patient: So.
    responses:
      go: {says: So we begin., why: Begins., to: done}
endings:
  done: {outcome: worked-on, debrief: The session went on.}
"""


def version(text: str = LINE) -> Scenario:
    scenario = load(text.encode(), "minimal.yaml").scenario
    assert scenario is not None
    return scenario


def course(*answers: str, at: str | None = None) -> Course:
    going = courses.begin(version(), at)
    for answer in answers:
        going = courses.answer(going, answer, "none")
    return going


def answers(going: Course) -> list[tuple[str, str]]:
    return [(exchange.turn_id, exchange.response_id) for exchange in going.way]


@settings(max_examples=scaled(80))
@given(played())
def test_in_the_same_version_the_course_is_the_same(drawn: tuple[Scenario, object]) -> None:
    scenario, play = drawn
    old = replay(scenario, play.steps, "unfinished")  # type: ignore[attr-defined]
    again = retrace(old, scenario)
    assert again.broken is None
    assert again.course == old


@settings(max_examples=scaled(80))
@given(shapes(), seeds, seeds, seeds)
def test_in_another_version_it_is_a_legal_prefix_and_says_truly_where_it_broke(
    shape: Shape, first: int, second: int, third: int
) -> None:
    old = replay(*_steps(make_scenario(shape, first), third))
    again = retrace(old, make_scenario(shape, second))
    now = again.course
    kept = len(now.way)
    assert answers(now) == answers(old)[:kept]
    legal = replay(now.scenario, [Step(turn=turn, response=said) for turn, said in answers(now)], "unfinished")
    assert legal.state == now.state
    following = old.way[kept] if kept < len(old.way) else None
    match again.broken:
        case None:
            assert following is None
            assert now.state.place == old.state.place
        case Broken(why="not on offer"):
            assert following is not None
            assert (again.broken.turn, again.broken.response) == (following.turn_id, following.response_id)
            assert now.state.place == following.turn_id
            assert following.response_id not in engine.offered(now.scenario, now.state)
        case Broken(why="leads elsewhere"):
            assert (again.broken.turn, again.broken.response) == answers(now)[-1]
            assert now.state.place != (following.turn_id if following else old.state.place)
        case Broken(why="begins elsewhere"):
            assert not now.way
            assert now.state.place != (old.way[0].turn_id if old.way else old.state.place)


def _steps(scenario: Scenario, seed: int) -> tuple[Scenario, tuple[Step, ...], str]:
    return scenario, make_play(scenario, seed).steps, "unfinished"


@settings(max_examples=scaled(30))
@given(played(), st.data())
def test_it_goes_on_from_the_turn_that_was_tried(drawn: tuple[Scenario, object], data: st.DataObject) -> None:
    scenario, _ = drawn
    turn = data.draw(st.sampled_from(sorted(scenario.turns)))
    old = courses.begin(scenario, turn)
    for name in list(engine.offered(scenario, old.state))[:1]:
        old = courses.answer(old, name, None)
    assert retrace(old, scenario).course == old


def test_a_response_that_was_renamed_breaks_where_it_was_given() -> None:
    now = retrace(course("go", "go"), version(LINE.replace("go: {says: It was.", "walk: {says: It was.")))
    assert now.broken == Broken(why="not on offer", turn="two", response="go")
    assert answers(now.course) == [("one", "go")]
    assert now.course.state.place == "two"


def test_a_response_that_leads_elsewhere_now_is_named_also_where_it_was_the_last() -> None:
    for given_before in (course("go"), course("go", "go")):
        now = retrace(
            given_before, version(LINE.replace("Meets both halves., to: two", "Meets both halves., to: three"))
        )
        assert now.broken == Broken(why="leads elsewhere", turn="one", response="go")
        assert now.course.state.place == "three"


def test_another_start_or_a_turn_that_is_gone_is_said() -> None:
    at_start = retrace(course("go"), version(LINE.replace("start: one", "start: two")))
    assert (at_start.broken, at_start.course.state.place) == (Broken(why="begins elsewhere"), "two")
    gone = retrace(course(at="two"), version(LINE.replace("  two:", "  second:").replace("to: two", "to: second")))
    assert (gone.broken, gone.course.state.place) == (Broken(why="begins elsewhere"), "one")


def test_an_answer_taken_back_that_does_not_exist_any_more_stops_nothing() -> None:
    old = courses.answer(courses.go_back(course("go", "go"), "one"), "go", None)
    now = retrace(old, version(LINE.replace("go: {says: It was.", "walk: {says: It was.")))
    assert now.broken is None
    assert now.course.state.place == "two"
    assert [exchange.undone for exchange in now.course.exchanges] == [True, False]


def test_texts_may_change_and_the_new_ones_are_there() -> None:
    scenario = rebuilt(
        version(), turns=raw(version())["turns"] | {"two": {**raw(version())["turns"]["two"], "inside": "Wet."}}
    )
    now = retrace(course("go"), scenario)
    assert now.broken is None
    assert now.course.scenario.turns["two"].inside == "Wet."
