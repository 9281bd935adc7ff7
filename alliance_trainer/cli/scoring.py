"""The command cohort score, and where all commands find the scenarios to score attempts against."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from alliance_trainer.cli.pack_keys import read_keys
from alliance_trainer.cli.settings import Settings
from alliance_trainer.cli.unread import tell_unread
from alliance_trainer.cli.whole_files import refuse_early, write_all
from alliance_trainer.cli.words import one_of
from alliance_trainer.cohort.assessment.unpacking import Keys
from alliance_trainer.cohort.engines import Workers
from alliance_trainer.cohort.policy import POLICIES, Policy
from alliance_trainer.cohort.result import CohortResult
from alliance_trainer.cohort.run import score_cohort
from alliance_trainer.cohort.scanning import Against
from alliance_trainer.cohort.spill import Collected
from alliance_trainer.core.automaton import Automaton, compile_scenario
from alliance_trainer.core.counting import counted
from alliance_trainer.core.errors import TrainerError, UsageError
from alliance_trainer.core.keyless import is_opaque
from alliance_trainer.core.model import Scenario
from alliance_trainer.scenario_files import library, loader
from alliance_trainer.terminal.cohort_table import ROWS, cohort_blocks
from alliance_trainer.terminal.door import Door, open_door

NOT_ALL_SCORED = 3
"""Exit code where some attempts were not scored."""

FORMATS = ("text", "json", "csv", "parquet")
_EVERYONE = 1 << 40


class ScoreOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What `cohort score` was asked for; see cohort.engines for `jobs` and `engine`."""

    form: str = "text"
    out: Path | None = None
    policy: str = "first"
    keys: tuple[Path, ...] = ()
    jobs: int = 1
    engine: str = "local"
    everyone: bool = False


def score(settings: Settings, paths: list[Path], options: ScoreOptions) -> int:
    """The command `cohort score`. Raises UsageError for what cannot be meant, CannotSaveError for `out`."""
    form = one_of(options.form, FORMATS, "--format")
    policy = one_of(options.policy, POLICIES, "--policy")
    workers = Workers(jobs=options.jobs, engine=options.engine)
    if form == "text" and options.out is not None:
        raise UsageError("the table is for the screen.", "For a file add --format csv, json or parquet.")
    if form == "parquet" and options.out is None:
        raise UsageError("a Parquet file is not for the screen.", "Say where it is to be with --out FILE.parquet.")
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    scoring = _Scoring(paths, _everywhere(options, settings), policy, workers, options.keys)
    refuse_early([options.out] if options.out else [], scoring.read)
    match form:
        case "text":
            result = _shown(door, scoring, everyone=options.everyone)
        case "parquet" if options.out:
            result = _parquet(door, scoring, options.out)
        case _:
            result = _written(door, scoring, form, options.out)
    if form == "text" or options.out is not None:
        tell_unread(door, paths)
    return 0 if result.all_scored else NOT_ALL_SCORED


class _Scoring(msgspec.Struct, frozen=True):
    """What is scored, against what, how, and by whom."""

    paths: list[Path]
    scenarios: Against
    policy: Policy
    workers: Workers
    keys: tuple[Path, ...]

    @property
    def read(self) -> list[Path]:
        """All that is read for it."""
        return [*self.paths, *self.keys]

    def run(self, *, sink: Collected | None = None, rows: int = 0, listed: int = 1000) -> CohortResult:
        return score_cohort(
            self.paths,
            resolve=self.scenarios,
            policy=self.policy,
            workers=self.workers,
            sink=sink,
            rows=rows,
            listed=listed,
        )


def _everywhere(options: ScoreOptions, settings: Settings) -> Against:
    """What attempts are scored against. Other machines find it by its whole path."""
    if options.engine == "local":
        return against(options.keys, settings.libraries)
    return against(tuple(map(Path.absolute, options.keys)), tuple(map(Path.absolute, settings.libraries)))


def _shown(door: Door, scoring: _Scoring, *, everyone: bool) -> CohortResult:
    result = scoring.run(rows=_EVERYONE, listed=_EVERYONE) if everyone else scoring.run(rows=ROWS)
    plain, policy = door.look.plain, scoring.policy
    for block in cohort_blocks(result, door.columns, plain=plain, everyone=everyone, policy=policy):
        door.show(block)
    return result


def _written(door: Door, scoring: _Scoring, form: str, out: Path | None) -> CohortResult:
    from alliance_trainer.reports import cohort_csv, cohort_json  # the table does without

    if form == "csv":
        collected = Collected(cohort_csv.attempt_row, cohort_csv.refused_row, cohort_csv.no_entry)
    else:
        collected = Collected(cohort_json.attempt_entry, cohort_json.refused_attempt, cohort_json.refusal)
    with collected:
        result = scoring.run(sink=collected)
        rows = collected.rows()
        chunks = (
            cohort_csv.document(rows) if form == "csv" else cohort_json.document(rows, result, collected.refusals())
        )
        if out is None:
            for chunk in chunks:
                door.raw(chunk.decode())
        else:
            write_all({out: chunks}, scoring.read)
            _say_written(door, out, result)
    return result


def _parquet(door: Door, scoring: _Scoring, out: Path) -> CohortResult:
    from alliance_trainer.cli.parquet_files import connection, write_sheet  # an extra stands behind it
    from alliance_trainer.cohort.gathering import study_cohort  # the other formats do without
    from alliance_trainer.cohort.told import Teller
    from alliance_trainer.reports.tables_all import attempt_sheets

    connection().close()  # said before anything is scored, if it is not there
    found = study_cohort(scoring.paths, resolve=scoring.scenarios, policy=scoring.policy, jobs=scoring.workers.jobs)
    teller = Teller()
    told = (teller.tell(one.attempt, one.scored, one.automaton.scenario, one.sha256) for one in found.kept)
    (sheet,) = attempt_sheets(told, found.result.not_scored, ["attempts"])
    write_all({out: lambda path: write_sheet(sheet, path)}, scoring.read)
    _say_written(door, out, found.result)
    return found.result


def _say_written(door: Door, out: Path, result: CohortResult) -> None:
    door.say(f"Wrote {out}: {result.scored} of {counted(result.read, 'attempt')} scored.")


def against(keys: tuple[Path, ...], libraries: tuple[Path, ...]) -> Against:
    """What attempts are scored against, with the keys of packs among `keys`. Raises UsageError for a spoilt key."""
    resolver = Resolver(keys, libraries)
    return Against(resolve=resolver, translate=resolver.packed.translated if resolver.packed.keys else None)


class Resolver:
    """Finds the scenario to score an attempt against: the copy beside its journal, else --key, else the library.

    Of several --key the first that has it: a key file has what was packed, a folder its scenario files. `packed`:
    all the keys of packs among them.
    """

    def __init__(self, keys: tuple[Path, ...], libraries: tuple[Path, ...]) -> None:
        self._keys = tuple((path, read_keys([path])) for path in keys)
        self._libraries = libraries
        self.packed = Keys(keys=tuple(key for _, keys_there in self._keys for key in keys_there.keys))

    def __call__(self, scenario_id: str, sha256: str | None, near: Path) -> Automaton | str:
        """The compiled scenario, or why there is none, as the end of a sentence."""
        if is_opaque(scenario_id):
            return "it was played from a pack: give the pack's own key with --key FILE.key"
        found = self._from_keys(scenario_id, sha256)
        if found is None and any(path.is_dir() for path, _ in self._keys):
            found = f"there is no scenario {scenario_id!r} in the --key folders"
        if found is None and (copy := self._copy(sha256, near)) is not None:
            return compile_scenario(copy)
        folders = (*self._libraries, library.shipped_folder())
        return found or _in_folders(scenario_id, folders) or f"there is no scenario {scenario_id!r} in the library"

    def _from_keys(self, scenario_id: str, sha256: str | None) -> Automaton | str | None:
        for path, packed in self._keys:
            scenario = packed.scenario(scenario_id, sha256)
            found = compile_scenario(scenario) if scenario else _in_folders(scenario_id, [path])
            if found is not None:
                return found
        return None

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


def _in_folders(scenario_id: str, folders: Iterable[Path]) -> Automaton | str | None:
    for folder in folders:
        for suffix in loader.SUFFIXES:
            path = folder / f"{scenario_id}{suffix}"
            if path.parent == folder and path.is_file():
                loaded = loader.load_path(path)
                if loaded.scenario is None:
                    return f"the scenario {path} has errors (alliance-trainer check {path})"
                return compile_scenario(loaded.scenario)
    return None
