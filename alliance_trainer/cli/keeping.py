"""The commands of `data`: where the records lie, whether they are sound, and mending a torn one."""

from alliance_trainer.cli.settings import Settings
from alliance_trainer.core.errors import DamagedDataError
from alliance_trainer.journal import scan
from alliance_trainer.journal.scan import Damaged
from alliance_trainer.journal.store import Store, data_folder
from alliance_trainer.terminal.door import open_door


def where(settings: Settings) -> int:
    """The command `data where`."""
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    kept = Store(folder=data_folder(settings.data_dir))
    door.raw(f"{kept.folder}\n")
    return 0


def check(settings: Settings) -> int:
    """The command `data check`: one line an attempt; exit code 4 if one is damaged."""
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    entries = Store(folder=data_folder(settings.data_dir)).entries()
    for entry in entries:
        title = entry.header.scenario.id if entry.header else "unknown scenario"
        door.say(f"{entry.attempt[:8]} {title}: {scan.describe(entry.scanned)}.")
    damaged = sum(isinstance(entry.scanned, Damaged) for entry in entries)
    door.say(f"{len(entries)} attempt{'' if len(entries) == 1 else 's'}, {damaged} damaged.")
    return DamagedDataError.exit_code if damaged else 0


def repair(settings: Settings, wanted: str) -> int:
    """The command `data repair`."""
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    kept = Store(folder=data_folder(settings.data_dir))
    note = kept.repair(kept.find(wanted).attempt)
    door.say(note or "Nothing needs to be put right in this attempt.")
    return 0
