"""Carets stand exactly under the place that they point at, whatever letters are in front of it and behind."""

import io

import pytest
from wcwidth import wcswidth
from wide_letters import BEFORE, CODE, KEYS, line_with

from alliance_trainer.scenario_files.parsing import parse_yaml
from alliance_trainer.terminal import diagnostics
from alliance_trainer.terminal.door import Door, Look

WIDTHS = (20, 40, 41, 60, 80, 120)


def pointed_at(line: str, width: int, code: str = CODE, encoding: str = "utf-8") -> list[tuple[str, str]]:
    """The quoted line and the line of carets of each problem with the code."""
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")
    look = Look(plain=True, reason="", colour=False, interactive=False)
    door = Door(look=look, out=out, errors=out, columns=lambda: width)
    found = [one for one in parse_yaml(f"{line}\n".encode(), "x.yaml").diagnostics if one.code == code]
    diagnostics.show(door, found)
    out.seek(0)
    lines = out.read().split("\n")
    carets = [at for at, shown in enumerate(lines) if shown and not shown.strip(" ^")]
    assert len(carets) == len(found)
    return [(lines[at - 1], lines[at]) for at in carets]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("name", BEFORE)
def test_carets_stand_under_the_place_on_every_screen(name: str, key: str, width: int) -> None:
    ((quoted, carets),) = pointed_at(line_with(BEFORE[name], key, after="\u4e2d" * 60), width)
    seen = key if width > 20 else quoted[quoted.rindex(key[0]) :][: len(key)]
    assert key.startswith(seen)
    at = quoted.rindex(seen)
    assert carets.index("^") == wcswidth(quoted[:at])
    assert carets.count("^") == wcswidth(seen)
    assert wcswidth(quoted) < width


def test_a_character_that_cannot_be_seen_is_pointed_at_where_its_sign_stands() -> None:
    (first, second) = pointed_at('a: "\u4e2d\U0001f468\u200d\U0001f469\u200dx"', 40, "AT005")
    for (quoted, carets), at in ((first, 2), (second, 1)):
        assert "\u4e2d\U0001f468\ufffd\U0001f469\ufffdx" in quoted
        before = quoted.rsplit("\ufffd", at)[0]
        assert (carets.index("^"), carets.count("^")) == (wcswidth(before), 1)


def test_a_mark_without_a_width_is_pointed_at_under_its_letter() -> None:
    ((quoted, carets),) = pointed_at('a: "\u4e2db\u034fc"', 40, "AT005")
    assert carets.index("^") == wcswidth(quoted[: quoted.index("b")])
    assert carets.count("^") == 1


def test_tabs_are_one_cell_each() -> None:
    ((quoted, carets),) = pointed_at("a: one\ttwo", 40, "AT004")
    assert quoted.endswith("a: one two")
    assert quoted[carets.index("^") - 3 :] == "one two"
    assert quoted[carets.index("^")] == " "


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "latin-1"])
@pytest.mark.parametrize("name", BEFORE)
def test_carets_stand_right_where_the_screen_has_other_signs(name: str, encoding: str) -> None:
    for width in WIDTHS[1:]:
        ((quoted, carets),) = pointed_at(line_with(BEFORE[name], "agee", "\u4e2d" * 60), width, encoding=encoding)
        assert quoted[carets.index("^") :].startswith("agee")
        assert carets.count("^") == 4
        assert len(quoted) < width


def test_an_endless_line_is_quoted_around_the_place() -> None:
    ((quoted, carets),) = pointed_at(line_with("e\u0301" * 900, "agee", "\u4e2d" * 1_500), 40)
    assert quoted.startswith("    1 | ...e\u0301")
    assert carets.index("^") == wcswidth(quoted[: quoted.index("agee")])


def test_a_flag_is_not_cut_in_two() -> None:
    for more in ("", "a", "ab"):
        ((quoted, _),) = pointed_at(line_with(BEFORE["flags"] + more, "agee"), 40)
        assert quoted.partition("...")[2][:2] in ("\U0001f1e9\U0001f1ea", "\U0001f1eb\U0001f1f7")


def test_what_lies_behind_the_end_of_a_line_has_one_caret_there() -> None:
    ((quoted, carets),) = pointed_at("a: [b\nc: \u4e2d [d", 40, "AT020")[-1:]
    assert carets.index("^") <= wcswidth(quoted)
