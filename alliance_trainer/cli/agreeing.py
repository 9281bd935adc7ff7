"""The command cohort agree: a sheet of ratings in, how far the raters agree out."""

from pathlib import Path

from alliance_trainer.cli.settings import Settings
from alliance_trainer.cli.words import one_of
from alliance_trainer.cohort.study.agreeing import agreement_of
from alliance_trainer.cohort.study.rating_sheet import RatingSheet, read_sheet
from alliance_trainer.core.errors import UsageError
from alliance_trainer.reports.agree_json import agree_json
from alliance_trainer.terminal.agree_table import agree_blocks
from alliance_trainer.terminal.door import open_door

_LARGEST = 8 << 20


def agree(settings: Settings, path: Path, form: str) -> int:
    """The command `cohort agree`. Raises UsageError for a file that is no sheet of ratings."""
    form = one_of(form, ("text", "json"), "--format")
    found = agreement_of(_read(path))
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    if form == "json":
        door.raw(agree_json(found))
        return 0
    for block in agree_blocks(found):
        door.show(block)
    return 0


def _read(path: Path) -> RatingSheet:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror or 'unknown reason'}).") from error
    if len(data) > _LARGEST:
        raise UsageError(f"{path} is larger than any sheet of ratings (8 MB).")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 text.", "Save it as CSV UTF-8.") from error
    try:
        return read_sheet(text)
    except UsageError as error:
        raise UsageError(f"{path}: {error.message}", error.hint) from error
