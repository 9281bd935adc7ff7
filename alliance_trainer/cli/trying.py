"""The commands that play a branch by itself: debrief --again, and resume with a branch's id."""

from pathlib import Path

from alliance_trainer.cli import branching, playing
from alliance_trainer.cli.attempts import played_scenario
from alliance_trainer.cli.branching import Attempted
from alliance_trainer.cli.played import open_played
from alliance_trainer.cli.settings import Settings
from alliance_trainer.cli.sitting import Sitting, how_to_go_on
from alliance_trainer.core.errors import DamagedDataError, UsageError
from alliance_trainer.journal import branches, store
from alliance_trainer.journal.branches import Found
from alliance_trainer.journal.events import Header
from alliance_trainer.journal.shelf import Opened, read_journal
from alliance_trainer.journal.store import Store
from alliance_trainer.terminal import scenes
from alliance_trainer.terminal.answers import Answers
from alliance_trainer.terminal.door import Door


def again(settings: Settings, wanted: str | None, number: int, script: Path | None) -> int:
    """The command `debrief --again`: a branch from the turn with this number, to an ending or as far as one likes."""
    played = open_played(settings, wanted)
    if played.keyless is not None or not played.facts.open_turns:
        raise UsageError(
            "no turn of this attempt can be tried again.", "Assessments can, once they are finished; packs cannot."
        )
    choice = branching.choice_at(played.course, number)
    door, answers = playing.door_and_answers(settings, script)
    return _sit(door, answers, played.attempted, branching.begin(played.attempted, choice))


def resume(settings: Settings, wanted: str | None, script: Path | None) -> int:
    """The command `resume`: an attempt, or a branch where the id is that of one."""
    kept = Store(folder=store.data_folder(settings.data_dir))
    found = branches.find(kept.folder, wanted) if wanted else None
    if found is None:
        return playing.resume(settings, wanted, script)
    attempted = _attempted(kept, found, settings)
    door, answers = playing.door_and_answers(settings, script)
    opened = branches.shelf(kept.folder).resume(found.branch.branch)
    return _sit(door, answers, attempted, opened, back=True)


def _attempted(kept: Store, found: Found, settings: Settings) -> Attempted:
    """The attempt that a branch branches from. Raises DamagedDataError if it cannot be read."""
    path = kept.path(found.branch.attempt)
    records = read_journal(path).records
    header = records[0].event if records else None
    if not isinstance(header, Header):
        raise DamagedDataError(f"{path}, from which this branches, cannot be read.", "Restore it from a backup.")
    scenario = played_scenario(kept, header, settings.libraries)
    return Attempted(data=kept.folder, records=records, scenario=scenario)


def _sit(door: Door, answers: Answers, attempted: Attempted, opened: Opened, *, back: bool = False) -> int:
    play, recorder = branching.playing(door, answers, attempted, opened)

    def begin() -> None:
        door.say("Trying a turn again, beside the attempt. The first answers stay the ones that are scored.")
        if back:
            recorder.back()
            play.questions.show(scenes.welcome_back(play.session.course, play.about))

    sitting = Sitting(
        door=door,
        play=play,
        debrief=lambda: branching.show_compared(play.questions, attempted, recorder.writer),
        how_to_go_on=lambda: how_to_go_on(recorder.writer),
        open=begin,
    )
    try:
        return sitting.run()
    finally:
        recorder.writer.close()
