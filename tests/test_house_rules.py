"""Rules that no linter knows: one door to the screen, small modules, cheap imports, honest late imports."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import alliance_trainer

PACKAGE = Path(alliance_trainer.__file__).parent
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "scenarios" not in path.parts)
NAMES = [str(path.relative_to(PACKAGE)) for path in MODULES]

SCREEN = {
    "terminal/door.py": "it is the door",
    "__main__.py": "--version is answered before the door is imported",
    "cli/boundary.py": "flushes and closes the streams at the very end",
    "terminal/answers.py": "reads standard input",
    "cli/playing.py": "hands standard input to the answers",
    "cli/choosing.py": "hands standard input to the answers",
    "cli/debriefing.py": "hands standard input to the answers",
    "cli/taking.py": "hands standard input to the answers",
    "cli/starting.py": "hands standard input to the answers",
    "cli/progressing.py": "hands standard input to the answers",
}
"""Modules that may name sys.stdin, sys.stdout or sys.stderr, and why."""


NAMING_COMMANDS = {"alliance_trainer", "typer", "shellingham", "typing_extensions", "annotated_doc"}
"""The packages that naming the commands may load."""


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_only_the_door_touches_the_screen(path: Path) -> None:
    name = str(path.relative_to(PACKAGE)).replace(os.sep, "/")
    for node in ast.walk(tree_of(path)):
        match node:
            case ast.Call(func=ast.Name(id="print" | "input")):
                pytest.fail(f"{name}:{node.lineno} prints or asks by itself")
            case ast.Attribute(value=ast.Name(id="typer"), attr="echo" | "secho" | "prompt" | "confirm"):
                pytest.fail(f"{name}:{node.lineno} goes round the door")
            case ast.Attribute(value=ast.Name(id="sys"), attr="stdin" | "stdout" | "stderr"):
                assert name in SCREEN, f"{name}:{node.lineno} names a stream"
            case ast.ImportFrom(module="rich.console") | ast.ImportFrom(module="rich"):
                assert name == "terminal/door.py", f"{name}:{node.lineno} makes a console of its own"


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_modules_and_functions_are_small_and_say_what_they_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = tree_of(path)
    assert ast.get_docstring(tree), "every module opens with what lives in it"
    assert len(text.splitlines()) <= 300
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            assert (node.end_lineno or 0) - first.lineno < 40, f"{node.name} is too long"


def test_no_module_has_a_name_that_says_nothing() -> None:
    for path in MODULES:
        assert not {"utils", "common", "helpers", "manager"} & set(path.with_suffix("").parts)


def late_imports(path: Path) -> Iterator[tuple[int, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    for function in ast.walk(tree_of(path)):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield node.lineno, "\n".join(lines[max(0, node.lineno - 3) : node.end_lineno])


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_a_late_import_has_its_reason_beside_it(path: Path) -> None:
    for line, around in late_imports(path):
        assert "#" in around, f"{path.name}:{line} imports late without saying why"


def modules_after(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint('\\n'.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def test_the_command_line_loads_only_what_naming_commands_needs() -> None:
    loaded = modules_after("import alliance_trainer.cli.app")
    ours = {name for name in loaded if name.startswith("alliance_trainer.")}
    names = ("app", "assessment_commands", "author_commands", "cohort_commands", "completing", "data_commands")
    names += ("settings", "trainee_commands")
    assert ours == {"alliance_trainer.cli", *(f"alliance_trainer.cli.{name}" for name in names)}
    heavy = {"pydantic", "yaml", "questionary", "msgspec", "rich.console", "numpy", "filelock", "prompt_toolkit"}
    assert not heavy & loaded
    bare = modules_after("pass")  # what the interpreter and the environment's own start-up files load
    others = {name.partition(".")[0] for name in loaded - bare} - set(sys.stdlib_module_names)
    assert others <= NAMING_COMMANDS, "another package on the start-up path: is it worth its time?"


def test_the_version_is_answered_by_next_to_nothing() -> None:
    loaded = modules_after("import alliance_trainer.__main__")
    assert {name for name in loaded if name.startswith("alliance_trainer.")} == {"alliance_trainer.__main__"}
    assert not {"typer", "rich", "pydantic", "yaml"} & loaded


def test_the_pick_list_is_not_loaded_before_the_first_patient_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "alliance_trainer", "play", "its-fine"],
        input="",
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "ALLIANCE_TRAINER_DATA": str(tmp_path)},
    )
    assert "Patient:" in done.stdout
    for name in ("questionary", "prompt_toolkit", "numpy", "alliance_trainer.reports"):
        assert f" {name}" not in done.stderr


def test_the_program_opens_no_network_connection() -> None:
    for path in MODULES:
        for node in ast.walk(tree_of(path)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {name.split(".")[0] for name in names} & {"socket", "http", "urllib", "ssl", "requests"}
