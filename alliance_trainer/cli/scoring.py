"""The command cohort score: finds the scenario for each attempt, runs the scorer, writes the result."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from alliance_trainer.cli.settings import Settings
from alliance_trainer.cohort.result import CohortResult
from alliance_trainer.cohort.run import score_cohort
from alliance_trainer.cohort.spill import Collected
from alliance_trainer.core.automaton import Automaton, compile_scenario
from alliance_trainer.core.errors import CannotSaveError, TrainerError, UsageError
from alliance_trainer.core.model import Scenario
from alliance_trainer.scenario_files import library, loader
from alliance_trainer.terminal.cohort_table import ROWS, cohort_blocks
from alliance_trainer.terminal.door import Door, open_door

NOT_ALL_SCORED = 3
"""Exit code where some attempts were not scored."""

_EVERYONE = 1_000_000


def score(
    settings: Settings, paths: list[Path], form: str, out: Path | None, keys: tuple[Path, ...], *, everyone: bool
) -> int:
    """The command `cohort score`. Raises UsageError for paths that do not exist, CannotSaveError for `out`."""
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    resolver = Resolver(keys, settings.libraries)
    match form:
        case "text":
            if out is not None:
                raise UsageError("the table is for the screen.", "For a file add --format csv or --format json.")
            result = score_cohort(paths, resolve=resolver, rows=_EVERYONE if everyone else ROWS)
            _show(door, result, everyone=everyone)
        case "csv" | "json":
            result = _written(door, resolver, paths, form, out)
        case _:
            raise UsageError(f"{form!r} is no format of cohort score.", "text, csv and json are.")
    return 0 if result.all_scored else NOT_ALL_SCORED


def _show(door: Door, result: CohortResult, *, everyone: bool) -> None:
    for block in cohort_blocks(result, door.columns, plain=door.look.plain, everyone=everyone):
        door.show(block)


def _written(door: Door, resolver: "Resolver", paths: list[Path], form: str, out: Path | None) -> CohortResult:
    from alliance_trainer.reports import cohort_csv, cohort_json  # the table does without

    if form == "csv":
        collected = Collected(cohort_csv.attempt_row, cohort_csv.refused_row, cohort_csv.no_entry)
    else:
        collected = Collected(cohort_json.attempt_entry, cohort_json.refused_attempt, cohort_json.refusal)
    with collected:
        result = score_cohort(paths, resolve=resolver, sink=collected, rows=0, listed=0)
        rows = collected.rows()
        chunks = (
            cohort_csv.document(rows) if form == "csv" else cohort_json.document(rows, result, collected.refusals())
        )
        if out is None:
            for chunk in chunks:
                door.raw(chunk.decode())
        else:
            write_whole(out, chunks)
            door.say(f"Wrote {out}: {result.scored} of {result.read} attempts scored.")
    return result


def write_whole(out: Path, chunks: Iterable[bytes]) -> None:
    """Write a file whole or not at all: beside it first, then in its place. Raises CannotSaveError."""
    try:
        with _beside(out) as file:
            for chunk in chunks:
                file.write(chunk)
    except OSError as error:
        reason = error.strerror or "the system refused"
        raise CannotSaveError(f"{out} cannot be written: {reason}. Nothing was changed.") from error


@contextmanager
def _beside(out: Path) -> Iterator[IO[bytes]]:
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        Path(name).replace(out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


class Resolver:
    """Finds the scenario to score an attempt against: the copy beside its journal, else --key, else the library."""

    def __init__(self, keys: tuple[Path, ...], libraries: tuple[Path, ...]) -> None:
        self._keys = keys
        self._libraries = libraries

    def __call__(self, scenario_id: str, sha256: str | None, near: Path) -> Automaton | str:
        """The compiled scenario, or why there is none, as the end of a sentence."""
        if self._keys:
            return self._from_folders(scenario_id, self._keys, "the --key folders")
        copy = self._copy(sha256, near)
        if copy is not None:
            return compile_scenario(copy)
        return self._from_folders(scenario_id, (*self._libraries, library.shipped_folder()), "the library")

    def _copy(self, sha256: str | None, near: Path) -> Scenario | None:
        """The copy that was kept when the attempt was played, if it is what its name says."""
        if sha256 is None:
            return None
        path = near.parent.parent / "scenarios" / f"{sha256}.yaml"
        try:
            loaded = loader.load(loader.read_file(path), str(path))
        except TrainerError:
            return None
        return loaded.scenario if loaded.identity and loaded.identity.sha256 == sha256 else None

    def _from_folders(self, scenario_id: str, folders: Iterable[Path], where: str) -> Automaton | str:
        for folder in folders:
            for suffix in loader.SUFFIXES:
                path = folder / f"{scenario_id}{suffix}"
                if path.parent == folder and path.is_file():
                    loaded = loader.load_path(path)
                    if loaded.scenario is None:
                        return f"the scenario {path} has errors (alliance-trainer check {path})"
                    return compile_scenario(loaded.scenario)
        return f"there is no scenario {scenario_id!r} in {where}"
