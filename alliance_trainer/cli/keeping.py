"""The commands of `data`: where the records lie, whether they are sound, and mending a torn one."""

from pathlib import Path

from alliance_trainer.cli.settings import Settings
from alliance_trainer.core.counting import counted
from alliance_trainer.core.errors import DamagedDataError
from alliance_trainer.journal import scan
from alliance_trainer.journal.drill_events import DrillHeader
from alliance_trainer.journal.events import Branch, Header
from alliance_trainer.journal.families import ATTEMPTS, FAMILIES
from alliance_trainer.journal.scan import Damaged
from alliance_trainer.journal.store import Entry, Store, data_folder
from alliance_trainer.terminal.door import open_door


def where(settings: Settings) -> int:
    """The command `data where`."""
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    kept = Store(folder=data_folder(settings.data_dir))
    door.raw(f"{kept.folder}\n")
    return 0


def check(settings: Settings) -> int:
    """The command `data check`: one line an attempt, a drill, a branch; exit code 4 if one is damaged."""
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    counts = []
    all_damaged = 0
    for family in FAMILIES:
        entries = Store(folder=data_folder(settings.data_dir), family=family).entries()
        for entry in entries:
            door.say(f"{entry.attempt[:8]} {title_of(entry)}: {scan.describe(entry.scanned)}.")
        damaged = sum(isinstance(entry.scanned, Damaged) for entry in entries)
        if entries or family is ATTEMPTS:
            name = family.noun if len(entries) == 1 else family.folder
            counts.append(f"{len(entries)} {name}, {damaged} damaged.")
        all_damaged += damaged
    door.say(" ".join(counts))
    return DamagedDataError.exit_code if all_damaged else 0


def title_of(entry: Entry) -> str:
    """What it is about, as far as its first record can be read."""
    match entry.first:
        case DrillHeader(count=count):
            return f"drill on {counted(count, 'moment')}"
        case Header(scenario=scenario):
            return scenario.id
        case Branch(scenario=scenario, turn=turn):
            return f"{scenario.id}, turn {turn} again"
        case _:
            return "unknown scenario"


def repair(settings: Settings, wanted: str) -> int:
    """The command `data repair`."""
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    kept = home_of(wanted, data_folder(settings.data_dir))
    note = kept.repair(kept.find(wanted).attempt)
    door.say(note or f"Nothing needs to be put right in this {kept.family.noun}.")
    return 0


def home_of(wanted: str, folder: Path) -> Store:
    """The journals among which one begins so, if it is a drill or a branch; else the attempts."""
    start = wanted.strip().lower()
    stores = (Store(folder=folder, family=family) for family in FAMILIES if family is not ATTEMPTS)
    others = (kept for kept in stores if start and any(one.attempt.startswith(start) for one in kept.entries()))
    return next(others, Store(folder=folder))
