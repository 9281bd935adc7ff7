"""The moments that a drill can ask about: files of moments, and turns of the library's scenarios."""

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Literal

from alliance_trainer.cli.scenarios import checked
from alliance_trainer.cli.settings import Settings
from alliance_trainer.core.drill_items import Item, from_scenario, from_vignettes
from alliance_trainer.core.errors import UsageError
from alliance_trainer.scenario_files import library, loader
from alliance_trainer.scenario_files.loader import Loaded

Source = Literal["library", "moments", "both"]


def pool(settings: Settings, source: Source, begun: Collection[str], say: Callable[[str], None]) -> tuple[Item, ...]:
    """All moments of the sources.

    From `both`, scenarios come along only once they were begun (`begun` are their ids), so that a drill gives away
    nothing of a story that is still to be played; from `library` all do. A file with mistakes is left out, which
    `say` is told. Raises UsageError if a folder cannot be read, or there is no moment at all.
    """
    found: list[Item] = []
    if source != "library":
        found += _vignettes(settings, say)
    if source != "moments":
        found += _turns(settings, None if source == "library" else begun, say)
    if not found:
        raise UsageError("There are no moments to ask about.", "Give a folder of scenarios with --library.")
    return tuple(found)


def _vignettes(settings: Settings, say: Callable[[str], None]) -> Iterator[Item]:
    for name, path in library.moment_files(settings.libraries).items():
        loaded = _sound(path, say)
        if loaded is not None and loaded.moments is not None:
            yield from from_vignettes(name, loaded.moments)


def _turns(settings: Settings, only: Collection[str] | None, say: Callable[[str], None]) -> Iterator[Item]:
    for name, path in library.files(settings.libraries).items():
        loaded = _sound(path, say) if only is None or name in only else None
        if loaded is not None and loaded.scenario is not None:
            yield from from_scenario(loaded.scenario)


def _sound(path: Path, say: Callable[[str], None]) -> Loaded | None:
    """A file without errors; None for any other."""
    try:
        loaded = checked(loader.load_path(path))
    except UsageError as error:
        say(f"Left out: {error.message}")
        return None
    if loaded.has_errors:
        say(f"Left out: {path} has mistakes. See them with: alliance-trainer check {path}")
        return None
    return loaded
