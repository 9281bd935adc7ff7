"""Several files written together, whole or not at all; what was there before is replaced at the very end."""

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from alliance_trainer.cli.sparing import refuse_loss
from alliance_trainer.core.errors import CannotSaveError

Content = Iterable[bytes] | Callable[[Path], None]
"""A file's bytes in pieces, or what writes it to a place."""


def write_all(files: Mapping[Path, Content], read: Sequence[Path]) -> None:
    """Write the files, each beside its place first; the folder of a file is made, if only it is missing.

    `read`: the files and folders that they are made from. Raises CannotSaveError, and UsageError where one of them
    would take the place of what was read, of a record, a pack, a key or a scenario; then nothing was changed.
    """
    made: list[Path] = []
    beside: dict[Path, Path] = {}
    at = next(iter(files))
    try:
        refuse_loss(files, read)
        for at, content in files.items():
            if at.exists() and not at.is_file():
                raise CannotSaveError(f"{at} is there already, and no file. Nothing was changed.")
            _make_folder(at.parent, made)
            beside[at] = _beside(at)
            _write(beside[at], content)
        _put_in_place(beside)
    except BaseException as error:
        _take_away(beside.values(), made)
        if isinstance(error, OSError):
            place = error.filename2 or at  # only a file that cannot be replaced has the second name
            reason = _missing(at) or error.strerror or "the system refused"
            raise CannotSaveError(f"{place} cannot be written: {reason}. Nothing was changed.") from error
        raise


def refuse_early(outs: Iterable[Path], read: Sequence[Path]) -> None:
    """Refuse before long work what `write_all` would refuse after it. Raises UsageError as that does."""
    with suppress(OSError):  # which is told of when it is written
        refuse_loss(outs, read)


def _missing(out: Path) -> str:
    """Which folder is missing, if one is that is not made."""
    missing = [folder for folder in out.parent.parents if not folder.exists()]
    return f"there is no folder {missing[-1]}" if missing else ""


def _make_folder(folder: Path, made: list[Path]) -> None:
    """Make a folder that is not there yet, in one that is."""
    try:
        folder.mkdir()
    except FileExistsError:
        return
    made.append(folder)


def _beside(out: Path) -> Path:
    with tempfile.NamedTemporaryFile(dir=out.parent, prefix=f".{out.name[:100]}.", delete=False) as file:
        return Path(file.name)


def _write(place: Path, content: Content) -> None:
    if callable(content):
        content(place)
        place.chmod(0o600)  # as the others are: what is written is about people
        return
    with place.open("wb") as file:
        for chunk in content:
            file.write(chunk)


def _put_in_place(beside: Mapping[Path, Path]) -> None:
    """Put every file in its place, or none: one may be open in a program that does not let go of it."""
    before: dict[Path, Path | None] = {}
    try:
        for out, written in beside.items():
            before[out] = _set_aside(out) if out.is_file() else None
            written.replace(out)
    except BaseException:
        for out, old in before.items():
            _put_back(out, old)
        raise
    for old in before.values():
        if old is not None:
            with suppress(OSError):
                old.unlink()


def _put_back(out: Path, old: Path | None) -> None:
    with suppress(OSError):
        if old is None:
            out.unlink(missing_ok=True)
        else:
            old.replace(out)


def _set_aside(out: Path) -> Path:
    place = _beside(out)
    try:
        out.replace(place)
    except BaseException:
        place.unlink(missing_ok=True)
        raise
    return place


def _take_away(written: Iterable[Path], folders: Iterable[Path]) -> None:
    with suppress(OSError):
        for path in written:
            path.unlink(missing_ok=True)
        for folder in folders:
            folder.rmdir()
