"""How one likes to practise from home: a small file in the data folder, and the usual where there is none."""

from pathlib import Path

import msgspec

from alliance_trainer.core.errors import CannotSaveError
from alliance_trainer.journal import disk
from alliance_trainer.journal.events import NoticeTime
from alliance_trainer.journal.placing import put
from alliance_trainer.journal.shelf import make_folders

_FILE = "preferences.json"


class Preferences(msgspec.Struct, frozen=True, kw_only=True):
    """`say_first`: own words before the lines on offer. `notice`: when it is asked. `sure`: drills ask how sure."""

    say_first: bool = False
    notice: NoticeTime = "before"
    sure: bool = False


def read(data: Path) -> Preferences:
    """The preferences kept in a data folder; the usual ones where none can be read."""
    try:
        return msgspec.json.decode(disk.read(data / _FILE), type=Preferences)
    except (OSError, ValueError):  # msgspec's errors are ValueErrors
        return Preferences()


def keep(data: Path, preferences: Preferences) -> None:
    """Keep preferences, whole or not at all. Raises CannotSaveError."""
    make_folders(data, "")
    try:
        put(data / _FILE, msgspec.json.encode(preferences) + b"\n")
    except OSError as error:
        raise CannotSaveError(
            f"Settings cannot be kept in {data}: {disk.why(error)}. All else is as it was."
        ) from error
