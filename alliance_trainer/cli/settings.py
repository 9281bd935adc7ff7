"""What the global options and the environment say: folders, and how the screen is used."""

import os
from pathlib import Path
from typing import NamedTuple

import typer


class Settings(NamedTuple):
    """The global options. `data_dir` None means the environment's folder, or the usual place for this system."""

    data_dir: Path | None
    libraries: tuple[Path, ...]
    plain: bool | None
    no_color: bool


def read_settings(*, data_dir: Path | None, library: list[Path] | None, plain: bool | None, no_color: bool) -> Settings:
    """The options, and further libraries from ALLIANCE_TRAINER_LIBRARY (ALLIANCE_TRAINER_DATA: see journal.store)."""
    own_libraries = os.environ.get("ALLIANCE_TRAINER_LIBRARY", "").split(os.pathsep)
    return Settings(
        data_dir=data_dir,
        libraries=(*(library or []), *(Path(name) for name in own_libraries if name)),
        plain=plain,
        no_color=no_color,
    )


def settings_of(context: typer.Context) -> Settings:
    """The settings of the command that is run."""
    settings = context.obj
    assert isinstance(settings, Settings)
    return settings
