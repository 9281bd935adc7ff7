"""Hostile text through graph and preview, past the loader: nothing is live in any format, and nothing is lost."""

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from test_hostile_texts import ACTING, LIVE, MEANING, STYLES, hostile

from alliance_trainer.core.model import Scenario
from alliance_trainer.core.outline import outline
from alliance_trainer.reports.graph_dot import graph_dot
from alliance_trainer.reports.graph_html import graph_html
from alliance_trainer.reports.graph_mermaid import graph_mermaid
from alliance_trainer.reports.graph_model import graph_of
from alliance_trainer.reports.graph_svg import graph_svg
from alliance_trainer.reports.review_html import review_html
from alliance_trainer.reports.review_sheet import review_markdown
from alliance_trainer.terminal import preview_screen
from alliance_trainer.terminal.door import Door, Look

DRAWN = {
    "attribute": '" onload="alert(1)" x=\'',
    "end of script": "</script></style></svg></title><img src=x onerror=alert(1)>",
    "comment": "--><script>alert(1)</script><!--",
    "CDATA": "]]><script/>",
    "entity": "&lt;script&gt; &amp;quot; &#34;",
    "no character of XML": "a\ufffeb\uffffc",
    "Mermaid link": '"]; click t_form href "javascript:alert(1)"',
    "Mermaid directive": '%%{init: {"securityLevel": "loose"}}%%',
    "Mermaid icon": "fa:fa-car $$x$$ `**md**` #quot;",
    "DOT": '\\" -> x; "\\N \\',
    "style": "} * { background: url(http://evil) } </style>",
    "lines": "one\ntwo\n\nthree",
}
PAYLOADS = ACTING | MEANING | DRAWN
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "div", "span", "a", "br"),
    *("table", "thead", "tbody", "tr", "th", "td", "ul", "li", "details", "summary", "strong", "dl", "dt", "dd"),
    *("label", "input", "textarea", "svg", "g", "path", "rect", "text"),
}
ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "scope", "rowspan", "role"),
    *("aria-label", "tabindex", "type", "rows", "xmlns", "width", "height", "viewbox", "transform", "d", "x", "y"),
    *("data-id", "data-from", "data-response", "data-to"),
}


def spoilt(payload: str) -> Scenario:
    """A scenario with the payload in every text, those of the top matter among them."""
    scenario = hostile(payload)
    line = f"x {payload}"
    more = {"approach": line, "setting": line, "reviewed_by": line}
    patient = scenario.patient.model_copy(update={"pronouns": line})
    return scenario.model_copy(update=more | {"patient": patient})


class Page(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.texts: list[str] = []
        self.styles: list[str] = []
        self.policy = ""
        self.opened: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        given = {name: value or "" for name, value in attrs}
        self.links += [given[name] for name in ("href", "src", "xlink:href") if name in given]
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"]
        self.texts += [value for name, value in given.items() if name in ("aria-label", "content")]
        self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.opened.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        (self.styles if self.opened and self.opened[-1] == "style" else self.texts).append(data)

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment: {data}")

    def unknown_decl(self, data: str) -> None:
        pytest.fail(f"a declaration: {data}")


def folded(text: str) -> str:
    return " ".join(text.split())


def visible(payload: str) -> str:
    """What must be read where the payload stood, signs that may not be shown left out of account."""
    hidden = r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u202e\u2060-\u2069\ufeff\ufffe\uffff\U000e0000-\U000e007f]+"
    return folded(re.sub(hidden, "\ufffd", payload))


def marked(text: str) -> str:
    return re.sub("\ufffd+", "\ufffd", folded(text))


WRITERS: dict[str, Callable[[Scenario], str]] = {
    "graph": lambda scenario: graph_html(graph_of(scenario)),
    "review": lambda scenario: review_html(outline(scenario)),
}


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("kind", PAYLOADS)
def test_pages_hold_only_what_we_wrote(kind: str, writer: str) -> None:
    text = WRITERS[writer](spoilt(PAYLOADS[kind]))
    page = Page(text)
    assert page.tags <= TAGS
    assert page.attributes <= ATTRIBUTES
    assert all(re.fullmatch(r"#[a-z][a-z0-9-]*", link) for link in page.links)
    assert page.policy == "default-src 'none'; style-src 'unsafe-inline'"
    assert "url(" not in "".join(page.styles)
    assert "@import" not in "".join(page.styles)
    assert not LIVE.search(text)
    assert text.isascii()
    assert marked(visible(PAYLOADS[kind])) in marked(" ".join(page.texts)), "shown as the text that it is"


@pytest.mark.parametrize("kind", PAYLOADS)
def test_the_picture_is_well_formed_and_holds_nothing_live(kind: str) -> None:
    text = graph_svg(graph_of(spoilt(PAYLOADS[kind])))
    root = ET.fromstring(text)
    assert {element.tag.split("}")[1] for element in root.iter()} == {
        "svg",
        "title",
        "style",
        "rect",
        "g",
        "path",
        "text",
    }
    for element in root.iter():
        assert {name.lower() for name in element.attrib} <= ATTRIBUTES
        assert not any("javascript" in value for name, value in element.attrib.items() if name != "aria-label")
    styles = [element.text or "" for element in root.iter() if element.tag.endswith("}style")]
    assert len(styles) == 1
    assert "url(" not in styles[0]
    assert not LIVE.search(text)
    assert text.isascii()


@pytest.mark.parametrize("kind", PAYLOADS)
def test_mermaid_holds_only_lines_that_we_wrote(kind: str) -> None:
    text = graph_mermaid(graph_of(spoilt(PAYLOADS[kind])))
    safe = r"(?:[A-Za-z0-9 ,():-]|#\d+;|<br/>)*"
    name = r"[te]_[a-z0-9_]+"
    lines = [
        r"flowchart TD",
        rf"%% {safe}",
        r"%% \+ the strongest response, thick; ! a trap or harm, broken; back to an earlier turn, dotted",
        r'start\(\("START"\)\)',
        rf"start --> {name}",
        rf'{name}[\[({{>/]+"{safe}"[\])}}\\]+:::[a-z]+',
        rf'{name} (?:==>|-->|-\.->)\|"{safe}"\| {name}',
        r"linkStyle [\d,]+ [a-zA-Z0-9#:, -]+",
        r"classDef [a-z]+ [a-zA-Z0-9#:, -]+",
    ]
    for line in text.splitlines():
        assert any(re.fullmatch(pattern, line) for pattern in lines), line
    assert not re.search(r"(?i)fa[bklrs]?:fa-|:/|%%\{|\$\$", text)


@pytest.mark.parametrize("kind", PAYLOADS)
def test_dot_holds_only_statements_that_we_wrote(kind: str) -> None:
    text = graph_dot(graph_of(spoilt(PAYLOADS[kind])))
    strings = re.findall(r'"((?:\\.|[^"\\])*)"', text)
    for string in strings:
        assert set(re.findall(r"\\.", string)) <= {r"\n", r"\\"}, "a backslash of a text would mean something"
        assert "\n" not in string
    bare = re.sub(r'"(?:\\.|[^"\\])*"', "S", text)
    name = r"[te]_[a-z0-9_]+"
    look = r"\[[a-z0-9=., S]*\];"
    for line in bare.splitlines():
        patterns = (
            r"digraph S \{|\}|  // .*",
            r"  (?:graph|node|edge) (?:\[.*\]);",
            rf"  (?:start|{name}) {look}",
            rf"  (?:start|{name}) -> {name} {look}",
        )
        assert any(re.fullmatch(pattern, line) for pattern in patterns), line
    assert not LIVE.search(text)
    assert text.isascii()


def screen(scenario: Scenario, *, plain: bool) -> str:
    out = io.StringIO()
    look = Look(plain=plain, reason="", colour=True, interactive=True)
    door = Door(look=look, out=out, errors=out, columns=lambda: 80)
    for block in preview_screen.blocks(outline(scenario)):
        door.show(block)
    return out.getvalue()


@pytest.mark.parametrize("plain", [False, True], ids=["pretty", "plain"])
@pytest.mark.parametrize("kind", PAYLOADS)
def test_the_preview_shows_it_dead(kind: str, plain: bool) -> None:
    text = screen(spoilt(PAYLOADS[kind]), plain=plain)
    bare = text if plain else STYLES.sub("", text)
    assert not LIVE.search(bare)
    if kind != "no character of XML":  # to a screen it is a character like any other
        assert marked(bare).count(marked(visible(PAYLOADS[kind]))) > 30


@pytest.mark.parametrize("kind", PAYLOADS)
def test_the_sheet_in_markdown_holds_no_live_text(kind: str) -> None:
    text = review_markdown(outline(spoilt(PAYLOADS[kind])))
    assert not LIVE.search(text)
    bare = re.sub(r"\\.", "", text)
    for line in bare.splitlines():
        own = re.sub(r"^(#{1,3} |- \[ \] |- \*\*|)", "", line).replace(":**", "", 1)
        assert not re.search(r"[<>`\[\]*_]|!\[|\]\(", own), line
