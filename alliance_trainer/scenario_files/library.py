"""The library: the scenarios that are shipped, and those in folders that people add."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import alliance_trainer
from alliance_trainer.core.errors import UsageError
from alliance_trainer.scenario_files.limits import SUFFIXES

if TYPE_CHECKING:  # with pydantic, which a list of paths does without
    from alliance_trainer.scenario_files.headers import Header

_PACKAGE = Path(alliance_trainer.__file__).parent


def shipped_folder() -> Path:
    """The folder of the shipped scenarios: inside the package, or beside it where it is run from its sources."""
    installed = _PACKAGE / "scenarios"
    return installed if installed.is_dir() else _PACKAGE.parent / "scenarios"


def first_steps() -> Path:
    """The three turns that teach the keys; not one of the library."""
    return _PACKAGE / "scenario_files" / "starter" / "first-steps.yaml"


def shipped() -> tuple[Path, ...]:
    """The files of the shipped scenarios, by their ids."""
    return tuple(in_folder(shipped_folder()).values())


def files(extra: Sequence[Path] = ()) -> dict[str, Path]:
    """Every scenario file by its id, sorted; of two with one id the one in the folder named first.

    `extra` are folders that come before the shipped one. Raises UsageError if one cannot be read.
    """
    found: dict[str, Path] = {}
    for folder in (*extra, shipped_folder()):
        found = in_folder(folder) | found
    return dict(sorted(found.items()))


def find(name: str, extra: Sequence[Path] = ()) -> Path:
    """The file that is meant by an id of the library or a path.

    Raises UsageError if there is none; a path is not opened here.
    """
    looks_like_a_path = any(sign in name for sign in "/\\") or Path(name).suffix in SUFFIXES
    if looks_like_a_path:
        return Path(name)
    known = files(extra)
    if name in known:
        return known[name]
    from alliance_trainer.core.suggestions import did_you_mean  # only where something is wrong

    hint = did_you_mean(name, known) or "`alliance-trainer list` shows all there are."
    if Path(name).exists():
        hint = f"To open the file or folder of this name, write  ./{name}"
    raise UsageError(f"There is no scenario {name!r}.", hint)


def headers(extra: Sequence[Path] = ()) -> "tuple[Header, ...]":
    """What the list of scenarios shows, by id. Raises UsageError if a folder cannot be read."""
    from alliance_trainer.scenario_files.headers import read_header  # with pydantic: not for a list of paths

    return tuple(read_header(path) for path in files(extra).values())


def moment_files(extra: Sequence[Path] = ()) -> dict[str, Path]:
    """Every file of moments by its name, sorted: those in a folder `moments` inside each folder of scenarios.

    Of two with one name it is the one in the folder named first. Raises UsageError if one cannot be read.
    """
    found: dict[str, Path] = {}
    for folder in (*extra, shipped_folder()):
        if (folder / "moments").is_dir():
            found = in_folder(folder / "moments") | found
    return dict(sorted(found.items()))


def in_folder(folder: Path) -> dict[str, Path]:
    """The scenario files right in a folder, by id; links that lead out of it are not the folder's own.

    Raises UsageError if the folder cannot be read.
    """
    try:
        home = folder.resolve(strict=True)
        names = sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES)
        return {path.stem: path for path in names if path.resolve().parent == home and path.is_file()}
    except OSError as error:
        reason = error.strerror or "it is no folder"
        hint = "Check --library and ALLIANCE_TRAINER_LIBRARY."
        raise UsageError(f"The folder of scenarios {folder} cannot be read: {reason}.", hint) from None
