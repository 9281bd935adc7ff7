"""The name a trainee appears under: drawn once, kept in the data folder, never taken from the account."""

import re
import secrets
from contextlib import suppress

from alliance_trainer.core.errors import UsageError
from alliance_trainer.journal import disk
from alliance_trainer.journal.store import Store
from alliance_trainer.journal.writer import write_all

_BIRDS = "wren finch heron lark robin plover swift dunlin avocet siskin linnet curlew osprey merlin".split(" ")  # noqa: SIM905  # reads as what it is, a list of names
_DRAWN = re.compile(r"[a-z]{3,10}-[0-9]{2}")
_GIVEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def checked(name: str) -> str:
    """A pseudonym that was given, if it can be one. Raises UsageError if not."""
    if not _GIVEN.fullmatch(name):
        raise UsageError(
            f"{name[:80]!r} cannot be a trainee's id: letters, digits, points, hyphens and underscores are expected.",
            "Choose a pseudonym such as wren-27, not a real name.",
        )
    return name


def pseudonym(store: Store) -> str:
    """The pseudonym of this data folder's owner; drawn and kept at the first use, if it can be kept."""
    path = store.folder / "trainee"
    with suppress(OSError):
        kept = disk.read(path).decode("ascii", "replace").strip()
        if _DRAWN.fullmatch(kept):
            return kept
    drawn = f"{secrets.choice(_BIRDS)}-{secrets.randbelow(90) + 10}"
    with suppress(OSError):  # without it the next attempt gets another name, and nothing else is lost
        descriptor = disk.create(path)
        try:
            write_all(descriptor, f"{drawn}\n".encode())
        finally:
            disk.close(descriptor)
    return drawn
