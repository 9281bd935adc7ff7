"""The command progress: what the history says, screen by screen; at a terminal a debrief can be opened from it."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from alliance_trainer.cli.history import gather
from alliance_trainer.cli.settings import Settings
from alliance_trainer.core.history import AttemptRow
from alliance_trainer.core.next_step import suggestion
from alliance_trainer.core.progress import progress
from alliance_trainer.journal.pseudonym import pseudonym
from alliance_trainer.journal.store import Store, data_folder
from alliance_trainer.terminal import progress_screens
from alliance_trainer.terminal.answers import EndOfAnswersError, TerminalAnswers
from alliance_trainer.terminal.asking import LeaveError, Questions
from alliance_trainer.terminal.blocks import Block
from alliance_trainer.terminal.door import Door, open_door
from alliance_trainer.terminal.signals import stopping


def show(settings: Settings) -> int:
    """The command `progress`. Raises UsageError if a folder cannot be read."""
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    gathered = gather(settings, door.say)
    today = datetime.now(UTC).date().toordinal()
    told = progress(
        gathered.history,
        trainee=pseudonym(Store(folder=data_folder(settings.data_dir))) if gathered.history.rows else "",
        today=today,
        suggestion=suggestion(gathered.history, today, gathered.shelf),
    )
    blocks = progress_screens.screens(told, door.columns, plain=door.look.plain)
    if door.look.interactive:
        _page_through(settings, door, blocks, told.recent)
    else:
        for block in blocks:
            door.show(replace(block, keys=""))
    return 0


def _page_through(settings: Settings, door: Door, blocks: Sequence[Block], recent: Sequence[AttemptRow]) -> None:
    """One screen after the other; from the last one a debrief can be opened, again and again, until q."""
    questions = Questions(door, TerminalAnswers(door, sys.stdin), {})
    try:
        with stopping():
            for block in blocks[: -1 if recent else None]:
                questions.show(block)
                questions.go_on({})
            while recent:
                questions.show(blocks[-1])
                _open(settings, questions, recent)
    except (LeaveError, EndOfAnswersError):
        return


def _open(settings: Settings, questions: Questions, recent: Sequence[AttemptRow]) -> None:
    """Show the debrief of the attempt whose number is given."""
    numbered = {str(number): row.attempt for number, row in enumerate(recent, start=1)}
    attempt = questions.choose(numbered, "Please answer with the number of an attempt, or q.")
    from alliance_trainer.cli import debriefing  # with scenarios and the scorer: progress does without

    debriefing.show_debrief(settings, attempt, "text")
