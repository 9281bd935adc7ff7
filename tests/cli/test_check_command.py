"""`check`, `explain` and `schema` through their door: every problem with its place, formats, exit codes."""

import json
from pathlib import Path

import pytest
from command import command

from alliance_trainer.lint import runner
from alliance_trainer.scenario_files.loader import load
from alliance_trainer.scenario_files.pages import pages

EXAMPLE = Path(__file__).parent.parent / "example_scenario.yaml"
HOSTILE = ("\\e[31mred", "\\x9b31m", "a\\u202Eb", "\\u200Bx", "\\u2028", "\\x00", "\\e]52;c;ZQ==\\a", "\\U000E0041")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "example-scenario.yaml"
    text = EXAMPLE.read_text(encoding="utf-8")
    path.write_text(text.replace("to: hurt\n", "to: hurtt\n", 1).replace("stage: C4", "stage: C9"), encoding="utf-8")
    return path


def test_sound_files_end_with_0_and_say_so(tmp_path: Path) -> None:
    sound = tmp_path / "example-scenario.yaml"
    sound.write_bytes(EXAMPLE.read_bytes())
    done = command("check", sound, data=tmp_path)
    assert (done.code, done.out, done.errors) == (0, "No problem found in 1 file.\n", "")


def test_every_problem_is_shown_with_line_caret_and_what_to_write(broken: Path, tmp_path: Path) -> None:
    done = command("check", broken, data=tmp_path)
    assert done.code == 1
    lines = done.out.splitlines()
    places = [line for line in lines if line.startswith(str(broken))]
    assert len(places) == 2
    quoted = next(at for at, line in enumerate(lines) if "to: hurtt" in line and "|" in line)
    assert lines[quoted + 1].index("^") == lines[quoted].index("hurtt")
    assert "hurt" in " ".join(lines[quoted + 2 : quoted + 4])
    assert "2 errors, 0 warnings in 1 file" in done.out


def test_the_json_keeps_its_contract(broken: Path, tmp_path: Path) -> None:
    done = command("check", broken, "--format", "json", data=tmp_path)
    assert done.code == 1
    answer = json.loads(done.out)
    assert answer["format"] == "alliance-trainer/check"
    assert answer["version"] == 1
    assert answer["summary"] == {"files": 1, "errors": 2, "warnings": 0}
    keys = {"code", "severity", "message", "hint", "file", "line", "column", "end_line", "end_column", "path"}
    for one in answer["diagnostics"]:
        assert keys <= set(one)
        text = broken.read_text().splitlines()[one["line"] - 1]
        assert text[one["column"] - 1 : one["end_column"] - 1] in ("hurtt", "C9")


def test_concise_is_one_line_a_problem(broken: Path, tmp_path: Path) -> None:
    done = command("check", broken, "--format", "concise", data=tmp_path)
    assert done.code == 1
    assert len(done.out.splitlines()) == 2
    assert all(line.startswith(f"{broken}:") for line in done.out.splitlines())


def test_a_folder_is_searched_and_what_cannot_be_read_is_named(broken: Path, tmp_path: Path) -> None:
    assert "in 1 file" in command("check", tmp_path, data=tmp_path).out
    empty = tmp_path / "empty"
    empty.mkdir()
    for path in (empty, tmp_path / "nowhere.yaml"):
        done = command("check", path, data=tmp_path)
        assert done.code == 2
        assert done.errors.startswith("Error: ")
        assert path.name in done.errors
    assert command("check", broken, "--format", "xml", data=tmp_path).code == 2


def test_every_code_has_a_page_and_an_unknown_one_a_suggestion(tmp_path: Path) -> None:
    everything = command("explain", "all", data=tmp_path)
    assert everything.code == 0
    for page in (*pages(), *runner.pages()):
        assert f"{page.code} ({page.severity})" in everything.out
    assert "starts at a turn" in command("explain", "at071", data=tmp_path).out
    unknown = command("explain", "AT999", data=tmp_path)
    assert unknown.code == 2
    assert "no code" in unknown.errors


def test_the_schema_is_json(tmp_path: Path) -> None:
    done = command("schema", data=tmp_path)
    assert done.code == 0
    assert json.loads(done.out)["$id"] == "alliance-trainer:scenario:1"


def text_fields() -> list[str]:
    """Every line of the example on which a text stands behind a key, quoted so that it can be replaced."""
    keys = ("title", "summary", "briefing", "name", "background", "says", "shows", "why", "inside", "debrief", "reply")
    found = []
    for number, line in enumerate(EXAMPLE.read_text(encoding="utf-8").splitlines()):
        for key in keys:
            at = line.find(f"{key}: ")
            if at >= 0 and not line.rstrip().endswith("|") and "{" not in line[:at]:
                found.append(f"{number}:{at + len(key) + 2}")
                break
    return found


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_characters_in_any_text_are_refused_with_their_place(payload: str) -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    places = text_fields()
    assert len(places) > 25
    for place in places:
        number, column = map(int, place.split(":"))
        changed = [*lines]
        changed[number] = f'{lines[number][:column]}"x {payload} y"'
        loaded = load("\n".join(changed).encode(), "hostile.yaml")
        assert loaded.scenario is None, changed[number]
        assert any(one.line == number + 1 and "U+" in one.message for one in loaded.diagnostics), changed[number]
