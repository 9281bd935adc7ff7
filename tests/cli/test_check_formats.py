"""`check` for people and for programs, in files full of wide, joined and invisible letters: the place is always right."""

import json
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from command import Done, command
from fragments import MINIMAL
from wcwidth import wcswidth
from wide_letters import BEFORE, CODE, KEYS, line_with

SOUND = 'patient: {name: "Ines", age: 38}'
BROKEN = 'patient: {name: "Ines", agee: 38}'
WIDE = [line_with(before, KEYS[1]) for before in BEFORE.values()]


def written(folder: Path, line: str, name: str = "minimal.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(MINIMAL.replace("patient:\n  name: Ines\n  age: 38", line), encoding="utf-8")
    return path


def checked(path: Path, *more: str, **environment: str) -> Done:
    utf8 = {} if hasattr(os, "fork") else {"PYTHONUTF8": "1"}  # a fork's streams are UTF-8 in any case
    return command("check", path, *more, data=path.parent, environment={**utf8, **environment})


def test_every_format_counts_characters_from_1(tmp_path: Path) -> None:
    path = written(tmp_path, "\n".join([SOUND, "variables:", *(f"  v{line}" for line in numbered(WIDE))]))
    places = [
        (number, *place(line)) for number, line in enumerate(path.read_text("utf-8").splitlines(), 1) if "max:" in line
    ]
    assert len(places) == len(BEFORE)
    out = {form: checked(path, "--format", form).out for form in ("text", "concise", "json", "github", "sarif")}
    for form in ("text", "concise"):
        assert re.findall(rf"minimal.yaml:(\d+):(\d+): error {CODE}", out[form]) == [
            (str(line), str(at)) for line, at, _ in places
        ]
    found = [one for one in json.loads(out["json"])["diagnostics"] if one["code"] == CODE]
    assert [(one["line"], one["column"], one["end_column"]) for one in found] == places
    commands = re.findall(rf",line=(\d+),col=(\d+),endColumn=(\d+),title={CODE}::", out["github"])
    assert [tuple(map(int, command)) for command in commands] == places
    (run,) = json.loads(out["sarif"])["runs"]
    regions = [regions_of(result)[0] for result in run["results"] if result["ruleId"] == CODE]
    assert [(region["startLine"], region["startColumn"], region["endColumn"]) for region in regions] == places


def numbered(lines: list[str]) -> list[str]:
    return [f"{number}{line[1:]}" for number, line in enumerate(lines)]


def place(line: str) -> tuple[int, int]:
    """The columns of the second of the two equal names, from 1 and behind it."""
    return line.rindex(KEYS[1]) + 1, line.rindex(KEYS[1]) + 1 + len(KEYS[1])


def regions_of(result: dict[str, Any]) -> list[dict[str, int]]:
    return [location["physicalLocation"]["region"] for location in result["locations"]]


def test_carets_are_counted_in_cells_on_a_narrow_screen(tmp_path: Path) -> None:
    path = written(tmp_path, WIDE[2].replace("v:", "patient:"))
    lines = checked(path, COLUMNS="40").out.splitlines()
    (at,) = [at for at, line in enumerate(lines) if line and not line.strip(" ^")]
    assert lines[at].index("^") == wcswidth(lines[at - 1][: lines[at - 1].index(KEYS[1])])
    assert lines[at].count("^") == 4


@pytest.mark.parametrize("form", ["github", "sarif"])
def test_exit_codes_are_those_of_the_other_formats(form: str, tmp_path: Path) -> None:
    sound = written(tmp_path, SOUND)
    assert checked(sound, "--format", form).code == 0
    warning = written(tmp_path / "more", f"{SOUND} # ignore AT086")
    done = checked(warning, "--format", form)
    assert (done.code, "AT063" in done.out) == (0, True)
    assert checked(written(tmp_path, BROKEN), "--format", form).code == 1
    assert checked(tmp_path / "nowhere.yaml", "--format", form).code == 2


def test_the_help_and_the_refusal_name_every_format(tmp_path: Path) -> None:
    path = written(tmp_path, SOUND)
    refused = checked(path, "--format", "xml")
    shown = command("check", "--help", data=tmp_path, environment={"COLUMNS": "120"}).out
    for form in ("text", "concise", "json", "github", "sarif"):
        assert form in refused.errors
        assert form in shown
    assert refused.code == 2


def uris(done: Done) -> set[str]:
    (run,) = json.loads(done.out)["runs"]
    places = [location for result in run["results"] for location in result["locations"]]
    return {place["physicalLocation"]["artifactLocation"]["uri"] for place in places}


def test_sarif_names_files_as_they_are_seen_from_the_current_folder(tmp_path: Path) -> None:
    here = tmp_path / "here"
    name = "my scenarios/caf\u00e9 #1.yaml"
    inside = written(here, BROKEN, name)
    outside = written(tmp_path / "there", BROKEN)
    options = ("--format", "sarif")
    for path in (Path(name), inside, Path("my scenarios"), Path("../here") / name):
        (found,) = uris(command("check", path, *options, data=tmp_path, cwd=here))
        assert (found, unquote(found)) == ("my%20scenarios/caf%C3%A9%20%231.yaml", name)
    for path in (outside, Path("../there/minimal.yaml")):
        assert uris(command("check", path, *options, data=tmp_path, cwd=here)) == {outside.as_uri()}


def test_a_silenced_warning_is_gone_from_every_format_and_from_play(tmp_path: Path) -> None:
    path = written(tmp_path, SOUND)
    path.write_text(path.read_text("utf-8").replace("Meets both halves.", "TODO # ignore AT086: x"), "utf-8")
    for form in ("text", "sarif"):
        done = checked(path, "--format", form)
        assert (done.code, "AT086" in done.out) == (0, False)
    played = command("play", path, data=tmp_path, typed="none\nwonder\n")
    assert played.code == 0, played.errors
