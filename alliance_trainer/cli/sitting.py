"""One sitting: play until the end or until the trainee leaves, then say what is kept and show the debrief."""

from collections.abc import Callable

import msgspec

from alliance_trainer.core.errors import CannotSaveError
from alliance_trainer.terminal.answers import EndOfAnswersError
from alliance_trainer.terminal.asking import LeaveError
from alliance_trainer.terminal.door import Door
from alliance_trainer.terminal.play import Play
from alliance_trainer.terminal.signals import StoppedError, stopping

INTERRUPTED = 130


class Sitting(msgspec.Struct, frozen=True, kw_only=True):
    """What a sitting needs: the play, what to do at an ending, and the words for leaving."""

    door: Door
    play: Play
    debrief: Callable[[], None]
    how_to_resume: str

    def run(self) -> int:
        """Play; returns the exit code. CannotSaveError goes on to the boundary, after the screen has said so."""
        ended = False
        try:
            with stopping():
                self.play.run()
                ended = True
                self.debrief()
        except (LeaveError, EndOfAnswersError):
            code = 0
        except KeyboardInterrupt:
            code = INTERRUPTED
        except StoppedError as stopped:
            code = stopped.exit_code
        else:
            return 0
        if not ended:
            self._leave()
        return code

    def _leave(self) -> None:
        """Note the pause, and say how to go on. The answers themselves are safe already."""
        try:
            self.play.session.recorder.pause()
        except CannotSaveError:
            self.door.say("The pause itself could not be noted; all recorded answers are safe.")
        self.door.say("")
        self.door.say(self.how_to_resume)
