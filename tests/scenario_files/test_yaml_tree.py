"""The plain tree: what the author wrote, untyped; where each part stands; and how findings find their place."""

from pathlib import Path

import pytest
import yaml
from two_ways import agree

from alliance_trainer.core.findings import Finding
from alliance_trainer.scenario_files import compose, quick
from alliance_trainer.scenario_files.careful import parse_carefully
from alliance_trainer.scenario_files.diagnostics import Diagnostic, locate
from alliance_trainer.scenario_files.events import read_events
from alliance_trainer.scenario_files.parsing import Parsed, parse_yaml
from alliance_trainer.scenario_files.tree import Span, no_positions

SCENARIO = Path(__file__).with_name("mutated_scenario.yaml")
MALFORMED = sorted((Path(__file__).parent / "malformed").glob("*.yaml"))


def parse(text: str) -> Parsed:
    return parse_yaml(text.encode(), "x.yaml")


def at(text: str, *path: str, **more: object) -> Diagnostic:
    finding = Finding(code="AT040", severity="error", path=path, message="m", **more)  # type: ignore[arg-type]
    return locate(finding, parse(text).positions, "x.yaml")


def corner(item: Diagnostic | Span | None) -> tuple[int, int, int, int] | None:
    return item and (item.line, item.column, item.end_line, item.end_column)


def test_scalars_stay_what_the_author_wrote() -> None:
    written = {"a": "no", "b": "010", "c": "1:30", "d": "2024-01-05", "e": "~", "f": "null", "g": "=", "h": ""}
    written |= {"i": "1e3", "j": "0x1F", "k": ".inf", "l": "+6", "m": "yes"}
    assert parse("".join(f"{name}: {value}\n" for name, value in written.items())).tree == written
    assert parse("a: 'yes'\nb: \"010\"\n").tree == {"a": "yes", "b": "010"}


def test_the_scenario_reads_like_the_reference_parser() -> None:
    """An independent reading: the base loader types nothing either."""
    parsed = parse_yaml(SCENARIO.read_bytes(), "x.yaml")
    assert parsed.diagnostics == ()
    assert parsed.tree == yaml.load(SCENARIO.read_text("utf-8"), Loader=yaml.BaseLoader)


def test_line_ends_of_windows_and_a_byte_order_mark_change_nothing() -> None:
    plain = SCENARIO.read_bytes()
    windows = b"\xef\xbb\xbf" + plain.replace(b"\n", b"\r\n")
    first, second = parse_yaml(plain, "x"), parse_yaml(windows, "x")
    assert second.diagnostics == ()
    assert first.tree == second.tree
    for path in first.positions.places:
        assert first.positions.key(path) == second.positions.key(path)
        assert corner(first.positions.value(path))[:2] == corner(second.positions.value(path))[:2]  # type: ignore[index]


def test_spans_of_keys_and_values() -> None:
    positions = parse("a:\n  - b: 'c d'\n    e: [f, g]\nh: |\n  one\n\n  two\n\n\ni: x\n").positions
    assert corner(positions.key(("a",))) == (1, 1, 1, 2)
    assert corner(positions.value(("a",))) == (2, 3, 3, 14)
    assert corner(positions.key(("a", "0", "b"))) == (2, 5, 2, 6)
    assert corner(positions.value(("a", "0", "b"))) == (2, 8, 2, 13)
    assert corner(positions.value(("a", "0", "e"))) == (3, 8, 3, 14)
    assert corner(positions.value(("a", "0", "e", "1"))) == (3, 12, 3, 13)
    assert positions.key(("a", "0")) is None
    assert corner(positions.value(("h",))) == (4, 4, 7, 6)
    assert positions.value(("z",)) is None
    assert positions.style(("h",)) == "block"
    assert positions.style(("a", "0", "e")) == "list"


def test_columns_count_characters() -> None:
    assert corner(parse('a: {"\U0001f600é": x}\n').positions.value(("a", "\U0001f600é"))) == (1, 11, 1, 12)


def test_the_first_of_two_equal_names_is_kept_with_its_positions() -> None:
    parsed = parse("a: {b: 1}\na: {b: 2, c: 3}\n")
    assert parsed.tree == {"a": {"b": "1"}}
    assert corner(parsed.positions.value(("a", "b"))) == (1, 8, 1, 9)
    assert ("a", "c") not in parsed.positions


@pytest.mark.parametrize(
    ("text", "path", "more", "expected"),
    [
        ("a:\n  b: c\n", ("a", "b"), {}, (2, 6, 2, 7)),
        ("a:\n  b: c\n", ("a", "b"), {"part": "key"}, (2, 3, 2, 4)),
        ("a:\n  b: c\n", ("a", "missing"), {}, (1, 1, 1, 2)),
        ("a:\n  b: c\n", ("a", "missing", "deeper"), {"offset": 3}, (1, 1, 1, 2)),
        ("a:\n  b: c\n", ("a",), {}, (1, 1, 1, 2)),
        ("a: [b, c]\n", ("a",), {}, (1, 4, 1, 10)),
        ("a: [b, c]\n", ("a", "7"), {}, (1, 1, 1, 2)),
        ("a:\n  - b: c\n    d: e\n", ("a", "0", "x"), {}, (2, 5, 2, 9)),
        ("\na: b\nc: d\n", ("x",), {}, (2, 1, 2, 5)),
        ("w: trust >= x\n", ("w",), {"offset": 9}, (1, 13, 1, 14)),
        ("w: trust >= x\n", ("w",), {"offset": 99}, (1, 14, 1, 14)),
        ("w: 'it''s x'\n", ("w",), {"offset": 5}, (1, 11, 1, 12)),
        ('w: "\\u0041\\n\\\\x"\n', ("w",), {"offset": 3}, (1, 15, 1, 16)),
        ('w: "\\u0041x"\n', ("w",), {"offset": 0}, (1, 5, 1, 11)),
        ("w: one\n  two\n", ("w",), {"offset": 4}, (1, 4, 1, 7)),
        ("w: >-\n  one\n", ("w",), {"offset": 1}, (1, 4, 1, 6)),
        ("w: b\n", ("w",), {"offset": 0, "part": "key"}, (1, 1, 1, 2)),
        ("w: &x !y bad\n", ("w",), {"offset": 1}, (1, 11, 1, 12)),
    ],
)
def test_findings_find_their_place(text: str, path: tuple[str, ...], more: dict, expected: tuple) -> None:  # type: ignore[type-arg]
    found = at(text, *path, **more)
    assert corner(found) == expected
    assert found.path == ".".join(path)
    assert found.source_line == text.split("\n")[expected[0] - 1]


def test_a_file_that_could_not_be_read_still_has_a_place() -> None:
    finding = Finding(code="AT040", severity="warning", path=("a",), message="m", hint="h")
    found = locate(finding, no_positions("x.yaml"), "x.yaml")
    assert (corner(found), found.severity, found.hint, found.source_line) == ((1, 1, 1, 1), "warning", "h", "")


def test_at_most_fifty_problems_and_the_last_one_says_so() -> None:
    found = parse("a: 1\n" * 90).diagnostics
    assert [item.line for item in found] == list(range(2, 52))
    assert "only the first 50" in found[-1].hint
    assert "only the first 50" not in parse("a: 1\n" * 51).diagnostics[-1].hint


@pytest.mark.parametrize("end", ["... # x\n", "...\n... # x\n", "...\n# x\n\n", "...\t# x\n"])
def test_a_comment_behind_the_end_of_the_document_is_no_second_one(end: str) -> None:
    assert agree(f"a: b\n{end}".encode()).diagnostics == ()


def test_a_bug_of_ours_is_not_mistaken_for_a_broken_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ValueError("a bug")

    monkeypatch.setattr(compose._Composer, "_take_text", broken)
    with pytest.raises(ValueError, match="a bug"):
        parse("a: &b c\n")


@pytest.mark.parametrize("file", [SCENARIO, *MALFORMED], ids=lambda file: file.stem)
def test_both_parsers_lead_to_the_same_codes(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the C parser is not installed, an author reads the same advice."""
    fast = parse_yaml(file.read_bytes(), "x")
    monkeypatch.setattr(compose, "read_events", lambda text: read_events(text, yaml.SafeLoader))
    slow = parse_carefully(file.read_bytes(), "x")
    if file.stem in ("unknown", "colon-no-space-bracket"):  # the C parser alone refuses {a:[b]}
        assert (slow.tree is None, fast.tree is None) == (False, True)
        return
    assert [(item.code, item.line) for item in slow.diagnostics] == [
        (item.code, item.line) for item in fast.diagnostics
    ]
    if file.stem != "escape-surrogate":  # the C parser alone refuses the escape, and it is blotted out
        assert slow.tree == fast.tree


@pytest.mark.parametrize("text", ['a: "\\U00110000"\n', 'a: "\\UFFFFFFFF"\n', "a: b\n%YAML 1." + "9" * 5_000 + "\n"])
def test_no_failure_of_either_parser_gets_out(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The slower parser fails with ValueError and OverflowError on these, not with an error of its own."""
    fast = parse(text)
    monkeypatch.setattr(compose, "read_events", lambda text: read_events(text, yaml.SafeLoader))
    assert [item.line for item in parse(text).diagnostics] != []
    assert [item.line for item in fast.diagnostics] != []


def test_only_the_parser_itself_may_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(yaml.SafeLoader):
        def get_event(self) -> yaml.Event:
            raise KeyError("a bug")

    monkeypatch.setattr(compose, "read_events", lambda text: read_events(text, Broken))
    monkeypatch.setattr(quick, "FASTEST", Broken)
    with pytest.raises(KeyError):
        parse_carefully(b"a: b\n", "x")
    with pytest.raises(KeyError):
        parse("a: b\n")


@pytest.mark.parametrize(
    "text",
    [
        "says: Really??\nwhy: x\n",
        "says: Comment allez-vous ?\nwhy: x\n",
        "says: |\n  Quoi ?\nwhy: x\n",
        "says: x\n# Too much ?\nwhy: x\n",
        f"a:\n{' ' * 18}b: What?\n{' ' * 18}c: d\n",
        "a: {b: Why ?, c: Oh??}\nd: e\n",
        "a: [Why ?, {b: c}]\n",
    ],
)
def test_a_question_in_front_of_a_name_is_no_mark(text: str) -> None:
    """Frenchmen put a space in front of a question mark, and the doubtful put two."""
    assert parse_carefully(text.encode(), "x.yaml").diagnostics == ()


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("? a\n: b\n", 1),
        ("?\n a\n: b\n", 1),
        ("? # c ?\n a\n: b\n", 1),
        ("x: {?a: b}\n", 5),
        ("x: [? a: b]\n", 5),
        ("x: [?a: b]\n", 5),
        ("x: {y: z ?, ? a : b}\n", 13),
        ("- ? a\n  : b\n", 3),
    ],
)
def test_a_name_marked_with_a_question_mark_is_refused_at_the_mark(text: str, column: int) -> None:
    found = parse_carefully(text.encode(), "x.yaml").diagnostics
    assert ("AT035", 1, column) in {(item.code, item.line, item.column) for item in found}
