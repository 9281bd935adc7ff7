"""What was missed comes back at fixed intervals, replayed from the answers alone."""

from hypothesis import given, settings
from hypothesis import strategies as st
from sizes import scaled

from alliance_trainer.core.spacing import INTERVALS, Practised, Waiting, due, waiting

ANSWERS = st.lists(st.tuples(st.integers(0, 3), st.sampled_from("ab"), st.booleans()), max_size=40)


def practised(rows: list[tuple[int, str, bool]]) -> list[Practised]:
    """Rows of (days since the last one, key, right)."""
    day, found = 0, []
    for later, key, right in rows:
        day += later
        found.append(Practised(day=day, key=key, right=right))
    return found


def after(*answers: tuple[int, bool]) -> tuple[Waiting, ...]:
    return waiting(Practised(day=day, key="a", right=right) for day, right in answers)


def test_a_miss_comes_back_tomorrow_and_then_after_each_interval_until_it_is_gone() -> None:
    assert after((10, False))[0].due == 11
    days, answers = 10, [(10, False)]
    for step, interval in enumerate(INTERVALS[1:], start=1):
        days = after(*answers)[0].due
        answers.append((days, True))
        (one,) = after(*answers)
        assert (one.due, one.step, one.missed) == (days + interval, step, 10)
    answers.append((after(*answers)[0].due, True))
    assert after(*answers) == ()


def test_right_before_it_is_due_changes_nothing_and_late_counts_from_that_day() -> None:
    assert after((10, False), (10, True)) == after((10, False))
    assert after((10, False), (20, True))[0].due == 20 + INTERVALS[1]


def test_a_miss_at_any_step_begins_again_and_what_was_never_missed_does_not_come_back() -> None:
    (one,) = after((10, False), (11, True), (12, False))
    assert (one.due, one.step, one.missed) == (13, 0, 12)
    assert after((1, True), (5, True)) == ()


def test_due_is_what_is_due_today_or_was_before() -> None:
    queue = after((10, False))
    assert due(queue, 10) == ()
    assert due(queue, 11) == due(queue, 40) == queue


@settings(max_examples=scaled(200))
@given(ANSWERS)
def test_keys_do_not_meddle_with_each_other(rows: list[tuple[int, str, bool]]) -> None:
    answers = practised(rows)
    together = set(waiting(answers))
    apart = {one for key in "ab" for one in waiting(answer for answer in answers if answer.key == key)}
    assert together == apart


@settings(max_examples=scaled(200))
@given(ANSWERS)
def test_the_queue_is_sorted_and_every_due_day_follows_an_answer_by_an_interval(
    rows: list[tuple[int, str, bool]],
) -> None:
    answers = practised(rows)
    queue = waiting(answers)
    assert [one.due for one in queue] == sorted(one.due for one in queue)
    for one in queue:
        days = {answer.day for answer in answers if answer.key == one.key}
        assert one.due - INTERVALS[one.step] in days
        assert one.missed in {answer.day for answer in answers if answer.key == one.key and not answer.right}
        misses = [answer.day for answer in answers if answer.key == one.key and not answer.right]
        assert one.missed == misses[-1]
