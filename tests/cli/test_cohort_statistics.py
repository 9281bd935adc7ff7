"""cohort items, compare and agree as programs and people call them."""

import csv
import io
import json
import random
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from command import Done, command, within
from made_cohorts import able, play

from alliance_trainer.scenario_files import library, loader

DATA = Path(__file__).parent.parent / "data" / "statistics"
SCENARIOS = ("its-fine", "the-clock")
Caller = Callable[..., Done]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Caller:
    """The command line within this process, which starts it once for all calls."""

    def called(*arguments: str | Path) -> Done:
        return within(capsys, "cohort", *arguments)

    return called


def write(path: Path, trainees: int, occasion: str = "once", *, drift: float = 0.0, name: str = "wren") -> Path:
    """Attempts of so many trainees whose ability grows with their number."""
    lines = []
    for number, scenario_id in product(range(trainees), SCENARIOS):
        scenario = loader.load_path(library.find(scenario_id)).scenario
        assert scenario is not None
        rng, ability = random.Random(f"{number}{occasion}"), number / trainees
        steps = play(scenario, able(min(1.0, ability + drift)), rng, ability)
        assert steps
        record: dict[str, Any] = {
            "v": 1,
            "attempt": f"{occasion}-{number}-{scenario_id}",
            "trainee": f"{name}-{number:02d}",
            "scenario": scenario_id,
            "occasion": occasion,
            "status": "complete",
            "steps": [
                {key: getattr(step, key) for key in ("turn", "notice", "response") if getattr(step, key)}
                for step in steps
            ],
        }
        lines.append(json.dumps(record, separators=(",", ":")))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("cohort") / "one.attempts.jsonl", 36)


def test_items_as_text_json_and_csv_say_the_same(cohort: Path, call: Caller, tmp_path: Path) -> None:
    out = tmp_path / "items.csv"
    text = call("items", cohort, "--all")
    asked = call("items", cohort, "--format", "json")
    written = call("items", cohort, "--format", "csv", "--out", out)
    assert (text.code, asked.code, written.code) == (0, 0, 0), text.errors + asked.errors + written.errors
    answer = json.loads(asked.out)
    assert (answer["format"], answer["version"]) == ("alliance-trainer/cohort-items", 1)
    assert (answer["trainees"], answer["of_record"], answer["policy"]) == (36, 72, "first")
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    uses = [(turn["turn"], use["response"], use["n"]) for turn in answer["turns"] for use in turn["responses"]]
    assert [(row["turn"], row["response"], int(row["n"])) for row in rows] == uses
    for turn in answer["turns"]:
        assert f"{turn['turn']} in {turn['scenario']}, " in text.out.replace("\n", " ")
    assert "Wrote" in written.out
    slip = next(turn for turn in answer["turns"] if turn["turn"] == "slip")
    assert slip["n"] == 36
    assert 0 < slip["together"]["facility"]["value"] < 1
    assert slip["together"]["discrimination"]["value"] > 0
    model = answer["skills"]["recognition"]["model"]
    assert 0 < model["phi"] <= model["reliability"] < 1
    assert f"Phi {model['phi']:.2f}" in text.out


def test_practice_that_was_not_shared_stays_out(call: Caller, tmp_path: Path) -> None:
    records = [json.loads(line) for line in write(tmp_path / "a.attempts.jsonl", 6).read_text("utf-8").splitlines()]
    for number, record in enumerate(records):
        record["mode"] = "practice" if number < 4 else "assess"
    records[0]["shared"] = True
    mixed = tmp_path / "mixed.attempts.jsonl"
    mixed.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    answer = json.loads(call("items", mixed, "--format", "json").out)
    assert answer["of_record"] == 9
    assert answer["left_out"] == [{"reason": "they are practice that was not shared", "attempts": 3}]


def test_an_attempt_that_cannot_be_scored_is_told_of(cohort: Path, call: Caller, tmp_path: Path) -> None:
    folder = tmp_path / "both"
    folder.mkdir()
    (folder / "one.attempts.jsonl").write_bytes(cohort.read_bytes() + b"{not json\n")
    done = call("items", folder)
    assert done.code == 3
    assert "1 attempt could not be scored" in done.out
    done = call("items", folder, "--format", "json")
    assert done.code == 3
    assert json.loads(done.out)["of_record"] == 72


def test_change_between_two_files_or_two_occasions_of_one_folder(call: Caller, tmp_path: Path) -> None:
    folder = tmp_path / "year"
    folder.mkdir()
    before = write(folder / "a.attempts.jsonl", 14, "pre")
    after = write(folder / "b.attempts.jsonl", 12, "post", drift=0.5)
    form = ("--format", "json", "--reliability", "0.8")
    two = call("compare", before, after, *form)
    one = call("compare", folder, "--occasion", "pre,post", *form)
    assert (two.code, one.code) == (0, 0), two.errors + one.errors
    assert json.loads(two.out) == json.loads(one.out)
    answer = json.loads(two.out)
    assert (answer["only_before"], answer["only_after"]) == (["wren-12", "wren-13"], [])
    score = answer["scores"]["recognition"]
    assert score["pairs"] + len(score["too_few_moments"]) == 12
    assert score["change"]["value"] > 0
    assert score["change"]["low"] < score["change"]["value"] < score["change"]["high"]
    assert all(isinstance(pair["rci"], float) for pair in score["trainees"])
    back = json.loads(call("compare", after, before, *form[:2]).out)["scores"]["recognition"]
    assert back["change"]["value"] == pytest.approx(-score["change"]["value"])
    assert back["g_av"]["value"] == pytest.approx(-score["g_av"]["value"])
    assert back["trainees"][0]["rci"] is None


def test_change_says_what_was_left_out_and_what_is_special_about_the_rest(call: Caller, tmp_path: Path) -> None:
    records = [json.loads(line) for line in write(tmp_path / "a.attempts.jsonl", 14).read_text("utf-8").splitlines()]
    for number, record in enumerate(records):
        record["occasion"], record["started"] = "pre", f"2026-11-02T09:{number % 60:02d}:00Z"
    again = [record | {"attempt": f"again-{number}", "occasion": "post"} for number, record in enumerate(records)]
    shared, kept, *_ = records
    shared |= {"mode": "practice", "shared": True}
    kept |= {"mode": "practice"}
    next(one for one in again if one["trainee"] == shared["trainee"] and one["scenario"] == shared["scenario"])[
        "started"
    ] = "2026-12-01T09:00:00Z"
    for record in again:
        record["scenario_sha256"] = "0" * 64
    path = tmp_path / "both.attempts.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records + again), encoding="utf-8")
    text = " ".join(call("compare", path, "--occasion", "pre,post").out.split())
    assert "Left out: 1 practice attempt that the trainees did not share." in text
    assert (
        f"Of these: 1 played after feedback on the same scenario (comments in practice, or a debrief) (of {len(again)}"
        in text
    )
    assert f"{len(again)} played in another version of the scenario, scored by the one at hand" in text
    assert "13 of 14 trainees played the same scenarios on both occasions: for the others change may be" in text
    told = json.loads(call("compare", path, "--occasion", "pre,post", "--format", "json").out)["remarks"]
    assert told["before"]["of_record"] == len(records) - 1
    assert (told["before"]["after_feedback"], told["after"]["after_feedback"]) == (0, 1)
    assert told["after"]["versions"]["other"] == told["after"]["of_record"] == len(again)


def test_agreement_of_the_worked_ratings(call: Caller, tmp_path: Path) -> None:
    expected = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))["D_ratings"]
    done = call("agree", DATA / "D_ratings.csv", "--format", "json")
    assert done.code == 0, done.errors
    answer = json.loads(done.out)
    assert answer["icc_2_1"]["value"] == pytest.approx(expected["ICC"]["ICC2"])
    assert [answer["icc_2_1"]["low"], answer["icc_2_1"]["high"]] == pytest.approx(expected["ICC2_ci"])
    assert answer["krippendorff_ordinal"]["value"] == pytest.approx(expected["kripp"]["ordinal"])
    assert answer["quadratic_kappa"] is None
    two = tmp_path / "two.csv"
    rows = (DATA / "D_ratings.csv").read_text(encoding="utf-8").splitlines()
    two.write_text("\n".join(row.rpartition(",")[0] for row in rows), encoding="utf-8")
    assert "Quadratic kappa: 0.74 (95 % interval" in call("agree", two).out
    answer = json.loads(call("agree", two, "--format", "json").out)
    assert answer["quadratic_kappa"]["value"] == pytest.approx(expected["kappa_quadratic"]["kappa"])
    assert answer["kappa"] is None


def test_without_scipy_one_line_says_how_to_add_it(tmp_path: Path) -> None:
    (tmp_path / "scipy.py").write_text("raise ImportError\n", encoding="utf-8")
    done = command("cohort", "agree", DATA / "D_ratings.csv", data=tmp_path, environment={"PYTHONPATH": str(tmp_path)})
    assert done.code == 0, done.errors
    assert "ICC(2,1), one rater: 0.76\n" in done.out
    assert done.out.replace("\n", " ").count("pip install 'alliance-trainer[cohort]'") == 1


HOSTILE = "\x1b[31mwren\u202e<script>=cmd"


def test_hostile_names_are_harmless(call: Caller, tmp_path: Path) -> None:
    before = write(tmp_path / "a.attempts.jsonl", 6, "pre", name=HOSTILE)
    after = write(tmp_path / "b.attempts.jsonl", 5, "post", name=HOSTILE)
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(f"item,{HOSTILE},ben\n{HOSTILE}x,0,4\n", encoding="utf-8")
    for arguments in (("compare", before, after), ("agree", sheet)):
        for form in ("text", "json"):
            done = call(*arguments, "--format", form)
            assert done.code == 0, done.errors
            assert "\x1b" not in done.out
            assert "\u202e" not in done.out
            assert "wren" in done.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("items", "nowhere"), "no file or folder"),
        (("items", ".", "--format", "xml"), "--format does not take 'xml'"),
        (("items", ".", "--policy", "frist"), "--policy"),
        (("items", ".", "--out", "x"), "the table is for the screen"),
        (("compare", "."), "two paths"),
        (("compare", ".", ".", "."), "there are 3"),
        (("compare", ".", "--occasion", "pre"), "--occasion does not take 'pre'"),
        (("compare", ".", "--occasion", "pre,post"), "no complete attempt of the occasion 'pre'"),
        (("compare", ".", ".", "--reliability", "1"), "--reliability does not take 1.0"),
        (("agree", "nowhere.csv"), "cannot be read"),
        (("agree", "."), "cannot be read"),
        (("agree", "latin.csv"), "not UTF-8"),
        (("agree", "bad.csv"), "bad.csv: line 2"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_trouble_is_one_clear_message(
    arguments: tuple[str, ...], words: str, call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("latin.csv").write_bytes("item,ann,ben\nclich\xe9,1,2\n".encode("latin-1"))
    attempt = '{"attempt":"a","trainee":"b","scenario":"c","steps":[]}'
    Path("once.attempts.jsonl").write_text(f"{attempt}\n", encoding="utf-8")
    Path("bad.csv").write_text("item,ann,ben\nx,1,9\n", encoding="utf-8")
    done = call(*arguments)
    assert done.code == 2
    assert words in done.errors
    assert done.errors.count("Error:") == 1
