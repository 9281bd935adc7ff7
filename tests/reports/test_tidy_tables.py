"""The tidy tables: what they say is what the scorer says, as CSV and as Parquet, and small groups stay hidden."""

import csv
import io
import os
import random
from pathlib import Path

import duckdb
import made_cohorts
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_scenarios import Shape, make_scenario
from sizes import scaled
from told_attempts import TRIGGERS, bare, hostile, small_study, study_of, told

from alliance_trainer.cli.parquet_files import write_sheet
from alliance_trainer.cohort.result import NotScored
from alliance_trainer.cohort.study.moments import Moments
from alliance_trainer.core.vocabulary.skills import RATED, SKILLS
from alliance_trainer.reports.cells import Value
from alliance_trainer.reports.tables import LEAST_TRAINEES, Sheet, Table, sheet
from alliance_trainer.reports.tables_all import TABLE_NAMES, TABLES, attempt_sheets, cohort_sheets
from alliance_trainer.reports.tables_cohort import COHORT, FIGURES
from alliance_trainer.reports.tables_csv import csv_chunks
from alliance_trainer.reports.tables_dictionary import dictionary
from alliance_trainer.reports.tables_turns import RESPONSES, TURNS, hidden_among

OF_ATTEMPTS = ("attempts", "steps", "skills", "recognition")
DOCS = Path(__file__).parent.parent.parent / "docs"
HEADING = "## attempts\n"


def filled(numbers: range) -> dict[str, Sheet]:
    sheets = attempt_sheets([told(number) for number in numbers], [refused()], OF_ATTEMPTS)
    return {one.table.name: one for one in sheets}


def refused() -> NotScored:
    record = told(1, attempt="refused", trainee="zz").attempt
    return NotScored(file="a", line=1, kind="illegal", reason="step 1: =no", step=1, attempt="refused", record=record)


def as_dicts(one: Sheet) -> list[dict[str, Value]]:
    names = [column.name for column in one.table.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*one.columns, strict=True)]


def as_csv(one: Sheet, **how: bool) -> str:
    return b"".join(csv_chunks(one, **how)).decode()


def read_csv(one: Sheet) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(one), newline="")))


# ------------------------------------------------------------------------------------------------ single attempts


def test_the_tables_of_attempts_say_what_the_scorer_says() -> None:
    numbers = range(40)
    sheets = {name: as_dicts(one) for name, one in filled(numbers).items()}
    everyone = {one.attempt.attempt: one for one in map(told, numbers)}
    assert {row["attempt"] for row in sheets["attempts"]} == {*everyone, "refused"}
    for row in sheets["attempts"]:
        if row["card"] == "not-scored":
            assert (row["reason"], row["answers"], row["of_record"]) == ("step 1: =no", None, False)
            continue
        one = everyone[str(row["attempt"])].scored
        assert (row["ending"], row["outcome"], row["harm_2"]) == (one.ending, one.outcome, one.harm[1])
        assert row["turning_points"] == (None if one.turning_points is None else len(one.turning_points))
    for row in sheets["skills"]:
        figures = (everyone[str(row["attempt"])].scored.skills | everyone[str(row["attempt"])].scored.further)[
            row["skill"]
        ]
        if figures is None:
            assert (row["points"], row["score"], row["moments"]) == (None, None, 0)
            assert row["skill"] in SKILLS
        else:
            same = ("points", "offered", "moments", "score", "low", "high", "chance", "above_chance", "tier")
            assert [row[name] for name in same] == [getattr(figures, name) for name in same]
    for row in sheets["recognition"]:
        noticed = everyone[str(row["attempt"])].scored.noticed
        assert row["hits"] == sum(sum(counts[1:]) for counts in noticed.confusion[1:])
        assert row["exact"] == sum(noticed.confusion[place][place] for place in (1, 2, 3))
        assert row["false_alarms"] == noticed.n_foils - noticed.confusion[0][0]
        assert row["score"] == noticed.score


def test_the_steps_are_all_there_and_add_up_to_the_skills() -> None:
    numbers = range(60)
    sheets = {name: as_dicts(one) for name, one in filled(numbers).items()}
    by_attempt: dict[str, list[dict[str, Value]]] = {}
    for row in sheets["steps"]:
        by_attempt.setdefault(str(row["attempt"]), []).append(row)
    for number in numbers:
        one = told(number)
        rows = by_attempt.get(one.attempt.attempt, [])
        assert [row["step"] for row in rows] == list(range(1, len(one.attempt.steps) + 1))
        for row, step in zip(rows, one.attempt.steps, strict=True):
            raw = ("turn", "notice", "response", "ms", "confidence", "rewind")
            assert [row[name] for name in raw] == [getattr(step, name) for name in raw]
        for skill, figures in (one.scored.skills | one.scored.further).items():
            met = [row for row in rows if row["scored"] and row[f"{skill}_offered"] is not None]
            assert sum(row[f"{skill}_points"] for row in met) == (figures.points if figures else 0)  # type: ignore[misc]
            assert len(met) == (figures.moments if figures else 0)
        credit = [row["notice_points"] for row in rows if row["scored"] and row["notice_points"] is not None]
        assert sum(credit) == one.scored.noticed.points  # type: ignore[arg-type]
        undone = sum(bool(row["undone"]) for row in rows)
        assert undone == len(one.course.exchanges) - len(one.course.way)


def test_the_first_columns_of_steps_are_what_the_scorer_reads() -> None:
    assert [column.name for column in filled(range(1))["steps"].table.columns][:17] == [
        "attempt", "trainee", "scenario", "scenario_sha256", "mode", "status", "started", "cohort", "occasion", "shared",
        "step", "turn", "notice", "response", "ms", "confidence", "rewind",
    ]  # fmt: skip


def test_the_order_in_which_attempts_come_changes_no_byte() -> None:
    everyone = [told(number) for number in range(30)]
    others = [
        refused(),
        *(NotScored(file="b", line=n, kind="illegal", reason=str(n), record=refused().record) for n in (1, 2)),
    ]
    wanted = [as_csv(one) for one in attempt_sheets(everyone, others, OF_ATTEMPTS)]
    rng = random.Random(2)
    for _ in range(5):
        rng.shuffle(everyone)
        rng.shuffle(others)
        assert [as_csv(one) for one in attempt_sheets(everyone, others, OF_ATTEMPTS)] == wanted


def test_only_the_wanted_tables_are_filled_and_an_empty_cohort_has_its_columns() -> None:
    (only,) = attempt_sheets([told(1)], [], ["skills", "turns"])
    assert only.table.name == "skills"
    for one in attempt_sheets([], [], OF_ATTEMPTS):
        assert one.rows == 0
        assert as_csv(one).count("\r\n") == 1


# -------------------------------------------------------------------------------------- as CSV and as Parquet


def test_text_is_quoted_numbers_are_not_and_nothing_is_empty() -> None:
    text = as_csv(filled(range(3))["skills"])
    first, second = text.splitlines()[:2]
    assert first.startswith('"attempt","trainee","scenario"')
    assert second.startswith('"good-00000","wren-0",')
    row = next(line for line in text.splitlines() if ',"recognition",' in line)
    assert row.split(",")[5].isdigit()
    assert as_csv(filled(range(3))["skills"], excel=True) == "\ufeff" + text


@pytest.mark.parametrize("name", OF_ATTEMPTS)
def test_parquet_says_what_the_csv_says(name: str, tmp_path: Path) -> None:
    one = filled(range(50))[name]
    write_sheet(one, tmp_path / "it's.parquet")
    assert one.rows
    assert_equal(one, tmp_path / "it's.parquet")


@pytest.mark.parametrize("trainees", [3, 12])
def test_the_shareable_tables_are_the_same_in_parquet_and_csv(trainees: int, tmp_path: Path) -> None:
    made, whole = small_study(trainees)
    sheets = list(cohort_sheets(whole, made.moments, TABLE_NAMES))
    assert [one.table for one in sheets] == [TURNS, RESPONSES, COHORT]
    for one in sheets:
        write_sheet(one, tmp_path / f"{one.table.name}.parquet")
        assert (one.rows > 0) == (trainees >= LEAST_TRAINEES or one.table is COHORT)
        assert_equal(one, tmp_path / f"{one.table.name}.parquet")


def assert_equal(one: Sheet, path: Path) -> None:
    place = str(path).replace("'", "''")
    with duckdb.connect() as made:
        found = made.sql(f"FROM '{place}'")
        types = {"text": "VARCHAR", "whole": "BIGINT", "number": "DOUBLE", "truth": "BOOLEAN"}
        assert found.columns == [column.name for column in one.table.columns]
        assert [str(kind) for kind in found.types] == [types[column.kind] for column in one.table.columns]
        rows = found.fetchall()
    assert len(rows) == one.rows
    for values, cells in zip(rows, read_csv(one), strict=True):
        for column, value in zip(one.table.columns, values, strict=True):
            cell = cells[column.name]
            match column.kind:
                case _ if value is None:
                    assert cell == ""
                case "text":
                    assert bare(cell) == bare(value)
                case "truth":
                    assert cell == str(int(value))
                case "whole":
                    assert int(cell) == value
                case "number":
                    assert float(cell) == value


@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.text(alphabet=st.characters(exclude_categories=()))),
            st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1)),
            st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False)),
            st.one_of(st.none(), st.booleans()),
        ),
        max_size=5,
    ),
    st.sampled_from(",;\t"),
)
@settings(max_examples=scaled(150), deadline=None)
def test_any_values_come_back_from_csv(rows: list[tuple[Value, ...]], separator: str) -> None:
    one = sheet(ANY, rows)
    text = as_csv(one)
    found = list(csv.reader(io.StringIO(text, newline="")))
    assert len(found) == len(rows) + 1
    for cells, (words, number, share, yes) in zip(found[1:], rows, strict=True):
        assert bare(cells[0]) == bare(words)  # type: ignore[arg-type]  # the first column is of texts
        assert not cells[0].startswith(TRIGGERS)
        assert cells[1:] == [
            "" if value is None else repr(value) for value in (number, share, None if yes is None else int(yes))
        ]


ANY = Table(
    name="any",
    row="anything",
    shareable=False,
    columns=tuple(
        next(column for table in TABLES for column in table.columns if column.kind == kind)
        for kind in ("text", "whole", "number", "truth")
    ),
)


def test_hostile_names_stay_text_in_every_table(tmp_path: Path) -> None:
    rng = random.Random(5)
    count = scaled(120)
    names = [hostile(rng) for _ in range(6 * count)]
    fields = ("attempt", "trainee", "cohort", "occasion", "started", "receipt")
    everyone = [
        told(number % 20, **dict(zip(fields, names[6 * number : 6 * number + 6], strict=True)))
        for number in range(count)
    ]
    for one in attempt_sheets(everyone, [], OF_ATTEMPTS):
        rows = read_csv(one)
        assert len(rows) == one.rows
        kinds = {column.name: column.kind for column in one.table.columns}
        assert not [
            cell for row in rows for name, cell in row.items() if kinds[name] == "text" and cell.startswith(TRIGGERS)
        ]
        told_names = {bare(cell) for row in rows for cell in row.values()}
        if one.table.name == "attempts":
            assert set(map(bare, names)) <= told_names
            write_sheet(one, tmp_path / "hostile.parquet")
            assert one.rows
            assert_equal(one, tmp_path / "hostile.parquet")


# ---------------------------------------------------------------------------------------------- small groups


@given(st.lists(st.integers(0, 30), min_size=1, max_size=9))
@settings(max_examples=scaled(250))
def test_few_cannot_be_told_by_taking_away(counts: list[int]) -> None:
    hidden = hidden_among(counts)
    shown = [count for place, count in enumerate(counts) if place not in hidden]
    assert not [count for count in shown if 0 < count < LEAST_TRAINEES]
    together = sum(counts[place] for place in hidden)
    assert not hidden or len(hidden) == len(counts) or (together >= LEAST_TRAINEES and len(hidden) > 1)


def of_turns(columns: Moments, turns: list[dict[str, Value]]) -> list[dict[str, Value] | None]:
    """The rows of the turns that were met, in the order of the columns; None where a turn has no row."""
    rows = {(row["scenario"], row["turn"], row["rupture"]): row for row in turns}
    return [rows.get((ref.scenario, ref.turn, ref.rupture)) for ref in columns.turns]


def test_nothing_is_said_about_fewer_than_five() -> None:
    made, whole = small_study(4)
    turns, responses, cohort = (as_dicts(one) for one in cohort_sheets(whole, made.moments, TABLE_NAMES))
    assert not turns
    assert not responses
    about_skills = [row for row in cohort if row["subject"] != "cohort"]
    assert about_skills
    assert {(row["suppressed"], row["value"], row["n"], row["points"]) for row in about_skills} == {
        (True, None, None, None)
    }
    assert {row["withheld"] for row in about_skills} == {"there are fewer than 5 trainees"}


@given(st.integers(5, 45), st.integers(1, 500), st.booleans())
@settings(max_examples=scaled(25), deadline=None)
def test_what_is_hidden_cannot_be_found_by_taking_away(trainees: int, seed: int, branching: bool) -> None:
    """The sums of the class less the turns that are shown: about as many people as a turn that is shown."""
    shape = Shape(turns=7, responses=3, conditions=branching, loops=False)
    made = made_cohorts.cohort([make_scenario(shape, seed)], trainees, seed)
    if not made.scored:
        return
    columns = made.moments
    turns, responses, cohort = (as_dicts(one) for one in cohort_sheets(study_of(made), columns, TABLE_NAMES))
    shown = {str(row["figure"] if row["subject"] == "noticed" else row["subject"]) for row in cohort if row["points"]}
    rows = of_turns(columns, turns)
    for at, skill in enumerate(RATED):
        offered = columns.offered[:, at] > 0
        hidden = {place for place, row in enumerate(rows) if row is None or row[f"{skill}_points"] is None}
        check_together(columns, hidden, offered, 10 if skill in shown else 0)
        counted = {place for place, row in enumerate(rows) if row is None or row["trainees"] is None}
        among = np.isin(columns.turn, columns.turn[offered])
        check_together(columns, counted, among, 5 if skill in shown else 0)
        for place in set(range(len(rows))) - hidden:
            assert (offered & (columns.turn == place)).sum() >= 10
    foil = np.array([ref.rupture == "none" for ref in columns.turns])[columns.turn]
    for kind, which in (("hits", ~foil), ("false_alarms", foil)):
        hidden = {place for place, row in enumerate(rows) if row is None or row["asked"] is None}
        check_together(columns, hidden, which & (columns.notice >= 0), 5 if kind in shown else 0)
    for row in responses:
        names = [ref.turn for ref in columns.turns]
        met = (columns.turn == names.index(str(row["turn"]))).sum() if row["turn"] in names else 0
        assert row["suppressed"] or met >= 10


def check_together(columns: Moments, turns: set[int], which: np.ndarray, least: int) -> None:
    rows = which & np.isin(columns.turn, list(turns))
    if least and rows.any():
        assert len(np.unique(columns.turn[rows])) > 1
        assert len(np.unique(columns.trainee[rows])) >= 5
        assert rows.sum() >= least


@pytest.mark.parametrize("trainees", [1, 4, 5, 12])
def test_which_rows_there_are_tells_nobodys_way(trainees: int) -> None:
    """All turns and responses of a scenario, or none; a turn that nobody met looks like one that few did."""
    scenarios = [make_scenario(Shape(turns=7, responses=3, conditions=True, loops=False), seed) for seed in (3, 8)]
    scenarios = [one.model_copy(update={"id": f"s{place}"}) for place, one in enumerate(scenarios)]
    one, other = (made_cohorts.cohort(scenarios[:many], trainees, seed) for many, seed in ((2, 1), (2, 2)))
    found = []
    for made in (one, other):
        turns, responses, _ = (as_dicts(each) for each in cohort_sheets(study_of(made), made.moments, TABLE_NAMES))
        found.append([(row["scenario"], row["turn"]) for row in turns])
        played = [each.id for each in scenarios if sum(it.attempt.scenario == each.id for it in made.scored) >= 5]
        everything = [(each.id, name) for each in scenarios if each.id in played for name in each.turns]
        assert found[-1] == everything
        assert [(row["scenario"], row["turn"], row["response"]) for row in responses] == [
            (each.id, name, response)
            for each in scenarios
            if each.id in played
            for name, turn in each.turns.items()
            for response in turn.responses
        ]
        met = {(ref.scenario, ref.turn): place for place, ref in enumerate(made.moments.turns)}
        people = np.bincount(made.moments.turn, minlength=len(met))
        for row in turns:
            place = met.get((str(row["scenario"]), str(row["turn"])))
            if place is None or people[place] < 5:
                assert row["suppressed"]
                assert {row[name] for name in list(row)[5:]} == {None}
    assert bool(found[0]) == (trainees >= 5)


def test_to_how_few_a_response_was_on_offer_is_not_told() -> None:
    """Of 30 at the second turn three could choose the response that waits for a first good one."""
    made = made_cohorts.opened(30, 3)
    responses = as_dicts(dict(enumerate(cohort_sheets(study_of(made), made.moments, TABLE_NAMES)))[1])
    second = {row["response"]: row for row in responses if row["turn"] == "two"}
    assert second["bad"]["on_offer"] == second["bad"]["trainees"] == 30
    assert second["waits"]["on_offer"] is second["waits"]["share"] is None
    made = made_cohorts.opened(30, 12)
    responses = as_dicts(dict(enumerate(cohort_sheets(study_of(made), made.moments, TABLE_NAMES)))[1])
    second = {row["response"]: row for row in responses if row["turn"] == "two"}
    assert (second["waits"]["on_offer"], second["waits"]["chosen"], second["waits"]["share"]) == (12, 6, 0.5)
    assert second["waits"]["best_where"] == "where it was on offer"
    assert second["good"]["best_where"] == "where waits was not on offer"


def test_a_facility_of_fewer_than_ten_is_never_given() -> None:
    for trainees in (5, 9, 10):
        made, whole = small_study(trainees)
        turns, _, cohort = (as_dicts(one) for one in cohort_sheets(whole, made.moments, TABLE_NAMES))
        met = np.bincount(made.moments.turn)
        given = [
            (place, name)
            for place, row in enumerate(of_turns(made.moments, turns))
            for name in row or ()
            if name.endswith(("facility", "_points", "_offered", "best")) and row and row[name] is not None
        ]
        assert all(met[place] >= 10 for place, _ in given)
        assert bool(given) == (trainees == 10)
        assert [row["value"] for row in cohort if row["figure"] == "pooled" and row["points"]]


def test_a_sum_that_is_one_turns_is_hidden_with_it() -> None:
    """One turn with the skill, met by six: the sum over the class would be that turn."""
    made = made_cohorts.cohort([make_scenario(Shape(turns=1, responses=3, conditions=False, loops=False), 11)], 6)
    turns, _, cohort = (as_dicts(one) for one in cohort_sheets(study_of(made), made.moments, TABLE_NAMES))
    assert [row["trainees"] for row in turns] == [6]
    few = "there are fewer than 5 trainees"
    pooled = [row for row in cohort if row["figure"] == "pooled" and row["suppressed"] and row["withheld"] != few]
    assert pooled
    assert {(row["value"], row["n"], row["points"], row["low"]) for row in pooled} == {(None, None, None, None)}
    assert {row["withheld"] for row in pooled} == {"what is hidden in the table turns could be found from it"}


def test_the_shareable_tables_are_what_the_answers_add_up_to() -> None:
    made, whole = small_study(40)
    turns, responses, cohort = (as_dicts(one) for one in cohort_sheets(whole, made.moments, TABLE_NAMES))
    columns = made.moments
    told = [add_up(row, columns, columns.turn == place) for place, row in enumerate(of_turns(columns, turns)) if row]
    assert sum(told) > 5
    shown = [row for row in responses if not row["suppressed"]]
    assert shown
    for row in shown:
        turn = next(at for at, ref in enumerate(columns.turns) if ref.turn == row["turn"])
        place = columns.turns[turn].responses.index(str(row["response"]))
        assert row["chosen"] == ((columns.turn == turn) & (columns.response == place)).sum()
        if row["on_offer"] is not None:
            assert row["on_offer"] == columns.on_offer[columns.turn == turn, place].sum()
            assert row["share"] == row["chosen"] / row["on_offer"]  # type: ignore[operator]
    pooled = {row["subject"]: row for row in cohort if row["figure"] == "pooled"}
    for at, skill in enumerate(SKILLS):
        assert pooled[skill]["points"] == columns.points[:, at].sum()
        assert pooled[skill]["value"] == pooled[skill]["points"] / pooled[skill]["offered"]  # type: ignore[operator]
    assert {row["figure"] for row in cohort} <= FIGURES.keys()
    assert all((row["value"] is None) == (row["withheld"] is not None) for row in cohort)


def add_up(row: dict[str, Value], columns: Moments, mine: np.ndarray) -> int:
    """A row of turns says what its answers come to, or nothing; how many skills it tells of."""
    if mine.sum() < LEAST_TRAINEES:
        assert row["suppressed"]
        return 0
    assert row["trainees"] == mine.sum()
    told = 0
    for at, skill in enumerate(RATED):
        points, offered = int(columns.points[mine, at].sum()), int(columns.offered[mine, at].sum())
        if row[f"{skill}_points"] is None:
            assert row[f"{skill}_offered"] is row[f"{skill}_facility"] is None
            continue
        told += 1
        assert (row[f"{skill}_points"], row[f"{skill}_offered"]) == (points, offered)
        assert row[f"{skill}_facility"] == points / offered
    return told


# ------------------------------------------------------------------------------------------- the data dictionary


def test_every_column_is_described_once() -> None:
    for table in TABLES:
        names = [column.name for column in table.columns]
        assert len(set(names)) == len(names)
        for column in table.columns:
            assert column.meaning
            assert column.empty
            assert not set("|<>*`\n") & set(column.meaning + column.values + column.empty), "it stands in a page"
    assert all(table.shareable == ("trainee" not in [one.name for one in table.columns]) for table in TABLES)


def test_what_is_never_empty_never_is() -> None:
    made, whole = small_study(6)
    for one in (*filled(range(60)).values(), *cohort_sheets(whole, made.moments, TABLE_NAMES)):
        for column, values in zip(one.table.columns, one.columns, strict=True):
            assert column.empty != "never" or None not in values, f"{one.table.name}.{column.name}"


def test_the_data_dictionary_is_drawn_from_the_code() -> None:
    page = DOCS / "data-dictionary.md"
    text = page.read_text(encoding="utf-8")
    wanted = text[: text.index(HEADING)] + dictionary()
    if os.environ.get("UPDATE_GOLDEN"):
        page.write_text(wanted, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == wanted
