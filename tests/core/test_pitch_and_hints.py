"""How hard practice should be next, and what a hint gives away: nothing about the type of the rupture."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from shipped import IDS, scenario
from sizes import scaled

from alliance_trainer.core.hints import hint
from alliance_trainer.core.pitch import FELT_ANSWERS, Judged, pitch
from alliance_trainer.core.vocabulary.markers import MARKERS

JUDGED = st.builds(Judged, difficulty=st.integers(1, 5), felt=st.sampled_from(FELT_ANSWERS))


def judged(difficulty: int, *felt: str) -> list[Judged]:
    return [Judged(difficulty=difficulty, felt=one) for one in felt]  # type: ignore[arg-type]


def test_one_step_from_the_last_scenario_and_hints_only_after_too_hard() -> None:
    start = pitch([])
    assert (start.difficulty, start.hints, start.clarity) == (2, False, 3)
    assert pitch(judged(3, "too-easy")).difficulty == 4
    assert pitch(judged(3, "right")).difficulty == 3
    hard = pitch(judged(3, "too-hard"))
    assert (hard.difficulty, hard.hints, hard.clarity) == (2, True, 4)
    assert pitch(judged(3, "too-hard", "right")).hints is False
    assert pitch(judged(3, "too-easy", "too-easy")).clarity == 1


@settings(max_examples=scaled(200), deadline=None)
@given(st.lists(JUDGED, max_size=30), JUDGED)
def test_everything_stays_in_bounds_and_moves_by_a_step(history: list[Judged], last: Judged) -> None:
    before, after = pitch(history), pitch([*history, last])
    assert 1 <= after.difficulty <= 5
    assert 1 <= after.clarity <= 5
    assert abs(after.difficulty - last.difficulty) <= 1
    assert abs(after.clarity - before.clarity) <= 1
    assert after.hints == (last.felt == "too-hard")


def test_a_hint_names_one_sign_of_each_kind_and_the_true_one_where_there_is_one() -> None:
    for name in IDS:
        for turn_id, turn in scenario(name).turns.items():
            own = {marker.id for marker in turn.markers}
            for seed in ("1", "2"):
                away, against = hint(turn_id, turn, seed)
                assert (MARKERS[away].type, MARKERS[against].type) == ("withdrawal", "confrontation")
                for sign, kind in ((away, "withdrawal"), (against, "confrontation")):
                    true = {marker for marker in own if MARKERS[marker].type == kind}
                    assert not true or sign in true
                assert hint(turn_id, turn, seed) == (away, against)


def test_which_other_sign_stands_there_changes_with_the_seed() -> None:
    turn = scenario("its-fine").turns[scenario("its-fine").start]
    seen = Counter(hint("slip", turn, str(seed))[1] for seed in range(200))
    assert len(seen) == 7
    assert max(seen.values()) < 60
