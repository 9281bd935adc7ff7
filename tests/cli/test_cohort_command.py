"""`cohort score` through its door: journals and interchange files in, a table, CSV or JSON out, exit codes."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest
from command import command
from msgspec.structs import replace

from alliance_trainer.cli.scoring import Resolver
from alliance_trainer.cohort.run import score_cohort
from alliance_trainer.core import course as courses
from alliance_trainer.core import engine
from alliance_trainer.scenario_files import library, loader
from alliance_trainer.terminal.blocks import Drawing
from alliance_trainer.terminal.cohort_table import cohort_blocks
from alliance_trainer.terminal.layout import lay_out

SCENARIO = "the-clock"


def a_way(place: int) -> list[dict[str, str]]:
    """The steps of a play of the shipped scenario that always takes the response at this place on offer."""
    scenario = loader.load_path(library.find(SCENARIO)).scenario
    assert scenario is not None
    course, steps = courses.begin(scenario), []
    while not course.state.ended:
        offered = list(engine.offered(scenario, course.state))
        response = offered[min(place, len(offered) - 1)]
        steps.append({"turn": course.state.place, "notice": "none", "response": response})
        course = courses.answer(course, response, None)
    return steps


def line(attempt: str, trainee: str, steps: list[dict[str, str]], **more: object) -> str:
    return json.dumps({"v": 1, "attempt": attempt, "trainee": trainee, "scenario": SCENARIO, "steps": steps} | more)


@pytest.fixture
def cohort(tmp_path: Path) -> Path:
    folder = tmp_path / "autumn"
    folder.mkdir()
    good = [line(f"a{number}", f"wren-{number}", a_way(number % 4)) for number in range(8)]
    (folder / "one.attempts.jsonl").write_text("\n".join(good[:5]) + "\n")
    (folder / "two.attempts.jsonl").write_text("\n".join(good[5:]) + "\n")
    return folder


def test_a_table_with_totals(cohort: Path, tmp_path: Path) -> None:
    done = command("cohort", "score", cohort, data=tmp_path / "data")
    assert done.code == 0, done.errors
    assert "Scored 8 of 8 attempts" in done.out
    for number in range(8):
        assert f"wren-{number}" in done.out
    assert "Formative and unvalidated" in done.out


def test_bad_records_are_named_and_the_others_scored(cohort: Path, tmp_path: Path) -> None:
    steps = a_way(0)
    bad = [
        "{not json",
        line("b1", "lark-1", [{"turn": "nowhere", "response": "x"}]),
        line("b2", "lark-2", steps[:2]),
        line("b3", "lark-3", steps, scenario="no-such"),
        line("b4", "lark-4", [*steps[:1], {**steps[1], "response": "not-there"}]),
    ]
    (cohort / "bad.attempts.jsonl").write_text("\n".join(bad) + "\n")
    done = command("cohort", "score", cohort, "--format", "json", data=tmp_path / "data")
    assert done.code == 3
    answer = json.loads(done.out)
    assert answer["format"] == "alliance-trainer/cohort-score"
    scored = [one for one in answer["attempts"] if one["status"] != "not-scored"]
    assert [one["trainee"] for one in scored] == [f"wren-{number}" for number in range(8)]
    assert [(Path(one["file"]).name, one["line"]) for one in answer["not_scored"]] == [
        ("bad.attempts.jsonl", number) for number in range(1, 6)
    ]
    assert answer["not_scored"][4]["step"] == 2
    shown = command("cohort", "score", cohort, data=tmp_path / "data")
    assert shown.code == 3
    assert "Not scored: 5" in shown.out


def test_csv_to_a_file_is_whole_and_reads_back(cohort: Path, tmp_path: Path) -> None:
    out = tmp_path / "autumn.csv"
    done = command("cohort", "score", cohort, "--format", "csv", "--out", out, data=tmp_path / "data")
    assert done.code == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert [row["trainee"] for row in rows] == [f"wren-{number}" for number in range(8)]
    for row in rows:
        points, offered = int(row["recognition_points"]), int(row["recognition_offered"])
        assert float(row["recognition_score"]) == points / offered
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_the_same_attempts_give_the_same_bytes_in_any_order_under_any_hash_seed(cohort: Path, tmp_path: Path) -> None:
    lines = [text for path in sorted(cohort.iterdir()) for text in path.read_text().splitlines()]
    answers = set()
    for seed, order in ((0, lines), (1, lines[::-1]), (7, lines[3:] + lines[:3])):
        folder = tmp_path / "same"
        folder.mkdir(exist_ok=True)
        (folder / "all.attempts.jsonl").write_text("\n".join(order) + "\n")
        for form in ("json", "csv"):
            done = command(
                "cohort",
                "score",
                "same",
                "--format",
                form,
                data=tmp_path / "data",
                environment={"PYTHONHASHSEED": str(seed)},
                cwd=tmp_path,
            )
            assert done.code == 0
            answers.add((form, done.out))
    assert len(answers) == 2


def test_a_played_attempt_is_scored_from_its_journal_and_the_copy_beside_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    scenario = loader.load_path(library.find(SCENARIO)).scenario
    assert scenario is not None
    typed = "".join(
        f"{'none' if scenario.turns[step['turn']].notice else ''}\n{step['response']}\n" for step in a_way(1)
    )
    played = command("play", SCENARIO, "--trainee", "heron-11", data=data, typed=typed)
    assert played.code == 0, played.errors
    own = json.loads(command("debrief", "--format", "json", data=data).out)
    done = command("cohort", "score", data, "--format", "json", data=data)
    assert done.code == 0, done.errors
    (scored,) = json.loads(done.out)["attempts"]
    assert scored["scenario_version"] == "same"
    assert {name: scored[name] for name in own if name in scored} == {
        name: value for name, value in own.items() if name in scored
    }


def test_trouble_is_one_clear_message(cohort: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    missing = command("cohort", "score", tmp_path / "nowhere", data=data)
    assert missing.code == 2
    assert "no file or folder" in missing.errors
    form = command("cohort", "score", cohort, "--format", "xml", data=data)
    assert form.code == 2
    assert "csv" in form.errors
    unwritable = command(
        "cohort", "score", cohort, "--format", "csv", "--out", tmp_path / "no" / "no" / "x.csv", data=data
    )
    assert unwritable.code == 5
    empty = tmp_path / "empty"
    empty.mkdir()
    none = command("cohort", "score", empty, data=data)
    assert none.code == 2
    assert f"There are no attempts in {empty}." in " ".join(none.errors.split())
    for done in (missing, form, unwritable, none):
        assert "Traceback" not in done.errors


@pytest.fixture
def often(tmp_path: Path) -> Path:
    """Three attempts each of three trainees."""
    lines = [
        line(f"a{number}", f"wren-{number % 3}", a_way(number % 4), started=f"2026-11-0{1 + number // 3}T09:00:00Z")
        for number in range(9)
    ]
    path = tmp_path / "often.attempts.jsonl"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_one_attempt_of_each_trainee_counts_and_the_others_are_shown(often: Path, tmp_path: Path) -> None:
    counting = {}
    for policy in ("first", "last", "best"):
        done = command("cohort", "score", often, "--policy", policy, "--format", "json", data=tmp_path / "data")
        assert done.code == 0, done.errors
        answer = json.loads(done.out)
        assert (answer["cohort"]["scored"], answer["cohort"]["trainees"]) == (9, 3)
        assert sum(answer["cohort"]["endings"][SCENARIO].values()) == 3
        counting[policy] = answer["cohort"]["skills"]
        shown = command("cohort", "score", often, "--policy", policy, data=tmp_path / "data")
        assert f"of which the {policy} counts" in " ".join(shown.out.split())
        assert shown.out.count("the-clock +") == 6
    assert counting["first"] != counting["last"]
    wrong = command("cohort", "score", often, "--policy", "worst", data=tmp_path / "data")
    assert wrong.code == 2
    assert "--policy" in wrong.errors


def many(path: Path, megabytes: int) -> Path:
    """Attempts of so many megabytes, of which each megabyte may have a process of its own."""
    ways = [a_way(place) for place in range(4)]
    path.parent.mkdir()
    with path.open("w") as file:
        for number in count():
            if file.tell() > megabytes << 20:
                return path
            file.write(line(f"b{number}", f"robin-{number}", ways[number % 4]) + "\n")
    raise AssertionError


def test_several_processes_write_the_same(often: Path, cohort: Path, tmp_path: Path) -> None:
    outputs = set()
    folders = (often, cohort, many(tmp_path / "many" / "many.attempts.jsonl", 3).parent)
    for jobs in ("1", "2"):
        done = command("cohort", "score", *folders, "--jobs", jobs, "--format", "csv", data=tmp_path / "data")
        assert done.code == 3, done.errors  # ids that both have
        outputs.add(done.out)
    assert len(outputs) == 1
    wrong = command("cohort", "score", often, "--engine", "spark", data=tmp_path / "data")
    assert wrong.code == 2
    assert "dask://HOST:PORT" in wrong.errors


@pytest.mark.skipif(
    not Path(f"/proc/self/task/{os.getpid()}/children").exists(),
    reason="looks for processes as Linux tells of them: that none stays behind was NOT tested",
)
def test_no_process_stays_behind_when_the_one_that_started_it_is_killed(tmp_path: Path) -> None:
    file = many(tmp_path / "many" / "many.attempts.jsonl", 40)
    main = subprocess.Popen(
        [sys.executable, "-m", "alliance_trainer", "cohort", "score", str(file), "--jobs", "2"],
        env={**os.environ, "ALLIANCE_TRAINER_DATA": str(tmp_path / "data")},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    children = Path(f"/proc/{main.pid}/task/{main.pid}/children")
    while main.poll() is None and len(children.read_text().split()) < 2:
        time.sleep(0.01)
    main.kill()
    assert main.wait() == -signal.SIGKILL, "it had begun, and not ended yet"
    for _ in range(3000):
        if not _of_group(main.pid):
            return
        time.sleep(0.01)
    os.killpg(main.pid, signal.SIGKILL)
    pytest.fail("its processes went on without it")


def _of_group(group: int) -> bool:
    """Whether there is a process of a group."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_parquet_has_the_rows_of_the_csv(often: Path, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    out = tmp_path / "scores.parquet"
    done = command("cohort", "score", often, "--format", "parquet", "--out", out, data=tmp_path / "data")
    assert done.code == 0, done.errors
    assert "9 of 9 attempts scored" in done.out
    as_csv = command("cohort", "score", often, "--format", "csv", data=tmp_path / "data")
    rows = list(csv.DictReader(io.StringIO(as_csv.out)))
    found = duckdb.execute(f"SELECT attempt, trainee, ending FROM '{out}'").fetchall()
    assert found == [(row["attempt"], row["trainee"], row["ending"]) for row in rows]
    on_screen = command("cohort", "score", often, "--format", "parquet", data=tmp_path / "data")
    assert on_screen.code == 2
    assert "--out" in on_screen.errors


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
@pytest.mark.parametrize("plain", [False, True])
def test_the_receipt_of_an_assessment_stands_beside_its_figures(columns: int, plain: bool, tmp_path: Path) -> None:
    code, other = "VJ7O-NU4D-DIQ6-YNPV", "AAAA-BBBB-CCCC-DDDD"
    path = tmp_path / "exam.attempts.jsonl"
    lines = [line("a1", "wren-1", a_way(0), mode="assess", receipt=code), line("a2", "wren-2", a_way(1), mode="assess")]
    path.write_text("\n".join([*lines, line("a3", "wren-3", a_way(1), mode="practice", receipt=other)]) + "\n")
    result = score_cohort([path], resolve=Resolver((), ()), rows=20)
    block, *_ = cohort_blocks(result, columns, plain=plain, everyone=False, policy="first")
    shown = [text.text for group in lay_out(block, columns) for text in group]
    assert max(map(len, shown)) <= columns
    assert " ".join(" ".join(shown).split()).count(f"receipt {code}") == 1
    assert other not in " ".join(shown)


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("note", ["unfinished", "assisted", "to review"])
def test_an_attempt_says_that_it_is_no_usual_one(columns: int, plain: bool, note: str, tmp_path: Path) -> None:
    told = {"unfinished": a_way(1)[:2], "assisted": [*a_way(1)[:1], {"rewind": a_way(1)[0]["turn"]}, *a_way(1)]}
    steps = told.get(note, a_way(1))
    status = "unfinished" if note == "unfinished" else "complete"
    path = tmp_path / "some.attempts.jsonl"
    path.write_text("\n".join([line("a1", "wren-1", a_way(0)), line("a2", "wren-2", steps, status=status)]) + "\n")
    result = score_cohort([path], resolve=Resolver((), ()), rows=20)
    if note == "to review":
        usual, other = result.rows
        result = replace(result, rows=(usual, replace(other, review=True)))
    block, *_ = cohort_blocks(result, columns, plain=plain, everyone=False, policy="first")
    shown = [text.text for group in lay_out(block, columns) for text in group]
    assert max(map(len, shown)) <= columns
    assert " ".join(" ".join(shown).split()).count(note) == 1


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_the_table_stays_within_the_columns(often: Path, columns: int) -> None:
    library_of = Resolver((), ())
    result = score_cohort([often], resolve=library_of, rows=20)
    blocks = cohort_blocks(result, columns, plain=False, everyone=False, policy="first")
    drawn = [item for block in blocks for item in block.items if isinstance(item, Drawing)]
    (table,) = drawn
    assert max(map(len, table.lines)) <= columns - 2
    assert sum("the-clock +" in text for text in table.lines) == 6
    assert len(table.lines) == (10 if "Ending" in table.lines[0] else 13)
