"""The library as a whole: what it covers, what every scenario in it has, and the page that says so.

Its texts are looked at in `test_library_texts`.
"""

import os
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from enumeration import TooManyError, all_plays
from fewest import fewest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from library_page import groups, page
from random_scenarios import Shape, make_scenario, seeds
from shipped import FOILS, IDS, RUPTURES, automaton, scenario, scenarios
from sizes import scaled

from alliance_trainer.analysis.cues import points_of
from alliance_trainer.analysis.key import COLLINEAR_ABOVE, CUE_ADVANTAGE, CUE_P, Key, pooled
from alliance_trainer.analysis.ways import one_good_route, ways
from alliance_trainer.cli.boundary import run
from alliance_trainer.core.automaton import compile_scenario
from alliance_trainer.core.model import Ending, Scenario, Turn
from alliance_trainer.core.vocabulary.markers import MARKERS
from alliance_trainer.core.vocabulary.outcomes import OUTCOME_VALUES, RESOLVED_FROM
from alliance_trainer.core.vocabulary.stages import STAGES
from alliance_trainer.core.vocabulary.strategies import STRATEGIES
from alliance_trainer.lint.key_runner import judge
from alliance_trainer.scenario_files import library

PAGE = Path(__file__).parent.parent / "docs" / "library.md"
EVERY = pytest.mark.parametrize("name", IDS)


def stays(ending: Ending) -> bool:
    return ending.outcome != "dropout"


def is_plain(turn: Turn) -> bool:
    return turn.rupture == "none"


def is_marked(turn: Turn) -> bool:
    return turn.rupture != "none"


# --- the page


def test_the_page_of_the_library_says_what_is_in_the_files() -> None:
    wanted = page(scenarios())
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(wanted, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == wanted


def test_no_text_of_a_scenario_means_anything_in_the_page() -> None:
    text = "<b>|</b> `x` [y](z) \\ \x1b[31m *"
    plain = scenario("its-fine")
    hostile = plain.model_copy(
        update={
            "summary": f"{text}\n\n# {text}",
            "setting": text,
            "approach": text,
            "patient": plain.patient.model_copy(update={"name": text, "pronouns": text}),
            "content_notes": tuple(note.model_copy(update={"topic": text}) for note in plain.content_notes),
        }
    )
    drawn = page([hostile, scenario("mm-hm")])
    assert "\x1b" not in drawn
    signs = (r"\<b\>\|\</b\>", r"\[y\]", r"\*")
    assert [drawn.count(sign) >= 6 for sign in signs] == [True] * len(signs), "the texts are there, escaped"
    usual = page([plain, scenario("mm-hm")]).splitlines()
    shape = [line for line in drawn.splitlines() if line.startswith("#")]
    assert shape == [line for line in usual if line.startswith("#")], "no heading is added"
    for table in re.findall(r"(?:^\|.*\n)+", drawn, re.M):
        cells = {len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}
        assert len(cells) == 1, table
    assert not re.search(r"(?<!\\)<", drawn)


# --- the library


def test_the_library_has_exactly_these_scenarios() -> None:
    assert tuple(path.stem for path in library.shipped()) == IDS


def test_all_markers_all_strategies_and_most_traps_can_be_met() -> None:
    turns = [turn for one in scenarios() for turn in one.turns.values()]
    responses = [response for turn in turns for response in turn.responses.values()]
    assert {marker.id for turn in turns for marker in turn.markers} == set(MARKERS)
    assert {strategy for response in responses for strategy in response.uses} == set(STRATEGIES)
    assert len({response.trap for response in responses} - {None}) >= 10


def test_both_models_of_resolution_are_there_from_end_to_end() -> None:
    met = {name: {turn.stage for turn in scenario(name).turns.values()} for name in IDS}
    assert set().union(*met.values()) == set(STAGES)
    assert {stage for stage in STAGES if stage.startswith("C")} <= met["you-forgot"]


def test_nobody_is_always_the_angry_or_always_the_quiet_one() -> None:
    for name, of in groups(scenarios()).items():
        types = Counter(MARKERS[marker.id].type for one in of for turn in one.turns.values() for marker in turn.markers)
        assert types["withdrawal"], f"{name} never move away"
        assert types["confrontation"], f"{name} never move against"


@cache
def turns_together() -> Key:
    """The key of all turns, as if they were one scenario's; only what needs no plays can be asked of it."""
    turns = {f"{one.id}.{name}": turn for one in scenarios() for name, turn in one.turns.items()}
    return Key(scenario=scenario(IDS[0]).model_copy(update={"turns": turns}), moves=None)


def test_no_cue_of_the_wording_gives_the_key_of_the_library_away() -> None:
    gains = {gain.name: (round(gain.advantage, 3), gain.p) for gain in pooled(scenarios())}
    assert len(gains) == 11
    assert {name: gain for name, gain in gains.items() if gain[0] >= CUE_ADVANTAGE and gain[1] < CUE_P} == {}


def test_the_four_skills_are_told_apart_over_the_library() -> None:
    pairs = turns_together().collinear
    assert len(pairs) == 6
    assert {pair.skills: round(pair.r, 3) for pair in pairs if pair.r > COLLINEAR_ABOVE} == {}


# --- each scenario


@EVERY
def test_it_checks_without_a_warning(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = library.shipped_folder() / f"{name}.yaml"
    assert run(["check", str(path), "--format", "concise"]) == 0
    assert capsys.readouterr().out == ""


@EVERY
def test_its_key_is_sound(name: str) -> None:
    assert [(one.code, one.message) for one in judge(scenario(name))] == []


@EVERY
def test_every_way_through_it_is_neither_short_nor_long(name: str) -> None:
    longest = ways(automaton(name)).longest
    assert longest is not None, "a way can go round in circles"
    assert 6 <= longest <= 10
    least = fewest(automaton(name), lambda _: True, stays)
    assert least is not None
    assert least >= 5


@EVERY
def test_every_way_meets_turns_at_which_nothing_is_wrong(name: str) -> None:
    least = fewest(automaton(name), is_plain, stays)
    assert least is not None
    assert least >= 2


@pytest.mark.parametrize("name", RUPTURES)
def test_in_a_scenario_with_a_rupture_every_way_meets_one(name: str) -> None:
    least = fewest(automaton(name), is_marked, lambda _: True)
    assert least is not None
    assert least >= 1


@pytest.mark.parametrize("name", FOILS)
def test_in_a_foil_the_work_can_go_on_without_any_rupture(name: str) -> None:
    assert fewest(automaton(name), is_marked, lambda ending: ending.outcome == "worked-on") == 0


@EVERY
def test_there_is_more_than_one_way_to_make_it_good(name: str) -> None:
    assert (automaton(name).outlook[0] or 0) >= RESOLVED_FROM
    assert one_good_route(automaton(name)) is None


@EVERY
def test_there_are_three_or_four_responses_and_three_to_six_endings(name: str) -> None:
    turns = scenario(name).turns
    assert {key: len(turn.responses) for key, turn in turns.items() if not 3 <= len(turn.responses) <= 4} == {}
    assert 3 <= len(scenario(name).endings) <= 6


@EVERY
def test_good_words_with_a_bad_function_tempt_at_most_turns(name: str) -> None:
    turns = scenario(name).turns.values()
    tempting = 0
    for turn in turns:
        points = points_of(turn)
        tempting += any(
            one.trap and worth < max(points) for one, worth in zip(turn.responses.values(), points, strict=True)
        )
    assert 3 * tempting >= 2 * len(turns)


@EVERY
def test_what_trainees_and_instructors_are_told_beforehand_is_there(name: str) -> None:
    one = scenario(name)
    assert one.content_notes
    assert one.objectives
    assert one.reviewed_by == "none", "until a clinician really has; then say so here"
    assert [key for key, turn in one.turns.items() if not turn.inside] == []


@EVERY
def test_it_has_tests_of_its_own_for_the_good_and_the_bad(name: str) -> None:
    one = scenario(name)
    values = [OUTCOME_VALUES[one.endings[test.ending].outcome] for test in one.tests.values() if test.ending]
    assert len(one.tests) >= 3
    assert max(values) >= RESOLVED_FROM
    assert min(values) <= 1


# --- what these tests count with


def straight() -> st.SearchStrategy[Scenario]:
    """Scenarios without loops, so that every play ends."""
    shape = st.builds(
        Shape,
        turns=st.integers(1, 5),
        responses=st.integers(1, 3),
        conditions=st.booleans(),
        loops=st.just(False),
        quiet=st.booleans(),
    )
    return st.builds(make_scenario, shape, seeds)


@given(straight())
@settings(max_examples=scaled(60))
def test_the_fewest_turns_are_those_of_all_plays_one_by_one(one: Scenario) -> None:
    compiled = compile_scenario(one)
    try:
        plays = [play for play in all_plays(one, most=1_000) if play.ending is not None]
    except TooManyError:
        assume(False)
        raise
    for counts in (is_plain, is_marked, lambda _: True):
        for ends in (stays, lambda ending: ending.value >= RESOLVED_FROM):
            sums = [
                sum(counts(one.turns[turn]) for turn, _ in play.path)
                for play in plays
                if play.ending is not None and ends(one.endings[play.ending])
            ]
            assert fewest(compiled, counts, ends) == min(sums, default=None)
