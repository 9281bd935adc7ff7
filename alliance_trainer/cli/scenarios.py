"""Scenarios for playing: found by id or path, read, and refused with one clear message if they cannot be played."""

from pathlib import Path

from alliance_trainer.core.errors import UsageError
from alliance_trainer.lint import runner
from alliance_trainer.scenario_files import loader
from alliance_trainer.scenario_files.loader import Loaded


def checked(loaded: Loaded) -> Loaded:
    """What was read, with the findings of the rules among its diagnostics."""
    if loaded.scenario is not None:
        return loaded.with_findings(runner.run(loaded.scenario))
    return loaded.with_findings(runner.run_on_draft(loaded.draft)) if loaded.draft is not None else loaded


def open_playable(name: str, libraries: tuple[Path, ...]) -> tuple[Loaded, bytes]:
    """The scenario meant by an id or a path, and its bytes.

    Raises UsageError if there is none, it cannot be read, or it has errors.
    """
    from alliance_trainer.scenario_files import library  # `check`, which shares this module, does without

    path = library.find(name, libraries)
    data = loader.read_file(path)
    loaded = checked(loader.load(data, str(path), expected_id=path.stem))
    errors = [one for one in loaded.diagnostics if one.severity == "error"]
    if errors or loaded.scenario is None:
        first = f" The first: line {errors[0].line}: {errors[0].message}" if errors else ""
        count = "a mistake" if len(errors) == 1 else f"{len(errors)} mistakes"
        raise UsageError(
            f"{path} has {count} and cannot be played.{first}", f"See all with: alliance-trainer check {path}"
        )
    return loaded, data
