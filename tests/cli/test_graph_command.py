"""`graph` through its door: four formats, to the screen or to a file, and one clear message where something is wrong."""

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from command import command
from drawing_goldens import EXAMPLE, assert_golden, example

from alliance_trainer.reports.graph_model import WORDS, graph_of
from alliance_trainer.scenario_files import library, loader

FORMATS = ("mermaid", "dot", "svg", "html")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "example-scenario.yaml"
    path.write_bytes(EXAMPLE.read_bytes())
    return path


@pytest.mark.parametrize("form", ["mermaid", "dot"])
def test_the_texts_are_as_they_were_reviewed(file: Path, tmp_path: Path, form: str) -> None:
    done = command("graph", file, "--format", form, data=tmp_path)
    assert (done.code, done.errors) == (0, "")
    assert_golden(f"graph.{form}", done.out)


@pytest.mark.parametrize("form", FORMATS)
def test_an_id_of_the_library_will_do_and_a_file_holds_what_the_screen_shows(tmp_path: Path, form: str) -> None:
    shown = command("graph", "its-fine", "--format", form, data=tmp_path)
    assert (shown.code, shown.errors) == (0, "")
    out = tmp_path / "picture"
    saved = command("graph", "its-fine", "--format", form, "--out", out, data=tmp_path)
    assert saved.code == 0, saved.errors
    assert str(out) in "".join(saved.out.split())
    assert out.read_text(encoding="utf-8") == shown.out
    assert [path.name for path in tmp_path.iterdir()] == ["picture"], "nothing is left beside it"


def test_the_name_of_the_file_says_the_format_and_mermaid_is_the_first(file: Path, tmp_path: Path) -> None:
    begins = {"x.svg": "<?xml", "x.html": "<!DOCTYPE html>", "x.dot": "digraph", "x.mmd": "flowchart", "x": "flowchart"}
    for name, start in begins.items():
        assert command("graph", file, "--out", tmp_path / name, data=tmp_path).code == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)
    other = tmp_path / "y.svg"
    assert command("graph", file, "--out", other, "--format", "dot", data=tmp_path).code == 0
    assert other.read_text(encoding="utf-8").startswith("digraph")


def test_a_file_that_is_there_is_left_as_it_is(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "mine.svg"
    out.write_text("mine", encoding="utf-8")
    done = command("graph", file, "--out", out, data=tmp_path)
    assert done.code == 5
    assert done.errors.startswith("Error: ")
    assert "is there already" in done.errors
    assert out.read_text(encoding="utf-8") == "mine"
    nowhere = command("graph", file, "--out", tmp_path / "no" / "such.svg", data=tmp_path)
    assert nowhere.code == 5
    assert "cannot be written" in nowhere.errors
    assert sorted(path.name for path in tmp_path.iterdir()) == ["example-scenario.yaml", "mine.svg"]


@pytest.mark.skipif(os.name != "posix", reason="needs RLIMIT_FSIZE: a full disk was NOT tested")
def test_a_full_disk_leaves_no_half_of_a_file(file: Path, tmp_path: Path) -> None:
    script = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000));"
        "from alliance_trainer.__main__ import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "graph", str(file), "--out", str(tmp_path / "x.svg")],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 5, done.stderr
    assert b"Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["example-scenario.yaml"]


def test_a_scenario_with_mistakes_gets_one_message_that_says_what_to_do(file: Path, tmp_path: Path) -> None:
    file.write_text(EXAMPLE.read_text(encoding="utf-8").replace("to: hurt\n", "to: hurtt\n", 1), encoding="utf-8")
    for name in ("graph", "preview"):
        done = command(name, file, data=tmp_path)
        assert done.code == 2
        assert done.out == ""
        assert done.errors.startswith("Error: ")
        assert "alliance-trainer check" in done.errors
        assert "Traceback" not in done.errors
    file.write_text("nothing: [", encoding="utf-8")
    assert command("graph", file, data=tmp_path).code == 2


def test_what_does_not_exist_gets_a_suggestion(file: Path, tmp_path: Path) -> None:
    unknown = command("graph", "its-fin", data=tmp_path)
    assert unknown.code == 2
    assert "its-fine" in unknown.errors
    form = command("graph", file, "--format", "svgg", data=tmp_path)
    assert form.code == 2
    assert "svg" in form.errors
    assert command("graph", tmp_path / "nowhere.yaml", data=tmp_path).code == 2
    assert command("graph", tmp_path, data=tmp_path).code == 2


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell: closed streams were NOT tested")
@pytest.mark.parametrize("command_line", [f"graph its-fine --format {form}" for form in FORMATS] + ["preview its-fine"])
@pytest.mark.parametrize(("redirection", "codes"), [("| head -c 10", {0, 141}), (">&-", {0, 5}), (">/dev/full", {5})])
def test_closed_and_full_streams_end_quietly(
    tmp_path: Path, command_line: str, redirection: str, codes: set[int]
) -> None:
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"{sys.executable} -m alliance_trainer {command_line} {redirection}"],
        capture_output=True,
        check=False,
        env={**os.environ, "ALLIANCE_TRAINER_DATA": str(tmp_path)},
        timeout=60,
    )
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    assert done.returncode in codes, (done.returncode, done.stderr)


ALL_FORMATS = """
import sys
from alliance_trainer.__main__ import main
file, *forms = sys.argv[1:]
for form in forms:
    sys.argv = ["alliance-trainer", "graph", file, "--format", form]
    try:
        main()
    except SystemExit as stop:
        assert not stop.code, stop.code
    print("\\n-- and the next one --", flush=True)
"""


@pytest.fixture(scope="module")
def in_encodings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """For each format what an interpreter writes whose streams have one encoding or another."""
    folder = tmp_path_factory.mktemp("encodings")
    file = folder / "example-scenario.yaml"
    text = EXAMPLE.read_text(encoding="utf-8").replace(
        "title: The wrong form", "title: \u00c6r\u00f8 \u65e5\u672c \u2013 \u201cx\u201d"
    )
    file.write_text(text, encoding="utf-8")
    found: dict[str, list[str]] = {form: [] for form in FORMATS}
    for encoding in ("utf-8", "ascii", "latin-1", "cp1252"):
        own = {**os.environ, "PYTHONIOENCODING": encoding, "ALLIANCE_TRAINER_DATA": str(folder)}
        script = [sys.executable, "-c", ALL_FORMATS, str(file), *FORMATS]
        done = subprocess.run(script, capture_output=True, check=False, env=own, timeout=60)
        assert (done.returncode, done.stderr) == (0, b"")
        *outs, last = done.stdout.decode().replace("\r\n", "\n").split("\n-- and the next one --\n")
        assert last == ""
        for form, out in zip(FORMATS, outs, strict=True):
            found[form].append(out)
    return found


@pytest.mark.parametrize("form", FORMATS)
def test_every_encoding_carries_the_same_picture(in_encodings: dict[str, list[str]], form: str) -> None:
    outs = set(in_encodings[form])
    assert len(outs) == 1
    assert "26085" in outs.pop(), "a character is written as its number"


def test_the_texts_name_every_node_once_and_every_way() -> None:
    from alliance_trainer.reports.graph_dot import graph_dot
    from alliance_trainer.reports.graph_mermaid import graph_mermaid

    for path in library.shipped():
        scenario = loader.load_path(path).scenario
        assert scenario is not None
        graph = graph_of(scenario)
        names = graph.names
        assert len(set(names.values())) == len(scenario.turns) + len(scenario.endings)
        mermaid, dot = graph_mermaid(graph), graph_dot(graph)
        pairs = {
            (names[turn], names[route.to])
            for turn, of in scenario.turns.items()
            for response in of.responses.values()
            for route in response.to
        }
        assert set(re.findall(r"^  (\w+) -> (\w+) \[label", dot, re.M)) == pairs
        assert set(re.findall(r"^(\w+) \S+\|.*\| (\w+)$", mermaid, re.M)) == pairs
        for place, name in names.items():
            assert len(re.findall(rf"^{name}\W", mermaid, re.M)) >= 1
            assert len(re.findall(rf"^  {name} \[label=\"[A-Z]: {place}\\n", dot, re.M)) == 1
        for of in scenario.turns.values():
            for response in of.responses:
                assert re.search(rf"[\"n ]{response}(?=[\":\\ ])", dot), response


def test_what_is_keyed_is_said_in_the_model() -> None:
    graph = graph_of(example())
    nodes = {node.id: node for node in graph.nodes}
    assert {name: node.kind for name, node in nodes.items()} == {
        "form": "confrontation",
        "polite": "withdrawal",
        "hurt": "mixed",
        "week": "plain",
        "mended": "good",
        "done": "partly",
        "smooth": "sealed",
        "leaves": "bad",
    }
    assert [node.id for node in graph.nodes if node.start] == ["form"]
    form = {choice.id: choice for choice in nodes["form"].choices}
    assert form["own-it"].marks == ("strongest",)
    assert form["explain"].marks == ("trap: technique-lecture", "harm 1")
    assert form["sorry"].offered == "only if apologies < 2"
    assert [(way.condition, way.to, way.back) for way in form["sorry"].ways] == [
        ("if apologies >= 2", "polite", False),
        ("otherwise", "form", True),
    ]
    backs = {(bundle.source, bundle.target) for bundle in graph.bundles if bundle.back}
    assert backs == {("form", "form"), ("hurt", "form")}


def test_the_page_says_in_its_table_what_the_picture_shows(file: Path, tmp_path: Path) -> None:
    page = command("graph", file, "--format", "html", data=tmp_path).out
    scenario = example()
    table = page[page.index('id="turns"') :]
    for name, turn in scenario.turns.items():
        assert f'id="at-{name}"' in table
        for own, response in turn.responses.items():
            assert f">{own}</span>" in table or f"{own}</span>" in table
            assert response.says.replace("'", "&#x27;") in table
            assert all(f'<a href="#at-{route.to}">{route.to}</a>' in table for route in response.to)
    for name, ending in scenario.endings.items():
        assert f'id="at-{name}"' in table
        assert ending.debrief in table
    assert re.search(r"@media \(prefers-color-scheme: dark\)", page)
    assert "@media print" in page
    for word in WORDS.values():
        assert word in page


def test_the_svg_is_a_file_of_its_own(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.svg"
    assert command("graph", file, "--out", out, data=tmp_path).code == 0
    root = ET.parse(out).getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("role") == "img"
    assert "The wrong form" in (root.get("aria-label") or "")
