"""SARIF of this run: what was found, with the files as they are seen from the folder that the program runs in."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from alliance_trainer import __version__
from alliance_trainer.core.manual import Page
from alliance_trainer.reports.check_sarif import check_sarif
from alliance_trainer.scenario_files.diagnostics import Diagnostic


def sarif(found: Sequence[Diagnostic], pages: Mapping[str, Page]) -> str:
    """The log. Files outside of the current folder are named by their whole path."""
    here = Path.cwd()
    paths = {one.file: _seen_from(here, Path(one.file)) for one in found}
    return check_sarif(found, pages, paths, __version__)


def _seen_from(here: Path, file: Path) -> str:
    """The path with forward slashes: relative where it lies in or below `here`, else beginning with a slash.

    Only a path with `..` in it is resolved: links that are the project's own keep their names.
    """
    whole = file.resolve() if ".." in file.parts else here / file
    if whole.is_relative_to(here):
        return whole.relative_to(here).as_posix()
    path = whole.as_posix()
    return path if path.startswith("/") else f"/{path}"  # C:/...
