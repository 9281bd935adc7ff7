"""Where attempts come from: folders, journals and interchange files, walked in an order that is always the same."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.counting import counted
from alliance_trainer.core.errors import UsageError
from alliance_trainer.journal.attempt_files import BadRecord, is_attempt_file
from alliance_trainer.journal.interchange import to_attempt
from alliance_trainer.journal.scan import Clean, TornTail, describe, scan

JOURNAL_SUFFIX = ".jsonl"
_STEPS = "steps.parquet"
_NAMED = 5
_ARCHIVE = re.compile(r"\.(zip|7z|rar|tar|tgz|tbz2?|txz)(?![a-z0-9])")
_LIKE_ATTEMPTS = re.compile(r"\.(attempts|jsonl)(?![a-z0-9])")
_RESULTS = (".csv", ".htm", ".html", ".ndjson", ".parquet", ".xlsx")
"""What is made of attempts, and may be named after them."""
_LARGEST_JOURNAL = 64 << 20
_FIRST_LOOK = 4096
_OF_OTHERS = (b'"kind":"branch"', b'"drill":"')
"""In the first record of a journal that is no attempt's."""


def find_files(paths: Sequence[Path]) -> Iterator[Path | BadRecord]:
    """The files with attempts in and below the paths, each once, whatever the order of the paths.

    In folders these are `*.jsonl`, the interchange files, and tables named steps.parquet or *.steps.parquet (others
    hold other tables); links to folders are not followed, and a folder that cannot be read is a BadRecord. A path
    that is itself a file is taken whatever its name. Raises UsageError for a path that does not exist.
    """
    for path in paths:
        if not path.exists():
            raise UsageError(f"There is no file or folder {path}.", "Give a folder of attempts, or a file of them.")
    for path in _outermost(paths):
        if path.is_dir():
            yield from _below(path)
        else:
            yield path


def _outermost(paths: Iterable[Path]) -> list[Path]:
    """The paths in order, without those that lie in another one or are there twice."""
    kept: list[Path] = []
    folders: set[Path] = set()
    seen: set[Path] = set()
    for path in sorted(set(paths), key=lambda path: (len(path.resolve().parts), str(path))):
        real = path.resolve()
        if real in seen or any(above in folders for above in real.parents):
            continue
        seen.add(real)
        if path.is_dir():
            folders.add(real)
        kept.append(path)
    return sorted(kept, key=str)


def _below(folder: Path) -> Iterator[Path | BadRecord]:
    failed: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=failed.append):
        folders.sort()
        for name in sorted(names):
            path = Path(place, name)
            if holds_attempts(path) and path.is_file():
                yield path
        yield from map(_unread, failed)
        failed.clear()
    yield from map(_unread, failed)


def holds_attempts(path: Path) -> bool:
    """Whether the name says that a file in a folder is one of attempts."""
    return path.suffix.lower() == JOURNAL_SUFFIX or is_attempt_file(path) or path.name.lower().endswith(_STEPS)


def passed_over(paths: Sequence[Path]) -> list[Path]:
    """The files in and below the folders among the paths that find_files leaves out and that may hold attempts.

    That is those named much like attempts, as `mine.attempts.jsonl.txt` is, and archives; in the order of their names.
    """
    folders = [path for path in _outermost(paths) if path.is_dir()]
    below = (step for folder in folders for step in os.walk(folder))
    return sorted(Path(place, name) for place, _, names in below for name in names if _may_hold_attempts(name.lower()))


def _may_hold_attempts(name: str) -> bool:
    if name.startswith(".") or name.endswith((JOURNAL_SUFFIX, *_RESULTS, "~")):
        return False
    return bool(_ARCHIVE.search(name) or _LIKE_ATTEMPTS.search(name)) and not holds_attempts(Path(name))


def passed_over_in_words(files: Sequence[Path]) -> str:
    """How many files were passed over, the first of them, and what to do."""
    more = f", and {len(files) - _NAMED} more" if len(files) > _NAMED else ""
    return (
        f"Not read, because of their names: {counted(len(files), 'file')}"
        f" ({', '.join(str(path) for path in files[:_NAMED])}{more})."
        " If they hold attempts, rename them so that they end in .jsonl (compressed: in .attempts.jsonl.gz or"
        " .attempts.jsonl.zst), and unpack archives."
    )


def _unread(error: OSError) -> BadRecord:
    reason = f"the folder cannot be read ({error.strerror or 'unknown reason'})"
    return BadRecord(file=str(error.filename), line=None, reason=reason)


def nothing_in(paths: Sequence[Path]) -> UsageError:
    """What to say where no attempt was found in folders."""
    names = ", ".join("this folder" if str(path) == "." else str(path) for path in paths[:_NAMED])
    names += " ..." if len(paths) > _NAMED else ""
    left = passed_over(paths)
    return UsageError(
        f"There are no attempts in {names}.",
        "Looked for, there and below: journals (*.jsonl), attempts as data (*.attempts.jsonl, *.attempts.jsonl.gz, "
        "*.attempts.jsonl.zst), and tables of steps (steps.parquet, *.steps.parquet)."
        + (f" {passed_over_in_words(left)}" if left else ""),
    )


def is_journal(path: Path) -> bool:
    """Whether a file is to be read as a journal: its name, or else its first line, tells."""
    return not is_attempt_file(path) and _looks_like_journal(path)


def _looks_like_journal(path: Path) -> bool:
    """Whether the first line does not look like an attempt: a damaged journal is to be named as a journal."""
    if path.suffix.lower() != JOURNAL_SUFFIX:
        return False
    try:
        with path.open("rb") as file:
            return b'"steps"' not in file.read(_FIRST_LOOK).split(b"\n", 1)[0]
    except OSError:
        return True


def read_journal(path: Path) -> Attempt | BadRecord | None:
    """The attempt that a journal tells of, as far as it was recorded, or why it cannot be read.

    None for the journal of something else, a drill or a branch, which lie beside the attempts of a trainee.
    """

    def bad(reason: str, line: int | None = None) -> BadRecord:
        return BadRecord(file=str(path), line=line, reason=reason, attempt=path.name.removesuffix(JOURNAL_SUFFIX))

    try:
        if path.stat().st_size > _LARGEST_JOURNAL:
            return bad("it is larger than any journal: it holds something else")
        data = path.read_bytes()
    except OSError as error:
        return bad(f"the file cannot be read ({error.strerror or 'unknown reason'})")
    if any(mark in data.partition(b"\n")[0] for mark in _OF_OTHERS):
        return None
    scanned = scan(data)
    match scanned:
        case Clean(records=records):
            return to_attempt(records)
        case TornTail(records=records, whole=whole) if records or whole:
            # What was confirmed is whole and counts; only a piece that was never confirmed is missing.
            return to_attempt((*records, whole) if whole else records)
        case _:
            return bad(f"it {describe(scanned)}", getattr(scanned, "line", None))
