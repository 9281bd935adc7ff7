"""Small files put in their place whole or not at all: copies of scenarios, settings, the pseudonym, the index."""

import secrets
from contextlib import suppress
from pathlib import Path

from alliance_trainer.journal import disk
from alliance_trainer.journal.writer import write_all


def put(path: Path, data: bytes) -> None:
    """Put a file in the place of whatever lies there: on the disk beside it first, then in one step.

    Raises OSError; then what lay there is as it was.
    """
    beside = path.with_name(f"{path.name}.{secrets.token_hex(8)}.new")
    try:
        descriptor = disk.create(beside)
        try:
            write_all(descriptor, data)
            disk.sync(descriptor)
        finally:
            disk.close(descriptor)
        disk.replace(beside, path)
        disk.sync_folder(path.parent)
    except OSError:
        with suppress(OSError):  # a left-over under a name of its own misleads nobody
            disk.remove(beside)
        raise
