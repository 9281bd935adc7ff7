"""What is suggested, and why: in this order what is due, a leaning, a kind, what was not tried, a drill."""

from datetime import date

import pytest

from alliance_trainer.core.history import AttemptRow, DrillRow, History, Noticing, Shelved, practised
from alliance_trainer.core.next_step import Suggestion, ago, ahead, came_back, suggestion
from alliance_trainer.core.progress import comes_back, progress, recognition

TODAY = date(2026, 11, 27).toordinal()
SHELF = (
    Shelved(id="easy", title="Easy", difficulty=1),
    Shelved(id="middle", title="Middle", difficulty=2),
    Shelved(id="hard", title="Hard", difficulty=4),
)


def started(days_ago: int) -> str:
    return f"{date.fromordinal(TODAY - days_ago)}T10:00:00Z"


def attempt(days_ago: int, **changes: object) -> AttemptRow:
    fields: dict[str, object] = {
        "attempt": f"a{days_ago}",
        "scenario": "easy",
        "title": "Easy",
        "difficulty": 1,
        "mode": "practice",
        "status": "complete",
        "started": started(days_ago),
        "finished": True,
    }
    return AttemptRow(**(fields | changes))  # type: ignore[arg-type]


def drill(days_ago: int, *noticed: Noticing) -> DrillRow:
    return DrillRow(drill=f"d{days_ago}", started=started(days_ago), feedback="each", noticed=noticed)


def seen(answer: str, *markers: str, many: int = 1, **more: object) -> tuple[Noticing, ...]:
    return tuple(
        Noticing(item=f"m/{n}", markers=markers, answer=answer, **more)  # type: ignore[arg-type]
        for n in range(many)
    )


def suggested(*rows: AttemptRow | DrillRow, shelf: tuple[Shelved, ...] = SHELF) -> Suggestion:
    history = History(
        attempts=tuple(row for row in rows if isinstance(row, AttemptRow)),
        drills=tuple(row for row in rows if isinstance(row, DrillRow)),
    )
    return suggestion(history, TODAY, shelf)


def test_at_first_it_is_a_scenario_of_the_difficulty_that_fits() -> None:
    found = suggested()
    assert found.command == ("play", "middle")
    assert "not tried" in found.why


def test_what_was_felt_too_easy_or_too_hard_moves_the_next_scenario() -> None:
    base = {"scenario": "middle", "title": "Middle", "difficulty": 2}
    assert suggested(attempt(5, **base, felt="too-hard")).command == ("play", "easy")
    assert suggested(attempt(5, **(base | {"difficulty": 3}), felt="too-easy")).command == ("play", "hard")


def test_a_sign_that_is_due_comes_before_everything_and_says_where_it_was_missed() -> None:
    found = suggested(drill(2, *seen("none", "wd-denial")), attempt(3, skills={"responsibility": (1, 9, 4)}))
    assert found.command == ("spot",)
    assert "denies" in found.what
    assert "2 days ago in a drill" in found.why
    assert "yesterday" in found.why
    not_yet = suggested(drill(0, *seen("none", "wd-denial")))
    assert not_yet.command[0] == "play"


def test_a_skill_that_is_due_comes_back_in_a_scenario() -> None:
    found = suggested(attempt(3, skills={"responsibility": (6, 9, 4), "recognition": (7, 9, 4)}))
    assert found.command[0] == "play"
    assert "responsibility: 6 of 9 points in Easy" in found.why
    enough = suggested(attempt(3, skills={"recognition": (7, 9, 4)}))
    assert "points" not in enough.why


def test_a_leaning_then_a_kind_that_is_missed_more_lead_to_a_drill() -> None:
    # Each right so late that nothing is due, and with too many false alarms.
    calling = drill(0, *seen("withdrawal", "wd-denial", many=12), *seen("mixed", many=12))
    assert suggested(calling).why == "You tend to call ruptures where there are none."
    blind = drill(0, *seen("none", "wd-denial", many=5), *seen("confrontation", "cf-defends-self", many=5))
    found = suggested(blind)
    assert found.command == ("spot", "--type", "withdrawal")
    assert found.why == "You noticed 0 of 5, and of confrontation 5 of 5."
    assert suggested(drill(0, *seen("none", "wd-denial", many=4))).command[0] == "play", "four are too few"


def test_when_all_was_tried_and_nothing_is_due_it_is_a_drill() -> None:
    rows = [attempt(4, scenario=one.id, title=one.title) for one in SHELF]
    assert suggested(*rows).command == ("spot",)
    assert suggested(shelf=()).command == ("spot",)


@pytest.mark.parametrize(
    ("noticed", "key", "right"),
    [
        (seen("withdrawal", "wd-denial"), "wd-denial", True),
        (seen("mixed", "wd-denial"), "wd-denial", True),
        (seen("confrontation", "wd-denial"), "wd-denial", False),
        (seen("withdrawal", "wd-denial", named="wd-minimal-response"), "wd-denial", False),
        (seen("mixed", "wd-denial", "cf-defends-self", named="cf-defends-self"), "wd-denial", True),
        (seen("none"), "none", True),
        (seen("withdrawal"), "none", False),
        (seen("mixed", foil="thinking-time"), "thinking-time", False),
    ],
)
def test_what_counts_as_missed(noticed: tuple[Noticing, ...], key: str, right: bool) -> None:
    found = {one.key: one.right for one in practised(History(drills=(drill(1, *noticed),)))}
    assert found[key] is right


def test_due_and_coming_back_are_told_with_their_days() -> None:
    history = History(drills=(drill(1, *seen("none", "wd-denial")), drill(0, *seen("mixed"))))
    assert [one.key for one in came_back(history, TODAY)] == ["wd-denial"]
    assert comes_back(history, TODAY) == (
        ("now", "denies; missed 26 November 2026, in a drill"),
        ("tomorrow", "a moment with nothing wrong; missed 27 November 2026, in a drill"),
    )
    assert (ago(0), ago(1), ago(9)) == ("today", "yesterday", "9 days ago")
    assert (ahead(-3), ahead(0), ahead(1), ahead(7)) == ("now", "now", "tomorrow", "in 7 days")


def test_over_time_first_and_last_are_counted_and_only_what_got_better_is_said() -> None:
    rows = tuple(
        attempt(20 - n, skills={"recognition": (n, 10, 5), "responsibility": (9 - n, 10, 5)}) for n in range(9)
    )
    told = progress(History(attempts=rows), trainee="wren-27", today=TODAY, suggestion=suggested())
    lines = {trend.label: trend for trend in told.trends}
    assert (lines["recognition"].early, lines["recognition"].late) == ((3, 30), (21, 30))
    assert lines["recognition"].signs == ("-", "-", "-", "-", "=", "=", "=", "+", "+")
    assert lines["recognition"].words == "3 of 30 at first, 21 of 30 lately: more than before"
    assert lines["responsibility"].words == "24 of 30 at first, 6 of 30 lately"
    assert told.improved == "Better than at first: recognition."
    few = progress(History(attempts=rows[:5]), trainee="", today=TODAY, suggestion=suggested())
    assert few.trends[0].words == "10 of 50 so far"


def test_recognition_says_more_than_counts_only_from_ten_of_each_on() -> None:
    nine = History(drills=(drill(1, *seen("withdrawal", "wd-denial", many=9), *seen("none", many=20)),))
    assert recognition(nine) == (
        "Ruptures seen 9, missed 0. Nothing wrong: left plain 20, called a rupture 0.",
        "More can be said from 10 moments of each kind on.",
    )
    ten = History(
        drills=(drill(1, *seen("withdrawal", "wd-denial", many=10, sure=90), *seen("none", many=20, sure=90)),)
    )
    assert "You lean neither" in recognition(ten)[1]
    assert "You are about as sure as you are right: 90% sure" in recognition(ten)[2]
    assert recognition(History()) == ()
