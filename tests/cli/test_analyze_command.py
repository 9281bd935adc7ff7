"""`analyze` and `simulate`: their JSON is a contract, their pages are readable at every width, odd plays can be played."""

import json
from pathlib import Path

import pytest
from command import Done, command
from fragments import MINIMAL

SCENARIO = "mm-hm"


@pytest.fixture(scope="module")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> dict:
    done = command("analyze", SCENARIO, "--format", "json", data=tmp_path_factory.mktemp("data"))
    assert (done.code, done.errors) == (0, "")
    return json.loads(done.out)


def test_the_json_of_analyze_has_what_others_rely_on(analysed: dict) -> None:
    assert (analysed["format"], analysed["version"]) == ("alliance-trainer/analyze", 1)
    assert analysed["complete"] is True
    assert 5 <= analysed["shortest"] <= analysed["longest"] <= 10
    assert analysed["paths"] > 1_000
    assert all(one["reachable"] and one["kind"] == "witnessed" for one in analysed["turns"])
    assert all(one["available"] for one in analysed["responses"])
    assert sum(one["probability_random"] for one in analysed["endings"]) == pytest.approx(1)
    for skill in ("recognition", "nondefensiveness", "metacommunication", "responsibility"):
        figures = analysed["skills"][skill]
        assert set(figures) == {
            *("moments_min", "moments_max", "points_max", "random_mean", "random_sd", "at_joint_best"),
        }
        assert 0 < figures["random_mean"] < figures["at_joint_best"] <= 1
    best = analysed["joint_best"]
    assert 0 < best["points"] <= best["offered"]
    assert best["ending"] in {one["id"] for one in analysed["endings"]}
    assert {"turn", "response", "lost", "always"} == set(analysed["turning_points"][0])
    policies = {one["name"]: one for one in analysed["policies"]}
    assert {"random", "expert", "noisy-25", "second-best", "defensive", "only-recognition", "first", "last"} <= set(
        policies
    )
    assert {"longest", "shortest", "caring", "apologises", "process-words", "question", "surface-ridge"} <= set(
        policies
    )
    assert policies["expert"]["scores"]["recognition"] >= 0.95
    assert -1 <= policies["longest"]["advantage"] <= 1
    assert 0 < policies["longest"]["p"] <= 1
    assert analysed["key"]["findings"] == []


def test_a_witness_is_a_way_that_can_be_played(analysed: dict, tmp_path: Path) -> None:
    """The shortest way to each ending, given to `play`, comes to that ending."""
    for ending in analysed["endings"]:
        script = tmp_path / f"{ending['id']}.script"
        script.write_text("\n".join(step.split(".")[1] for step in ending["witness"]) + "\n", encoding="utf-8")
        data = tmp_path / ending["id"]
        played = command("play", SCENARIO, "--notice", "off", "--script", script, data=data)
        assert played.code == 0, played.errors
        told = json.loads(command("debrief", "--format", "json", data=data).out)
        assert told["ending"] == ending["id"]


@pytest.mark.parametrize("columns", ["40", "80", "120"])
def test_the_page_fits_the_screen(columns: str, tmp_path: Path) -> None:
    for arguments in (("analyze", SCENARIO), ("simulate", SCENARIO, "-n", "500")):
        done = command(*arguments, data=tmp_path, environment={"COLUMNS": columns})
        assert (done.code, done.errors) == (0, "")
        assert max(map(len, done.out.splitlines())) < int(columns)
        assert "\x1b" not in done.out


def test_a_folder_is_analysed_file_by_file_and_as_a_pool(tmp_path: Path) -> None:
    for name in ("one", "two"):
        text = MINIMAL.replace("id: minimal", f"id: {name}")
        text = text.replace("        why:", "        rates: {recognition: 1}\n        why:")
        more = "      ask:\n        says: What kept you?\n        why: Early.\n        to: done\nendings:"
        (tmp_path / f"{name}.yaml").write_text(text.replace("endings:", more), encoding="utf-8")
    done = command("analyze", tmp_path, "--format", "json", data=tmp_path / "data")
    assert done.code == 0, done.errors
    told = json.loads(done.out)
    assert [one["scenario"] for one in told["scenarios"]] == ["one", "two"]
    assert {one["name"] for one in told["pooled"]} >= {"longest", "surface-ridge"}


def simulated(tmp_path: Path, *arguments: str | Path) -> Done:
    return command("simulate", SCENARIO, *arguments, data=tmp_path / "data")


def test_the_json_of_simulate_has_what_others_rely_on(tmp_path: Path) -> None:
    told = json.loads(simulated(tmp_path, "-n", "3000", "--seed", "4", "--format", "json").out)
    assert (told["format"], told["version"], told["plays"], told["seed"]) == ("alliance-trainer/simulate", 1, 3000, 4)
    assert told["plays_per_second"] == pytest.approx(told["plays"] / told["seconds"])
    assert sum(told["endings"].values()) + told["unfinished"] == pytest.approx(1)
    assert set(told["skills"]["recognition"]) >= {"mean", "sd", "p5", "p95"}
    coverage = told["coverage"]
    assert coverage["responses_taken"] <= coverage["responses_total"] == len(coverage["lines"])
    lines = Path(__file__).parents[2].joinpath("scenarios", f"{SCENARIO}.yaml").read_text(encoding="utf-8").splitlines()
    for one in coverage["lines"]:
        assert lines[one["line"] - 1].strip() == f"{one['response']}:"
    again = json.loads(simulated(tmp_path, "-n", "3000", "--seed", "4", "--format", "json").out)
    assert {**again, "seconds": 0, "plays_per_second": 0} == {**told, "seconds": 0, "plays_per_second": 0}


def test_an_odd_play_comes_back_as_a_script_that_plays_it(tmp_path: Path) -> None:
    script = tmp_path / "odd.script"
    done = simulated(tmp_path, "-n", "20000", "--script-out", script)
    assert done.code == 0, done.errors
    assert script.read_text(encoding="utf-8").startswith("# ")
    played = command("play", SCENARIO, "--script", script, data=tmp_path / "played")
    assert played.code == 0, played.errors
    told = json.loads(command("debrief", "--format", "json", data=tmp_path / "played").out)
    assert told["status"] == "complete"
    again = simulated(tmp_path, "-n", "20000", "--script-out", script)
    assert again.code == 5
    assert "is left as it is" in again.errors


def test_the_least_used_policy_covers_everything_soon(tmp_path: Path) -> None:
    told = json.loads(simulated(tmp_path, "-n", "200", "--policy", "least-used", "--format", "json").out)
    assert told["coverage"]["responses_taken"] == told["coverage"]["responses_total"]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("analyze", "no-such"), "no scenario"),
        (("analyze", SCENARIO, "--format", "xml"), "--format does not take"),
        (("simulate", SCENARIO, "--policy", "expret"), "expert"),
        (("simulate", SCENARIO, "-n", "0"), "greater than or equal to 1"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(arguments: tuple[str, ...], word: str, tmp_path: Path) -> None:
    done = command(*arguments, data=tmp_path)
    assert done.code == 2
    assert word in done.errors
    assert "Traceback" not in done.errors


def test_what_a_comment_silences_is_not_said_here_either(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "the-keyboard.yaml").read_text(encoding="utf-8")
    comment = next(line for line in text.splitlines() if "ignore AT115" in line).removeprefix("turns:")
    (tmp_path / "the-keyboard.yaml").write_text(text, encoding="utf-8")
    assert "AT115" not in command("analyze", tmp_path / "the-keyboard.yaml", data=tmp_path).out
    (tmp_path / "the-keyboard.yaml").write_text(text.replace(comment, ""), encoding="utf-8")
    assert "AT115" in command("analyze", tmp_path / "the-keyboard.yaml", data=tmp_path).out


def test_a_scenario_with_errors_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "minimal.yaml"
    path.write_text(MINIMAL.replace("to: done", "to: dnoe"), encoding="utf-8")
    for name in ("analyze", "simulate"):
        done = command(name, path, data=tmp_path / "data")
        assert done.code == 2
        assert "'dnoe'" in done.errors


def test_beyond_the_budget_it_is_said_and_sampled(tmp_path: Path) -> None:
    """The manual page of AT094 is a scenario with more situations than the budget."""
    from fragments import merged

    from alliance_trainer.lint.runner import pages

    page = next(page for page in pages() if page.code == "AT094")
    path = tmp_path / "minimal.yaml"
    path.write_text(merged(page.bad), encoding="utf-8")
    done = command("analyze", path, "--format", "json", data=tmp_path / "data")
    assert done.code == 0, done.errors
    told = json.loads(done.out)
    assert told["complete"] is False
    assert told["paths"] is told["joint_best"] is None
    assert told["turns"][0]["kind"] == "witnessed"
    assert told["skills"]["recognition"]["random_mean"] > 0
