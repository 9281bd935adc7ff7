"""`preview` through its door: the whole scenario in order on any screen, and as a sheet to review it on."""

import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from command import command
from drawing_goldens import EXAMPLE, assert_golden, example
from hypothesis import given, settings
from hypothesis import strategies as st
from random_scenarios import scenarios
from rich.cells import cell_len
from sizes import scaled

from alliance_trainer.core.model import Scenario
from alliance_trainer.core.outline import outline, strongest_of, turn_walk
from alliance_trainer.reports.review_html import review_html
from alliance_trainer.reports.review_sheet import review_markdown
from alliance_trainer.scenario_files import library, loader
from alliance_trainer.terminal import preview_screen
from alliance_trainer.terminal.door import Door, Look

SHIPPED = [path.stem for path in library.shipped()]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "example-scenario.yaml"
    path.write_bytes(EXAMPLE.read_bytes())
    return path


def shipped(name: str) -> Scenario:
    scenario = loader.load_path(library.find(name)).scenario
    assert scenario is not None
    return scenario


def screen(scenario: Scenario, columns: int, *, plain: bool) -> str:
    out = io.StringIO()
    look = Look(plain=plain, reason="", colour=False, interactive=True)
    door = Door(look=look, out=out, errors=out, columns=lambda: columns)
    for block in preview_screen.blocks(outline(scenario)):
        door.show(block)
    return re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue())


def folded(text: str) -> str:
    return " ".join(text.split())


def unescaped(markdown: str) -> str:
    return re.sub(r"\\(.)", r"\1", markdown)


class Words(HTMLParser):
    """The texts of a page as a reader sees them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.found.append(data)


@pytest.mark.parametrize("plain", [False, True], ids=["pretty", "plain"])
@pytest.mark.parametrize("columns", [40, 80])
def test_the_screens_are_as_they_were_reviewed(columns: int, plain: bool) -> None:
    assert_golden(f"preview-{'plain' if plain else 'pretty'}-{columns}.txt", screen(example(), columns, plain=plain))


def test_the_command_shows_the_same(file: Path, tmp_path: Path) -> None:
    for columns in (40, 80):
        done = command("preview", file, "--plain", data=tmp_path, environment={"COLUMNS": str(columns)})
        assert (done.code, done.errors) == (0, "")
        assert_golden(f"preview-plain-{columns}.txt", done.out)
    out = tmp_path / "x.txt"
    assert command("preview", file, "--out", out, data=tmp_path).code == 0
    assert_golden("preview-plain-80.txt", out.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("what", "name"), [("graph", "x.png"), ("graph", "x.md"), ("preview", "x.pdf")])
def test_an_ending_that_stands_for_no_format_is_refused(what: str, name: str, tmp_path: Path) -> None:
    out = tmp_path / name
    done = command(what, EXAMPLE, "--out", out, data=tmp_path)
    assert done.code == 2
    assert f"nothing is written as '{out.suffix}'" in done.errors
    assert ".html" in done.errors
    assert not out.exists()


def test_the_sheet_is_as_it_was_reviewed(file: Path, tmp_path: Path) -> None:
    done = command("preview", file, "--format", "md", data=tmp_path)
    assert (done.code, done.errors) == (0, "")
    assert_golden("review.md", done.out)
    for name, start in (("x.md", "# Review"), ("x.html", "<!DOCTYPE html>")):
        assert command("preview", file, "--out", tmp_path / name, data=tmp_path).code == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)
    assert command("preview", file, "--format", "svg", data=tmp_path).code == 2
    again = command("preview", file, "--out", tmp_path / "x.md", data=tmp_path)
    assert again.code == 5
    assert "is there already" in again.errors


def texts_of(scenario: Scenario) -> list[str]:
    """Every text that somebody wrote."""
    found = [scenario.title, scenario.summary, scenario.briefing, scenario.reviewed_by, scenario.patient.name]
    for turn in scenario.turns.values():
        found += [turn.inside or "", *(beat.says or beat.shows or "" for beat in turn.patient)]
        for response in turn.responses.values():
            found += [response.says, response.why, *(beat.says or beat.shows or "" for beat in response.reply)]
    for ending in scenario.endings.values():
        found += [ending.debrief, ending.title or "", *(beat.says or beat.shows or "" for beat in ending.patient)]
    return [folded(text) for text in found if text]


@pytest.mark.parametrize("name", SHIPPED)
def test_nothing_that_somebody_wrote_is_left_out(name: str) -> None:
    scenario = shipped(name)
    told = outline(scenario)
    forms = {
        "pretty": folded(screen(scenario, 80, plain=False)),
        "plain": folded(screen(scenario, 80, plain=True)),
        "md": folded(unescaped(review_markdown(told))),
        "html": folded(" ".join(Words(review_html(told)).found)),
    }
    for form, text in forms.items():
        for wanted in texts_of(scenario):
            assert wanted in text, (form, wanted)


def test_everything_that_is_keyed_stands_in_words() -> None:
    text = folded(screen(example(), 80, plain=True))
    for wanted in (
        "Marker: complains about you (cf-complaint-therapist; confrontation): faint (2 of 5), matters most (5 of 5)",
        "Stage: C4 (confrontation: disappointment and hurt)",
        "Rupture: mixed",
        "Weight: counts 2 times",
        "Response own-it (+ the strongest)",
        "Ratings: recognition +2, nondefensiveness +2, metacommunication +1, responsibility +2 (sum +7);"
        " further: inquiry +1",
        "metacommunication -, responsibility +1 (sum +1)",
        "On offer: only if apologies < 2",
        "Trap: over-apology: apologises until the patient must soothe the therapist",
        "Stance: the therapist moves against",
        "Harm: 1: plausibly worsens the rupture",
        "Uses: shows the task, or explains why it is done (rs-rationale)",
        'Reply: "Fine." (ticks every box in the middle) [only if tension >= 2]',
        "Effects: bond +6, tension -1, trust +1",
        "Effects: bond -18, tension +2 (by the default rule)",
        "Leads to: if tension >= 4 or (trust <= 1 and not chose(form.own-it)): -> ending leaves (dropout)",
        "Leads to: otherwise: -> see turn 2, polite",
        "Leads to: -> back to turn 1, form",
        "Comes from: the start; form (sorry); hurt (reassure)",
        "Outcome: sealed: smoothed over: it looks repaired and is not (1 of 4)",
        "Reviewed by: none",
        "[only if chose(form.explain)]",
        "Rupture: none: nothing is wrong here",
    ):
        assert wanted in text, wanted


@settings(max_examples=scaled(60))
@given(scenarios())
def test_each_turn_stands_once_and_after_those_that_lead_to_it(scenario: Scenario) -> None:
    told, reached = outline(scenario), turn_walk(scenario).reached
    assert sorted(turn.id for turn in told.turns) == sorted(scenario.turns)
    assert told.turns[0].id == scenario.start
    numbers = {turn.id: turn.number for turn in told.turns}
    assert list(numbers.values()) == list(range(1, len(numbers) + 1))
    for turn in told.turns:
        responses = scenario.turns[turn.id].responses
        assert turn.strongest == tuple(name for name in responses if name in strongest_of(responses))
        for response in turn.responses:
            ways = [text for label, text in response.rows if label == "Leads to"]
            wanted = responses[response.id].to
            assert len(ways) == len(wanted)
            for text, route in zip(ways, wanted, strict=True):
                leads = re.search(r"-> (?:see|back to) turn (\d+), (\S+)$", text)
                if route.to in numbers:
                    assert leads is not None
                    assert (int(leads[1]), leads[2]) == (numbers[route.to], route.to)
                    assert ("-> back to" in text) == (numbers[route.to] <= turn.number) or turn.number > reached
                else:
                    assert f"-> ending {route.to} (" in text


@pytest.mark.parametrize("name", ["its-fine", "the-clock"])
def test_a_turn_is_read_after_all_that_lead_to_it_but_for_ways_back(name: str) -> None:
    told = outline(shipped(name))
    numbers = {turn.id: turn.number for turn in told.turns}
    for turn in told.turns:
        for response in turn.responses:
            for label, text in response.rows:
                leads = re.search(r"-> (see|back to) turn (\d+)", text) if label == "Leads to" else None
                if leads:
                    assert (int(leads[2]) > numbers[turn.id]) == (leads[1] == "see")


@settings(max_examples=scaled(25))
@given(st.sampled_from(SHIPPED), st.integers(40, 120), st.booleans())
def test_no_line_is_wider_than_the_screen(name: str, columns: int, plain: bool) -> None:
    text = screen(shipped(name), columns, plain=plain)
    assert max(cell_len(line) for line in text.splitlines()) < columns
    if plain:
        assert all(line == line.strip() for line in text.splitlines()), "nothing is moved in"
        assert "\x1b" not in text


def test_the_sheet_has_boxes_and_room_for_each_turn() -> None:
    scenario = example()
    sheet = review_markdown(outline(scenario))
    for name, turn in scenario.turns.items():
        (part,) = re.findall(rf"### Your view of {name}\n(.*?)(?=\n## )", sheet, re.S)
        assert part.count("- [ ]") == 4
        assert "The rupture is as marked: " in part
        best = next(iter(strongest_of(turn.responses)))
        assert f"The best response is as keyed: {best.replace('-', chr(92) + '-')}." in part
        assert f"Notes on {name}:" in part
    assert sheet.count("Notes on ending") == 0
    assert sheet.count("Notes on") == len(scenario.turns) + len(scenario.endings) + 2
    page = review_html(outline(scenario))
    assert page.count("<textarea") == len(scenario.turns) + len(scenario.endings) + 2
    assert page.count('type="checkbox"') == sheet.count("- [ ]")
    assert "**Reviewed by:** none" in sheet


def test_a_named_reviewer_is_shown() -> None:
    scenario = example().model_copy(update={"reviewed_by": "Dr. R. Eviewer"})
    assert "Reviewed by: Dr. R. Eviewer" in screen(scenario, 80, plain=True)
    assert "Dr. R. Eviewer" in review_markdown(outline(scenario))
