"""Files that a command writes: whole or not at all, and never over one that is there."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from alliance_trainer.core.errors import CannotSaveError


def write_new(out: Path, text: str) -> None:
    """Write a file that is not there yet, in UTF-8: beside its place first, then into it.

    Raises CannotSaveError if there is one of this name, or the system refuses; then nothing is left behind.
    """
    try:
        with out.open("xb"):
            pass  # the name is ours now, with the rights that a new file gets here
    except FileExistsError as error:
        raise CannotSaveError(f"{out} is there already and is left as it is.", "Choose another name.") from error
    except OSError as error:
        raise _refused(out, error) from error
    try:
        _fill(out, text.encode("utf-8"))
    except BaseException as error:
        with suppress(OSError):
            out.unlink()
        if isinstance(error, OSError):
            raise _refused(out, error) from error
        raise


def _fill(out: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name[:100]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        shutil.copymode(out, name)
        Path(name).replace(out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _refused(out: Path, error: OSError) -> CannotSaveError:
    reason = error.strerror or "the system refused"
    return CannotSaveError(f"{out} cannot be written: {reason}.", "Name another place with --out FILE.")
