"""`check` for people and for programs, in files full of wide, joined and invisible letters: the place is always right."""

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from command import Done, command
from fragments import MINIMAL
from wcwidth import wcswidth

WIDTHS = (20, 40, 60, 80, 120)
# What stands on the line in front of the key that is there a second time.
BEFORE = {
    "nothing": "",
    "latin": "a long and winding name " * 6,
    "cjk": "\u4e2d\u6587\u7684\u540d\u5b57\u5f88\u9577" * 8,
    "one wide letter": "\u4e2d",
    "hangul and latin": "\ud55c\uad6d a " * 14,
    "combining marks": "e\u0301a\u0323\u0302 " * 20,
    "emoji": "\U0001f600 \U0001f44d\U0001f3fd\u2764\ufe0f" * 12,
    "zwj sequences": "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 9,
    "flags": "\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7" * 9,
    "tabs": "a\tb " * 20,
    "what cannot be seen": "a\u202eb\u200b\u2066" * 12,
    "typographic": "\u201cso\u2026\u201d \u2013 " * 12,
}
KEYS = ("agee", "\u5e74\u9f62", "a\u0301ge\u0301", "\U0001f600\U0001f44d\U0001f3fd")


def line_with(before: str, key: str, after: str = "") -> str:
    return f'patient: {{{key}: "1", name: "Ines{before}", {key}: "2{after}"}}'


SOUND = 'patient: {name: "Ines", age: 38}'


def written(folder: Path, line: str, name: str = "minimal.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(MINIMAL.replace("patient:\n  name: Ines\n  age: 38", line), encoding="utf-8")
    return path


def checked(path: Path, *more: str, **environment: str) -> Done:
    return command("check", path, *more, data=path.parent, environment={"PYTHONUTF8": "1", **environment})


def pointed_at(out: str, code: str) -> list[tuple[str, str]]:
    """The quoted line and the line of carets of each diagnostic with the code."""
    lines = out.splitlines()
    heads = [at for at, line in enumerate(lines) if line.endswith(f": error {code}")]
    carets = [next(at for at in range(head, len(lines)) if re.fullmatch(r" +\^+", lines[at])) for head in heads]
    return [(lines[at - 1], lines[at]) for at in carets]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", BEFORE)
def test_carets_stand_under_the_place_on_every_screen(name: str, width: int, tmp_path: Path) -> None:
    for key in KEYS:
        path = written(tmp_path, line_with(BEFORE[name], key, after="\u4e2d" * 60))
        done = checked(path, COLUMNS=str(width))
        ((quoted, carets),) = pointed_at(done.out, "AT031")
        seen = key if width > 20 else quoted[quoted.rindex(key[0]) :][: len(key)]
        assert key.startswith(seen)
        at = quoted.rindex(seen)
        assert carets.index("^") == wcswidth(quoted[:at]), (quoted, carets)
        assert carets.count("^") == wcswidth(seen), (quoted, carets)
        assert wcswidth(quoted) < width


def test_a_character_that_cannot_be_seen_is_pointed_at_where_its_sign_stands(tmp_path: Path) -> None:
    path = written(tmp_path, line_with("\U0001f468\u200d\U0001f469", "sex"))
    ((quoted, carets),) = pointed_at(checked(path, COLUMNS="40").out, "AT005")
    assert "\U0001f468\ufffd\U0001f469" in quoted
    assert carets.index("^") == wcswidth(quoted[: quoted.index("\ufffd")])
    assert carets.count("^") == 1


def test_carets_stand_right_where_the_screen_has_other_signs(tmp_path: Path) -> None:
    for name in ("cjk", "typographic", "emoji", "combining marks"):
        path = written(tmp_path, line_with(BEFORE[name], "agee"))
        done = checked(path, COLUMNS="60", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
        ((quoted, carets),) = pointed_at(done.out, "AT031")
        assert quoted.isascii()
        assert quoted[carets.index("^") :].startswith("agee")
        assert carets.count("^") == 4


def test_an_endless_line_is_quoted_around_the_place(tmp_path: Path) -> None:
    path = written(tmp_path, line_with("e\u0301" * 900, "agee") + "   # " + "\u4e2d" * 200_000)
    ((quoted, carets),) = pointed_at(checked(path, COLUMNS="40").out, "AT031")
    assert quoted[:11].endswith("...")
    assert carets.index("^") == wcswidth(quoted[: quoted.rindex("agee")])


@pytest.mark.parametrize("name", BEFORE)
def test_every_format_counts_characters_from_1(name: str, tmp_path: Path) -> None:
    line = line_with(BEFORE[name], KEYS[1])
    path = written(tmp_path, line)
    column, end = line.rindex(KEYS[1]) + 1, line.rindex(KEYS[1]) + 3
    head = f"minimal.yaml:5:{column}: error AT031"
    assert head in checked(path).out
    assert head in checked(path, "--format", "concise").out
    found = [one for one in json.loads(checked(path, "--format", "json").out)["diagnostics"] if one["code"] == "AT031"]
    assert [(one["line"], one["column"], one["end_line"], one["end_column"]) for one in found] == [(5, column, 5, end)]
    assert f"line=5,col={column},endColumn={end},title=AT031::" in checked(path, "--format", "github").out
    (run,) = json.loads(checked(path, "--format", "sarif").out)["runs"]
    (result,) = [one for one in run["results"] if one["ruleId"] == "AT031"]
    region = {"startLine": 5, "startColumn": column, "endLine": 5, "endColumn": end}
    assert result["locations"][0]["physicalLocation"]["region"] == region


@pytest.mark.parametrize("form", ["github", "sarif"])
def test_exit_codes_are_those_of_the_other_formats(form: str, tmp_path: Path) -> None:
    sound = written(tmp_path, SOUND)
    assert checked(sound, "--format", form).code == 0
    warning = written(tmp_path / "more", f"{SOUND} # ignore AT086")
    done = checked(warning, "--format", form)
    assert (done.code, "AT063" in done.out) == (0, True)
    assert checked(written(tmp_path, line_with("", "agee")), "--format", form).code == 1
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
    inside = written(here, line_with("", "agee"), name)
    outside = written(tmp_path / "there", line_with("", "agee"))
    options = ("--format", "sarif")
    for path in (Path(name), inside, Path("my scenarios"), Path("../here") / name):
        (found,) = uris(command("check", path, *options, data=tmp_path, cwd=here))
        assert (found, unquote(found)) == ("my%20scenarios/caf%C3%A9%20%231.yaml", name)
    for path in (outside, Path("../there/minimal.yaml")):
        assert uris(command("check", path, *options, data=tmp_path, cwd=here)) == {outside.as_uri()}


def test_a_silenced_warning_is_gone_from_every_format_and_from_play(tmp_path: Path) -> None:
    path = written(tmp_path, SOUND)
    path.write_text(path.read_text("utf-8").replace("Meets both halves.", "TODO # ignore AT086: x"), "utf-8")
    for form in ("text", "concise", "json", "github", "sarif"):
        done = checked(path, "--format", form)
        assert (done.code, "AT086" in done.out) == (0, False)
    played = command("play", path, data=tmp_path, typed="none\nwonder\n")
    assert played.code == 0, played.errors
