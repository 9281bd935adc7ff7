"""The command `doctor`: what this program finds on this computer, and what is in the way, with what to do."""

import importlib.util
import os
import platform
import sys
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path

import msgspec

from alliance_trainer import __version__
from alliance_trainer.cli.settings import Settings
from alliance_trainer.core.errors import TrainerError, UsageError
from alliance_trainer.journal import disk
from alliance_trainer.journal.scan import Damaged, TornTail
from alliance_trainer.journal.store import Store, data_folder
from alliance_trainer.reports.json_text import json_text
from alliance_trainer.scenario_files import library, loader
from alliance_trainer.terminal.blocks import Block, Entry, Gap, Item, Prose, Rule
from alliance_trainer.terminal.door import Door, open_door

_PACKAGES = (
    *("typer", "rich", "questionary", "PyYAML", "pydantic", "msgspec", "numpy", "jinja2", "filelock", "platformdirs"),
    *("scipy", "duckdb", "zstandard", "dask", "distributed", "watchfiles"),
)
_EXTRAS = {"cohort": ("scipy", "duckdb"), "dask": ("dask", "distributed"), "watch": ("watchfiles",)}
FINDINGS, DAMAGED, NOT_SAVED = 1, 4, 5


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """Something in the way: what, what to do, and the exit code that it means."""

    what: str
    do: str
    code: int


def doctor(settings: Settings, form: str) -> int:
    """The command `doctor`; the exit code of the gravest trouble, 0 where there is none."""
    if form not in ("text", "json"):
        raise UsageError(f"{form!r} is no format of doctor.", "text and json are.")
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    records, of_records = _records(settings)
    shelves, of_shelves = _library(settings)
    found: dict[str, Mapping[str, object]] = {
        "program": _program(),
        "packages": {name: _version(name) for name in _PACKAGES},
        "extras": {extra: all(map(_installed, names)) for extra, names in _EXTRAS.items()},
        "records": records,
        "library": shelves,
        "terminal": _terminal(door),
    }
    troubles = (*of_records, *of_shelves)
    if form == "json":
        entries = [msgspec.to_builtins(trouble) for trouble in troubles]
        door.raw(json_text({"format": "alliance-trainer/doctor", "version": 1, **found, "troubles": entries}))
    else:
        for block in _blocks(found, troubles):
            door.show(block)
    return max((trouble.code for trouble in troubles), default=0)


def _program() -> dict[str, object]:
    return {
        "version": __version__,
        "python": platform.python_version(),
        "system": platform.system() or sys.platform,
        "folder": str(Path(library.__file__).parent.parent),
    }


def _installed(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _records(settings: Settings) -> tuple[dict[str, object], list[Trouble]]:
    try:
        kept = Store(folder=data_folder(settings.data_dir))
        entries = kept.entries()
    except TrainerError as error:
        return {"folder": None}, [Trouble(what=error.message, do=error.hint, code=error.exit_code)]
    troubles = []
    damaged = [entry.attempt for entry in entries if isinstance(entry.scanned, Damaged)]
    if damaged:
        do = "See  alliance-trainer data check  and restore the file from a backup; nothing was changed."
        troubles.append(Trouble(what=f"{_many(len(damaged), 'attempt')} damaged.", do=do, code=DAMAGED))
    writable = _writable(kept.folder)
    if not writable:
        what = f"Nothing can be written in {kept.folder}."
        troubles.append(Trouble(what=what, do="Choose another folder with --data-dir.", code=NOT_SAVED))
    about = {
        "folder": str(kept.folder),
        "there": disk.is_folder(kept.folder),
        "writable": writable,
        "attempts": len(entries),
        "finished": sum(entry.finished for entry in entries),
        "unfinished": sum(entry.unfinished for entry in entries),
        "torn": sum(isinstance(entry.scanned, TornTail) for entry in entries),
        "damaged": len(damaged),
    }
    return about, troubles


def _writable(folder: Path) -> bool:
    """Whether one could write there, or make it; nothing is written to find out."""
    place = next((above for above in (folder, *folder.absolute().parents) if disk.exists(above)), folder)
    return disk.is_folder(place) and os.access(place, os.W_OK | os.X_OK)


def _library(settings: Settings) -> tuple[dict[str, object], list[Trouble]]:
    shelves: dict[str, object] = {}
    troubles = []
    for folder in (*settings.libraries, library.shipped_folder()):
        try:
            files = library.in_folder(folder)
        except UsageError as error:
            shelves[str(folder)] = None
            troubles.append(Trouble(what=error.message, do=error.hint, code=UsageError.exit_code))
            continue
        broken = [path.name for path in files.values() if loader.load_path(path).scenario is None]
        shelves[str(folder)] = {"scenarios": len(files), "broken": broken}
        if broken:
            do = f"alliance-trainer check {folder}"
            troubles.append(Trouble(what=f"In {folder} cannot be played: {', '.join(broken)}.", do=do, code=FINDINGS))
    return shelves, troubles


def _terminal(door: Door) -> dict[str, object]:
    return {
        "person": door.look.interactive,
        "plain": door.look.plain,
        "reason": door.look.reason,
        "colour": door.look.colour,
        "columns": door.columns,
        "encoding": door.encoding,
        "TERM": os.environ.get("TERM", ""),
    }


def _many(count: int, what: str) -> str:
    return f"{count} {what}{' is' if count == 1 else 's are'}"


def _blocks(found: Mapping[str, Mapping[str, object]], troubles: Iterable[Trouble]) -> list[Block]:
    blocks = []
    for name, facts in found.items():
        items: tuple[Item, ...] = tuple(
            Entry(label=label, text=_word(fact), column=16) for label, fact in facts.items()
        )
        blocks.append(Block(heading=Rule(left=name.capitalize()), items=items))
    said: list[Item] = []
    for trouble in troubles:
        said += [Prose(text=trouble.what, tone="warn"), Prose(text=trouble.do), Gap()]
    if not said:
        said = [Prose(text="Nothing is in the way.")]
    return [*blocks, Block(heading=Rule(left="What is in the way", major=True), items=tuple(said))]


def _word(fact: object) -> str:
    match fact:
        case bool():
            return "yes" if fact else "no"
        case None:
            return "not there"
        case {"scenarios": number, "broken": broken}:
            return f"{number} scenarios, {len(broken)} that cannot be played"
        case "":
            return "-"
        case _:
            return str(fact)
