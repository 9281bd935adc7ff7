"""The commands analyze and simulate."""

import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from alliance_trainer.analysis import coverage, simulation
from alliance_trainer.analysis.cue_policies import policy_named
from alliance_trainer.analysis.key import pooled
from alliance_trainer.analysis.moves import Moves, moves_of, scoring_automaton
from alliance_trainer.analysis.report import Analysis, analyse
from alliance_trainer.analysis.simulation import OddPlay, Simulation
from alliance_trainer.cli.scenarios import open_playable
from alliance_trainer.cli.settings import Settings
from alliance_trainer.cli.silence import settle
from alliance_trainer.cli.words import one_of
from alliance_trainer.core.errors import CannotSaveError, UsageError
from alliance_trainer.core.findings import Finding
from alliance_trainer.core.model import Scenario
from alliance_trainer.lint import key_runner
from alliance_trainer.reports.simulation_json import simulation_json
from alliance_trainer.scenario_files.loader import SUFFIXES, Loaded
from alliance_trainer.scenario_files.placing import placed
from alliance_trainer.terminal import analysis_screen, simulation_screen
from alliance_trainer.terminal.door import Door, open_door

FORMS = ("text", "json")


class SimulateOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What `simulate` was asked for."""

    plays: int
    seed: int
    policy: str
    form: str
    script_out: Path | None


def analyze(settings: Settings, names: Sequence[str], form: str) -> int:
    """The command `analyze`. Raises UsageError for a scenario that is not there or has errors."""
    form = one_of(form, FORMS, "--format")
    files = _opened(settings, names)
    scenarios = [_scenario(loaded) for loaded in files]
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    analyses = map(analyse, scenarios)
    found = [(one, _not_silenced(loaded, key_runner.run(one.key))) for loaded, one in zip(files, analyses, strict=True)]
    gains = pooled(scenarios) if len(scenarios) > 1 else ()
    if form == "json":
        from alliance_trainer.reports.analysis_json import analysis_json  # text does without

        door.raw(analysis_json(found, gains))
        return 0
    for analysis, findings in found:
        _show(door, analysis, findings)
    if gains:
        door.show(analysis_screen.pooled_block(gains, len(scenarios), door.columns, plain=door.look.plain))
    return 0


def _not_silenced(loaded: Loaded, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings less those that comments in the file silence, as `check --key` gives them."""
    kept = settle(loaded, findings).diagnostics
    return tuple(one for one in findings if placed(one, loaded.positions, loaded.file) in kept)


def _show(door: Door, analysis: Analysis, findings: tuple[Finding, ...]) -> None:
    for block in analysis_screen.analysis_blocks(analysis, findings, door.columns, plain=door.look.plain):
        door.show(block)


def _opened(settings: Settings, names: Iterable[str]) -> list[Loaded]:
    """The scenarios by their ids or paths; a folder stands for all that are in it."""
    files = [file for name in names for file in _files(name)]
    return [open_playable(file, settings.libraries)[0] for file in files]


def _files(name: str) -> list[str]:
    folder = Path(name)
    if not folder.is_dir():
        return [name]
    found = sorted(file for file in folder.rglob("*") if file.suffix in SUFFIXES and file.is_file())
    files = [str(file) for file in found if file.parent.name != "moments"]  # moments have no ways to be proved
    if not files:
        raise UsageError(f"{name} holds no scenario.", "Scenario files end in .yaml.")
    return files


def _scenario(loaded: Loaded) -> Scenario:
    assert loaded.scenario is not None  # open_playable refuses others
    return loaded.scenario


def simulate(settings: Settings, name: str, options: SimulateOptions) -> int:
    """The command `simulate`. Raises UsageError for an unknown policy, and beyond the budget."""
    form = one_of(options.form, FORMS, "--format")
    policy = one_of(options.policy, coverage.SIMULATED, "--policy")
    (loaded,) = _opened(settings, [name])
    scenario = _scenario(loaded)
    automaton = scoring_automaton(scenario)
    if not automaton.complete:
        raise UsageError(f"{scenario.id} has too many situations to be simulated.", "See: alliance-trainer check")
    moves = moves_of(automaton)
    began = time.perf_counter()
    result, odd = _simulated(moves, policy, options)
    seconds = time.perf_counter() - began
    lines = _lines(loaded)
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    if form == "json":
        facts = {"scenario": scenario.id, "policy": policy, "seed": options.seed}
        door.raw(simulation_json(result, seconds=seconds, lines=lines, odd=odd, **facts))  # type: ignore[arg-type]  # three keywords of their types
    else:
        heading = f"{scenario.title}: {policy}, seed {options.seed}"
        blocks = simulation_screen.simulation_blocks(result, heading=heading, seconds=seconds, lines=lines, odd=odd)
        for block in blocks:
            door.show(block)
    if options.script_out is not None:
        _save(door, options.script_out, odd, quiet=form == "json")
    return 0


def _simulated(moves: Moves, policy: str, options: SimulateOptions) -> tuple[Simulation, tuple[OddPlay, ...]]:
    if policy == coverage.LEAST_USED:
        return coverage.least_used(moves, options.plays, options.seed), ()
    ready = simulation.tables(moves, policy_named(policy)(moves))
    result = simulation.simulate(ready, options.plays, options.seed)
    return result, simulation.odd_plays(ready, result, options.seed)


def _lines(loaded: Loaded) -> dict[tuple[str, str], int]:
    """The line of each response in the file."""
    found: dict[tuple[str, str], int] = {}
    for turn, of in _scenario(loaded).turns.items():
        for name in of.responses:
            span = loaded.positions.key(("turns", turn, "responses", name))
            if span is not None:
                found[turn, name] = span.line
    return found


def _save(door: Door, path: Path, odd: Sequence[OddPlay], *, quiet: bool) -> None:
    """Write the first odd play as a script, into a file that is not there yet. Raises CannotSaveError."""
    if not odd:
        if not quiet:
            door.say(f"No play stood out, so {path} was not written.")
        return
    first = odd[0]
    text = "\n".join((f"# {first.kind}: {first.reason} (play {first.play})", *first.script)) + "\n"
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise CannotSaveError(f"{path} is there already and is left as it is.", "Choose another name.") from error
    except OSError as error:
        reason = error.strerror or "the system refused"
        raise CannotSaveError(f"the script cannot be written to {path}: {reason}.", "Name another place.") from error
    if not quiet:
        door.say(f"Saved play {first.play} as {path}. Play it with: alliance-trainer play ... --script {path}")
