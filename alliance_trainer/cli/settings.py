"""What the global options and the environment say: folders, and how the screen is used."""

import os
from pathlib import Path
from typing import NamedTuple


class Settings(NamedTuple):
    """The global options. `data_dir` None means the usual place for this system."""

    data_dir: Path | None
    libraries: tuple[Path, ...]
    plain: bool | None
    no_color: bool


def read_settings(*, data_dir: Path | None, library: list[Path] | None, plain: bool | None, no_color: bool) -> Settings:
    """Options first, then the environment: ALLIANCE_TRAINER_DATA and ALLIANCE_TRAINER_LIBRARY."""
    own_data = os.environ.get("ALLIANCE_TRAINER_DATA")
    own_libraries = os.environ.get("ALLIANCE_TRAINER_LIBRARY", "").split(os.pathsep)
    return Settings(
        data_dir=data_dir or (Path(own_data) if own_data else None),
        libraries=(*(library or []), *(Path(name) for name in own_libraries if name)),
        plain=plain,
        no_color=no_color,
    )
