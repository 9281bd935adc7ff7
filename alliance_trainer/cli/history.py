"""The trainee's history gathered from the records: from the index where it still fits, else from the journals."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from alliance_trainer.cli.settings import Settings
from alliance_trainer.core.errors import TrainerError
from alliance_trainer.core.history import AttemptRow, DrillRow, History, Shelved
from alliance_trainer.journal import index_file
from alliance_trainer.journal.drill_reading import drill_row
from alliance_trainer.journal.families import ATTEMPTS, DRILLS
from alliance_trainer.journal.index_file import Index, Stamp
from alliance_trainer.journal.scan import Clean, TornTail
from alliance_trainer.journal.shelf import Shelf
from alliance_trainer.journal.store import data_folder
from alliance_trainer.scenario_files import library

Row = TypeVar("Row")

_MANY = 50
"""From so many attempts to be read on, a person is told that it takes a moment."""


class Gathered(msgspec.Struct, frozen=True, kw_only=True):
    """The history, what suggestions need to know of the library, and when each attempt's file last changed.

    `changed`: in nanoseconds since 1970, by the attempt's id; one whose end was torn off is not in it.
    """

    history: History
    shelf: tuple[Shelved, ...]
    changed: Mapping[str, int]


class _Drawn(Generic[Row]):
    """The rows of one folder of journals: those kept, as far as they fit, and those that had to be drawn anew."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.kept: dict[str, tuple[Stamp, Row]] = {}
        self.unread = 0

    def draw(self, name: str, stamp: Stamp | None, row: Callable[[str], Row]) -> None:
        """Draw a row from its records; one that cannot be read is counted, and tried again next time."""
        try:
            drawn = row(name)
        except (TrainerError, ValueError):
            self.unread += 1
            return
        self.rows.append(drawn)
        if stamp is not None:
            self.kept[name] = stamp, drawn


def gather(settings: Settings, say: Callable[[str], None] = lambda _: None) -> Gathered:
    """All that was practised; `say` is told in one line where that takes a while.

    The index is written anew where something in it no longer fits. Raises UsageError if a folder cannot be read.
    """
    data = data_folder(settings.data_dir)
    index = index_file.read(data)
    drills = Shelf(data=data, family=DRILLS)
    drawn = _drawn(Shelf(data=data, family=ATTEMPTS), index.attempts, partial(_attempts_drawn, settings, say))
    drilled = _drawn(drills, index.drills, lambda _: partial(_drill_row, drills))
    shelf = _shelf(settings, index.shelf)
    now = Index(attempts=drawn.kept, drills=drilled.kept, shelf=shelf)
    if now != index and (drawn.kept or drilled.kept):  # nothing is written before the first attempt
        index_file.write(data, now)
    return Gathered(
        history=History(
            attempts=tuple(sorted(drawn.rows, key=lambda row: (row.started, row.attempt))),
            drills=tuple(sorted(drilled.rows, key=lambda row: (row.started, row.drill))),
            unread=drawn.unread + drilled.unread,
        ),
        shelf=tuple(row for _, row in shelf.values()),
        changed={name: stamp.changed for name, (stamp, _) in drawn.kept.items()},
    )


def _drawn(
    shelf: Shelf, before: Mapping[str, tuple[Stamp, Row]], drawing: Callable[[int], Callable[[str], Row]]
) -> _Drawn[Row]:
    """The rows of a folder; `drawing` is told how many have to be drawn, and draws one by its name."""
    found: _Drawn[Row] = _Drawn()
    changed: list[tuple[str, Stamp | None]] = []
    for name in shelf.names():
        stamp, kept = index_file.stamp_of(shelf.path(name)), before.get(name)
        if kept is None or stamp is None or kept[0] != stamp:
            changed.append((name, stamp))
        else:
            found.rows.append(kept[1])
            found.kept[name] = kept
    row = drawing(len(changed)) if changed else None
    for name, stamp in changed:
        assert row is not None
        found.draw(name, stamp, row)
    return found


def _attempts_drawn(settings: Settings, say: Callable[[str], None], many: int) -> Callable[[str], AttemptRow]:
    if many >= _MANY:
        say(f"Reading {many} attempts; this is done once, and takes a moment.")
    from alliance_trainer.cli.attempt_rows import AttemptRows  # with scenarios and the scorer: seldom anything is new

    return AttemptRows(settings).row


def _drill_row(shelf: Shelf, name: str) -> DrillRow:
    scanned = shelf.read(name)
    if not isinstance(scanned, Clean | TornTail):
        raise ValueError("damaged, or of a newer version")
    whole = scanned.whole if isinstance(scanned, TornTail) else None
    return drill_row(scanned.records + ((whole,) if whole else ()))


def _shelf(settings: Settings, before: Mapping[str, tuple[Stamp, Shelved]]) -> dict[str, tuple[Stamp, Shelved]]:
    """Every scenario of the library that can be read, by its path."""
    found: dict[str, tuple[Stamp, Shelved]] = {}
    for path in library.files(settings.libraries).values():
        stamp, kept = _file_stamp(path), before.get(str(path))
        if kept is not None and stamp == kept[0]:
            found[str(path)] = kept
        elif stamp is not None:
            from alliance_trainer.scenario_files.headers import read_header  # with pydantic: seldom one is new

            scenario = read_header(path).scenario
            if scenario is not None:
                row = Shelved(id=scenario.id, title=scenario.title, difficulty=scenario.difficulty)
                found[str(path)] = stamp, row
    return found


def _file_stamp(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except OSError:  # it may be gone since the folder was listed
        return None
    return Stamp(found.st_size, found.st_mtime_ns, "")
