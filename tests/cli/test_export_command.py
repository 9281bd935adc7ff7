"""`cohort export` through its door: tables, gradebooks and statements; whole or not at all, and no practice unasked."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import msgspec
import pytest
from command import command, within
from shipped import scenario

from alliance_trainer.analysis.moves import scoring_automaton
from alliance_trainer.analysis.trainees import made_up
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.journal.exporting import lines_of
from alliance_trainer.reports.tables_all import TABLE_NAMES

ATTEMPTS = list(made_up(scoring_automaton(scenario("the-clock")), 14, 3, 12))
Typed = Callable[..., tuple[int, str, str]]


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """The command line within this process, in a folder that has a cohort in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ALLIANCE_TRAINER_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "500")
    write("autumn/one.attempts.jsonl", ATTEMPTS[:9])
    write("autumn/two.attempts.jsonl", ATTEMPTS[9:])

    def typed_here(*arguments: str) -> tuple[int, str, str]:
        done = within(capsys, *arguments)
        return done.code, done.out, done.errors

    return typed_here


def write(name: str, attempts: list[Attempt]) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(lines_of(attempts), encoding="utf-8")


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def changed(one: Attempt, **changes: object) -> Attempt:
    return msgspec.structs.replace(one, **changes)


# ------------------------------------------------------------------------------------------------------- tables


def test_all_tables_go_into_a_folder(typed: Typed) -> None:
    code, said, _ = typed("cohort", "export", "autumn", "--format", "csv", "--out", "tables")
    assert code == 0
    assert sorted(path.name for path in Path("tables").iterdir()) == sorted(f"{name}.csv" for name in TABLE_NAMES)
    rows = table(Path("tables/attempts.csv"))
    assert [row["attempt"] for row in rows] == [
        one.attempt for one in sorted(ATTEMPTS, key=lambda one: (one.trainee, one.attempt))
    ]
    assert sum(int(row["of_record"]) for row in rows) == 12
    assert len(table(Path("tables/steps.csv"))) == sum(len(one.steps) for one in ATTEMPTS)
    assert f"attempts ({len(rows)} rows)" in said
    clocked = {row["figure"]: row for row in table(Path("tables/cohort.csv")) if row["subject"] == "cohort"}
    assert clocked["of_record"]["value"] == "12"


def test_parquet_has_the_same_tables_and_the_steps_can_be_scored_again(typed: Typed) -> None:
    assert typed("cohort", "export", "autumn", "--format", "parquet", "--out", "tables")[0] == 0
    assert typed("cohort", "export", "autumn", "--format", "csv", "--out", "texts")[0] == 0
    for name in TABLE_NAMES:
        found = duckdb.sql(f"FROM 'tables/{name}.parquet'").fetchall()
        assert len(found) == len(table(Path(f"texts/{name}.csv")))
    code, said, _ = typed("cohort", "score", "tables/steps.parquet")
    assert code == 0
    assert "Scored 14 of 14 attempts" in said


def test_one_table_goes_into_a_file_and_excel_gets_its_mark(typed: Typed) -> None:
    how = ("--format", "csv", "--table", "skills")
    assert typed("cohort", "export", "autumn", *how, "--out", "skills.csv")[0] == 0
    assert typed("cohort", "export", "autumn", *how, "--out", "excel.csv", "--excel")[0] == 0
    assert Path("excel.csv").read_bytes() == b"\xef\xbb\xbf" + Path("skills.csv").read_bytes()
    assert len(table(Path("skills.csv"))) >= 4 * len(ATTEMPTS)


def test_the_same_attempts_in_another_order_give_the_same_bytes(typed: Typed) -> None:
    write("again/b.attempts.jsonl", ATTEMPTS[::-1])
    for place in ("autumn", "again"):
        assert typed("cohort", "export", place, "--format", "csv", "--out", f"{place}-csv")[0] == 0
        assert typed("cohort", "export", place, "--format", "xapi", "--out", f"{place}.ndjson")[0] == 0
    for name in TABLE_NAMES:
        assert Path(f"again-csv/{name}.csv").read_bytes() == Path(f"autumn-csv/{name}.csv").read_bytes()
    assert Path("again.ndjson").read_bytes() == Path("autumn.ndjson").read_bytes()


def test_the_policy_decides_which_attempt_counts(typed: Typed) -> None:
    twice = {one.trainee for one in ATTEMPTS[12:]}
    for policy, wanted in (("first", ATTEMPTS[:2]), ("last", ATTEMPTS[12:])):
        how = ("--format", "csv", "--table", "attempts", "--policy", policy)
        assert typed("cohort", "export", "autumn", *how, "--out", "x.csv")[0] == 0
        found = {row["attempt"] for row in table(Path("x.csv")) if row["of_record"] == "1" and row["trainee"] in twice}
        assert found == {one.attempt for one in wanted}


def test_bad_records_are_counted_and_those_that_can_be_named_have_a_row(typed: Typed) -> None:
    broken = changed(ATTEMPTS[0], attempt="broken", steps=ATTEMPTS[0].steps[:2])
    write("autumn/bad.attempts.jsonl", [broken])
    with Path("autumn/bad.attempts.jsonl").open("a") as file:
        file.write("{not json\n")
    code, said, _ = typed("cohort", "export", "autumn", "--format", "csv", "--out", "tables")
    assert code == 3
    assert "Not scored: 2 records" in said
    (row,) = [row for row in table(Path("tables/attempts.csv")) if row["card"] == "not-scored"]
    assert row["attempt"] == "broken"
    assert row["reason"]


# ------------------------------------------------------------------------------------------------------ practice


def test_practice_stays_at_home_unless_it_is_shared(typed: Typed) -> None:
    alone = changed(ATTEMPTS[0], attempt="alone", mode="practice", started="2020-01-01T00:00:00Z")
    shared = changed(ATTEMPTS[1], attempt="shared", mode="practice", shared=True)
    broken = changed(alone, attempt="alone-too", steps=())
    write("autumn/practice.attempts.jsonl", [alone, shared, broken])
    code, said, _ = typed("cohort", "export", "autumn", "--format", "csv", "--out", "tables")
    assert code == 3
    assert "Left out: 1 practice attempt that the trainees did not share" in said
    assert "alliance-trainer data export --for-instructor --with-practice" in said
    for name in ("attempts", "steps", "skills", "recognition"):
        found = {row["attempt"] for row in table(Path(f"tables/{name}.csv"))}
        assert "shared" in found
        assert not {"alone", "alone-too"} & found
    (first,) = [row for row in table(Path("tables/attempts.csv")) if row["attempt"] == ATTEMPTS[0].attempt]
    assert first["of_record"] == "1", "what was left out is nobody's attempt of record"
    assert typed("cohort", "export", "autumn", "--format", "xapi", "--out", "x.ndjson")[0] == 3
    registered = Path("x.ndjson").read_text()
    assert '"urn:alliance-trainer:extension:attempt":"shared"' in registered
    assert '"urn:alliance-trainer:extension:attempt":"alone' not in registered


# ---------------------------------------------------------------------------------------- gradebooks, statements

ROSTER = "First name,Username,Essay (Real)\r\n" + "".join(
    f"Person {number},trainee-{number:03d},{number}.00\r\n" for number in range(2, 15)
)


def test_a_roster_is_filled_elsewhere_and_everybody_is_accounted_for(typed: Typed) -> None:
    Path("roster.csv").write_bytes(ROSTER.encode())
    code, said, _ = typed(
        "cohort", "export", "autumn", "--format", "moodle", "--roster", "roster.csv", "--out", "filled.csv"
    )
    assert code == 0
    assert Path("roster.csv").read_bytes() == ROSTER.encode()
    filled = Path("filled.csv").read_bytes().decode().split("\r\n")
    for before, after in zip(ROSTER.split("\r\n"), filled, strict=True):
        assert after.startswith(before)
    assert "found by the column Username" in said
    assert "With attempts, but not in the roster: 1 (trainee-001)." in said
    assert "In the roster, but without attempts: 2 (trainee-013, trainee-014)." in said


def test_statements_are_the_same_bytes_each_time(typed: Typed) -> None:
    home = ("--home-page", "https://school.example/")
    for name in ("one.ndjson", "two.ndjson"):
        assert typed("cohort", "export", "autumn", "--format", "xapi", "--out", name, *home)[0] == 0
    assert Path("one.ndjson").read_bytes() == Path("two.ndjson").read_bytes()
    found = [json.loads(line) for line in Path("one.ndjson").read_text().splitlines()]
    assert {one["actor"]["account"]["homePage"] for one in found} == {"https://school.example/"}
    assert len({one["id"] for one in found}) == len(found)


REFUSED = {
    "an unknown format": (("--format", "xls", "--out", "x"), "--format does not take 'xls'"),
    "an unknown table": (("--format", "csv", "--table", "nodes", "--out", "x"), "--table does not take 'nodes'"),
    "an unknown policy": (("--format", "csv", "--policy", "middle", "--out", "x"), "--policy does not take"),
    "a table with a gradebook": (("--format", "xapi", "--table", "steps", "--out", "x"), "--table goes with csv"),
    "a gradebook without a roster": (("--format", "moodle", "--out", "x"), "fills a roster"),
    "a roster without a gradebook": (("--format", "csv", "--roster", "r.csv", "--out", "x"), "--roster goes with"),
    "the roster itself": (("--format", "moodle", "--roster", "r.csv", "--out", "./r.csv"), "never written over"),
    "a roster that is not there": (("--format", "canvas", "--roster", "no.csv", "--out", "x"), "cannot be read"),
    "a roster of another kind": (
        ("--format", "canvas", "--roster", "r.csv", "--out", "x"),
        "not a gradebook from Canvas",
    ),
    "no scale": (("--format", "moodle", "--roster", "r.csv", "--scale", "A-F", "--out", "x"), "--scale does not take"),
    "feedback in canvas": (("--format", "canvas", "--roster", "r.csv", "--feedback", "--out", "x"), "no feedback"),
    "no address": (("--format", "xapi", "--home-page", "my school", "--out", "x"), "is no address"),
    "parquet among the attempts": (("--format", "parquet", "--out", "autumn/x"), "lies among the attempts"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_meant_is_one_clear_sentence_and_nothing_is_written(case: str, typed: Typed) -> None:
    arguments, words = REFUSED[case]
    Path("r.csv").write_bytes(ROSTER.encode())
    code, _, complaint = typed("cohort", "export", "autumn", *arguments)
    assert code == 2
    assert words in complaint
    assert not Path("x").exists()
    assert Path("r.csv").read_bytes() == ROSTER.encode()


def test_what_cannot_be_written_leaves_everything_as_it_was(typed: Typed) -> None:
    Path("tables").mkdir()
    Path("tables/attempts.csv").write_text("mine")
    Path("tables/cohort.csv").mkdir()
    code, _, complaint = typed("cohort", "export", "autumn", "--format", "csv", "--out", "tables")
    assert code == 5
    assert "Nothing was changed" in complaint
    assert sorted(path.name for path in Path("tables").iterdir()) == ["attempts.csv", "cohort.csv"]
    assert Path("tables/attempts.csv").read_text() == "mine"
    assert typed("cohort", "export", "autumn", "--format", "csv", "--out", "no/where")[0] == 5


def test_where_one_file_cannot_be_put_in_its_place_the_others_are_taken_back(
    typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert typed("cohort", "export", "autumn", "--format", "csv", "--out", "tables")[0] == 0
    before = {path.name: path.read_bytes() for path in Path("tables").iterdir()}
    Path("tables/steps.csv").unlink()
    put, refused = Path.replace, []

    def stubborn(self: Path, target: Path) -> Path:
        if Path(target).name == "cohort.csv" and not refused:
            refused.append(target)
            raise PermissionError(13, "it is open elsewhere", str(self), None, str(target))
        return put(self, target)

    monkeypatch.setattr(Path, "replace", stubborn)
    write("autumn/more.attempts.jsonl", [changed(ATTEMPTS[0], attempt="more", trainee="trainee-099")])
    code, _, complaint = typed("cohort", "export", "autumn", "--format", "csv", "--out", "tables")
    assert code == 5
    assert "cohort.csv cannot be written: it is open elsewhere. Nothing was changed." in complaint
    left = {path.name: path.read_bytes() for path in Path("tables").iterdir()}
    assert left == {name: data for name, data in before.items() if name != "steps.csv"}


def test_a_device_is_never_replaced(typed: Typed) -> None:
    code, _, complaint = typed("cohort", "export", "autumn", "--format", "xapi", "--out", "/dev/null")
    assert code == 5
    assert "no file" in complaint
    assert not Path("/dev/null").is_file()


def test_without_duckdb_one_line_says_what_to_add(typed: Typed, tmp_path: Path) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "duckdb.py").write_text("raise ImportError('not here')\n")
    how = ("--format", "parquet", "--out", tmp_path / "tables")
    done = command(
        "cohort", "export", tmp_path / "autumn", *how, data=tmp_path / "data", environment={"PYTHONPATH": str(hidden)}
    )
    assert done.code == 2
    assert "pip install 'alliance-trainer[cohort]'" in done.errors
    assert not (tmp_path / "tables").exists()


# ------------------------------------------------------------------------------------------ made-up attempts


def test_made_up_attempts_are_written_once_and_can_be_scored(typed: Typed) -> None:
    how = ("-n", "6", "--seed", "3", "--trainees", "4", "--attempts", "spring.attempts.jsonl")
    code, said, _ = typed("simulate", "the-clock", *how)
    assert code == 0
    assert "6 made-up attempts of 4 trainees" in said
    before = Path("spring.attempts.jsonl").read_bytes()
    assert typed("simulate", "the-clock", *how)[0] == 5, "never over a file that is there"
    assert Path("spring.attempts.jsonl").read_bytes() == before
    code, said, _ = typed("cohort", "score", "spring.attempts.jsonl")
    assert code == 0
    assert "Scored 6 of 6 attempts" in said


@pytest.mark.parametrize(
    "how", [("-n", "6", "--attempts", "spring.jsonl"), ("-n", "1000000", "--attempts", "a.attempts.jsonl")]
)
def test_made_up_attempts_are_refused_where_they_would_not_be_found(how: tuple[str, ...], typed: Typed) -> None:
    code, _, complaint = typed("simulate", "the-clock", *how)
    assert code == 2
    assert complaint
