"""The report in a real browser: silent, asking for nothing, fitting narrow and wide screens, readable, printable."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import Browser, needs_chromium
from report_studies import made_study, renamed

from alliance_trainer.reports.report_html import cohort_report

pytestmark = [needs_chromium]

STUDIES = {"odd names": (12, 3), "one": (1, 1), "nobody": (0, 1)}

CONTRASTS = """
(() => {
  const parse = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ratio = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const behind = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const root = getComputedStyle(document.documentElement);
  const tints = [...'abcdefg'].map(letter => {
    const probe = document.createElement('p');
    probe.style.backgroundColor = `var(--${letter})`;
    document.body.append(probe);
    const colour = parse(getComputedStyle(probe).backgroundColor);
    probe.remove();
    return colour;
  });
  const found = {};
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest('title')) continue;
    const style = getComputedStyle(element);
    const drawn = element.closest('svg');
    const colour = parse(drawn ? style.fill : style.color);
    const backs = drawn ? [behind(drawn), ...(element.closest('.halo') ? tints : [])] : [behind(element)];
    for (const back of backs) {
      const key = `${colour} on ${back}`;
      if (!(key in found)) found[key] = [ratio(colour, back), element.outerHTML.slice(0, 60)];
    }
  }
  return found;
})()
"""

TOO_WIDE = """
[...document.querySelectorAll('main *')].filter(element => {
  if (element.closest('svg') || element.parentElement.closest('.scroll')) return false;
  const box = element.getBoundingClientRect();
  return box.width && (box.right > innerWidth + 0.5 || box.left < -0.5);
}).map(element => element.outerHTML.slice(0, 80))
"""

CUT = """
[...document.querySelectorAll('svg')].flatMap(svg => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter(text => {
    const box = text.getBoundingClientRect();
    return box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
  }).map(text => text.textContent);
})
"""

SMALLEST = """
Math.min(...[...document.querySelectorAll('svg text')].map(text => {
  const svg = text.closest('svg');
  return parseFloat(getComputedStyle(text).fontSize) * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
}))
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    opened = Browser(tmp_path_factory.mktemp("browser"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    written = {}
    for name, size in STUDIES.items():
        written[name] = folder / f"{name.replace(' ', '-')}.html"
        title = (
            "Herbst \u05d0\u05d1\u05d2 with a rather long title, and averyveryveryverylongwordattheveryendofitindeed"
        )
        written[name].write_text(cohort_report(renamed(made_study(*size)), title), encoding="utf-8")
    return written


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", STUDIES)
def test_it_is_silent_asks_for_nothing_and_fits(
    browser: Browser, files: dict[str, Path], name: str, width: int
) -> None:
    browser.messages.clear()
    browser.requests.clear()
    browser.open(files[name], width)
    browser.run("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert browser.run("document.documentElement.scrollWidth") <= width
    assert browser.run(TOO_WIDE) == []
    assert browser.run(CUT) == []
    if browser.run("document.querySelectorAll('svg text').length"):
        assert browser.run(SMALLEST) >= 10
    assert browser.messages == []
    assert set(browser.requests) == {files[name].as_uri()}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_is_plain_on_its_ground(browser: Browser, files: dict[str, Path], scheme: str) -> None:
    browser.open(files["odd names"], 1280, scheme)
    browser.run("document.querySelectorAll('details').forEach(one => one.open = true)")
    found: dict[str, list[Any]] = browser.run(CONTRASTS)
    assert len(found) > 8
    assert {pair: told for pair, told in found.items() if told[0] < 4.5} == {}
    paper = browser.run("getComputedStyle(document.body).backgroundColor")
    assert paper == ("rgb(0, 0, 0)" if scheme == "dark" else "rgb(255, 255, 255)")


def test_a_script_in_the_page_would_not_run(browser: Browser, files: dict[str, Path], tmp_path: Path) -> None:
    """The page's own policy forbids it; nothing else would, in a page that somebody has changed."""
    changed = tmp_path / "changed.html"
    text = files["one"].read_text(encoding="utf-8")
    changed.write_text(text.replace("</main>", "<script>document.title = 'run'</script></main>"), encoding="utf-8")
    browser.messages.clear()
    browser.open(changed, 1280)
    assert browser.run("document.title") != "run"
    assert any("Content Security Policy" in message for message in browser.messages)


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_printed_it_is_light_opens_its_tables_and_begins_a_page_for_each_trainee(
    browser: Browser, files: dict[str, Path]
) -> None:
    browser.open(files["odd names"], 800, "dark", media="print")
    assert browser.run("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    hidden = "[...document.querySelectorAll('details table')].filter(one => !one.checkVisibility()).length"
    assert browser.run(hidden) == 0
    breaks = "[...document.querySelectorAll('.trainee')].map(one => getComputedStyle(one).breakBefore)"
    assert browser.run(breaks) == ["page"] * 12


def test_one_trainees_page_can_be_printed_alone(browser: Browser, files: dict[str, Path]) -> None:
    browser.open(files["odd names"], 800, fragment="#t2", media="print")
    seen = "[...document.querySelectorAll('main > *')].filter(one => one.getBoundingClientRect().height).map(one => one.id)"
    assert browser.run(seen) == ["t2"]
    browser.open(files["one"], 1280, fragment="#t1")
    assert 1 <= pages(browser.printed()) <= 2
