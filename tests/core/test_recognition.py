"""The probe: credit in quarters, balance between ruptures and foils, counts that add up."""

from fractions import Fraction

import golden
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_trainer.core.attempt import Step
from alliance_trainer.core.automaton import compile_scenario
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.recognition import CREDIT, NOTICE_ANSWERS, Noticed, count, credit
from alliance_trainer.core.replay import replay
from alliance_trainer.core.scoring import noticed_of, score
from alliance_trainer.core.vocabulary.markers import RUPTURE_TYPES

types = st.sampled_from(RUPTURE_TYPES)
probes = st.lists(st.tuples(types, st.one_of(st.none(), types)), max_size=30)


def test_the_credit_of_every_answer() -> None:
    assert NOTICE_ANSWERS == RUPTURE_TYPES
    expected = {("withdrawal", "confrontation"): 1, ("withdrawal", "mixed"): 2, ("confrontation", "mixed"): 2}
    for gold in RUPTURE_TYPES:
        for answer in RUPTURE_TYPES:
            either = expected.get((gold, answer), expected.get((answer, gold), 0))
            assert credit(gold, answer) == (4 if gold == answer else either)
    assert all(row[column] == CREDIT[column][line] for line, row in enumerate(CREDIT) for column in range(4))


@given(golds=st.lists(types, max_size=30), answer=types)
def test_no_constant_answer_gets_more_than_one_half(golds: list, answer: str) -> None:
    found = count((gold, answer) for gold in golds).score
    if "none" not in golds or set(golds) <= {"none"}:
        assert found is None
    else:
        assert found <= Fraction(1, 2)
        assert answer != "none" or found == Fraction(1, 2)


@given(probes=probes, times=st.integers(2, 9))
def test_more_foils_of_the_same_kind_change_nothing(probes: list, times: int) -> None:
    foils = [probe for probe in probes if probe[0] == "none"]
    assert count(probes).score == count([*probes, *foils * (times - 1)]).score


@given(probes=probes, cut=st.integers(0, 30))
def test_counts_add_up(probes: list, cut: int) -> None:
    whole = count(probes, unasked=3)
    parts = count(probes[:cut], unasked=1) + count(probes[cut:], unasked=2)
    assert whole == parts == count(reversed(probes), unasked=3)
    assert sum(map(sum, whole.confusion)) + whole.skipped == len(probes)
    answered = [probe for probe in probes if probe[1] is not None]
    assert whole.points == sum(credit(*probe) for probe in answered)
    assert whole.offered == 4 * len(answered)
    assert (whole.n_ruptures, whole.n_foils) == (
        sum(gold != "none" for gold, _ in answered),
        sum(gold == "none" for gold, _ in answered),
    )
    assert whole.score is None or 0 <= whole.score <= 1


@given(probes=probes)
def test_a_score_of_1_is_all_right_and_0_all_wrong(probes: list) -> None:
    found = count(probes)
    answered = [probe for probe in probes if probe[1] is not None]
    if found.score is not None:
        assert (found.score == 1) == all(gold == answer for gold, answer in answered)
        assert (found.score == 0) == all(credit(*probe) == 0 for probe in answered)


def test_guessing() -> None:
    blind = count((gold, answer) for gold in ("none", "withdrawal") for answer in RUPTURE_TYPES)
    assert blind.score == Fraction(11, 32)  # about .35
    kinds = RUPTURE_TYPES[1:]
    seen = count([("none", "none"), *((gold, answer) for gold in kinds for answer in kinds)])
    assert seen.score == Fraction(1, 2) + Fraction(22, 72)  # about .80: seen, but the type guessed


def test_forty_probes() -> None:
    rows = {"none": (12, 2, 0, 0), "withdrawal": (4, 6, 0, 2), "confrontation": (1, 0, 4, 3), "mixed": (0, 0, 5, 1)}
    found = count(
        (gold, answer)
        for gold, row in rows.items()
        for answer, times in zip(RUPTURE_TYPES, row, strict=True)
        for _ in range(times)
    )
    assert found.confusion == tuple(rows.values())
    assert (found.n_ruptures, found.n_foils, found.foil_points, found.rupture_points) == (26, 14, 48, 64)
    assert found.score == Fraction(6, 7) / 2 + Fraction(8, 13) / 2


def with_notice(turn: str, notice: bool) -> Scenario:
    scenario = golden.scenario()
    turns = {**scenario.turns, turn: scenario.turns[turn].model_copy(update={"notice": notice})}
    return scenario.model_copy(update={"turns": turns})


def test_an_answer_where_the_turn_does_not_ask_is_counted_apart() -> None:
    steps = golden.steps(golden.read("golden_mini.json")["attempts"]["perfect"]["record"])
    found = score(compile_scenario(with_notice("n2", False)), steps).noticed
    assert (found.n_ruptures, found.n_foils, found.unasked, found.skipped) == (1, 2, 1, 0)


def test_a_skipped_probe_is_no_opportunity_and_a_second_look_does_not_count() -> None:
    scenario = golden.scenario()
    steps = [
        Step(turn="n1", response="a"),
        Step(rewind="n1"),
        Step(turn="n1", notice="none", response="a"),
        Step(turn="n2", notice="mixed", response="a"),
    ]
    found = noticed_of(replay(scenario, steps, "unfinished").scored)
    assert found == Noticed(confusion=((0,) * 4, (0, 0, 0, 1), (0,) * 4, (0,) * 4), skipped=1)
    assert found.score is None


@pytest.mark.parametrize("golds", [["none"], ["mixed", "withdrawal"], []])
def test_without_both_kinds_there_is_no_score(golds: list) -> None:
    assert count((gold, gold) for gold in golds).score is None
