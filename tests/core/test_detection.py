"""Signal detection against worked values, and how much is said with how few answers."""

import pytest

from alliance_trainer.core.detection import Detected, calibration, judgement, leaning, sensitivity

TABLE = [
    ("good", 9, 10, 1, 10, 2.193607, 0.0),
    ("perfect", 10, 10, 0, 10, 3.381243, 0.0),
    ("always rupture", 10, 10, 10, 10, 0.0, -1.690622),
    ("never", 0, 10, 0, 10, 0.0, 1.690622),
    ("biased yes", 9, 10, 6, 10, 0.866919, -0.663344),
    ("below chance", 3, 10, 6, 10, -0.702673, 0.121453),
]


@pytest.mark.parametrize(
    ("name", "hits", "ruptures", "alarms", "plain", "d", "c"), TABLE, ids=[row[0] for row in TABLE]
)
def test_the_worked_values(name: str, hits: int, ruptures: int, alarms: int, plain: int, d: float, c: float) -> None:
    counts = Detected(hits=hits, misses=ruptures - hits, false_alarms=alarms, correct_rejections=plain - alarms)
    found = sensitivity(counts)
    assert found is not None
    assert found.d == pytest.approx(d, abs=1e-6)
    assert found.c == pytest.approx(c, abs=1e-6)


def test_below_ten_of_either_kind_there_are_only_counts() -> None:
    assert sensitivity(Detected(hits=9, correct_rejections=50)) is None
    assert sensitivity(Detected(hits=50, false_alarms=4, correct_rejections=5)) is None
    assert sensitivity(Detected(hits=10, correct_rejections=10)) is not None


def test_the_leaning_is_told_in_words() -> None:
    def said(hits: int, alarms: int) -> str:
        counts = Detected(hits=hits, misses=20 - hits, false_alarms=alarms, correct_rejections=20 - alarms)
        found = sensitivity(counts)
        assert found is not None
        return leaning(found)

    assert said(19, 12) == "You tend to call ruptures where there are none."
    assert said(6, 1) == "You tend to let ruptures pass as nothing special."
    assert "neither" in said(16, 4)


def test_how_sure_is_held_against_how_often_right_only_from_thirty_on() -> None:
    assert calibration([(90, True)] * 29) is None
    found = calibration([(90, True)] * 15 + [(90, False)] * 15)
    assert found is not None
    assert (round(found.sure, 9), found.right) == (0.9, 0.5)
    assert judgement(found).startswith("You are surer than you are right: 90% sure on average, right in 50% of 30")
    modest = calibration([(50, True)] * 30)
    assert modest is not None
    assert "more often than you trust" in judgement(modest)
    unsure = calibration([(50, True)] * 10 + [(50, False)] * 20 + [(60, False)] * 2)
    assert unsure is not None
    assert "surer than" not in judgement(unsure), "less than 50 cannot be said"
    assert judgement(unsure).startswith(
        "You are seldom sure, and seldom right: 51% sure on average, right in 31% of 32."
    )
    even = calibration([(80, True)] * 24 + [(80, False)] * 6)
    assert even is not None
    assert "about as sure" in judgement(even)
