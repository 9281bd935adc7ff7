"""The short way through sound files: taken by them, and never to another result than the careful way's."""

import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pieces import joined
from sizes import scaled
from two_ways import agree

from alliance_trainer.lint import runner
from alliance_trainer.scenario_files import compose, loader, quick
from alliance_trainer.scenario_files.careful import parse_carefully
from alliance_trainer.scenario_files.characters import FORBIDDEN, FORBIDDEN_IN_TEXT, ODD_SPACE
from alliance_trainer.scenario_files.diagnostics import Diagnostic
from alliance_trainer.scenario_files.events import read_events
from alliance_trainer.scenario_files.library import shipped
from alliance_trainer.scenario_files.parsing import parse_quickly, parse_yaml

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent / "benchmarks"))

from forty_turns import forty_turns  # noqa: E402  # made by the benchmarks, which are no package

FILES = {path.stem: path.read_bytes() for path in (*shipped(), HERE.parent / "example_scenario.yaml")}
FILES["forty turns"] = forty_turns().encode()
SMALL = (HERE / "mutated_scenario.yaml").read_text("utf-8")

# What the careful way looks for, and what looks like it and is none of it.
_QUOTES = ["\u201c", "\u201d", "\u2019", "\u00ab ", "'", '"', "''", '""', "'' ", "\u201cso\u201d"]
_SIGNS = ["?", " ?", "??", "? ", "\n? ", " ? #", "#", " # why ?\n", "-a", "\n  -a", '-"', "- ", "a:b", ", b:c", "{d:e"]
_ESCAPES = ["\\n", "\\e", "\\", '\\"', "\\x41", "\\t", "\\\n", "\\_", "\\\\"]
_PARTS = [
    "<<: ",
    "&x ",
    "*x",
    "!t ",
    "%",
    "\n%",
    "...",
    "\n...\n",
    "---",
    "\n--- ",
    "[]",
    "{}",
    "[",
    "}",
    ": ",
    ",",
    "|\n",
]
_LETTERS = ["\t", "\r\n", "\r", "\xa0", "\xad", "\u3164", "\u2026", "\u00e9", "\U0001f600", "\x7f", "\ufeff", " " * 210]
_OTHER = ["\n", "\n\n", "  ", "\n      ", "word", "key: value\n", "says: x", "x" * 1_999, "x\n" * 1_200]
_COMMENTS = [
    " # x",
    " #",
    "  # x\n",
    "why: x # y\n",
    "'why': x # y",
    "to: x # y",
    "- x # y",
    " # ignore AT080",
    "patient: x #",
]
_PIECES = [*_QUOTES, *_SIGNS, *_ESCAPES, *_PARTS, *_LETTERS, *_OTHER, *_COMMENTS]
_CHANGE = st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 8), st.sampled_from(_PIECES))
_CHANGES = st.lists(_CHANGE, min_size=1, max_size=3)


def changed(text: str, changes: list[tuple[float, int, str]]) -> bytes:
    for where, length, piece in changes:
        at = int(where * len(text))
        text = text[:at] + piece + text[at + length :]
    return text.encode()


@pytest.mark.parametrize("name", FILES)
def test_sound_files_take_the_short_way_and_it_agrees(name: str) -> None:
    assert parse_quickly(FILES[name], name) is not None
    assert agree(FILES[name]).tree


@pytest.mark.parametrize("name", FILES)
def test_line_ends_and_a_byte_order_mark_of_windows_are_no_detour(name: str) -> None:
    data = b"\xef\xbb\xbf" + FILES[name].replace(b"\n", b"\r\n")
    assert parse_quickly(data, name) is not None
    agree(data)


@pytest.mark.parametrize("name", FILES)
def test_both_ways_agree_without_the_c_parser(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compose, "read_events", lambda text: read_events(text, yaml.SafeLoader))
    monkeypatch.setattr(quick, "FASTEST", yaml.SafeLoader)
    assert parse_quickly(FILES[name], name) is not None
    agree(FILES[name])


@settings(max_examples=scaled(2_000))
@given(_CHANGES)
def test_both_ways_agree_on_a_small_scenario_with_odd_things_put_in(changes: list[tuple[float, int, str]]) -> None:
    agree(changed(SMALL, changes))


@settings(max_examples=scaled(150))
@given(st.sampled_from(sorted(FILES)), _CHANGES)
def test_both_ways_agree_on_whole_scenarios_with_odd_things_put_in(
    name: str, changes: list[tuple[float, int, str]]
) -> None:
    agree(changed(FILES[name].decode(), changes))


@settings(max_examples=scaled(1_500))
@given(joined(_PIECES, max_size=8), st.sampled_from(["a: {}b\n", "a: {}\nb: c\n", "a:\n  - {}\n  - b\n"]))
def test_both_ways_agree_on_odd_things_alone(pieces: str, frame: str) -> None:
    agree(frame.format(pieces).encode())


@settings(max_examples=scaled(300))
@given(_CHANGES)
def test_findings_stand_in_the_same_places(changes: list[tuple[float, int, str]]) -> None:
    data = changed(FILES["example_scenario"].decode(), changes)
    assert _found(data, parse_yaml) == _found(data, parse_carefully)


def _found(data: bytes, parse: Any) -> tuple[Diagnostic, ...]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "parse_yaml", parse)
        loaded = loader.load(data, "x.yaml", expected_id="another")
    if loaded.scenario is not None:
        return loaded.with_findings(runner.run(loaded.scenario)).diagnostics
    return loaded.with_findings(runner.run_on_draft(loaded.draft) if loaded.draft else ()).diagnostics


def test_findings_of_the_short_way_have_their_places() -> None:
    data = FILES["forty turns"].replace(b"to: t05}", b"to: t5}").replace(b"recognition: 1,", b"recogniton: 1,")
    assert parse_quickly(data, "x") is not None
    assert len(_found(data, parse_yaml)) > 10
    assert _found(data, parse_yaml) == _found(data, parse_carefully)


def test_no_character_that_is_refused_or_odd_passes_for_a_plain_one() -> None:
    passed = [letter for letter in map(chr, range(0x80, sys.maxunicode + 1)) if quick.can_be_seen(letter)]
    assert len(passed) > 100_000
    together = "".join(passed)
    for pattern in (FORBIDDEN, FORBIDDEN_IN_TEXT, ODD_SPACE):
        assert pattern.search(together) is None
    assert quick.plain_text(b"a: b" + bytes({*range(0x20, 0x7F)} - {*b"\\"})) is not None
    for number in {*range(0x20), 0x7F} - {*b"\n"}:
        assert quick.plain_text(b"a: b" + bytes([number]) + b"c\n") is None


@pytest.mark.parametrize(
    "text",
    [
        "a: &x b",
        "a: &x {b: c}",
        "a: &x\n  - b",
        "a: !t b",
        "a: !t [b]",
        "a: [*x]",
        "a: b\na: c",
        "a: b\n'': c",
        "a: b\n'  ': c",
        "a: b\n[c]: d",
        "{a: b, {c}: d}",
        "? a\n: b",
        "a: {?b: c}",
        "a: [?b: c]",
        "<<: b",
        "%YAML 1.1\n---\na: b",
        "a: b\n---\nc: d",
        "a: b\n...\nc",
        "a: b\n%c",
        'a: "\\e"',
        'a: "\\x1b"',
        "a: \u201cso\u201d",
        "a:\n  -b",
        "-b: c",
        "a:\n  - b:c",
        "a:\n  b:c",
        "a: {b:c}",
        f"a:{' ' * 210}-b",
        "- a",
        "a",
        "",
        "# a",
        "a: b: c",
        f"a: {'b' * 2_001}",
        f"a: {'[' * 24}{']' * 24}",
        "a:\n" + "- b\n" * 49_998,
        "a: [\u3164]",
        "says: a # b",
        "a: {says: b # c\n}",
        "'says': a # b",
        "says : a\n  b # c",
        "patient:\n  - a # b",
        "patient:\n  a\n  - b",
        "patient:\n  a\n\n  - b",
        "patient:\n  - a\n   - b",
        "patient:\n  \u2013 a",
        "a: \u2022 b",
        "age\uff1a52\nb: c",
        "b:\n  age\uff1a52",
        "title\u00a0: b",
        "patient:\n  - silence 6",
        "patient: [a, silence 6]",
    ],
)
def test_whatever_is_out_of_the_ordinary_takes_the_careful_way(text: str) -> None:
    assert parse_quickly(text.encode(), "x") is None
    agree(text.encode())


def test_a_long_list_of_nothing_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = []

    class Counting(quick._Reader):
        def _text(self, event: Any) -> str:
            taken.append(1)
            return super()._text(event)

    monkeypatch.setattr(quick, "_Reader", Counting)
    assert parse_quickly(b"a:\n" + b"- b\n" * 200_000, "x") is None
    assert len(taken) <= 100_100
