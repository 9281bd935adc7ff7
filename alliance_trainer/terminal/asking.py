"""Asking one question until it is answered: numbers, ids, and the letters that are always understood."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from msgspec.structs import replace

from alliance_trainer.core.errors import UsageError
from alliance_trainer.core.vocabulary.letters import WORDS
from alliance_trainer.terminal.answers import Answers
from alliance_trainer.terminal.blocks import Block
from alliance_trainer.terminal.door import Door

T = TypeVar("T")

GO_ON = "Press Enter to go on."

LONGEST_WORDS = 2000
"""So many characters of a line in the trainee's own words can be kept."""


class LeaveError(Exception):
    """The trainee leaves; everything answered so far is recorded."""


class Questions:
    """Shows blocks and asks questions, of a person or of a script.

    `letters` do something and then the question stands again (help, look back, note); they change as a play goes on.
    """

    def __init__(self, door: Door, answers: Answers, letters: Mapping[str, Callable[[], None]]) -> None:
        self.door = door
        self.answers = answers
        self.letters = letters

    @property
    def person(self) -> bool:
        """Whether a person answers."""
        return self.answers.person

    def show(self, block: Block) -> None:
        """Show a block; for a person in pages, for a script without the keys that nobody presses."""
        if self.person:
            self.door.show(block, self._pause)
        else:
            self.door.show(replace(block, keys=""))

    def _pause(self) -> None:
        answer = self.answers.next("-- Enter to read on > ").lower()
        if WORDS.get(answer, answer) == "q":
            raise LeaveError
        if answer:
            self.door.say("There is a little more to read first.")

    def choose(self, choices: Mapping[str, T], hint: str) -> T:
        """Ask until one of the choices is given.

        `hint` is the one line said after an answer that fits none. Raises LeaveError on q, EndOfAnswersError
        at the end of the input, UsageError if a script's answer fits none.
        """
        while True:
            answer = self.answers.next().lower()
            letter = WORDS.get(answer, answer)
            if answer in choices:
                return choices[answer]
            if letter in choices:
                return choices[letter]
            if letter == "q":
                raise LeaveError
            if letter in self.letters:
                self.letters[letter]()
            else:
                self._say_or_stop(hint, answer)

    def words(self, prompt: str, choices: Mapping[str, T], *, without: str = "", short: str = "") -> str | T:
        """A line in the trainee's own words; empty where they pass over it with Enter, or with a dash.

        A line that is nothing but a letter (or its full word) means what that letter means everywhere, and nothing
        if it is one of `without`; `short` is said to one that means nothing. Raises LeaveError on q,
        EndOfAnswersError at the end of the input, UsageError if a script's line is too long.
        """
        while True:
            text = self.answers.next(prompt)
            letter = WORDS.get(text.lower(), text.lower())
            if letter in ("", "-"):
                return ""
            if letter == "q":
                raise LeaveError
            if letter in choices:
                return choices[letter]
            if letter in self.letters and letter not in without:
                self.letters[letter]()
            elif len(letter) == 1 and letter.isascii():
                self._say_or_stop(short or f"{text!r} alone says too little here: write a few words.", text)
            elif len(text) > LONGEST_WORDS:
                self._say_or_stop(_too_long(len(text)), text)
            else:
                return text

    def _say_or_stop(self, hint: str, answer: str) -> None:
        """Tell a person what does not fit, and go on; stop a script there."""
        if not self.person:
            raise UsageError(
                f"the answer {answer[:40]!r} does not fit here. {hint}",
                "Everything before it is saved. Correct the line, or go on by hand with: alliance-trainer resume",
            )
        self.door.say(hint)

    def go_on(self, choices: Mapping[str, T], hint: str = GO_ON) -> T | None:
        """Wait for Enter where a person plays; None for Enter, else the letter's choice. A script never waits."""
        if not self.person:
            return None
        return self.choose({"": None, **choices}, hint)


def _too_long(length: int) -> str:
    return f"That is {length:,} characters long; {LONGEST_WORDS:,} can be kept. Please say it a little more briefly."
