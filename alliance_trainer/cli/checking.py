"""The commands check, explain and schema."""

from collections.abc import Iterable
from pathlib import Path

from alliance_trainer.cli.scenarios import checked
from alliance_trainer.cli.settings import Settings
from alliance_trainer.core.counting import counted
from alliance_trainer.core.errors import UsageError
from alliance_trainer.core.manual import Page
from alliance_trainer.core.suggestions import did_you_mean
from alliance_trainer.scenario_files import loader
from alliance_trainer.scenario_files.diagnostics import Diagnostic
from alliance_trainer.terminal import diagnostics as screen
from alliance_trainer.terminal.door import Door, open_door

FINDINGS = 1
"""Exit code where a finding is an error."""


def check(settings: Settings, paths: Iterable[Path], form: str, *, key: bool = False) -> int:
    """The command `check`; with `key` the quality of the key too. Raises UsageError for a path that cannot be read."""
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    files = [file for path in paths for file in _files(path)]
    found = [one for file in files for one in checked(loader.load_path(file), key=key).diagnostics]
    match form:
        case "json":
            from alliance_trainer.reports.check_json import check_json  # the other formats do without

            door.raw(check_json(found, len(files)))
        case "concise":
            screen.show_concise(door, found)
        case "text":
            screen.show(door, found)
            summarise(door, found, len(files))
        case "github":
            from alliance_trainer.reports.check_github import check_github  # the other formats do without

            door.raw(check_github(found))
        case "sarif":
            from alliance_trainer.cli.sarif import sarif  # the other formats do without

            door.raw(sarif(found, pages()))
        case _:
            raise UsageError(f"{form!r} is no format of check.", "text, concise, json, github and sarif are.")
    return FINDINGS if any(one.severity == "error" for one in found) else 0


def _files(path: Path) -> list[Path]:
    """The file itself, or the scenarios in a folder and below it. Raises UsageError if there are none."""
    if not path.is_dir():
        return [path]
    files = scenarios_below(path)
    if not files:
        raise UsageError(f"{path} holds no scenario.", "Scenario files end in .yaml.")
    return files


def scenarios_below(folder: Path) -> list[Path]:
    """The scenario files in a folder and below it, sorted."""
    return sorted(file for file in folder.rglob("*") if file.suffix in loader.SUFFIXES and file.is_file())


def summarise(door: Door, found: list[Diagnostic], files: int) -> None:
    """The last line: how many problems there are in how many files."""
    errors = sum(one.severity == "error" for one in found)
    warnings = len(found) - errors
    in_files = f"in {counted(files, 'file')}"
    if not found:
        door.say(f"No problem found {in_files}.")
        return
    many = f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"
    gravest = min(found, key=lambda one: one.severity != "error")
    door.say(f"{many} {in_files}. More about a code: alliance-trainer explain {gravest.code}")


def pages() -> dict[str, Page]:
    """Every code's manual page, by code."""
    from alliance_trainer.lint import key_runner, moment_runner, runner  # `schema` does without
    from alliance_trainer.scenario_files.pages import pages as file_pages

    every = (*file_pages(), *runner.pages(), *moment_runner.pages(), *key_runner.pages())
    return {page.code: page for page in every}


def explain(settings: Settings, code: str) -> int:
    """The command `explain`. Raises UsageError for a code that does not exist."""
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    known = pages()
    if code.lower() == "all":
        for page in known.values():
            screen.page(door, page)
        return 0
    wanted = known.get(code.upper())
    if wanted is None:
        hint = did_you_mean(code, known)
        raise UsageError(f"there is no code {code[:20]!r}.", hint or "All of them: alliance-trainer explain all")
    screen.page(door, wanted)
    return 0


def schema(settings: Settings, *, moments: bool = False) -> int:
    """The command `schema`; with `moments` that of files of moments."""
    from alliance_trainer.reports.schema_json import schema_json  # check does without

    open_door(plain=settings.plain, no_color=settings.no_color).raw(schema_json(moments=moments))
    return 0
