"""Hostile text on the supervisor's sheet, past the loader and as a trainee's own words: nothing is live, nothing lost."""

import pytest
from test_hostile_drawings import PAYLOADS, Page, marked, visible
from test_hostile_texts import hostile, played, second_try

from alliance_trainer.core.automaton import compile_scenario
from alliance_trainer.core.debrief import debrief
from alliance_trainer.core.own_words import OwnWords
from alliance_trainer.core.scoring import score_course
from alliance_trainer.reports.sheet import Sheet, sheet
from alliance_trainer.reports.sheet_html import sheet_html
from alliance_trainer.reports.words_csv import rating_sheet, worded

TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "span", "strong", "section"),
    *("dl", "dt", "dd", "div", "svg", "line", "text", "polyline", "rect", "circle"),
}
ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "class", "role", "aria-label", "viewbox", "points"),
    *("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "text-anchor"),
}


def told(payload: str) -> Sheet:
    scenario = hostile(payload)
    course = played(scenario)
    words = [OwnWords(said=f"own {payload}", reason=f"why {payload}")]
    whole = debrief(course, score_course(compile_scenario(scenario), course), words)
    return sheet(scenario.title, payload, whole, (second_try(course, payload),), payload)


@pytest.mark.parametrize("kind", PAYLOADS)
def test_hostile_texts_stay_texts(kind: str) -> None:
    payload = PAYLOADS[kind]
    text = sheet_html(told(payload))
    assert text.isascii()
    page = Page(text)
    assert page.tags <= TAGS
    assert page.attributes <= ATTRIBUTES
    assert page.links == []
    assert page.policy == "default-src 'none'; style-src 'unsafe-inline'"
    assert marked(visible(payload)) in marked(" ".join(page.texts)), "nothing is lost"


@pytest.mark.parametrize("kind", PAYLOADS)
def test_no_cell_of_the_rating_sheet_acts(kind: str) -> None:
    payload = PAYLOADS[kind]
    course = played(hostile(payload))
    for words in (payload, f"={payload}", f"@{payload}", f"-1+{payload}"):
        text = rating_sheet([worded("k7q2m4", course, [OwnWords(said=words)])])
        assert text.count("\r\n") == text.count("\n") == 2
        assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in text.split('"')[1::2])
