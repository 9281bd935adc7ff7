"""One sitting: play until the end or until the trainee leaves, then say what is kept and show the debrief."""

import shlex
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from alliance_trainer.core.errors import CannotSaveError, ScreenClosedError
from alliance_trainer.journal import store
from alliance_trainer.journal.events import First
from alliance_trainer.journal.scan import is_finished
from alliance_trainer.journal.writer import Writer
from alliance_trainer.terminal.answers import EndOfAnswersError
from alliance_trainer.terminal.asking import LeaveError
from alliance_trainer.terminal.door import Door
from alliance_trainer.terminal.play import Play
from alliance_trainer.terminal.signals import StoppedError, stopping

INTERRUPTED = 130


class Sitting(msgspec.Struct, frozen=True, kw_only=True):
    """What a sitting needs: the play, what comes before and after it, and the words for leaving."""

    door: Door
    play: Play
    debrief: Callable[[], None]
    how_to_go_on: Callable[[], str]
    open: Callable[[], None] = lambda: None

    def run(self) -> int:
        """Play; returns the exit code. Raises CannotSaveError once the trainee has given up on an answer."""
        try:
            with stopping():
                self.open()
                self.play.run()
                self.debrief()
        except (LeaveError, EndOfAnswersError):
            code = 0
        except KeyboardInterrupt:
            code = INTERRUPTED
        except StoppedError as stopped:
            code = stopped.exit_code
        else:
            return 0
        self._leave()
        return code

    def _leave(self) -> None:
        """Note the pause, and say how to go on. The answers themselves are safe already."""
        words = ["", self.how_to_go_on()]
        try:
            self.play.session.recorder.pause()
        except CannotSaveError:
            words.insert(1, "The pause itself could not be noted; all recorded answers are safe.")
        with suppress(OSError, ScreenClosedError):  # nobody may be there any more to read it
            for text in words:
                self.door.say(text)


def how_to_go_on(writer: Writer) -> str:
    """The command to come back with."""
    first = writer.records[0].event
    if is_finished(writer.records) and isinstance(first, First):
        return (
            f"Saved. See the debrief again with: alliance-trainer debrief {first.attempt[:8]}{elsewhere(writer.path)}"
        )
    return f"Saved. Go on with: alliance-trainer resume {writer.path.stem[:8]}{elsewhere(writer.path)}"


def elsewhere(journal: Path) -> str:
    """The option that names a journal's data folder, where a bare command would look into another."""
    folder = journal.parent.parent
    try:
        usual = store.data_folder()
    except CannotSaveError:  # no home: the folder had to be named
        usual = None
    return "" if folder == usual else f" --data-dir {shlex.quote(str(folder.absolute()))}"
