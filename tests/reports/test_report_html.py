"""The report of a cohort as a file: what stands in it, what is kept out of it, and how large it gets."""

import random
import re
from html import unescape
from html.parser import HTMLParser

import made_cohorts
import msgspec
import numpy as np
import pytest
from msgspec.structs import replace
from report_studies import ODD_NAMES, made_study, renamed, retold
from shipped import scenario
from sizes import scaled

from alliance_trainer.cohort.result import NotScored
from alliance_trainer.cohort.study.building import study
from alliance_trainer.cohort.study.figures import Study
from alliance_trainer.cohort.study.recognition import detection_of
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.clean import clean
from alliance_trainer.reports.report_html import cohort_report

TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "header", "nav", "section", "h1", "h2", "h3", "p"),
    *("ul", "ol", "li", "a", "b", "i", "q", "br", "bdi", "code", "small", "span", "div", "blockquote", "figure"),
    *("figcaption", "details", "summary", "table", "caption", "thead", "tbody", "tr", "th", "td"),
    *("svg", "path", "rect", "g", "text"),
}
ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "scope", "colspan", "role", "dir"),
    *("aria-label", "tabindex", "style", "viewbox", "d", "x", "y", "width", "height", "transform"),
}
STYLES = re.compile(r"(--[a-z]:\d{1,3};?)+")
EMPTY = {"meta", "br", "path", "rect"}
CLOSED_BY_THEMSELVES = {"li", "p", "tr", "th", "td", "tbody", "thead"}


class Page(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.headings: list[int] = []
        self.untitled = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self.tags and self.tags[-1][0] == "svg" and tag != "title":
            self.untitled += 1
        self.tags.append((tag, given))
        self.texts += [value for name, value in given.items() if name == "aria-label"]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in EMPTY | CLOSED_BY_THEMSELVES:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY | CLOSED_BY_THEMSELVES:
            assert self.open
            assert self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment: {data}")

    def unknown_decl(self, data: str) -> None:
        pytest.fail(f"a declaration: {data}")

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.texts).split())


def check(page: Page) -> None:
    """Only what we wrote."""
    assert not page.open
    assert {tag for tag, _ in page.tags} <= TAGS
    for tag, given in page.tags:
        assert set(given) <= ATTRIBUTES, tag
        assert STYLES.fullmatch(given.get("style", "--a:0"))
        assert re.fullmatch(r"#[a-z]+\d*", given.get("href", "#a"))
        assert re.fullmatch(r"[a-z]+( [a-z]+)*", given.get("class", "a"))
        assert re.fullmatch(r"[a-z]+\d*", given.get("id", "a"))


def part(text: str, start: str, end: str) -> str:
    return text[text.index(f"id={start}>") : text.index(f"id={end}>")]


@pytest.fixture(scope="module")
def large() -> str:
    return cohort_report(made_study(30, 12), "Autumn")


def test_thirty_trainees_at_twelve_scenarios_are_under_300_kilobytes(large: str) -> None:
    assert len(large.encode()) < 300_000


def test_a_large_report_holds_every_part_and_nothing_live(large: str) -> None:
    page = Page(large)
    check(page)
    assert "http" not in large.replace("http-equiv", "")
    assert "url(" not in large
    assert "@import" not in large
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    assert {given["lang"] for tag, given in page.tags if tag == "html"} == {"en"}
    policies = [given["content"] for _, given in page.tags if given.get("http-equiv")]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]
    assert "3RS-informed" in page.words
    assert "unvalidated" in page.words


def test_every_picture_has_a_title_and_a_table_that_says_the_same(large: str) -> None:
    page = Page(large)
    pictures = [given for tag, given in page.tags if tag == "svg"]
    assert len(pictures) == 7 + 1 + 12
    assert page.untitled == 0
    assert all(given["role"] == "img" for given in pictures)
    assert all(given.get("scope") in ("col", "row") for tag, given in page.tags if tag == "th")
    for start, end in (("skills", "turns"), ("noticing", "ways"), ("ways", "items")):
        section = part(large, start, end)
        assert section.count("The same as a table") == (section.count("<svg") if start == "ways" else 1)


def test_the_heat_map_shows_each_turn_met_and_each_not_met(large: str) -> None:
    found = made_study(30, 12)
    cells = re.findall(r"<td(?: class=([a-g n]))?>([^<]*)", part(large, "turns", "noticing"))
    assert len(cells) == len(found.trainees) * len(found.turns), "everybody played everything"
    assert sum(text != "" for _, text in cells) == sum(len(one.cells) for one in found.trainees)
    misread = sum(cell.noticed is False for one in found.trainees for cell in one.cells)
    assert sum(text[-1:] in ("!", "?") for _, text in cells) == misread
    for shade, text in cells:
        if text and shade != "n":
            assert "abcdefg".index(shade or "g") == pytest.approx(int(text.rstrip("!?")) / 100 * 7 - 0.5, abs=0.55)


@pytest.mark.parametrize("trainees", [0, 1, 4])
def test_no_average_of_fewer_than_five_trainees(trainees: int) -> None:
    found = made_study(trainees, 2)
    text = cohort_report(found)
    page = Page(text)
    check(page)
    assert "no average is shown" in page.words
    for start, end in (("noticing", "ways"), ("items", "t1")):
        if trainees:
            bare = re.sub(r"<svg.*?</svg>|<th scope=col>.*", "", part(text, start, end), flags=re.S)
            assert not re.search(r"\d %", bare), start
    captions = re.findall(r"<figcaption>(.*?)</figcaption>", text, re.S)
    assert not any(re.search(r"\d %", caption) for caption in captions)
    assert "class=box" not in text
    assert "by chance" not in text


def test_the_line_of_chance_strikes_through_no_number(large: str) -> None:
    lines = re.findall(r"<path class=dashed d=\"M[\d.]+ 4V([\d.]+)\"/>", large)
    numbers = re.findall(r"<text class=middle x=\"170\" y=\"([\d.]+)\">50", large)
    assert len(lines) == len(numbers) == 7
    assert all(float(end) < float(y) - 9 for end, y in zip(lines, numbers, strict=True))


def test_five_trainees_have_averages() -> None:
    text = cohort_report(made_study(5, 2))
    assert re.search(r"Mean \d+ %", text)
    assert "class=box" in text


def test_an_average_that_slipped_through_is_withheld_all_the_same() -> None:
    """Whatever the study gives: the report itself knows how few is too few."""
    many, few = made_study(12, 2), made_study(4, 2)
    skills = tuple(replace(one, scores=one.scores[:4], trainees=4) for one in many.skills)
    turns = tuple(replace(one, n=min(one.n, 4)) for one in many.turns)
    text = cohort_report(replace(few, skills=skills, turns=turns))
    assert "Mean, standard deviation and median not given: fewer than 5 trainees." in text
    assert not re.search(r"\d %", part(text, "items", "t1"))


def test_what_is_said_of_a_score_grows_with_the_number_of_moments() -> None:
    tiers = set()
    for found in (made_study(12, 1), made_study(4, 2)):
        text = cohort_report(found)
        for number, one in enumerate(found.trainees, 1):
            page = text[text.index(f"id=t{number}>") :].split("</section>")[0]
            for skill in found.skills:
                figures = next(score.figures for score in skill.scores if score.trainee == one.trainee)
                line = re.search(rf"<th scope=row>{skill.skill.capitalize()}<td>([^<]*)<td>([^<]*)", page)
                assert line
                tiers.add(figures.tier)
                assert ("%" in line[1]) == (figures.moments >= 5)
                assert ("provisional" in line[2]) == (5 <= figures.moments < 12)
                assert line[1] == f"{figures.points} of {figures.offered} points" or figures.moments >= 5
    assert tiers == {"counts", "provisional", "formative"}


def test_a_trainees_page_names_no_other_and_compares_with_none(large: str) -> None:
    names = [one.trainee for one in made_study(30, 12).trainees]
    for number, name in enumerate(names, 1):
        page = large[large.index(f"id=t{number}>") :].split("</section>", maxsplit=1)[0]
        assert re.findall("wren-[0-9]{3}", page) == [name]
        ours = re.sub(r"<(?:q|blockquote dir=auto)>.*?</(?:q|blockquote)>", "", page)
        assert not re.search(r"\b(?:rank|percentile|average|mean|median|cohort)\b", ours)


def test_a_trainees_page_quotes_the_patient_and_a_best_response() -> None:
    found = made_study(12, 1)
    text = cohort_report(found)
    best = {use.says.split(".")[0][:40] for turn in found.turns for use in turn.responses if use.best}
    for number, one in enumerate(found.trainees, 1):
        page = Page(text[text.index(f"<section class=trainee id=t{number}>") :].split("</section>")[0] + "</section>")
        stronger = sum(cell.share is not None and cell.share < 1 for cell in one.cells)
        quoted = sum(said in page.words for said in best)
        assert quoted >= min(stronger, 3), one.trainee


def test_a_trainees_page_quotes_what_was_seen_there_what_was_answered_and_what_was_on_offer() -> None:
    """Trainees who met a turn in another wording, or without the response that the key calls best."""
    found = made_study(40, 1)
    text = cohort_report(found)
    several = [place for place, turn in enumerate(found.turns) if turn.wordings > 1]
    assert several, "some turns have lines under conditions"
    for number, one in enumerate(found.trainees, 1):
        page = text[text.index(f"<section class=trainee id=t{number}>") :].split("</section>")[0]
        items = page.split("<ol class=moments>")[-1].split("<li>")[1:] if "<ol class=moments>" in page else []
        seen = [spaced(cell.patient) for cell in one.cells]
        for item in items:
            words = Page(f"<ol><li>{item.split('</ol>')[0]}</ol>").words
            quote = spaced(unescape(re.search("<blockquote dir=auto>(.*?)</blockquote>", item)[1])).lstrip("\u2026 ")  # type: ignore[index]
            at = [place for place, line in enumerate(seen) if line.endswith(quote)]
            assert at, quote
            said = [found.turns[one.cells[place].turn].responses[one.cells[place].response].says for place in at]
            if "You said:" in words:
                assert any(spaced(own).split(".")[0].split("?")[0] in words for own in said)
                assert "Stronger:" in words
            else:
                assert "You called it a rupture" in words or "You saw nothing special" in words


def spaced(text: str) -> str:
    return " ".join(text.split())


def test_a_line_with_two_wordings_is_quoted_as_one_of_them() -> None:
    """The wordings under a condition never stand in one quotation."""
    turn = scenario("its-fine").turns["aitch"]
    wordings = [beat.says for beat in turn.patient if beat.when is not None and beat.says]
    assert len(wordings) == 2
    made = made_cohorts.cohort([scenario("its-fine")], 20)
    found = study(
        policy="first", result=made.result, moments=made.moments, scored=made.scored, scenarios=made.scenarios
    )
    (aitch,) = [one for one in found.turns if one.turn == "aitch"]
    assert aitch.wordings == 2
    words = Page(cohort_report(found)).words
    assert " ".join(spaced(one) for one in wordings) not in words
    assert "what most saw, of 2 wordings" in words
    assert sum(one in words for one in wordings) >= 1


@pytest.mark.parametrize(
    ("confusion", "words"),
    [
        (((6, 0, 0, 0), (0, 8, 1, 0), (0,) * 4, (0,) * 4), "look at its kind"),
        (((6, 0, 0, 0), (0, 9, 0, 0), (0,) * 4, (0,) * 4), "right throughout"),
        (((5, 1, 0, 0), (0, 9, 0, 0), (0,) * 4, (0,) * 4), "let a plain moment be plain"),
        (((6, 0, 0, 0), (1, 8, 0, 0), (0,) * 4, (0,) * 4), "ask yourself whether the patient just moved away"),
    ],
)
def test_the_thing_to_practise_goes_with_what_was_noticed(confusion: tuple[tuple[int, ...], ...], words: str) -> None:
    found = made_study(1, 1)
    (one,) = found.recognition.trainees
    changed = replace(one, confusion=confusion, detection=detection_of(np.array(confusion)))
    text = cohort_report(replace(found, recognition=replace(found.recognition, trainees=(changed,))))
    assert words in text[text.index("id=t1>") :]


def test_repairs_are_told_as_being_before_the_end() -> None:
    text = cohort_report(made_study(30, 12))
    told = re.findall(r"<li><b>[^<]*</b>: ([^;<]*); (\d+ of \d+ led back[^;<]*)", text)
    assert len(told) > 50
    assert {words.split("led back ")[1].strip() for _, words in told} == {"before"}
    assert any(ending == "the patient left" for ending, _ in told)


def test_file_names_and_reasons_give_no_folder_away() -> None:
    entry = NotScored(
        file="/home/anna.berg/attempts/k7.jsonl",
        line=3,
        kind="illegal",
        reason="C:\\Users\\anna.berg\\its-fine.yaml has no turn 'x'",
    )
    hidden = replace(entry, record=Attempt(attempt="a", trainee="secret-9", scenario="s", steps=(), mode="practice"))
    found = replace(made_study(5), not_scored=(entry, replace(hidden, attempt="secret-attempt")))
    text = cohort_report(found)
    assert "k7.jsonl, line 3" in text
    assert "anna" not in text
    assert "secret" not in text
    assert re.search(r"not scored: its way is not possible in the scenario<td class=number>2", text)


PIECES = (
    *("<script>alert(1)</script>", "</title>", "</style>", "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>'),
    *("' onmouseover='x", "{{ 7*7 }}", "{% for x in y %}", "javascript:alert(1)", "http://evil.example", "&lt;b&gt;"),
    *("]]>", "<!--", "-->", "\x1b[31m", "\x00", "\u202e", "\u200b", "\ud800", "\U000e0041", "\x9b", "`", "\\", "%"),
    *("=1+1", "expression(1)", "url(x)", "\n\n", "\t", " ", "wren", "\u05d0\u05d1", "e\u0301", "\U0001f98a"),
)


def hostile(rng: random.Random) -> str:
    return "".join(rng.choices(PIECES, k=rng.randint(1, 6)))


def test_ten_thousand_hostile_names_and_texts_stay_texts() -> None:
    rng = random.Random(2026)
    count, wanted = 0, scaled(2_000)
    base = made_study(3, 1)
    while count < wanted:
        told: dict[tuple[str, str], str] = {}

        def change(field: str, text: str, told: dict[tuple[str, str], str] = told) -> str:
            kind = "name" if field in ("turn", "to", "ending") else field
            return told.setdefault((kind, text), hostile(rng))

        found: Study = retold(base, change)
        text = cohort_report(found, hostile(rng))
        count += len(told)
        check(Page(text))
        assert clean(text) == text
        assert "49" not in re.findall(r"\b49\b", text) or "7*7" in text
        for (kind, _), payload in told.items():
            if kind == "trainee":
                assert shown(payload) in shown(Page(text).words)


def shown(text: str) -> str:
    return re.sub(r"[\ufffd\s]+", " ", clean(text)).strip()


def test_odd_names_are_whole_on_their_pages() -> None:
    page = Page(cohort_report(renamed(made_study(12, 1)), "\u05d0\u05d1"))
    check(page)
    for name in ODD_NAMES:
        assert page.words.count(name) >= 2


def test_the_same_study_gives_the_same_bytes() -> None:
    assert cohort_report(made_study(5, 2)) == cohort_report(msgspec.structs.replace(made_study(5, 2)))
