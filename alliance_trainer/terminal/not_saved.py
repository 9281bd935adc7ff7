"""The screen for an answer that could not be saved: what is safe, what waits, what to do."""

from collections.abc import Callable
from pathlib import Path

from alliance_trainer.core.errors import CannotSaveError
from alliance_trainer.journal.writer import Writer
from alliance_trainer.terminal.answers import EndOfAnswersError
from alliance_trainer.terminal.asking import LeaveError, Questions
from alliance_trainer.terminal.blocks import Block, Entry, Gap, Option, Rule

Elsewhere = Callable[[Writer, Path], Writer]
"""Goes on with the same attempt in another folder. Raises CannotSaveError if that cannot be written either."""


class NotSaved:
    """Asks a person what to do; for a script the error stands."""

    def __init__(self, questions: Questions, elsewhere: Elsewhere) -> None:
        self._questions = questions
        self._elsewhere = elsewhere
        self.writer: Writer | None = None
        """The writer in use; set once the attempt is open."""

    def __call__(self, error: CannotSaveError) -> Writer:
        """The writer to try again with. Raises the error if the trainee gives up, or for a script."""
        if not self._questions.person or self.writer is None:
            raise error
        letters, self._questions.letters = self._questions.letters, {}  # a note could not be saved either
        try:
            return self._tried(error, self.writer)
        except (LeaveError, EndOfAnswersError):
            raise error from None
        finally:
            self._questions.letters = letters

    def _tried(self, error: CannotSaveError, writer: Writer) -> Writer:
        while True:
            self._questions.show(screen(error))
            choice = self._questions.choose({"1": "again", "2": "elsewhere"}, "Please answer 1, 2 or q.")
            if choice == "again":
                return writer
            try:
                self.writer = self._move(writer)
            except CannotSaveError as other:
                error = other
            else:
                return self.writer

    def _move(self, writer: Writer) -> Writer:
        self._questions.door.say("Which folder?")
        folder = self._questions.answers.next("folder > ")
        if not folder:
            raise CannotSaveError("No folder was named, so nothing was saved elsewhere.")
        return self._elsewhere(writer, Path(folder).expanduser())


def screen(error: CannotSaveError) -> Block:
    """What could not be saved, what is safe, and what can be done."""
    return Block(
        heading=Rule(left="NOT SAVED", major=True),
        items=(
            Entry(label="What", text=error.message),
            Entry(label="Waiting", text="it is kept in memory only, until you choose"),
            Option(number=1, text="I made room: try again"),
            Option(number=2, text="Save to another folder"),
            Gap(),
        ),
        keys="1-2 + Enter   q leave anyway",
    )
