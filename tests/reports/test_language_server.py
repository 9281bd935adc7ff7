"""The schema as an editor uses it: the YAML language server of common editors, on files that `new` has written.

The server comes from npm. It is kept in the folder for caches and used again; where node, npm or the network are missing
nothing of this is tested, and the run says so.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from language_server import LanguageServer
from platformdirs import user_cache_path

from alliance_trainer.cli.boundary import run
from alliance_trainer.core.field_guide import GUIDE
from alliance_trainer.core.model import Scenario, Turn
from alliance_trainer.core.vocabulary.markers import MARKERS
from alliance_trainer.core.vocabulary.traps import TRAPS

VERSION = "1.25.0"
"""Pinned, so that a run tests our schema and not what is new on npm."""
WAIT = 45
"""Seconds that npm has."""

SHIPPED = Path(__file__).parent.parent.parent / "scenarios"
FIRST_LINE = "# yaml-language-server: $schema=./scenario.schema.json\n"
SETTINGS = {"yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}}
"""What editors send by default, but for the shop of schemas on the network."""


def _skip(reason: str) -> None:
    pytest.skip(f"{reason}: the schema was NOT tested in an editor's language server")


@pytest.fixture(scope="module")
def server_file() -> Path:
    """The server's program, installed if it is not there yet."""
    if not shutil.which("node") or not shutil.which("npm"):
        _skip("needs node and npm")
    folder = user_cache_path("alliance-trainer-tests") / f"yaml-language-server-{VERSION}"
    program = folder / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "installing.lock", timeout=WAIT):  # two workers may come here at once
            if not (folder / "installed").exists():
                _install(folder)
    except (OSError, TimeoutError) as error:
        _skip(f"the server cannot be kept in {folder} ({error})")
    return program


def _install(folder: Path) -> None:
    npm = shutil.which("npm") or "npm"  # on Windows it is npm.cmd
    quiet = ("--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=1", "--fetch-timeout=15000")
    command = [npm, "install", *quiet, "--prefix", str(folder)]
    try:
        done = subprocess.run(
            [*command, f"yaml-language-server@{VERSION}"], capture_output=True, text=True, check=False, timeout=WAIT
        )
    except subprocess.TimeoutExpired:
        _skip(f"npm did not answer within {WAIT} seconds")
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        _skip(f"npm could not install the server ({last})")
    (folder / "installed").touch()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a scenario of each kind and the schema beside them, as `new` leaves it."""
    folder = tmp_path_factory.mktemp("author")
    for kind in ("withdrawal", "confrontation", "mixed", "none"):
        assert run(["new", f"my-{kind}", "--dir", str(folder), "--rupture", kind, "--title", "1984"]) == 0
    return folder


@pytest.fixture(scope="module")
def server(server_file: Path, folder: Path) -> Iterator[LanguageServer]:
    with LanguageServer(["node", str(server_file), "--stdio"], folder, SETTINGS) as running:
        yield running


def line_with(text: str, part: str) -> tuple[int, int]:
    """The line and column (from 1) at which a part of the text begins."""
    before = text[: text.index(part)]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


@pytest.mark.parametrize("kind", ["withdrawal", "confrontation", "mixed", "none"])
def test_what_new_writes_has_no_complaint(server: LanguageServer, folder: Path, kind: str) -> None:
    path = folder / f"my-{kind}.yaml"
    assert server.problems(path, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_shipped_scenarios_have_no_complaint(server: LanguageServer, folder: Path, path: Path) -> None:
    copy = folder / path.name
    assert server.problems(copy, FIRST_LINE + path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("language: en", "langauge: en", "langauge is not allowed"),
        ("id: wd-denial, clarity: 4", "id: wd-denail, clarity: 4", "not accepted"),
        ("markers: [wd-minimal-response]", "markers: [wd-minimal]", "not accepted"),
        ("recognition: 2, nondefensiveness: 1", "recognition: 5, nondefensiveness: 1", "above the maximum of 2"),
        ("session: 9", "session: ninth", 'Expected "integer"'),
        ("trap: under-detection", "trap: overlooks", "not accepted"),
        ("notice: false", "notice: sometimes", "not accepted"),
    ],
)
def test_a_mistake_is_shown_on_its_line(
    server: LanguageServer, folder: Path, right: str, wrong: str, says: str
) -> None:
    path = folder / "my-withdrawal.yaml"
    text = path.read_text(encoding="utf-8")
    assert right in text
    changed = text.replace(right, wrong, 1)
    found = server.problems(path, changed)
    here = line_with(changed, wrong)[0]
    assert {one.line for one in found} == {here}, found
    assert any(says in one.message for one in found), found


def test_what_is_missing_is_said(server: LanguageServer, folder: Path) -> None:
    path = folder / "my-withdrawal.yaml"
    text = path.read_text(encoding="utf-8")
    without = re.sub(r"^ +why: Names the one thing.*\n", "", text, count=1, flags=re.M)
    assert without != text
    (found,) = server.problems(path, without)
    assert found.message == 'Missing property "why".'
    assert found.line == line_with(without, "my-part:")[0]


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("notice: no", "notice: false"),
        ("notice: yes", "notice: false"),
        ("bond: 5,", "bond: +5,"),
        ("trust: 1}", "trust: +1}"),
    ],
)
def test_other_ways_to_write_the_same_are_not_complained_about(
    server: LanguageServer, folder: Path, written: str, right: str
) -> None:
    path = folder / "my-withdrawal.yaml"
    text = path.read_text(encoding="utf-8")
    assert right in text
    assert server.problems(path, text.replace(right, written, 1)) == []


def test_markers_and_traps_are_offered(server: LanguageServer, folder: Path) -> None:
    path = folder / "my-withdrawal.yaml"
    text = path.read_text(encoding="utf-8").replace("markers: [wd-minimal-response]", "markers:\n      - ", 1)
    server.problems(path, text)
    line, column = line_with(text, "markers:\n      - \n")
    assert set(MARKERS) <= set(server.completions(path, line + 1, 9))
    changed = text.replace("trap: under-detection", "trap: ", 1)
    server.problems(path, changed)
    line, column = line_with(changed, "trap: \n")
    assert set(TRAPS) <= set(server.completions(path, line, column + len("trap: ")))


def test_the_keys_of_a_turn_are_offered(server: LanguageServer, folder: Path) -> None:
    path = folder / "my-withdrawal.yaml"
    text = path.read_text(encoding="utf-8").replace("    weight: 2\n", "    \n", 1)
    server.problems(path, text)
    line, _ = line_with(text, "notice: false\n    \n")
    assert "weight" in server.completions(path, line + 1, 5)


@pytest.mark.parametrize(
    ("part", "key"), [(Turn, "stage"), (Turn, "inside"), (Scenario, "objectives"), (Scenario, "repair")]
)
def test_pointing_at_a_key_shows_what_it_is_for(
    server: LanguageServer, folder: Path, part: type[Turn | Scenario], key: str
) -> None:
    path = folder / "my-withdrawal.yaml"
    text = path.read_text(encoding="utf-8")
    server.problems(path, text)
    line, column = line_with(text, f"{key}:")
    assert GUIDE[part][key].meaning in " ".join(server.hover(path, line, column + 1).split())
