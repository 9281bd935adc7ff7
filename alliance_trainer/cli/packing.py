"""The command pack: scenarios into one file without their key, and the key into another."""

import secrets
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from alliance_trainer import __version__
from alliance_trainer.analysis.evidence import Evidence, evidence
from alliance_trainer.cli.scenarios import open_playable
from alliance_trainer.cli.settings import Settings
from alliance_trainer.core.errors import CannotSaveError, UsageError
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.tally import tier_of
from alliance_trainer.journal import disk, writer
from alliance_trainer.scenario_files import loader
from alliance_trainer.scenario_files.packs import key as keys
from alliance_trainer.scenario_files.packs import making
from alliance_trainer.scenario_files.packs import pack as packs
from alliance_trainer.scenario_files.packs.making import Source, Wanted
from alliance_trainer.terminal.door import Door, open_door

_SECRET_BYTES = 32
_MEANS = {
    "counts": "fewer than 5, so their scorecard can show counts only",
    "provisional": "fewer than 12, so their percentage is provisional",
}


def pack(settings: Settings, paths: Sequence[Path], out: Path, title: str | None, closing: str | None) -> int:
    """The command `pack`. Raises UsageError for what cannot be packed, CannotSaveError where a file is in the way."""
    sources = [_source(name, settings) for name in _names(paths)]
    _refuse_twice(scenario for scenario, _ in sources)
    wanted = Wanted(
        title=_words(title or out.stem, "--title", 200),
        closing=_words(closing or making.CLOSING, "--closing", 2000),
        app=__version__,
        salt=secrets.token_bytes(_SECRET_BYTES),
        secret=secrets.token_bytes(_SECRET_BYTES),
    )
    made = making.make(sources, wanted)
    data = packs.encode(made.pack)
    if len(data) > packs.MOST_BYTES or len(sources) > packs.MOST_SCENARIOS:
        raise UsageError("that is too much for one pack.", "Make several packs of fewer scenarios each.")
    key_file = out.with_suffix(keys.SUFFIX) if out.suffix == packs.SUFFIX else out.with_name(out.name + keys.SUFFIX)
    _save_both(key_file, keys.encode(made.key), out, data)
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    _tell(door, out, key_file, made.pack, evidence(scenario for scenario, _ in sources))
    return 0


def _names(paths: Iterable[Path]) -> list[str]:
    """The scenario files that are meant: those given, and all in the folders given; ids are those of the library."""
    names: list[str] = []
    for path in paths:
        if not path.is_dir():
            names.append(str(path))
            continue
        found = sorted(one for one in path.iterdir() if one.suffix in loader.SUFFIXES)
        if not found:
            raise UsageError(f"There is no scenario in the folder {path}.", "Name a folder of files that end in .yaml.")
        names += [str(one) if one.is_absolute() else f"./{one}" for one in found]
    return names


def _source(name: str, settings: Settings) -> Source:
    loaded, data = open_playable(name, settings.libraries)
    assert loaded.scenario is not None
    return loaded.scenario, data.decode()


def _refuse_twice(scenarios: Iterable[Scenario]) -> None:
    met: set[str] = set()
    for scenario in scenarios:
        if scenario.id in met:
            raise UsageError(f"the scenario {scenario.id!r} was given twice.", "Name each scenario once.")
        met.add(scenario.id)


def _words(text: str, option: str, most: int) -> str:
    if not 0 < len(text) <= most:
        raise UsageError(f"{option} takes 1 to {most} characters.", "Say it in fewer words.")
    return text


def _save_both(key_file: Path, key: bytes, out: Path, data: bytes) -> None:
    """Both files or neither; the key first, since a pack without its key is worth nothing."""
    _save_private(key_file, key)
    try:
        _save(out, data)
    except BaseException:
        with suppress(OSError):
            key_file.unlink()
        raise


def _save_private(path: Path, data: bytes) -> None:
    try:
        descriptor = disk.create(path)  # for this account's eyes only, from the first moment on
    except OSError as error:
        raise _refused(path, error) from error
    try:
        writer.write_all(descriptor, data)
        disk.sync(descriptor)
    except OSError as error:
        with suppress(OSError):
            path.unlink()
        raise _refused(path, error) from error
    finally:
        disk.close(descriptor)


def _save(path: Path, data: bytes) -> None:
    try:
        with path.open("xb") as file:
            try:
                file.write(data)
            except OSError:
                path.unlink()
                raise
    except OSError as error:
        raise _refused(path, error) from error


def _refused(path: Path, error: OSError) -> CannotSaveError:
    if isinstance(error, FileExistsError):
        return CannotSaveError(f"{path} is there already and is left as it is.", "Choose another name with --out.")
    return CannotSaveError(f"{path} cannot be written: {disk.why(error)}.", "Name another place with --out.")


def _tell(door: Door, out: Path, key_file: Path, made: packs.Pack, found: Evidence | None) -> None:
    door.say(f"Wrote {out}: {_number(len(made.scenarios))} without a key. Give out this file, and no other.")
    door.say(
        f"Wrote {key_file}: the key. Keep it to yourself, and keep a copy: without it nothing that is played can be"
        " scored."
    )
    door.say(f"The key is fixed by {made.commitment}. Let somebody note this down before the pack is played.")
    for warning in warnings(found):
        door.say(f"Warning: {warning}", tone="warn")


def _number(scenarios: int) -> str:
    return "1 scenario" if scenarios == 1 else f"{scenarios} scenarios"


def warnings(found: Evidence | None) -> list[str]:
    """What somebody should know before they judge anybody by a pack that gives so much evidence."""
    if found is None:
        return ["how many moments there are at the least is not known: a scenario has too many situations."]
    said = [
        f"whoever takes the shortest ways meets {skill} {moments} {'time' if moments == 1 else 'times'} in this pack:"
        f" {_MEANS[tier]}."
        for skill, moments in found.moments.items()
        if (tier := tier_of(moments)) in _MEANS
    ]
    if found.foils == 0:
        said.append("no turn that asks what is noticed is without a rupture, so seeing one everywhere is never wrong.")
    return said
