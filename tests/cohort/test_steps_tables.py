"""Attempts from a Parquet file of steps: the same scores as from lines, and the same said of what is wrong."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cohort_files import line, record, resolve, write_lines
from sizes import scaled

from alliance_trainer.cohort import scanning
from alliance_trainer.cohort.gathering import study_cohort
from alliance_trainer.cohort.reading import step_codes, steps_scattered, steps_table, steps_together
from alliance_trainer.cohort.run import score_cohort

duckdb = pytest.importorskip("duckdb")

Rows = list[dict[str, Any]]
Order = Callable[[Rows], Rows]

COLUMNS: dict[str, str] = {
    **dict.fromkeys(("attempt", "trainee", "scenario", "scenario_sha256", "mode", "status", "started"), "VARCHAR"),
    **dict.fromkeys(("cohort", "occasion"), "VARCHAR"),
    "step": "INTEGER",
    **dict.fromkeys(("turn", "notice", "response"), "VARCHAR"),
    **dict.fromkeys(("ms", "confidence"), "INTEGER"),
    "rewind": "VARCHAR",
    "shared": "BOOLEAN",
}


def rows_of(made: dict[str, Any]) -> Rows:
    """The rows of a record, a row a step."""
    facts = {name: value for name, value in made.items() if name not in ("v", "steps")}
    return [facts | step | {"step": number} for number, step in enumerate(made["steps"], start=1)]


def write_table(path: Path, rows: Rows, columns: dict[str, str] = COLUMNS) -> Path:
    told = path.with_suffix(".ndjson")
    told.write_text("".join(json.dumps({name: row.get(name) for name in columns}) + "\n" for row in rows))
    kinds = ", ".join(f"{name}: '{kind}'" for name, kind in columns.items())
    lines = f"read_json('{told}', format = 'newline_delimited', columns = {{{kinds}}})"
    duckdb.connect().execute(f"COPY (SELECT * FROM {lines}) TO '{path}' (FORMAT parquet)")
    told.unlink()
    return path


def records(count: int) -> Rows:
    """Good records with at least one step, for a table has no row of an attempt without."""
    made = (record(number, occasion="pre", started=f"2026-11-02T09:{number % 60:02d}:00Z") for number in range(count))
    return [one for one in made if one["steps"]]


def in_order(rows: Rows) -> Rows:
    return rows


def shuffled(rows: Rows) -> Rows:
    return random.Random(3).sample(rows, len(rows))


def one_row_elsewhere(rows: Rows) -> Rows:
    at = next(at for at in range(len(rows)) if rows[at]["attempt"] == rows[at + 1]["attempt"])
    return [*rows[:at], *rows[at + 1 :], rows[at]]


def turned_round(rows: Rows) -> Rows:
    return rows[::-1]


def two_turned_round(rows: Rows) -> Rows:
    at = next(at for at, row in enumerate(rows) if row["step"] == 2 and rows[at + 1]["step"] == 3)
    return [*rows[:at], rows[at + 1], rows[at], *rows[at + 2 :]]


def with_gaps(rows: Rows) -> Rows:
    return [row | {"step": 3 * row["step"]} for row in rows]


def numbered_from_nothing(rows: Rows) -> Rows:
    return [row | {"step": row["step"] - 1} for row in rows]


ORDERS: tuple[Order, ...] = (
    in_order,
    shuffled,
    one_row_elsewhere,
    turned_round,
    two_turned_round,
    with_gaps,
    numbered_from_nothing,
)


@pytest.fixture(params=[(1 << 20, 1 << 13), (7, 2), (50, 3)], ids=["all at once", "few rows", "some rows"])
def few_at_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many rows are read at a time, and so many attempts followed."""
    rows, attempts = request.param
    monkeypatch.setattr(steps_together, "_AT_ONCE", rows)
    monkeypatch.setattr(steps_together, "_BATCH", attempts)
    monkeypatch.setattr(steps_scattered, "_TOGETHER", rows)
    monkeypatch.setattr(steps_table, "_TOGETHER", rows)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Rows]:
    """Some records as lines, and their rows."""
    made = records(scaled(60))
    path = write_lines(tmp_path_factory.mktemp("lines") / "a.attempts.jsonl", map(line, made))
    return path, [row for one in made for row in rows_of(one)]


@pytest.mark.usefixtures("few_at_once")
@pytest.mark.parametrize("order", ORDERS)
def test_a_table_is_scored_like_its_lines(
    told: tuple[Path, Rows],
    tmp_path: Path,
    order: Order,
) -> None:
    lines, rows = told
    expected = score_cohort([lines], resolve=resolve, rows=1000)
    result = score_cohort([write_table(tmp_path / "a.parquet", order(rows))], resolve=resolve, rows=1000)
    assert result.rows == expected.rows
    assert result.figures == expected.figures
    assert (result.scored, result.not_scored) == (expected.scored, ())


@pytest.mark.usefixtures("few_at_once")
def test_attempts_whose_rows_stand_together_are_read_in_one_go(
    told: tuple[Path, Rows], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone_back = {row["attempt"] for row in told[1] if "rewind" in row}
    rows = [row for row in told[1] if row["attempt"] not in gone_back]
    path = write_table(tmp_path / "a.parquet", rows)
    monkeypatch.delattr(scanning, "scattered")
    monkeypatch.delattr(steps_table.StepsTable, "records")
    assert score_cohort([path], resolve=resolve, rows=0).scored == len({row["attempt"] for row in rows}) > 20


@pytest.mark.usefixtures("few_at_once")
def test_an_attempt_that_is_there_twice_in_one_table_is_refused(told: tuple[Path, Rows], tmp_path: Path) -> None:
    rows = told[1]
    names = list(dict.fromkeys(row["attempt"] for row in rows))
    again = [row for row in rows if row["attempt"] == names[0]]
    result = score_cohort([write_table(tmp_path / "a.parquet", rows + again)], resolve=resolve, rows=0)
    assert result.scored == len(names) - 1
    assert [(entry.attempt, entry.line) for entry in result.not_scored] == [(names[0], 1)]
    assert "there twice" in result.not_scored[0].reason


@pytest.mark.parametrize("order", [in_order, shuffled])
def test_an_attempt_with_more_steps_than_any_can_have_is_refused(tmp_path: Path, order: Order) -> None:
    made = records(12)
    (first,) = rows_of(made[0])[:1]
    rows = [first | {"attempt": "endless", "step": step} for step in range(1, 2002)]
    rows += [row for one in made for row in rows_of(one)]
    result = score_cohort([write_table(tmp_path / "a.parquet", order(rows))], resolve=resolve, rows=0)
    assert result.scored == len(made)
    assert [entry.attempt for entry in result.not_scored] == ["endless"]
    assert "more than 2000 steps" in result.not_scored[0].reason


@pytest.mark.parametrize(("setting", "value"), [("_WIDTHS", ()), ("_WIDTHS", (3, 20)), ("_MOST", 5)])
@pytest.mark.parametrize("order", [in_order, shuffled])
def test_many_different_steps_are_told_apart(
    told: tuple[Path, Rows],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    order: Order,
    setting: str,
    value: object,
) -> None:
    monkeypatch.setattr(step_codes, setting, value)
    lines, rows = told
    result = score_cohort([write_table(tmp_path / "a.parquet", order(rows))], resolve=resolve, rows=1000)
    assert result.rows == score_cohort([lines], resolve=resolve, rows=1000).rows


@pytest.mark.usefixtures("few_at_once")
@pytest.mark.parametrize("order", [in_order, shuffled])
def test_names_of_any_kind_are_read_as_they_are(tmp_path: Path, order: Order) -> None:
    names = ["", "a" * 32, "a" * 33, "a" * 200, "a" * 201, "b\0", "b", "\0", "\u00e9" * 30, "c\0c", "\u202e"]
    made = [
        one | {"attempt": f"{name}-{at}"[-200:], "trainee": name}
        for at, (one, name) in enumerate(zip(records(40), names, strict=False))
    ]
    rows = [row for one in made for row in rows_of(one)]
    lines = write_lines(tmp_path / "lines" / "a.attempts.jsonl", map(line, made))
    expected = score_cohort([lines], resolve=resolve, rows=1000)
    result = score_cohort([write_table(tmp_path / "a.parquet", order(rows))], resolve=resolve, rows=1000)
    assert result.rows == expected.rows
    assert {row.attempt.trainee for row in result.rows} == {name for name in names if 0 < len(name) <= 200}
    assert sorted(entry.reason for entry in result.not_scored) == sorted(entry.reason for entry in expected.not_scored)


@pytest.mark.parametrize("order", [in_order, shuffled])
@pytest.mark.parametrize("fact", ['it\'s "autumn"; --', "a\0b", "\u00e9\u202e' || '", "", None])
@pytest.mark.parametrize("other", ["same", "another", "none"])
def test_facts_that_all_have_in_common_are_read_as_they_are(
    tmp_path: Path, order: Order, fact: str | None, other: str
) -> None:
    made = [one | {"occasion": fact, "cohort": fact} for one in records(12)]
    made[-1]["occasion"] = {"same": fact, "another": "another", "none": None}[other]
    rows = [row for one in made for row in rows_of(one)]
    lines = write_lines(tmp_path / "lines" / "a.attempts.jsonl", map(line, made))
    table, told = (
        study_cohort([path], resolve=resolve) for path in (write_table(tmp_path / "a.parquet", order(rows)), lines)
    )
    assert [one.attempt for one in table.kept] == [one.attempt for one in told.kept]
    assert table.result.figures == told.result.figures
    assert len(table.kept) == 12


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


@pytest.mark.parametrize("order", [in_order, shuffled])
def test_practice_that_was_shared_is_so_in_a_table_too(tmp_path: Path, order: Order) -> None:
    made = [one | {"mode": "practice", "shared": at % 2 == 0} for at, one in enumerate(records(12))]
    result = score_cohort(
        [write_table(tmp_path / "a.parquet", order([row for one in made for row in rows_of(one)]))],
        resolve=resolve,
        rows=100,
    )
    told = score_cohort([write_lines(tmp_path / "l" / "a.attempts.jsonl", map(line, made))], resolve=resolve, rows=100)
    assert [row.attempt.not_shared for row in result.rows] == [row.attempt.not_shared for row in told.rows]
    assert {row.attempt.not_shared for row in result.rows} == {True, False}
    assert result.figures == told.figures


@pytest.mark.usefixtures("few_at_once")
@pytest.mark.parametrize("order", [in_order, shuffled])
def test_what_is_wrong_in_a_table_is_named_and_the_rest_is_scored(tmp_path: Path, order: Order) -> None:
    good = [one for one in records(40) if not any("rewind" in step for step in one["steps"])][:20]
    rows = [row for one in good for row in rows_of(one)]
    complete = next(one for one in good if one["status"] == "complete" and len(one["steps"]) > 1)

    def broken(name: str, **changes: Any) -> Rows:
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
    result = score_cohort([write_table(tmp_path / "steps.parquet", order(rows))], resolve=resolve, rows=1000)
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


def test_what_is_wrong_with_a_file_is_said_without_its_name_once_more(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["a folder with a long name, as some have it's said"] * 3)
    deep.mkdir(parents=True)
    wanted = {"a": b"", "b": b"not at all, though long enough", "c": b"PAR1 not at all, though long enough PAR1"}
    for name, data in wanted.items():
        (deep / f"{name}.steps.parquet").write_bytes(data)
    found = score_cohort([tmp_path], resolve=resolve).not_scored
    assert [Path(entry.file).name[0] for entry in found] == list(wanted)
    for entry in found:
        assert str(deep) not in entry.reason
        assert "folder" not in entry.reason
    words = ("too small to be a Parquet file)", "No magic bytes found at end of file)", "length error in file)")
    assert all(entry.reason.endswith(end) for entry, end in zip(found, words, strict=True))


def test_a_column_of_numbers_without_numbers_is_named(told: tuple[Path, Rows], tmp_path: Path) -> None:
    rows = [row | {"step": f"number {row['step']}"} for row in told[1]]
    path = write_table(tmp_path / "a.parquet", rows, COLUMNS | {"step": "VARCHAR"})
    result = score_cohort([path], resolve=resolve)
    assert result.scored == 0
    assert [entry.reason for entry in result.not_scored] == ["its column 'step' holds no numbers"]


def test_whole_numbers_may_be_kept_as_other_numbers(told: tuple[Path, Rows], tmp_path: Path) -> None:
    kinds = COLUMNS | {"step": "DOUBLE", "ms": "DOUBLE", "confidence": "UTINYINT"}
    result = score_cohort([write_table(tmp_path / "a.parquet", told[1], kinds)], resolve=resolve, rows=1000)
    assert result.rows == score_cohort([told[0]], resolve=resolve, rows=1000).rows


def test_a_table_that_cannot_be_read_to_its_end_is_named_and_nothing_of_it_counts(
    told: tuple[Path, Rows], tmp_path: Path
) -> None:
    path = write_table(tmp_path / "a.steps.parquet", told[1])
    good = write_table(tmp_path / "b.steps.parquet", [row | {"attempt": f"b-{row['attempt']}"} for row in told[1]])
    data = bytearray(path.read_bytes())
    for at in range(4, len(data) // 2):  # behind the magic bytes, and far from what says where all is
        data[at] ^= 0xA5
    path.write_bytes(data)
    result = score_cohort([tmp_path], resolve=resolve, rows=1000)
    assert result.scored == score_cohort([good], resolve=resolve).scored
    assert ["cannot be read as a table" in entry.reason for entry in result.not_scored] == [True]


@pytest.mark.parametrize("order", [in_order, shuffled])
@pytest.mark.parametrize(
    ("changes", "kinds", "words"),
    [
        ({"confidence": 300}, {}, "'confidence' in step 1 is out of range"),
        ({"confidence": 49}, {"confidence": "UTINYINT"}, "'confidence' in step 1 is out of range"),
        ({"ms": -1}, {}, "'ms' in step 1 is out of range"),
        ({"ms": 2**53 + 1}, {"ms": "BIGINT"}, "'ms' in step 1 is out of range"),
        ({"ms": 2**80}, {"ms": "HUGEINT"}, "'ms' in step 1 is out of range"),
        ({"ms": 1e300}, {"ms": "DOUBLE"}, "'ms' in step 1 is out of range"),
    ],
)
def test_a_time_or_a_confidence_that_no_answer_has_is_refused_and_never_half_counted(
    told: tuple[Path, Rows], tmp_path: Path, order: Order, changes: Rows, kinds: dict[str, str], words: str
) -> None:
    (good, rows), name = told, told[1][0]["attempt"]
    odd = [row | changes if row["attempt"] == name else row for row in rows]
    result = score_cohort(
        [write_table(tmp_path / "a.parquet", order(odd), COLUMNS | kinds)], resolve=resolve, rows=1000
    )
    assert [entry.attempt for entry in result.not_scored] == [name]
    assert words in result.not_scored[0].reason
    expected = [row for row in score_cohort([good], resolve=resolve, rows=1000).rows if row.attempt.attempt != name]
    assert [row.attempt.attempt for row in result.rows] == [row.attempt.attempt for row in expected]
    assert result.scored == len(expected)


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
