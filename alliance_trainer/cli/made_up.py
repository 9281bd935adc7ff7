"""The command `simulate --attempts`: made-up attempts of made-up trainees, in a file for `cohort`."""

from pathlib import Path

import msgspec

from alliance_trainer.analysis.moves import scoring_automaton
from alliance_trainer.analysis.trainees import made_up
from alliance_trainer.cli.scenarios import open_playable
from alliance_trainer.cli.settings import Settings
from alliance_trainer.cli.writing import write_new
from alliance_trainer.core.counting import counted
from alliance_trainer.core.errors import UsageError
from alliance_trainer.journal.attempt_files import SUFFIXES
from alliance_trainer.journal.exporting import lines_of
from alliance_trainer.terminal.door import open_door

MOST = 100_000
"""So many attempts are made up at the most."""


class MadeUp(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for: how many attempts of how many trainees (None: one each), from which seed, into which file."""

    attempts: int
    seed: int
    trainees: int | None
    out: Path


def save_made_up(settings: Settings, name: str, wanted: MadeUp) -> int:
    """Write the attempts. Raises UsageError for a name that would not be found again, CannotSaveError for the file."""
    if not wanted.out.name.lower().endswith(SUFFIXES[0]):
        raise UsageError(f"{wanted.out} would not be known as attempts.", f"Let its name end in {SUFFIXES[0]}.")
    if wanted.attempts > MOST:
        raise UsageError(f"{wanted.attempts} attempts are more than {MOST}.", "Say how many with -n.")
    scenario = open_playable(name, settings.libraries)[0].scenario
    assert scenario is not None  # open_playable refuses others
    automaton = scoring_automaton(scenario)
    if not automaton.complete:
        raise UsageError(f"{scenario.id} has too many situations to be simulated.", "See: alliance-trainer check")
    trainees = min(wanted.trainees or wanted.attempts, wanted.attempts)
    text = lines_of(made_up(automaton, wanted.attempts, wanted.seed, trainees))
    write_new(wanted.out, text)
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    made, people = counted(wanted.attempts, "made-up attempt"), counted(trainees, "trainee")
    door.say(f"Wrote {wanted.out}: {made} of {people} at {scenario.id}.")
    return 0
