"""`new`: whatever is asked of it, the file checks clean or is not there; it shows every feature; nothing is overwritten."""

import itertools
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from command import command
from fragments import checked
from hypothesis import given, settings
from hypothesis import strategies as st
from sizes import scaled

from alliance_trainer.analysis.key import key_of
from alliance_trainer.cli.boundary import run
from alliance_trainer.core.conditions import And, Chose, Compare, Not, Or, Visited
from alliance_trainer.core.expectations import outcome_of
from alliance_trainer.core.field_guide import GUIDE, PARTS
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.vocabulary.markers import MARKERS, RUPTURE_TYPES, MarkerId
from alliance_trainer.lint.key_runner import KEY_FROM, judge
from alliance_trainer.lint.places import conditions, routes
from alliance_trainer.reports.schema_json import schema_json
from alliance_trainer.scenario_files.parsing import parse_yaml
from alliance_trainer.scenario_files.starter import stories

KINDS = ("withdrawal", "confrontation", "mixed", "none")
FITTING: dict[str, list[MarkerId]] = {
    kind: [marker for marker, about in MARKERS.items() if kind in ("mixed", about.type)] for kind in KINDS
}


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What the command left behind."""

    code: int
    out: str
    errors: str
    text: str | None


Run = Callable[..., Answer]


@pytest.fixture
def run_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line within this process, in one folder."""
    monkeypatch.chdir(tmp_path)

    def run_one(*arguments: str) -> Answer:
        code = run(list(arguments))
        said = capsys.readouterr()
        return Answer(code=code, out=said.out, errors=said.err, text=None)

    return run_one


@pytest.fixture
def run_new(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line within this process, in an empty folder each time."""
    numbers = itertools.count()

    def run_one(scenario_id: str, *options: str) -> Answer:
        folder = tmp_path / str(next(numbers))
        folder.mkdir()
        code = run(["new", scenario_id, "--dir", str(folder), *options])
        said = capsys.readouterr()
        (path,) = [*folder.glob("*.yaml")] or [None]
        if path is None:
            assert list(folder.iterdir()) == [], "nothing at all is left of a scenario that was not written"
        text = path.read_text(encoding="utf-8") if path else None
        return Answer(code=code, out=said.out, errors=said.err, text=text)

    return run_one


def scenario_in(answer: Answer, scenario_id: str) -> Scenario:
    assert answer.text is not None, answer.errors
    loaded = checked(answer.text, scenario_id)
    assert [(one.line, one.code, one.message) for one in loaded.diagnostics] == []
    assert loaded.scenario is not None
    return loaded.scenario


def made(run_new: Run, kind: str, *options: str) -> Scenario:
    return scenario_in(run_new("my-case", "--rupture", kind, *options), "my-case")


@pytest.mark.parametrize("mistake", ["--mistake", "--no-mistake"])
@pytest.mark.parametrize(("kind", "marker"), [(kind, marker) for kind in KINDS for marker in FITTING[kind]], ids=str)
def test_every_rupture_marker_and_beginning_checks_clean(run_new: Run, kind: str, marker: str, mistake: str) -> None:
    difficulty, repair = ("1", "immediate") if mistake == "--mistake" else ("5", "exploratory")
    scenario = made(run_new, kind, "--marker", marker, mistake, "--difficulty", difficulty, "--repair", repair)
    opening = scenario.turns[scenario.start]
    assert opening.rupture == kind
    assert (opening.markers[0].id, opening.markers[0].clarity) == (marker, 6 - int(difficulty))
    assert (scenario.repair, scenario.difficulty) == (repair, int(difficulty))


def test_a_foil_has_no_rupture_but_those_that_the_therapist_makes(run_new: Run) -> None:
    scenario = made(run_new, "none")
    ruptured = {name for name, turn in scenario.turns.items() if turn.rupture != "none"}
    assert scenario.start not in ruptured
    assert len(ruptured) == 2
    for turn in scenario.turns.values():
        for name, response in turn.responses.items():
            if any(route.to in ruptured for route in response.to):
                assert response.trap is not None, name


KEY_VARIANTS = [
    *itertools.product(KINDS[:3], ("--mistake", "--no-mistake"), ("immediate", "exploratory", "either")),
    ("none", "", ""),
]
"""All that changes what a response says or where it leads; marker and difficulty go along in turn."""


@pytest.mark.parametrize(("number", "variant"), list(enumerate(KEY_VARIANTS)), ids=str)
def test_the_rules_about_the_key_find_nothing_either(run_new: Run, number: int, variant: tuple[str, str, str]) -> None:
    kind, mistake, repair = variant
    options = ["--difficulty", str(number % 5 + 1)]
    if kind != "none":
        options += [mistake, "--repair", repair, "--marker", FITTING[kind][number % len(FITTING[kind])]]
    key = key_of(made(run_new, kind, *options))
    assert len(key.choices) >= KEY_FROM, "with fewer nothing would be said of it"
    assert [finding.message for finding in judge(key.scenario)] == []
    hits, count, _ = key.longest_is_best
    assert hits <= count / 3


def test_the_beginning_and_the_needed_repair_change_the_story(run_new: Run) -> None:
    for kind in KINDS[:3]:
        ours, theirs = made(run_new, kind, "--mistake"), made(run_new, kind, "--no-mistake")
        assert ours.briefing != theirs.briefing
        assert ours.turns["opening"].responses != theirs.turns["opening"].responses
        ends = [
            made(run_new, kind, "--repair", repair).endings["mended-for-now"] for repair in ("immediate", "exploratory")
        ]
        assert [end.outcome for end in ends] == ["resolved-immediate", "partly"]


def test_an_id_alone_is_enough_outside_a_terminal_and_nothing_typed_is_read(tmp_path: Path) -> None:
    done = command("new", "my-case", data=tmp_path / "data", cwd=tmp_path, typed="confrontation\nq\n")
    assert (done.code, done.errors) == (0, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["my-case.yaml", "scenario.schema.json"]
    again = command("check", "my-case.yaml", data=tmp_path / "data", cwd=tmp_path)
    assert (again.code, again.out) == (0, "No problem found in 1 file.\n")
    played = command("play", "my-case.yaml", data=tmp_path / "data", cwd=tmp_path, typed="withdrawal\nmy-part\n")
    assert played.code == 0
    assert "Ruth" in played.out
    assert b"\r" not in (tmp_path / "my-case.yaml").read_bytes()


def test_the_lists_of_choices_are_not_even_loaded_outside_a_terminal(tmp_path: Path) -> None:
    start = [sys.executable, "-X", "importtime", "-m", "alliance_trainer", "new", "my-case", "--dir", str(tmp_path)]
    done = subprocess.run(start, input="", capture_output=True, text=True, check=True)
    assert "alliance_trainer.terminal.wizard" in done.stderr
    assert "questionary" not in done.stderr
    assert "prompt_toolkit" not in done.stderr


def test_the_options_stand_where_they_belong(run_new: Run) -> None:
    options = {
        "--title": "It's: a #1",
        "--name": 'Zoë "Zo" O\'Hara \\ Sons',
        "--age": "8",
        "--pronouns": "no",
        "--setting": "[telehealth]",
        "--author": "- K. {A}",
    }
    scenario = made(run_new, "mixed", *itertools.chain.from_iterable(options.items()))
    patient = scenario.patient
    assert (scenario.title, scenario.setting, scenario.authors) == ("It's: a #1", "[telehealth]", ("- K. {A}",))
    assert (patient.name, patient.age, patient.pronouns) == ('Zoë "Zo" O\'Hara \\ Sons', 8, "no")
    assert patient.name in scenario.endings["heard"].debrief


def test_the_marker_alone_says_which_rupture(run_new: Run) -> None:
    for marker in ("wd-denial", "cf-control-pressure"):
        scenario = scenario_in(run_new("my-case", "--marker", marker), "my-case")
        assert scenario.turns["opening"].rupture == MARKERS[marker].type


# ---------------------------------------------------------------------------------------------- every feature


def steps(tree: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every key of a tree with the path of what it stands in."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield path, key
            yield from steps(value, (*path, key))
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from steps(value, (*path, str(index)))


def fits(pattern: tuple[str, ...], path: tuple[str, ...]) -> bool:
    return len(pattern) == len(path) and all(one in ("*", other) for one, other in zip(pattern, path, strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_the_format_is_shown(run_new: Run, kind: str) -> None:
    answer = run_new("my-case", "--rupture", kind)
    assert answer.text is not None
    there = list(steps(parse_yaml(answer.text.encode(), "my-case.yaml").tree))
    shown: dict[str, set[str]] = {}
    for pattern, (part, _) in PARTS.items():
        shown.setdefault(part.__name__, set()).update(key for path, key in there if fits(pattern, path))
    assert shown == {part.__name__: set(notes) for part, notes in GUIDE.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_the_story_has_what_a_scenario_needs(run_new: Run, kind: str) -> None:
    scenario = made(run_new, kind)
    assert len(scenario.turns) == 6
    assert all(len(turn.responses) == 3 for turn in scenario.turns.values())
    outcomes = [ending.outcome for ending in scenario.endings.values()]
    assert len(outcomes) >= 3
    assert "sealed" in outcomes
    assert outcomes[0] == ("worked-on" if kind == "none" else "resolved")
    found = {type(atom) for _, condition in conditions(scenario) for atom in parts_of(condition)}
    assert found == {And, Or, Not, Compare, Chose, Visited}
    places = {path[-2] if path[-2].isdigit() else "response" for path, _ in conditions(scenario)}
    assert "response" in places
    assert any(len(response.to) > 1 for turn in scenario.turns.values() for response in turn.responses.values())
    assert any(route.when is not None for _, route in routes(scenario))
    tests = scenario.tests.values()
    assert len(tests) >= 3
    assert [outcome_of(scenario, test) for test in tests] == [()] * len(tests)


def parts_of(condition: Any) -> Iterator[Any]:
    yield condition
    for field in getattr(condition, "__struct_fields__", ()):
        inner = getattr(condition, field)
        for one in inner if isinstance(inner, tuple) else (inner,):
            if isinstance(one, And | Or | Not | Compare | Chose | Visited):
                yield from parts_of(one)


@pytest.mark.parametrize("kind", RUPTURE_TYPES)
def test_each_comment_explains_once_and_no_mark_is_left(run_new: Run, kind: str) -> None:
    answer = run_new("my-case", "--rupture", kind)
    assert answer.text is not None
    assert not re.search(r"\{\{|\}\}\"|#[=+]", answer.text)
    words = " ".join(line.strip().removeprefix("# ") for line in answer.text.splitlines())
    missing = {name for name, remark in stories.remarks().items() if remark.replace("{{id}}", "my-case") not in words}
    assert missing == ({"marker-short"} if kind == "none" else {"made-here"})
    for name, remark in stories.remarks().items():
        assert words.count(remark) <= 1, name
    assert max(map(len, answer.text.splitlines())) <= 120


@pytest.mark.parametrize("kind", RUPTURE_TYPES)
def test_the_stories_leave_the_pronouns_to_the_author(run_new: Run, kind: str) -> None:
    for mistake in ("--mistake", "--no-mistake") if kind != "none" else ("--age=30",):
        scenario = made(run_new, kind, mistake)
        turns, endings = scenario.turns.values(), scenario.endings.values()
        told = [scenario.briefing, scenario.summary, scenario.patient.background or ""]
        told += [turn.inside or "" for turn in turns] + [ending.debrief for ending in endings]
        told += [response.why for turn in turns for response in turn.responses.values()]
        told += [beat.shows or "" for turn in turns for beat in turn.patient]
        for text in told:
            assert not re.search(r"\b(?:he|she|him|his|her|hers|himself|herself)\b", text, re.I), text


# ---------------------------------------------------------------------------------- odd answers, one clear error

odd = st.one_of(
    st.text(max_size=40),
    st.text(alphabet=":#'\"\\{}[]&*!|>%@`-?,~ \t\n a1", max_size=30),
    st.sampled_from(
        [
            "no",
            "null",
            "1984",
            "- a",
            "a: b",
            "a #b",
            '"',
            "'",
            "\\",
            "{{name}}",
            "#= id",
            "TODO",
            "🎭 A play",
            "👩‍👩‍👧",
            "x" * 200,
            "x" * 201,
            "w " * 99 + "w\\",
            "\u202eevil",
            "\x1b[31m",
            "O'Brien",
            "Zoë",
            "---",
            "2024-01-05",
            "é" * 200,
        ]
    ),
)


@settings(max_examples=scaled(60))
@given(
    words=st.dictionaries(st.sampled_from(["title", "name", "pronouns", "setting", "author"]), odd, max_size=5),
    kind=st.sampled_from(KINDS),
)
def test_whatever_is_written_it_checks_clean_or_is_refused_in_one_clear_error(
    run_new: Run, words: dict[str, str], kind: str
) -> None:
    answer = run_new("my-case", "--rupture", kind, *(f"--{name}={text}" for name, text in words.items()))
    if answer.code == 0:
        scenario = scenario_in(answer, "my-case")
        found = {
            "title": scenario.title,
            "name": scenario.patient.name,
            "pronouns": scenario.patient.pronouns,
            "setting": scenario.setting,
            "author": scenario.authors[0],
        }
        for name, text in words.items():
            assert found[name] == " ".join(text.split())
    else:
        assert (answer.code, answer.text, answer.out) == (2, None, "")
        first, *rest = answer.errors.splitlines()
        assert first.startswith("Error: --")
        assert first.split()[1].strip("-") in words
        assert len(rest) <= 1
        assert answer.errors.replace("\n", "").isprintable()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--age", "2"), "3 to 120"),
        (("--age", "1e2"), "3 to 120"),
        (("--age", "٣٠"), "3 to 120"),
        (("--difficulty", "6"), "1, 2, 3, 4 or 5"),
        (("--rupture", "confrontatoin"), "'confrontation'"),
        (("--marker", "wd-denail"), "'wd-denial'"),
        (("--marker", "cf-complaint-therapst"), "'cf-complaint-therapist'"),
        (("--rupture", "withdrawal", "--marker", "cf-defends-self"), "is a marker of confrontation"),
        (("--rupture", "none", "--marker", "wd-denial"), "--marker does not go with --rupture none"),
        (("--rupture", "none", "--mistake"), "--mistake does not go with --rupture none"),
        (("--rupture", "none", "--repair", "either"), "--repair does not go with --rupture none"),
        (("--repair", "soon"), "exploratory, immediate or either"),
        (("--title", " "), "nothing in it"),
        (("--name", "x" * 201), "201 characters"),
        (("--author", "a\u200bb"), "U+200B"),
    ],
)
def test_an_answer_that_is_none_is_refused_with_what_to_write(
    run_new: Run, options: tuple[str, ...], says: str
) -> None:
    answer = run_new("my-case", *options)
    assert (answer.code, answer.text) == (2, None)
    assert says in answer.errors
    assert "Traceback" not in answer.errors


@pytest.mark.parametrize(
    ("given_id", "meant"),
    [
        ("My Case", "my-case"),
        ("my_case", "my-case"),
        ("Übung 3", "ubung-3"),
        ("3-birds", "birds"),
        ("a.yaml", "a"),
        ("Five.YML", "five"),
        ("half\u2013said", "half-said"),
        ("../x", "x"),
        ("x" * 65, "x" * 64),
        ("con", None),
        ("", None),
        ("日本", None),
    ],
)
def test_what_is_no_id_is_refused_with_one_that_would_do(run_new: Run, given_id: str, meant: str | None) -> None:
    answer = run_new(given_id)
    assert (answer.code, answer.text) == (2, None)
    assert (f"Did you mean '{meant}'?" in answer.errors) if meant else ("Did you mean" not in answer.errors)
    if meant:
        assert run_new(meant).code == 0


@pytest.mark.parametrize("scenario_id", ["a", "no", "true", "null", "y", "todo", "x" * 64, "a--1"])
def test_odd_ids_that_are_ids_are_written_so_that_every_program_reads_them_as_text(
    run_new: Run, scenario_id: str
) -> None:
    import yaml

    answer = run_new(scenario_id)
    assert scenario_in(answer, scenario_id).id == scenario_id
    assert answer.text is not None
    assert yaml.safe_load(answer.text)["id"] == scenario_id
    assert isinstance(yaml.safe_load(answer.text)["title"], str)


# --------------------------------------------------------------------------------------- where, and never over a file


def test_nothing_is_ever_overwritten(run_here: Run, tmp_path: Path) -> None:
    (tmp_path / "there.yaml").write_text("mine")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "link.yaml").symlink_to(tmp_path / "nowhere")
    for name in ("there", "folder", "link"):
        done = run_here("new", name)
        assert done.code == 5
        assert f"{name}.yaml is there already and is left as it is" in done.errors
    assert (tmp_path / "there.yaml").read_text() == "mine"
    assert not (tmp_path / "nowhere").exists()
    assert not (tmp_path / "scenario.schema.json").exists()


def test_a_file_or_a_folder_can_be_named_and_must_fit(run_here: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    assert run_here("new", "a-case", "--dir", "mine").code == 0
    assert run_here("new", "b-case", "--out", "mine/b-case.yml").code == 0
    assert run_here("check", "mine").code == 0
    for options, says in {
        ("--out", "mine/other.yaml"): "c-case.yaml",
        ("--out", "mine/c-case.txt"): "c-case.yaml",
        ("--dir", "none/such"): "no folder none",
        ("--dir", "mine", "--out", "mine/c-case.yaml"): "both given",
    }.items():
        done = run_here("new", "c-case", *options)
        assert done.code == 2, options
        assert says in done.errors
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == [
        "a-case.yaml",
        "b-case.yml",
        "scenario.schema.json",
    ]


def test_the_schema_lies_beside_and_the_first_line_names_it(run_here: Run, tmp_path: Path) -> None:
    done = run_here("new", "my-case")
    schema = tmp_path / "scenario.schema.json"
    first = (tmp_path / "my-case.yaml").read_text().splitlines()[0]
    assert first == "# yaml-language-server: $schema=./scenario.schema.json"
    assert schema.read_text() == schema_json()
    assert "Written for your editor: scenario.schema.json" in done.out
    schema.write_text(json.dumps({"$id": "alliance-trainer:scenario:1", "title": "as it once was"}))
    again = run_here("new", "other")
    assert "Renewed for your editor" in again.out
    assert schema.read_text() == schema_json()
    assert "for your editor" not in run_here("new", "third").out


@pytest.mark.parametrize("other", ['{"$id": "https://example.org/mine"}', "[1]", "not json", "", "\xff", "[" * 100_000])
def test_another_file_of_that_name_is_left_alone_and_not_named(run_here: Run, tmp_path: Path, other: str) -> None:
    schema = tmp_path / "scenario.schema.json"
    schema.write_text(other, encoding="latin-1")
    done = run_here("new", "my-case")
    assert done.code == 0
    assert "no schema of ours" in done.out
    assert schema.read_text(encoding="latin-1") == other
    assert "$schema" not in (tmp_path / "my-case.yaml").read_text()
    assert run_here("check", "my-case.yaml").code == 0


def test_a_folder_that_cannot_be_written_is_an_error_of_saving(run_here: Run, tmp_path: Path) -> None:
    import os

    if os.name != "posix" or os.geteuid() == 0:
        pytest.skip("needs an ordinary user: writing to a closed folder was NOT tested")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    done = run_here("new", "my-case", "--dir", "closed")
    assert done.code == 5
    assert "cannot be written" in done.errors


def test_the_stories_lie_in_the_wheel(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=Path(__file__).parent.parent.parent, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    for kind in KINDS:
        done = command(
            *("new", f"my-{kind}", "--rupture", kind),
            data=tmp_path / "data",
            environment={"PYTHONPATH": str(tmp_path / "site")},
            cwd=tmp_path,
        )
        assert done.code == 0, done.errors
        assert (tmp_path / f"my-{kind}.yaml").exists()
