"""The command `check --watch`: every problem, and after each save what is new, what is gone, and what there is now."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from alliance_trainer.cli.checking import scenarios_below, summarise
from alliance_trainer.cli.saves import Saves, Stamp, noticed, settled, stamp_of
from alliance_trainer.cli.scenarios import checked
from alliance_trainer.cli.settings import Settings
from alliance_trainer.core.errors import UsageError
from alliance_trainer.scenario_files import loader
from alliance_trainer.scenario_files.diagnostics import Diagnostic
from alliance_trainer.scenario_files.difference import Difference, difference
from alliance_trainer.terminal import diagnostics as screen
from alliance_trainer.terminal.door import Door, open_door
from alliance_trainer.terminal.layout import Line
from alliance_trainer.terminal.signals import stopping

_CODES = 3
"""So many codes are named in the line about a save."""

_FORMATS = {"text": screen.show, "concise": screen.show_concise}


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in a file when it was looked at last; `trouble` says in one line why nothing could be."""

    stamp: Stamp
    diagnostics: tuple[Diagnostic, ...] = ()
    trouble: str = ""


class Watched(msgspec.Struct, frozen=True, kw_only=True):
    """What is watched: files by name, folders with all the scenarios in them; `key`: whether to judge the key too."""

    files: tuple[Path, ...]
    folders: tuple[Path, ...]
    key: bool

    def stamps(self) -> dict[Path, Stamp]:
        """The stamps of all files now; a file that was named is among them even if it is gone."""
        found = [file for folder in self.folders for file in _below(folder)]
        return {file: stamp_of(file) for file in sorted({*self.files, *found})}

    def look(self, file: Path, stamp: Stamp) -> Seen:
        """Check one file."""
        try:
            return Seen(stamp=stamp, diagnostics=checked(loader.load_path(file), key=self.key).diagnostics)
        except UsageError as error:
            return Seen(stamp=stamp, trouble=error.message)


def _below(folder: Path) -> list[Path]:
    try:
        return scenarios_below(folder)
    except OSError:  # it is gone, or just being exchanged
        return []


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What happened to some files between two looks: how they are now, and how they were; None for not there."""

    now: Mapping[Path, Seen | None]
    before: Mapping[Path, Seen | None]

    @property
    def read(self) -> bool:
        """Whether all of them are there and could be read."""
        return all(seen is not None and not seen.trouble for seen in self.now.values())

    @property
    def difference(self) -> Difference:
        """The problems that are new and those that are gone."""
        return difference(_problems(self.before.values()), _problems(self.now.values()))

    @property
    def sound(self) -> bool:
        """Whether nothing got worse. What got worse may also be half saved, and is looked at twice."""
        return self.read and not any(one.severity == "error" for one in self.difference.new)


def watch(settings: Settings, paths: Iterable[Path], form: str, *, key: bool) -> int:
    """The command `check --watch`; goes on until it is interrupted.

    Raises UsageError for a format that is not for people, a named file that cannot be read, or a missing library.
    """
    if form not in _FORMATS:
        raise UsageError(f"--watch is for people, and has no format {form!r}.", "text and concise it has.")
    named = list(dict.fromkeys(paths))
    folders = tuple(path for path in named if path.is_dir())
    watched = Watched(files=tuple(path for path in named if path not in folders), folders=folders, key=key)
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    with stopping(), noticed(files=watched.files, folders=folders) as saves:
        _follow(door, form, watched, saves)
    return 0  # never reached, since only an interruption ends it


def _follow(door: Door, form: str, watched: Watched, saves: Saves) -> None:
    """Show what there is, then each change, for ever."""
    for file in watched.files:
        loader.read_file(file)  # a misspelt name is said at once, and nothing is watched
    seen = {file: watched.look(file, stamp) for file, stamp in watched.stamps().items()}
    _show_files(door, form, seen)
    _summary(door, form, seen)
    door.say("Watching. Each save is checked at once; Ctrl-C ends it.")
    while True:
        change = _next(watched, seen, saves)
        seen = {file: now for file, now in sorted({**seen, **change.now}.items()) if now is not None}
        _show_change(door, form, change)
        _summary(door, form, seen)


def _next(watched: Watched, seen: Mapping[Path, Seen], saves: Saves) -> Change:
    """Wait for the next change of the files."""
    while True:
        saves.wait()
        if _stamps(seen) == watched.stamps():
            continue
        _, change = settled(watched.stamps, lambda stamps: _change(watched, seen, stamps), lambda found: found.sound)
        if change.now:  # else it was half saved for a moment, and is again as it was
            return change


def _stamps(seen: Mapping[Path, Seen]) -> dict[Path, Stamp]:
    return {file: one.stamp for file, one in seen.items()}


def _change(watched: Watched, seen: Mapping[Path, Seen], stamps: Mapping[Path, Stamp]) -> Change:
    """Look at those files whose stamps are other ones."""
    old = _stamps(seen)
    changed = [file for file, stamp in stamps.items() if file not in old or old[file] != stamp]
    now: dict[Path, Seen | None] = {file: watched.look(file, stamps[file]) for file in changed}
    now |= {file: None for file in old if file not in stamps}
    return Change(now=now, before={file: seen.get(file) for file in now})


def _problems(seen: Iterable[Seen | None]) -> list[Diagnostic]:
    return [problem for one in seen if one is not None for problem in one.diagnostics]


def _show_change(door: Door, form: str, change: Change) -> None:
    where = next(iter(map(str, change.now))) if len(change.now) == 1 else f"{len(change.now)} files"
    found = change.difference
    counted = ", ".join(text for text in (_counted(found.gone, "gone"), _counted(found.new, "new")) if text)
    if not counted:
        counted = "nothing new, nothing gone" if change.read else "not there to be checked"
    head = f"{datetime.now():%H:%M:%S} {where}: {counted}"
    door.lines([Line(text=""), Line(text=head, tone="accent"), Line(text="")])
    _show_files(door, form, change.now)


def _counted(problems: tuple[Diagnostic, ...], word: str) -> str:
    """Such as `2 gone (AT014, AT021)`; nothing for none."""
    codes = list(dict.fromkeys(one.code for one in problems))
    named = ", ".join([*codes[:_CODES], *(["..."] if len(codes) > _CODES else [])])
    return f"{len(problems)} {word} ({named})" if problems else ""


def _show_files(door: Door, form: str, seen: Mapping[Path, Seen | None]) -> None:
    for file, one in seen.items():
        if one is None:
            door.say(f"{file} is gone.")
        elif one.trouble:
            door.say(one.trouble)
    _FORMATS[form](door, _problems(seen.values()))


def _summary(door: Door, form: str, seen: Mapping[Path, Seen]) -> None:
    read = sum(not one.trouble for one in seen.values())
    if form == "text" and read:
        summarise(door, _problems(seen.values()), read)
