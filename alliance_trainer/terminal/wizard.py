"""The questions before a new scenario, one by one: with arrow keys on a full terminal, else by numbered lines."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from alliance_trainer.core.clean import clean
from alliance_trainer.scenario_files.starter.wishes import NAMES, Given, Question, question, tidy
from alliance_trainer.terminal.answers import EndOfAnswersError
from alliance_trainer.terminal.asking import LeaveError, Questions
from alliance_trainer.terminal.blocks import Block, Item, Option, Prose, Rule
from alliance_trainer.terminal.door import Door
from alliance_trainer.terminal.keys import style, with_all_keys

if TYPE_CHECKING:  # 60 ms, and only a full terminal needs them
    import questionary

Refuse = Callable[[str, Given, str], str]
"""For a question's name, the answers before and a text: why the text is no answer; empty if it is one."""

_BEGINNING = (
    "A new scenario, by a few questions. Enter alone takes what stands in brackets. {leave} leaves; nothing is written"
    " before the last answer."
)


class Way(Protocol):
    """A way of asking a person; LeaveError, EndOfAnswersError or KeyboardInterrupt where they leave."""

    def begin(self) -> None:
        """Say how it goes."""
        ...

    def ask(self, asked: Question, refused: Callable[[str], str]) -> str:
        """The answer, asked for until it is one."""
        ...


def fill(way: Way, scenario_id: str, given: Given, refuse: Refuse) -> dict[str, str]:
    """Ask what is not given yet; all answers. The given ones must be sound."""
    answers = {name: tidy(text) for name, text in given.items()}
    way.begin()
    for name in NAMES:
        asked = question(name, scenario_id, answers)
        if asked is None or name in answers:
            continue
        if name == "rupture" and "marker" in answers:  # it follows from the marker
            answers[name] = asked.default
            continue
        answers[name] = way.ask(asked, partial(refuse, name, answers))
        answers = {name: text for name, text in answers.items() if question(name, scenario_id, answers) is not None}
    return answers


def _meanings(asked: Question) -> tuple[Item, ...]:
    return tuple(Prose(text=f"{choice.label}: {choice.meaning}") for choice in asked.choices)


class ByLines:
    """Numbered answers and whole lines: for screen readers and simple terminals."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions

    def begin(self) -> None:
        """Say how it goes."""
        self._questions.door.say(_BEGINNING.format(leave="q"))

    def ask(self, asked: Question, refused: Callable[[str], str]) -> str:
        """The answer; see Way."""
        return self._choice(asked) if asked.choices else self._text(asked, refused)

    def _choice(self, asked: Question) -> str:
        numbered = list(enumerate(asked.choices, start=1))
        default = next(choice.label for choice in asked.choices if choice.word == asked.default)
        self._questions.show(
            Block(
                heading=Rule(left=f"{asked.text}?"),
                items=tuple(Option(number=number, text=f"{one.label}: {one.meaning}") for number, one in numbered),
                keys=f"1-{len(numbered)} + Enter   Enter {default}   q leave",
            )
        )
        words = {one.word: one.word for one in asked.choices}
        numbers = {str(number): one.word for number, one in numbered}
        hint = f"Please answer with a number from 1 to {len(numbered)}, or Enter for {default}."
        return self._questions.choose({"": asked.default} | words | numbers, hint)

    def _text(self, asked: Question, refused: Callable[[str], str]) -> str:
        while True:
            text = tidy(self._questions.answers.next(f"{asked.text} ({asked.default}) > ")) or asked.default
            if text == "q":
                raise LeaveError
            reason = refused(text)
            if not reason:
                return text
            self._questions.door.say(reason)


class ByKeys:
    """Lists with arrow keys and lines that can be edited: for a full terminal."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def begin(self) -> None:
        """Say how it goes."""
        self._door.say(_BEGINNING.format(leave="Ctrl-C"))

    def ask(self, asked: Question, refused: Callable[[str], str]) -> str:
        """The answer; see Way."""
        return self._choice(asked) if asked.choices else self._text(asked, refused)

    def _choice(self, asked: Question) -> str:
        import questionary  # 60 ms, and only a full terminal needs it

        # The meanings stand above as text that wraps: the list cuts off what is too long for the screen.
        self._door.show(Block(items=_meanings(asked)))
        choices = [questionary.Choice(title=clean(choice.label), value=choice.word) for choice in asked.choices]
        asked_so = questionary.select(
            f"{asked.text}?",
            choices=choices,
            default=asked.default,
            instruction="(arrow keys, Enter)",
            use_jk_keys=False,
            style=style(),
        )
        return _answer(with_all_keys(asked_so))

    def _text(self, asked: Question, refused: Callable[[str], str]) -> str:
        import questionary  # 60 ms, and only a full terminal needs it

        def sound(text: str) -> bool | str:
            return clean(refused(tidy(text) or asked.default)) or True

        typed = _answer(
            questionary.text(
                asked.text,
                instruction=clean(f"({asked.default})"),
                validate=sound,
                validate_while_typing=False,  # each look takes as long as a check of the whole scenario
                enable_suspend=True,
                style=style(),
            )
        )
        return tidy(typed) or asked.default


def _answer(asked: "questionary.Question") -> str:
    try:
        return str(asked.unsafe_ask())
    except EOFError:
        raise EndOfAnswersError from None
