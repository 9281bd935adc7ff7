"""The supervisor's sheet: what stands on it, that no name does unasked, and that it fits on one page."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from browser import Browser, needs_chromium
from golden import DATA
from msgspec.structs import replace

from alliance_trainer.core import course as courses
from alliance_trainer.core.automaton import compile_scenario
from alliance_trainer.core.course import Course
from alliance_trainer.core.debrief import Debrief, Moment, debrief
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.own_words import OwnWords
from alliance_trainer.core.scoring import score_course
from alliance_trainer.core.second_tries import SecondTry, way
from alliance_trainer.reports.sheet import MOST_MOMENTS, NO_NAME, Sheet, sheet
from alliance_trainer.reports.sheet_html import sheet_html
from alliance_trainer.reports.sheet_markdown import sheet_markdown
from alliance_trainer.scenario_files.loader import load

EXAMPLE = DATA.parent / "example_scenario.yaml"
OWN = "You held that sheet by one corner, and I went on about the form."
WORDS = [OwnWords(said=OWN, reason="It leaves room."), OwnWords(said="What was that like?" * 3), OwnWords(), OwnWords()]


def example() -> Scenario:
    scenario = load(EXAMPLE.read_bytes(), "example-scenario.yaml").scenario
    assert scenario is not None
    return scenario


def played() -> Course:
    course = courses.begin(example())
    for response, notice in (("explain", "none"), ("wonder", "withdrawal"), ("stay", "mixed"), ("ask", "none")):
        course = courses.answer(course, response, notice)  # type: ignore[arg-type]  # a literal of the four
    return course


def whole() -> Debrief:
    course = played()
    return debrief(course, score_course(compile_scenario(course.scenario), course), WORDS)


def told(name: str = "") -> Sheet:
    course = played()
    first = course.exchanges[0]
    one = way(course, course.way, first.level_before, "that")
    tried = SecondTry(
        branch="x", number=1, turn_id="form", patient=first.last_words, first=one, again=one, finished=True
    )
    return sheet(course.scenario.title, "2026-11-02T09:14:00Z", whole(), (tried,), name)


def words_of(page: str) -> str:
    """What can be read on a page, its attributes left out."""
    body = page[page.index("<body>") :]
    return folded(unescape(re.sub(r"<[^>]*>", " ", body)))


def folded(text: str) -> str:
    return " ".join(text.split())


def test_both_forms_say_the_same() -> None:
    one = told()
    page = words_of(sheet_html(one))
    markdown = folded(sheet_markdown(one).replace("\\", ""))
    texts = [
        *(one.heading, "2026-11-02", one.told.headline, one.told.in_words, one.told.advice, one.caveat, OWN),
        *(text for moment in one.moments for text in (moment.patient, moment.said, moment.sign)),
        *(text for _, text in (*one.told.skills, *one.told.counts)),
        "It leaves room.",
        "not the 3RS itself",
        "Notes",
        "Tried again",
    ]
    for text in texts:
        assert folded(text) in page, text
        assert folded(text) in markdown, text


def test_a_name_stands_there_only_if_one_is_given() -> None:
    for form in (sheet_html, sheet_markdown):
        assert f"Trainee: {NO_NAME}" in form(told()).replace("\\", "")
        assert "Trainee: A. Somebody" in form(told(name=" A.  Somebody\n")).replace("\\", "")


def test_the_curve_has_a_place_for_every_turn_and_says_the_same_in_words() -> None:
    one = told()
    text = sheet_html(one)
    (mine,) = re.findall(r'class="mine" points="([^"]*)"', text)
    points = [tuple(map(int, point.split(","))) for point in mine.split()]
    assert len(points) == len(one.told.levels)
    heights = dict(zip(one.told.levels, (y for _, y in points), strict=True))
    assert [heights[level] for level in sorted(heights)] == sorted(heights.values(), reverse=True), "higher is better"
    assert text.count('class="rupture"') + text.count('class="repaired"') == sum(
        mark in "Rr" for mark in one.told.marks
    )
    assert folded(one.told.in_words) in words_of(text)


def test_moments_with_own_words_come_first_and_the_rest_is_counted() -> None:
    course = whole()
    quiet = [replace(moment, own_words="") for moment in course.moments]
    many: list[Moment] = [*quiet, *quiet, *course.moments, *course.moments, *course.moments]
    one = sheet("x", "2026-11-02", replace(course, moments=tuple(many)), ())
    assert len(one.moments) == MOST_MOMENTS
    assert one.left_out == len(many) - MOST_MOMENTS
    assert all(moment.own_words for moment in one.moments)
    assert f"{one.left_out} more moments" in sheet_markdown(one)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    one = Browser(tmp_path_factory.mktemp("profile"))
    yield one
    one.close()


@needs_chromium
def test_in_a_browser_it_fits_on_one_page_loads_nothing_and_nothing_sticks_out(
    browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.html"
    path.write_text(sheet_html(told(name="A. Somebody")), encoding="ascii")
    for width, scheme in ((390, "light"), (1280, "dark")):
        browser.open(path, width, scheme)
        assert browser.run("document.documentElement.scrollWidth") <= width
        outside = (
            "[...document.querySelectorAll('dt, dd, p, h1, h2, h3')].filter("
            "e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)"
        )
        assert browser.run(outside) == []
    browser.open(path, 800)
    pdf = browser.printed()
    assert re.findall(rb"/Type /Pages\s*/Count (\d+)", pdf) == [b"1"], "one page of A4"
    assert browser.messages == []
    assert [address for address in browser.requests if not address.startswith("file:")] == []
