"""Attempts from a Parquet file of steps: the same scores as from lines, and the same said of what is wrong."""

import random
from pathlib import Path
from typing import Any

import pytest
from cohort_files import line, record, resolve, write_lines
from sizes import scaled

from alliance_trainer.cohort import steps_table
from alliance_trainer.cohort.gathering import study_cohort
from alliance_trainer.cohort.run import score_cohort

duckdb = pytest.importorskip("duckdb")

COLUMNS = {
    **dict.fromkeys(("attempt", "trainee", "scenario", "scenario_sha256", "mode", "status", "started"), "VARCHAR"),
    **dict.fromkeys(("cohort", "occasion"), "VARCHAR"),
    "step": "INTEGER",
    **dict.fromkeys(("turn", "notice", "response"), "VARCHAR"),
    **dict.fromkeys(("ms", "confidence"), "INTEGER"),
    "rewind": "VARCHAR",
}


def rows_of(made: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a record, a row a step."""
    facts = {name: value for name, value in made.items() if name not in ("v", "steps")}
    return [facts | step | {"step": number} for number, step in enumerate(made["steps"], start=1)]


def write_table(path: Path, rows: list[dict[str, Any]], columns: dict[str, str] = COLUMNS) -> Path:
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE told ({', '.join(f'{name} {kind}' for name, kind in columns.items())})")
    cells = [[row.get(name) for name in columns] for row in rows]
    marks = ", ".join("?" * len(columns))
    for one in cells:
        connection.execute(f"INSERT INTO told VALUES ({marks})", one)
    connection.execute(f"COPY told TO '{path}' (FORMAT parquet)")
    return path


def records(count: int) -> list[dict[str, Any]]:
    """Good records with at least one step, for a table has no row of an attempt without."""
    made = (record(number, occasion="pre", started=f"2026-11-02T09:{number % 60:02d}:00Z") for number in range(count))
    return [one for one in made if one["steps"]]


def test_a_table_is_scored_like_its_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = records(scaled(60))
    lines = write_lines(tmp_path / "lines" / "a.attempts.jsonl", map(line, made))
    expected = score_cohort([lines], resolve=resolve, rows=1000)
    in_order = [row for one in made for row in rows_of(one)]
    shuffled = in_order.copy()
    random.Random(3).shuffle(shuffled)
    for name, rows in (("in-order", in_order), ("shuffled", shuffled)):
        path = write_table(tmp_path / f"{name}.steps.parquet", rows)
        for together in (4_000_000, 50):
            monkeypatch.setattr(steps_table, "_TOGETHER", together)
            result = score_cohort([path], resolve=resolve, rows=1000)
            assert result.rows == expected.rows
            assert result.figures == expected.figures
            assert (result.scored, result.not_scored) == (len(made), ())


def test_times_and_confidence_are_in_the_moments(tmp_path: Path) -> None:
    made = records(12)
    for one in made:
        for place, step in enumerate(one["steps"]):
            step["confidence"] = 50 + place % 51
    path = write_table(tmp_path / "steps.parquet", [row for one in made for row in rows_of(one)])
    lines = write_lines(tmp_path / "a.attempts.jsonl", map(line, made))
    table, told = (study_cohort([one], resolve=resolve) for one in (path, lines))
    assert [one.attempt for one in table.kept] == [one.attempt for one in told.kept]
    assert table.moments.confidence.tolist() == told.moments.confidence.tolist()
    assert table.moments.ms.tolist() == told.moments.ms.tolist()
    assert max(table.moments.confidence) >= 50


def test_what_is_wrong_in_a_table_is_named_and_the_rest_is_scored(tmp_path: Path) -> None:
    good = [one for one in records(40) if not any("rewind" in step for step in one["steps"])][:20]
    rows = [row for one in good for row in rows_of(one)]
    complete = next(one for one in good if one["status"] == "complete" and len(one["steps"]) > 1)

    def broken(name: str, **changes: Any) -> list[dict[str, Any]]:
        return [row | {"attempt": name} | changes for row in rows_of(complete)]

    disagreeing, doubled, unnumbered = broken("disagreeing"), broken("doubled"), broken("unnumbered")
    disagreeing[-1]["trainee"] = "somebody else"
    doubled[-1]["step"] = 1
    unnumbered[0]["step"] = None
    cut_off, odd, unsure = broken("cut-off")[:-1], broken("odd"), broken("unsure")
    odd[0]["response"] = "no-such-response"
    unsure[0]["confidence"] = 5
    bad = {
        "disagreeing": (disagreeing, "do not agree"),
        "doubled": (doubled, "a number of its steps"),
        "unnumbered": (unnumbered, "a number of its steps"),
        "cut-off": (cut_off, "has not ended"),
        "odd": (odd, "no response"),
        "moody": (broken("moody", mode="exam"), "practice or assess"),
        "long": (broken("long", trainee="x" * 201), "longer than 200"),
        "elsewhere": (broken("elsewhere", scenario="unknown"), "there is no scenario"),
        "noticed": (broken("noticed", notice="maybe"), "none, withdrawal"),
        "answerless": (broken("answerless", response=None), "names no turn and response"),
    }
    for one, _ in bad.values():
        rows += one
    rows += [row | {"attempt": None} for row in rows_of(complete)]
    random.Random(1).shuffle(rows)
    result = score_cohort([write_table(tmp_path / "steps.parquet", rows)], resolve=resolve, rows=1000)
    assert {row.attempt.attempt for row in result.rows} == {one["attempt"] for one in good}
    reasons = {entry.attempt: entry.reason for entry in result.not_scored}
    assert reasons.keys() == {*bad, None}
    for name, (_, words) in bad.items():
        assert words in reasons[name], name
    assert "'attempt' is missing" in reasons[None]
    assert all(entry.line for entry in result.not_scored)


def test_a_file_that_is_no_table_of_steps_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.steps.parquet").write_bytes(b"not at all")
    write_table(tmp_path / "b.steps.parquet", [{"attempt": "a"}], {"attempt": "VARCHAR"})
    write_table(tmp_path / "skills.parquet", [{"attempt": "a"}], {"attempt": "VARCHAR"})
    reasons = [entry.reason for entry in score_cohort([tmp_path], resolve=resolve).not_scored]
    assert len(reasons) == 2
    assert "cannot be read as a table" in reasons[0]
    assert "no column 'trainee'" in reasons[1]


def test_columns_that_may_be_missing_are_missing(tmp_path: Path) -> None:
    made = [one for one in records(30) if one["status"] == "complete"]
    needed = ("attempt", "trainee", "scenario", "step", "turn", "response")
    plain = [one for one in made if not any("rewind" in step for step in one["steps"])]
    rows = [row for one in plain for row in rows_of(one)]
    path = write_table(tmp_path / "steps.parquet", rows, {name: COLUMNS[name] for name in needed})
    result = score_cohort([path], resolve=resolve, rows=1000)
    assert result.scored == len(plain)
    assert {row.version for row in result.rows} == {"unstated"}
    assert all(row.noticed.n_ruptures == 0 for row in result.rows)


def test_without_duckdb_one_line_says_what_to_add(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from alliance_trainer.core.errors import UsageError

    path = write_table(tmp_path / "steps.parquet", rows_of(records(3)[0]))
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(UsageError, match="duckdb is needed") as caught:
        score_cohort([path], resolve=resolve)
    assert "alliance-trainer[cohort]" in caught.value.hint
