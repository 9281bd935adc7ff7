"""What a debrief says in words: of an attempt that stands in the middle, and of ruptures that led back."""

from shipped import automaton, scenario

from alliance_trainer.core import course as courses
from alliance_trainer.core import engine
from alliance_trainer.core.attempt import NoticeAnswer
from alliance_trainer.core.course import Course
from alliance_trainer.core.debrief import Debrief, debrief
from alliance_trainer.core.scoring import score_course


def after(name: str, answers: int, notice: NoticeAnswer) -> Course:
    """So many answers, always the first that is offered."""
    course = courses.begin(scenario(name))
    for _ in range(answers):
        turn = course.scenario.turns[course.state.place]
        first = next(iter(engine.offered(course.scenario, course.state)))
        course = courses.answer(course, first, notice if turn.notice else None)
    return course


def told_of(name: str, answers: int, notice: NoticeAnswer = "withdrawal") -> Debrief:
    course = after(name, answers, notice)
    return debrief(course, score_course(automaton(name), course))


def test_a_rupture_that_is_still_open_is_on_the_way_too() -> None:
    told = told_of("its-fine", 1)
    assert told.headline == "Not finished: 1 turn played so far."
    counts = dict(told.counts)
    assert counts["Noticing"].startswith("1 of 1 rupture seen, 1 called by its kind")
    assert counts["Repair"] == "1 rupture on the way, still open"


def test_ruptures_that_led_back_and_one_still_open_are_told_together() -> None:
    for answers in range(1, 6):
        course = after("its-fine", answers, "none")
        card = score_course(automaton("its-fine"), course)
        words = dict(debrief(course, card).counts)["Repair"]
        many = len(card.episodes)
        assert words.startswith(f"{many} rupture{'' if many == 1 else 's'} on the way")
        assert ("still open" in words) is any(episode.resolved is None for episode in card.episodes)
        assert ("led back" in words) is (card.repair.closed > 0)


def test_the_marks_say_which_ruptures_led_back_and_never_that_they_were_repaired() -> None:
    told = told_of("its-fine", 5)
    assert told.marks[0] == "S"
    texts = (told.in_words, *(text for _, text in told.counts), *told.remarks)
    assert not any("repaired" in text for text in texts)
