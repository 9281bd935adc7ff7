"""Ten thousand hostile names and texts through every file that a cohort is written into: none is live in any of them."""

import csv
import io
import json
import random
import re
from fractions import Fraction

import cohort_files
import pytest
from sizes import scaled
from told_attempts import TELLER, TRIGGERS, attempt_of, bare, hostile, told

from alliance_trainer.cohort.told import Told
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.vocabulary.skills import SKILLS
from alliance_trainer.reports import gradebook_canvas, gradebook_moodle
from alliance_trainer.reports.gradebook import Grade, Grades
from alliance_trainer.reports.markdown import escaped
from alliance_trainer.reports.roster import read_roster, unquoted
from alliance_trainer.reports.tables import sheet
from alliance_trainer.reports.tables_csv import csv_chunks
from alliance_trainer.reports.tables_turns import RESPONSES
from alliance_trainer.reports.xapi import statements

LIVE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
COUNT = scaled(10_000)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    rng = random.Random(2026)
    return [hostile(rng) for _ in range(COUNT)]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_in_a_table_every_text_is_one_cell_that_runs_nothing(texts: list[str], separator: str) -> None:
    """Also where a spreadsheet takes another sign for what parts the cells: none of those that it sees is a formula."""
    rows = [
        (text, text, 0, "none", text, text, True, 0, False, None, None, None, None, text, None, text) for text in texts
    ]
    data = b"".join(csv_chunks(sheet(RESPONSES, rows))).decode()
    assert not LIVE.search(data.replace("\r\n", "\n"))
    found = list(csv.reader(io.StringIO(data, newline="")))[1:]
    assert len(found) == len(texts)
    for cells, text in zip(found, texts, strict=True):
        for place in (0, 1, 4, 5, 13, 15):
            assert bare(cells[place]) == bare(text)
            assert not cells[place].startswith(TRIGGERS)
    for cells in csv.reader(io.StringIO(data, newline=""), delimiter=separator):
        assert not [cell for cell in cells if cell.lstrip().startswith(TRIGGERS)]


def test_in_markdown_every_sign_that_means_something_is_escaped(texts: list[str]) -> None:
    for text in texts:
        shown = escaped(text)
        assert not LIVE.search(shown)
        assert "\n" not in shown
        bare = re.sub(r"\\.", "", shown)
        assert not set("<>`[]*_#|{}") & set(bare), shown


def grades_of(names: list[str]) -> Grades:
    grade = Grade(share=Fraction(2, 3), told="2 of 3 points in 6 moments")
    return {name: dict.fromkeys(SKILLS, grade) for name in names}


def roster_of(texts: list[str], header: list[str], width: int) -> tuple[bytes, list[str]]:
    """A roster in which the hostile texts are names, with the pseudonyms of half of them; and all pseudonyms."""
    names = [text.encode("utf-8", "replace").decode().replace("\0", "0") + str(at) for at, text in enumerate(texts)]
    out = io.StringIO(newline="")
    rows = [[name, "1", name if at % 2 else "", *[""] * width] for at, name in enumerate(names)]
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    return out.getvalue().encode(), names


def test_in_a_moodle_roster_only_numbers_and_our_own_words_are_new(texts: list[str]) -> None:
    before, names = roster_of(texts, ["Name", "x", "ID number"], 0)
    wishes = gradebook_moodle.Wishes(match=None, best=None, feedback=True, columns=())
    done = gradebook_moodle.fill_moodle(read_roster(before), grades_of(names), wishes)
    assert done.written == len(SKILLS) * len(done.matched.rows) > COUNT
    old, new = read_roster(before), read_roster(done.roster.written())
    assert len(old.lines) == len(new.lines)
    allowed = {"", "66.67", "2 of 3 points in 6 moments"}
    for was, now in zip(old.lines[1:], new.lines[1:], strict=True):
        assert now.cells[: len(was.cells)] == was.cells
        assert {unquoted(cell) for cell in now.cells[len(was.cells) :]} <= allowed


def test_in_a_canvas_gradebook_only_numbers_are_new(texts: list[str]) -> None:
    header = ["Student", "ID", "SIS User ID", "Section", "Recognition (1)", "Responsibility (2)"]
    before, names = roster_of(texts, header, 3)
    wishes = gradebook_canvas.Wishes(match=None, best=None, assignments=())
    done = gradebook_canvas.fill_canvas(read_roster(before), grades_of(names), wishes)
    assert done.written == 2 * len(done.matched.rows) > COUNT / 2
    for was, now in zip(read_roster(before).lines, read_roster(done.roster.written()).lines, strict=True):
        assert now.cells[:4] == was.cells[:4]
        assert now.cells[4:] == was.cells[4:] or now.cells[4:] == ("66.67", "66.67")


def test_in_statements_every_text_is_cleaned_and_stays_a_text(texts: list[str]) -> None:
    """Names, and the texts of the scenario, some at a time."""
    one = told(1)
    fields = ("attempt", "trainee", "cohort", "occasion", "started", "scenario_sha256")
    for at in range(0, COUNT // 4, 24):
        names = dict(zip(fields, texts[at : at + 6], strict=True))
        scenario = with_texts(one.course.scenario, texts[at + 6 : at + 24])
        for line in statements([told_with(scenario, names)]):
            assert not LIVE.search(line.decode()[:-1])
            json.loads(line)


def with_texts(scenario: Scenario, texts: list[str]) -> Scenario:
    """The scenario with these texts for its title and in its responses, past the loader, which refuses them."""
    left = iter(texts * 10)
    turns = {
        name: turn.model_copy(
            update={
                "responses": {
                    key: response.model_copy(update={"says": next(left)}) for key, response in turn.responses.items()
                }
            }
        )
        for name, turn in scenario.turns.items()
    }
    return scenario.model_copy(update={"title": next(left), "turns": turns})


def told_with(scenario: Scenario, names: dict[str, str]) -> Told:
    return TELLER.tell(attempt_of(1, **names), told(1, **names).scored, scenario, cohort_files.SHA256)
