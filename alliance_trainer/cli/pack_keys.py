"""The keys of packs, found among the files and folders that --key names."""

from collections.abc import Iterable
from pathlib import Path

from alliance_trainer.cohort.assessment.unpacking import Keys
from alliance_trainer.core.errors import UsageError
from alliance_trainer.scenario_files.packs import key as keys


def read_keys(paths: Iterable[Path]) -> Keys:
    """The keys in the files and folders given; folders without one are passed over.

    Raises UsageError for a file that is no key, or one that is not as it was when its pack was made.
    """
    found = [keys.open_key(path) for path in key_files(paths)]
    for path, one in zip(key_files(paths), found, strict=True):
        if (reason := keys.changed(one)) is not None:
            raise UsageError(f"{path} cannot be used: {reason}.", "Take the key from a backup.")
    return Keys(keys=tuple(found))


def key_files(paths: Iterable[Path]) -> list[Path]:
    """The key files among the paths, and right in the folders among them."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(one for one in path.iterdir() if keys.is_key(one) and one.is_file())
        elif keys.is_key(path):
            found.append(path)
    return found
