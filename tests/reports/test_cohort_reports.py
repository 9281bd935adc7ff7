"""Cohort reports: JSON in the form of a scorecard, CSV that no spreadsheet takes for anything but data."""

import csv
import io
import json
import random

import cohort_files
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sizes import scaled

from alliance_trainer.cohort.result import NotScored
from alliance_trainer.cohort.scoring.curve import Curve
from alliance_trainer.cohort.scoring.scored import Scored, from_walk
from alliance_trainer.cohort.scoring.tables import Table
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.clean import clean
from alliance_trainer.core.scoring import score
from alliance_trainer.core.vocabulary.skills import RATED
from alliance_trainer.journal.attempt_lines import read_line
from alliance_trainer.reports import cohort_csv, cohort_json
from alliance_trainer.reports.cohort_csv import COLUMNS, text_cell
from alliance_trainer.reports.scorecard_data import not_scored_data, scorecard_data

TABLE = Table(cohort_files.AUTOMATON)
CURVE = Curve(TABLE)
TRIGGERS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"


def scored(number: int, **changes: object) -> tuple[Attempt, Scored]:
    attempt = read_line(cohort_files.line(cohort_files.record(number)))
    assert isinstance(attempt, Attempt)
    attempt = msgspec.structs.replace(attempt, **changes)
    walk = TABLE.walk(attempt.steps)
    assert walk
    return attempt, from_walk(attempt, "same", TABLE, CURVE, walk)


def refused(**changes: object) -> NotScored:
    record, _ = scored(1, **changes)
    return NotScored(file="a", line=1, kind="illegal", reason="step 1: =no", step=1, attempt="x", record=record)


def read_rows(data: bytes, separator: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline=""), delimiter=separator))


@pytest.mark.parametrize("number", range(60))
def test_an_entry_has_the_form_of_a_scorecard(number: int) -> None:
    attempt, row = scored(number)
    card = score(cohort_files.AUTOMATON, attempt.steps, attempt.status)
    entry = json.loads(cohort_json.attempt_entry(row))
    assert entry.pop("scenario_version") == "same"
    assert entry.pop("of_record") is True
    assert (entry.pop("after_feedback"), entry.pop("not_shared")) == (False, False)
    expected = scorecard_data(attempt, card)
    assert entry == json.loads(json.dumps(expected))
    assert list(entry) == list(expected)


def test_a_refused_attempt_has_the_form_of_one_that_is_not_scored() -> None:
    entry = refused()
    assert entry.record
    found = json.loads(cohort_json.refused_attempt(entry) or b"")
    assert found == not_scored_data(entry.record, entry.reason) | {
        "scenario_version": None,
        "of_record": False,
        "after_feedback": None,
        "not_shared": False,
    }
    assert json.loads(cohort_json.refusal(entry))["step"] == 1


def same(cell: str, value: object) -> bool:
    if value is None or isinstance(value, str):
        return cell == (value or "")
    return float(cell) == value and ("." in cell or "e" in cell or isinstance(value, int))


def test_a_row_says_what_the_entry_says() -> None:
    for number in range(60):
        _, row = scored(number)
        entry = json.loads(cohort_json.attempt_entry(row))
        cells = dict(zip(COLUMNS, read_rows(cohort_csv.attempt_row(row))[0], strict=True))
        assert cells["attempt"] == entry["attempt"]
        assert cells["status"] == entry["status"]
        for skill in RATED:
            figures = {**entry["skills"], **entry["further"]}[skill]
            for name in ("points", "offered", "moments", "score", "low", "high", "chance", "above_chance", "tier"):
                assert same(cells[f"{skill}_{name}"], None if figures is None else figures[name])
        for name in ("points", "offered", "score", "n_ruptures", "n_foils", "skipped"):
            assert same(cells[f"noticed_{name}"], entry["noticed"][name])
        for name in ("outcome", "best_outcome", "outcome_regret", "ending"):
            assert cells[name] == ("" if entry[name] is None else str(entry[name]))
        assert [int(cells["harm_1"]), int(cells["harm_2"])] == entry["harm"]
        assert [int(cells[f"repair_{name}"]) for name in ("resolved", "closed")] == list(entry["repair"].values())
        assert int(cells["alliance_end"]) == entry["alliance"][-1]["level"]
        assert cells["noticed_mixed_as_none"] == str(entry["noticed"]["confusion"][3][0])


def test_every_row_has_every_column_and_unknown_is_empty() -> None:
    [cells] = read_rows(cohort_csv.refused_row(refused()) or b"")
    assert len(cells) == len(COLUMNS)
    named = dict(zip(COLUMNS, cells, strict=True))
    assert (named["status"], named["reason"], named["outcome"]) == ("not-scored", "step 1: =no", "")
    assert read_rows(cohort_csv.header()) == [list(COLUMNS)]
    assert cohort_csv.header(excel=True) == b"\xef\xbb\xbf" + cohort_csv.header()
    assert len(set(COLUMNS)) == len(COLUMNS)


def test_the_same_id_a_second_time_has_no_row() -> None:
    for kind in ("repeated", "conflict"):
        entry = NotScored(file="a", line=1, kind=kind, reason="r", record=refused().record)
        assert cohort_json.refused_attempt(entry) is None
        assert cohort_csv.refused_row(entry) is None
    unread = NotScored(file="a", line=1, kind="unreadable", reason="r")
    assert cohort_json.refused_attempt(unread) is None
    assert cohort_csv.refused_row(unread) is None


def safe(cell: str) -> bool:
    return not cell.startswith(tuple(TRIGGERS))


PIECES = [
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20x", '"', '""', ",",
    ";", "'", "\x1b[31m", "\u202e", "\x00", " ", "wren", "ä", "=HYPERLINK(\"http://x\")", "\ud800", "\ufeff", "\u200b",
]  # fmt: skip


def test_hostile_names_stay_text_in_every_field() -> None:
    rng = random.Random(5)
    for _ in range(scaled(3000)):
        names = ["".join(rng.choices(PIECES, k=rng.randrange(1, 5))) for _ in range(6)]
        fields = ("attempt", "trainee", "cohort", "occasion", "started", "receipt")
        _, row = scored(rng.randrange(20), **dict(zip(fields, names, strict=True)))
        data = cohort_csv.attempt_row(row) + (cohort_csv.refused_row(refused(trainee=names[0])) or b"")
        found = read_rows(data)
        assert [len(cells) for cells in found] == [len(COLUMNS)] * 2
        for cells in found:
            assert all(safe(cell) or cell.lstrip("-").replace(".", "").replace("e-", "").isdigit() for cell in cells)
        first = dict(zip(COLUMNS, found[0], strict=True))
        for field, name in zip(fields, names, strict=True):
            assert first[field].replace("'", "") == clean(name).replace("'", "")


@given(st.text(alphabet=st.characters(exclude_categories=())), st.sampled_from(",;\t"))
@settings(max_examples=scaled(1000))
def test_any_text_is_one_safe_cell_whatever_the_separator(text: str, separator: str) -> None:
    cell = text_cell(text)
    assert cell[0] == cell[-1] == '"'
    [cells] = read_rows(f'{cell}{separator}"end"'.encode(), separator)
    assert cells[1:] == ["end"]
    assert safe(cells[0])
    assert cells[0].replace("'", "") == clean(text).replace("'", "")
    if not set(TRIGGERS) & set(text):
        assert cells[0] == clean(text)
