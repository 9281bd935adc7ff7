"""The supervisor's sheet: what stands on it, that no name does unasked, and that it fits on one page."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest
from browser import Browser, needs_chromium
from golden import DATA
from msgspec.structs import replace
from shipped import IDS, automaton, scenario

from alliance_trainer.core import course as courses
from alliance_trainer.core import engine
from alliance_trainer.core.attempt import NoticeAnswer
from alliance_trainer.core.automaton import compile_scenario
from alliance_trainer.core.course import Course
from alliance_trainer.core.debrief import Debrief, Moment, debrief
from alliance_trainer.core.model import Scenario, Turn
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


def test_of_moments_that_decided_the_same_those_with_own_words_come_first_and_the_rest_is_counted() -> None:
    course = whole()
    alike = [replace(moment, weight=0) for moment in course.moments]
    quiet = [replace(moment, own_words="") for moment in alike]
    many: list[Moment] = [*quiet, *quiet, *alike, *alike, *alike]
    one = sheet("x", "2026-11-02", replace(course, moments=tuple(many)), ())
    assert len(one.moments) == MOST_MOMENTS
    assert one.left_out == len(many) - MOST_MOMENTS
    assert all(moment.own_words for moment in one.moments)
    assert f"{one.left_out} more moments" in sheet_markdown(one)


def test_turning_points_then_harm_then_missed_ruptures_come_before_everything_else() -> None:
    course = answered("its-fine", lambda _turn, offered: offered[0], lambda _turn: "none")
    told = debrief(course, score_course(automaton("its-fine"), course), [WORDS[0]] * 4)
    (turning,) = [moment for moment in told.moments if "out of reach" in moment.remark]
    assert turning.change == 0, "a turn can decide all without moving the alliance"
    markdown = sheet_markdown(sheet(course.scenario.title, "2026-11-02", told, ()))
    assert f"### Turn {turning.number}, " in markdown
    plain = replace(told.moments[0], weight=0, own_words=OWN, change=30)
    for weights in ((100, 10), (10, 1), (1, 0)):
        heavy, light = (replace(plain, weight=weight, own_words="", change=0, number=9) for weight in weights)
        light = replace(light, own_words=OWN, change=40)
        moments = sheet("x", "2026-11-02", replace(told, moments=(light,) * 4 + (heavy,)), ()).moments
        assert moments[-1].weight == heavy.weight
    weights_of = {
        exchange.number: 10 * exchange.response.harm + (exchange.notice == "none" and exchange.turn.rupture != "none")
        for exchange in course.way
    }
    assert all(moment.weight % 100 == weights_of[moment.number] for moment in told.moments)


LONG = OwnWords(
    said="I can see how hard this has been for you, and I would like to understand it better before we go on today.",
    reason="It leaves room for what may be between the two of us, and I hope it is no defence.",
)


def answered(
    name: str, choose: Callable[[Turn, list[str]], str], notice: Callable[[Turn], NoticeAnswer | None]
) -> Course:
    """A course of a shipped scenario, to its end or over forty turns."""
    course = courses.begin(scenario(name))
    while not course.state.ended and len(course.way) < 40:
        turn = course.scenario.turns[course.state.place]
        offered = list(engine.offered(course.scenario, course.state))
        course = courses.answer(course, choose(turn, offered), notice(turn) if turn.notice else None)
    return course


def longest(turn: Turn, offered: list[str]) -> str:
    return max(offered, key=lambda name: len(turn.responses[name].says))


def crowded(name: str, *, tries: int, times: int = 1) -> Sheet:
    """A sheet with own words and a reason at every turn, and turns that were tried again."""
    course = answered(name, longest, lambda turn: "mixed" if turn.rupture == "none" else "none")
    words = OwnWords(said=" ".join([LONG.said] * times), reason=" ".join([LONG.reason] * times))
    told = debrief(course, score_course(automaton(name), course), [words] * len(course.exchanges))
    first = course.exchanges[0]
    one = way(course, course.way, first.level_before, words.said)
    tried = SecondTry(
        branch="x", number=1, turn_id=first.turn_id, patient=first.last_words, first=one, again=one, finished=True
    )
    return sheet(course.scenario.title, "2026-11-02T09:14:00Z", told, (tried,) * tries, "Dr. A. Somebody-Longname")


@pytest.mark.parametrize("name", IDS)
def test_what_is_cut_is_cut_behind_a_word_with_a_mark_and_said_to_be_missing(name: str) -> None:
    one = crowded(name, tries=4, times=9)
    whole, written = crowded(name, tries=0).told, " ".join([LONG.said] * 9)
    for moment in one.moments:
        kept, mark = moment.own_words[:-1], moment.own_words[-1]
        assert mark == "\N{HORIZONTAL ELLIPSIS}"
        assert written.startswith(kept)
        assert not written[len(kept)].isalpha(), "cut behind a word"
    assert len(one.moments) + one.left_out == len(whole.moments)
    assert len(one.tries) + one.tries_left_out == 4
    markdown = sheet_markdown(one)
    assert f"{one.left_out} more moment" in markdown or not one.left_out
    assert f"{one.tries_left_out} more turn" in markdown
    weights = [moment.weight for moment in one.told.moments]
    assert sorted(moment.weight for moment in one.moments) == sorted(weights)[-len(one.moments) :]


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


FONTS = ("", "body { letter-spacing: .03em; line-height: 1.26 !important; }")
"""The one that is there, and one that runs wider and taller than any of the usual ones."""


@needs_chromium
@pytest.mark.parametrize("name", IDS)
def test_however_much_was_written_it_is_one_page_in_any_font(browser: Browser, tmp_path: Path, name: str) -> None:
    path = tmp_path / "sheet.html"
    for one in (crowded(name, tries=0), crowded(name, tries=4, times=9)):
        for style in FONTS:
            path.write_text(sheet_html(one).replace("</style>", f"{style}\n</style>", 1), encoding="ascii")
            browser.open(path, 800)
            pages = re.findall(rb"/Type /Pages\s*/Count (\d+)", browser.printed())
            assert pages == [b"1"], (name, len(one.moments), style)
