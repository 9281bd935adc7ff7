"""The JSON Schema as a file for editors: written where there is none, renewed where it is ours, else left alone."""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Literal

from alliance_trainer.cli.settings import Settings
from alliance_trainer.core.errors import CannotSaveError
from alliance_trainer.reports.schema_json import SCHEMA_ID, schema_json
from alliance_trainer.terminal.door import open_door

State = Literal["absent", "current", "old", "other"]
_OURS = SCHEMA_ID.rpartition(":")[0]
_MOST_BYTES = 1 << 20
"""No schema of ours is larger."""


def save(settings: Settings, out: Path) -> int:
    """The command `schema` with a file. Raises CannotSaveError."""
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    said = {"absent": "Written", "current": "Up to date already", "old": "Renewed"}
    door.say(f"{said[write_schema(out)]}: {out}")
    door.say(f"First line of each scenario beside it: # yaml-language-server: $schema=./{out.name}")
    return 0


def write_schema(path: Path) -> State:
    """Write the schema into a file; what was there before. Raises CannotSaveError, and where another file is there."""
    before = state_of(path)
    match before:
        case "other":
            raise CannotSaveError(
                f"{path} is there already, is no schema of ours, and is left as it is.",
                "Choose another name with: alliance-trainer schema --out FILE",
            )
        case "absent" | "old":
            _write(path, schema_json())
    return before


def state_of(path: Path) -> State:
    """What is at a path: nothing, the schema as it is now, another schema of ours, or anything else."""
    if not os.path.lexists(path):
        return "absent"
    if path.is_symlink() or not path.is_file():
        return "other"
    try:
        with path.open("rb") as file:
            text = file.read(_MOST_BYTES).decode()
        found = json.loads(text)
    except (OSError, ValueError, RecursionError):
        return "other"
    if text == schema_json():
        return "current"
    name = found.get("$id") if isinstance(found, dict) else None
    return "old" if isinstance(name, str) and name.startswith(f"{_OURS}:") else "other"


def _write(path: Path, text: str) -> None:
    """Whole or not at all: beside it first, then in its place."""
    beside = path.with_name(f".{path.name}.new")
    try:
        with beside.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        beside.replace(path)
    except OSError as error:
        if not isinstance(error, FileExistsError):
            with suppress(OSError):
                beside.unlink(missing_ok=True)
        reason = error.strerror or "the system refused"
        raise CannotSaveError(f"the schema for editors cannot be written to {path}: {reason}.") from error
