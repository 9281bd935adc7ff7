"""What the cohort commands read and write as files: nothing that was read or recorded is ever lost to `--out`."""

import csv
import gzip
import io
import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from command import Done, within
from shipped import scenario

from alliance_trainer.analysis.moves import scoring_automaton
from alliance_trainer.analysis.trainees import made_up
from alliance_trainer.cohort import surveying
from alliance_trainer.journal.exporting import lines_of

LINES = lines_of(list(made_up(scoring_automaton(scenario("the-clock")), 12, 3, 12)))
JOURNAL = Path(__file__).parent.parent / "data" / "journal_format_1.jsonl"
Caller = Callable[..., Done]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Caller:
    """The command line within this process, in a folder with a cohort, a trainee's records and a pack in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ALLIANCE_TRAINER_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "500")
    Path("autumn").mkdir()
    Path("autumn/one.attempts.jsonl").write_text(LINES, encoding="utf-8")
    Path("zipped.attempts.jsonl.gz").write_bytes(gzip.compress(LINES.encode()))
    Path("named-otherwise.txt").write_text(LINES, encoding="utf-8")
    Path("wren/attempts").mkdir(parents=True)
    Path("wren/scenarios").mkdir()
    shutil.copy(JOURNAL, "wren/attempts/a.jsonl")
    shutil.copy(JOURNAL, "moved.jsonl")
    Path("wren/attempts/b.jsonl").write_bytes(b"\0damaged\n")
    Path("wren/scenarios/0123.yaml").write_text("id: x\n", encoding="utf-8")

    def called(*arguments: str) -> Done:
        return within(capsys, *arguments)

    return called


def all_files() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(Path().rglob("*")) if path.is_file()}


WRITERS = {
    "csv": ("cohort", "score", "autumn", "--format", "csv"),
    "json": ("cohort", "score", "autumn", "--format", "json"),
    "parquet": ("cohort", "score", "autumn", "--format", "parquet"),
    "items": ("cohort", "items", "autumn", "--format", "csv"),
    "statements": ("cohort", "export", "autumn", "--format", "xapi"),
    "one table": ("cohort", "export", "autumn", "--format", "csv", "--table", "attempts"),
    "gradebook": ("cohort", "export", "autumn", "--format", "moodle", "--roster", "roster.csv"),
}
RECORDS = (
    "autumn/one.attempts.jsonl",
    "zipped.attempts.jsonl.gz",
    "named-otherwise.txt",
    "wren/attempts/a.jsonl",
    "wren/attempts/b.jsonl",
    "moved.jsonl",
    "wren/scenarios/0123.yaml",
    "exam.pack",
    "exam.key",
    "exam-pack.json",
    "link.csv",
    "folder-link/one.attempts.jsonl",
    "hard.csv",
)


@pytest.mark.parametrize("writer", WRITERS)
def test_no_record_pack_key_or_scenario_is_ever_written_over(writer: str, call: Caller) -> None:
    Path("roster.csv").write_text("Name,Username\nAda,trainee-001\nBen,trainee-002\n", encoding="utf-8")
    assert call("pack", "the-clock", "--out", "exam.pack").code == 0
    shutil.copy("exam.pack", "exam-pack.json")
    Path("link.csv").symlink_to("autumn/one.attempts.jsonl")
    Path("folder-link").symlink_to("autumn")
    os.link("autumn/one.attempts.jsonl", "hard.csv")
    before = all_files()
    for name in RECORDS:
        done = call(*WRITERS[writer], "--out", name)
        assert done.code == 2, name
        assert done.errors.startswith(f"Error: {name} "), done.errors
        assert "Name another file with --out" in done.errors
        assert all_files() == before
        assert Path("link.csv").is_symlink()


@pytest.mark.parametrize("writer", [*WRITERS, "report"])
def test_it_is_refused_before_anything_is_scored(writer: str, call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("roster.csv").write_text("Name,Username\nAda,trainee-001\n", encoding="utf-8")
    out = shutil.copy("autumn/one.attempts.jsonl", "attempts.html")
    scored: list[object] = []
    monkeypatch.setattr(surveying, "scan", lambda *given, **_: scored.append(given))
    done = call(*WRITERS.get(writer, ("cohort", "report", "autumn")), "--out", out)
    assert (done.code, scored) == (2, []), done.errors
    assert "Name another file with --out" in done.errors


def test_a_report_is_no_exception(call: Caller) -> None:
    shutil.copy("autumn/one.attempts.jsonl", "attempts.html")
    before = all_files()
    for paths in (("autumn",), ("attempts.html",)):
        done = call("cohort", "report", *paths, "--out", "attempts.html")
        assert (done.code, all_files() == before) == (2, True), done.errors


def test_what_is_read_is_not_written_over_whatever_its_kind(call: Caller) -> None:
    assert call("cohort", "export", "autumn", "--format", "parquet", "--out", "tables").code == 0
    shutil.copy("tables/steps.parquet", "plain.parquet")
    Path("linked").mkdir()
    Path("linked/steps.parquet").symlink_to("../plain.parquet")
    before = all_files()
    for paths, out in (
        (("tables/steps.parquet",), "tables/steps.parquet"),
        (("tables",), "tables/steps.parquet"),
        (("plain.parquet",), "plain.parquet"),
        (("linked",), "plain.parquet"),
        (("linked",), "linked/steps.parquet"),
    ):
        for form in ("parquet", "csv"):
            done = call("cohort", "score", *paths, "--format", form, "--out", out)
            assert done.code == 2, (paths, out)
            assert done.errors.startswith(f"Error: {out} is among what is read"), done.errors
            assert all_files() == before


def test_nothing_new_is_put_where_it_would_be_read_as_attempts(call: Caller) -> None:
    for name in ("autumn/new.attempts.jsonl", "autumn/deeper.jsonl", "autumn/x.steps.parquet"):
        done = call("cohort", "score", "autumn", "--format", "csv", "--out", name)
        assert done.code == 2
        assert "would be read as attempts" in done.errors
        assert not Path(name).exists()


def test_what_was_written_before_may_be_written_over(call: Caller) -> None:
    for _ in range(2):
        assert call("cohort", "report", "autumn", "--out", "autumn/report.html").code == 0
        assert call("cohort", "score", "autumn", "--format", "csv", "--out", "autumn/scores.csv").code == 0
        assert call("cohort", "score", "autumn", "--format", "json", "--out", "scores.json").code == 0
        assert call("cohort", "score", "autumn", "--format", "parquet", "--out", "scores.parquet").code == 0
        assert call("cohort", "export", "autumn", "--format", "xapi", "--out", "statements.jsonl").code == 0
        assert call("cohort", "export", "autumn", "--format", "parquet", "--out", "tables").code == 0
        assert call("cohort", "export", "autumn", "--format", "csv", "--out", "autumn/tables").code == 0


def test_a_folder_that_is_missing_is_named(call: Caller) -> None:
    done = call("cohort", "export", "autumn", "--format", "csv", "--out", "no/such/tables")
    assert done.code == 5
    assert "there is no folder no" in done.errors.replace(f"no{os.sep}such", "no")
    assert "Nothing was changed" in done.errors
    assert not Path("no").exists()


# ------------------------------------------------------------------------------------------ nothing to be read


@pytest.mark.parametrize(
    "command",
    [
        ("cohort", "score", "empty"),
        ("cohort", "score", "empty", "--format", "json"),
        ("cohort", "score", "empty", "other"),
        ("cohort", "score", "--jobs", "2", "empty"),
        ("cohort", "items", "empty"),
        ("cohort", "compare", "autumn", "empty"),
        ("cohort", "report", "empty", "--out", "x.html"),
        ("cohort", "export", "empty", "--format", "csv", "--out", "x"),
        ("verify", "empty"),
        ("verify", "drills-only"),
        ("cohort", "score", "drills-only"),
    ],
    ids=" ".join,
)
def test_a_folder_without_attempts_is_told_and_what_is_looked_for(command: tuple[str, ...], call: Caller) -> None:
    Path("empty").mkdir()
    Path("empty/notes.txt").write_text("none here", encoding="utf-8")
    Path("other").mkdir()
    Path("drills-only/drills").mkdir(parents=True)
    Path("drills-only/drills/d.jsonl").write_text('{"kind":"drill","drill":"x"}\n', encoding="utf-8")
    done = call(*command)
    assert done.code == 2
    assert done.out == ""
    assert done.errors.startswith("Error: There are no attempts in ")
    for name in ("*.jsonl", "*.attempts.jsonl.gz", ".zst", "steps.parquet"):
        assert name in done.errors
    assert not Path("x.html").exists()
    assert not Path("x").exists()


def test_the_folder_that_is_looked_in_without_a_name_is_this_folder(call: Caller, tmp_path: Path) -> None:
    tmp_path.joinpath("empty").mkdir()
    os.chdir("empty")
    assert call("cohort", "score", ".").errors.startswith("Error: There are no attempts in this folder.")


def test_an_empty_folder_beside_one_with_attempts_does_no_harm(call: Caller) -> None:
    Path("empty").mkdir()
    done = call("cohort", "score", "autumn", "empty")
    assert done.code == 0
    assert "Scored 12 of 12" in done.out


# ------------------------------------------------------------------------------- intervals that cannot be given


@pytest.fixture
def no_scipy(monkeypatch: pytest.MonkeyPatch) -> None:
    from alliance_trainer.cohort.statistics import quantiles

    monkeypatch.setattr(quantiles, "installed", lambda: False)


ADD = "pip install 'alliance-trainer[cohort]'"


@pytest.mark.usefixtures("no_scipy")
def test_without_scipy_report_and_export_say_it_once(call: Caller) -> None:
    done = call("cohort", "report", "autumn", "--out", "x.html")
    assert (done.code, done.out.count(ADD)) == (0, 1)
    page = Path("x.html").read_text(encoding="utf-8")
    assert page.count("pip install &#39;alliance-trainer[cohort]&#39;") == 1
    assert "without their 95 % interval" in page
    done = call("cohort", "export", "autumn", "--format", "csv", "--out", "tables")
    assert (done.code, done.out.count(ADD)) == (0, 1)
    rows = list(csv.DictReader(io.StringIO(Path("tables/cohort.csv").read_text(encoding="utf-8"), newline="")))
    means = [row for row in rows if row["figure"] == "mean" and row["value"]]
    assert any(int(row["n"]) >= 8 for row in means)
    for row in rows:
        bounded = row["figure"] == "alpha" or (row["figure"] in ("mean", "mean_d_prime") and int(row["n"] or 0) >= 8)
        without = bounded and bool(row["value"])
        assert (ADD in row["withheld"]) == without
        assert not (without and (row["low"] or row["high"]))


@pytest.mark.usefixtures("no_scipy")
@pytest.mark.parametrize("how", [("--format", "csv", "--table", "attempts"), ("--format", "xapi")])
def test_exports_that_have_no_such_interval_say_nothing(how: tuple[str, ...], call: Caller) -> None:
    done = call("cohort", "export", "autumn", *how, "--out", "x")
    assert (done.code, ADD in done.out) == (0, False)


def test_with_scipy_nothing_is_said(call: Caller) -> None:
    pytest.importorskip("scipy")
    assert ADD not in call("cohort", "report", "autumn", "--out", "x.html").out
    assert "alliance-trainer[cohort]" not in Path("x.html").read_text(encoding="utf-8")
    assert ADD not in call("cohort", "export", "autumn", "--format", "csv", "--out", "tables").out
    assert ADD not in Path("tables/cohort.csv").read_text(encoding="utf-8")


# ------------------------------------------------------------------------------------- all of it, and how many


def test_all_shows_all_that_was_not_scored(call: Caller) -> None:
    with Path("autumn/one.attempts.jsonl").open("a", encoding="utf-8") as file:
        file.write("not json\n" * 1500)
    some = call("cohort", "score", "autumn")
    assert "... 1490 more (--all, or --format json)" in some.out
    every = call("cohort", "score", "autumn", "--all")
    assert (some.code, every.code) == (3, 3)
    assert " more (" not in every.out
    assert every.out.count("one.attempts.jsonl, line ") == 1500


def test_one_is_said_of_one(call: Caller) -> None:
    Path("one").mkdir()
    Path("one/one.attempts.jsonl").write_text(LINES.partition("\n")[0] + "\n", encoding="utf-8")
    trainee = LINES.partition('"trainee":"')[2].partition('"')[0]
    Path("r.csv").write_text(f"Name,Username\nAda,{trainee}\n", encoding="utf-8")
    Path("two.attempts.jsonl").write_text(LINES.partition("\n")[0].replace('"attempt":"', '"attempt":"x') + "\n")
    said = [
        call("cohort", "score", "one").out,
        call("cohort", "score", "one", "--format", "csv", "--out", "x.csv").out,
        call("cohort", "items", "one", "--all").out,
        call("cohort", "items", "one", "--format", "csv", "--out", "y.csv").out,
        call("cohort", "compare", "one", "two.attempts.jsonl").out,
        call("cohort", "report", "one", "--out", "x.html").out,
        call("cohort", "export", "one", "--format", "xapi", "--out", "x.ndjson").out,
        call("cohort", "export", "one", "--format", "csv", "--out", "tables").out,
        call("cohort", "export", "one", "--format", "moodle", "--roster", "r.csv", "--feedback", "--out", "g.csv").out,
        Path("g.csv").read_text(encoding="utf-8"),
        call("simulate", "the-clock", "-n", "1", "--attempts", "n.attempts.jsonl").out,
        Path("x.html").read_text(encoding="utf-8"),
    ]
    assert "Scored 1 of 1 attempt, 1 trainee with a complete one" in said[0]
    assert "Change of 1 trainee who is on both occasions" in said[4]
    plural = re.compile(
        r"(?<![\d.,])1\s+(attempts|trainees|pairs|turns|moments|points|ruptures|answers|records|rows)\b"
    )
    for text in said:
        assert plural.findall(text) == [], text[:200]


def test_the_same_attempts_are_no_two_occasions(call: Caller) -> None:
    shutil.copytree("autumn", "copied")
    for before, after in (("autumn", "autumn"), ("autumn", "copied"), ("autumn", "autumn/one.attempts.jsonl")):
        for form in ("text", "json"):
            done = call("cohort", "compare", before, after, "--format", form)
            assert (done.code, done.out) == (2, "")
            assert "12 attempts are on both occasions, and on the second there is no other" in done.errors


def test_who_writes_out_all_attempts_each_time_can_compare_all_the_same(call: Caller) -> None:
    """As `data export` does: the second file has the first attempts too."""
    later = LINES.replace('"attempt":"', '"attempt":"later-')
    Path("after.attempts.jsonl").write_text(LINES + later, encoding="utf-8")
    Path("later.attempts.jsonl").write_text(later, encoding="utf-8")
    all_of_them = json.loads(call("cohort", "compare", "autumn", "after.attempts.jsonl", "--format", "json").out)
    only_new = json.loads(call("cohort", "compare", "autumn", "later.attempts.jsonl", "--format", "json").out)
    assert all_of_them == only_new | {"on_both": 12}
    shown = " ".join(call("cohort", "compare", "autumn", "after.attempts.jsonl").out.split())
    assert "12 attempts, which count as before" in shown


def test_what_differs_between_the_occasions_is_told(call: Caller) -> None:
    records = [json.loads(each) for each in LINES.splitlines()]
    after = [record | {"attempt": f"b{number}"} for number, record in enumerate(records)]
    after[0] |= {"status": "unfinished", "steps": after[0]["steps"][:1]}
    name = after[0]["trainee"]
    after = [record for record in after if record["trainee"] != name] + [after[0]]
    Path("b.attempts.jsonl").write_text("".join(json.dumps(one) + "\n" for one in after) + "{}\n", encoding="utf-8")
    done = call("cohort", "compare", "autumn", "b.attempts.jsonl")
    assert done.code == 3
    assert f"before: none; after: {name}" in " ".join(done.out.split())
    assert "after: 1 attempt could not be scored" in done.out
    told = json.loads(call("cohort", "compare", "autumn", "b.attempts.jsonl", "--format", "json").out)
    assert (told["only_before"], told["unfinished"]) == ([name], {"before": [], "after": [name]})
    assert told["same_scenarios"] == len(told["both"])
