"""The name a trainee appears under: drawn once, kept in the data folder, never taken from the account."""

import re
import secrets
from contextlib import suppress

from alliance_trainer.core.errors import CannotSaveError, UsageError
from alliance_trainer.journal import disk
from alliance_trainer.journal.placing import put
from alliance_trainer.journal.shelf import make_folders
from alliance_trainer.journal.store import Store
from alliance_trainer.journal.writer import ELSEWHERE

_BIRDS = "wren finch heron lark robin plover swift dunlin avocet siskin linnet curlew osprey merlin".split(" ")  # noqa: SIM905  # reads as what it is, a list of names
_FILE = "trainee"
_GIVEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def checked(name: str) -> str:
    """A pseudonym that was given, if it can be one. Raises UsageError if not."""
    if not _GIVEN.fullmatch(name):
        raise UsageError(
            f"{name[:80]!r} cannot be a trainee's id: letters, digits, points, hyphens and underscores are expected.",
            "Choose a pseudonym such as wren-27, not a real name.",
        )
    return name


def is_kept(store: Store) -> bool:
    """Whether this data folder's owner has a pseudonym already."""
    return _kept(store) is not None


def pseudonym(store: Store) -> str:
    """The pseudonym of this data folder's owner; drawn and kept at the first use, if it can be kept."""
    kept = _kept(store)
    if kept is None:
        kept = drawn()
        with suppress(CannotSaveError):  # without it the next attempt gets another name, and nothing else is lost
            keep(store, kept)
    return kept


def drawn() -> str:
    """A pseudonym by chance, such as wren-27."""
    return f"{secrets.choice(_BIRDS)}-{secrets.randbelow(90) + 10}"


def keep(store: Store, name: str) -> None:
    """Keep a pseudonym as this data folder's. Raises UsageError for what can be no pseudonym, CannotSaveError."""
    checked(name)
    make_folders(store.folder, "")
    try:
        put(store.folder / _FILE, f"{name}\n".encode())
    except OSError as error:
        raise CannotSaveError(
            f"The pseudonym cannot be kept in {store.folder}: {disk.why(error)}.", ELSEWHERE
        ) from error


def _kept(store: Store) -> str | None:
    try:
        name = disk.read(store.folder / _FILE).decode("ascii", "replace").strip()
    except OSError:
        return None
    return name if _GIVEN.fullmatch(name) else None
