"""A drill as it goes: moment after moment, two or three questions each, feedback as it was wished."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from alliance_trainer.core.attempt import NoticeAnswer
from alliance_trainer.core.drill_items import Item
from alliance_trainer.core.drill_options import options
from alliance_trainer.core.errors import UsageError
from alliance_trainer.core.history import Noticing
from alliance_trainer.core.reading import called
from alliance_trainer.core.vocabulary.markers import MARKERS
from alliance_trainer.core.vocabulary.moments import SURE_STEPS, FeedbackWhen
from alliance_trainer.journal.drill_events import Asked, ItemNote, Named, Noticed, Sure, TakenBack
from alliance_trainer.terminal import scenes, spot_scenes
from alliance_trainer.terminal.answers import milliseconds
from alliance_trainer.terminal.asking import Questions
from alliance_trainer.terminal.keeping import Keeper

T = TypeVar("T")

_LONGEST_NOTE = 2000


class _Undo(Enum):
    """The answer that takes the last one about this moment back."""

    UNDO = "u"


class How(msgspec.Struct, frozen=True, kw_only=True):
    """How a drill is run: feedback, whether "how sure?" is asked, and the seed of the signs' order."""

    feedback: FeedbackWhen
    sure: bool
    seed: str


class Spotting:
    """One drill. `answers` are those about the moments that are done."""

    def __init__(self, questions: Questions, recorder: Keeper, items: Sequence[Item], how: How) -> None:
        self.answers: list[Noticing] = []
        self._questions = questions
        self._recorder = recorder
        self._items = items
        self.how = how

    def run(self) -> None:
        """Ask about all moments, then record the end.

        Raises LeaveError or EndOfAnswersError if the trainee leaves before (all answers are recorded),
        CannotSaveError if an answer cannot be kept and the trainee gives up on it, UsageError for a script's answer
        that does not fit.
        """
        for number, item in enumerate(self._items, start=1):
            place = f"moment {number} of {len(self._items)}"
            try:
                self._ask(item, place)
            except UsageError as error:
                raise UsageError(error.message, "Everything before it is saved. Correct the line.") from error
        self._recorder.finish(reason="all answered")
        if self.how.feedback == "end" and self.answers:
            self._questions.letters = {"?": self._help}  # no note can follow the end
            self._questions.show(spot_scenes.review(self._items, self.answers))
            self._questions.go_on({})

    def _ask(self, item: Item, place: str) -> None:
        self._recorder.keep(
            Asked(item=item.id, source=item.source, markers=item.markers, foil=item.foil, content=item.content)
        )
        questions = self._questions
        questions.letters = {"?": self._help, "n": lambda: self._note(item)}
        questions.show(spot_scenes.moment(item, place))
        questions.go_on({})
        questions.letters = {**questions.letters, "b": lambda: questions.show(spot_scenes.moment(item, place))}
        answer = self._answer(item, place)
        self.answers.append(answer)
        if self.how.feedback == "each":
            questions.show(spot_scenes.feedback(item, answer, place))
            questions.go_on({})

    def _answer(self, item: Item, place: str) -> Noticing:
        """The answers to all questions about a moment; an undo leads back to the question before."""
        noticed: Noticing | None = None
        while True:
            noticed = noticed or self._notice(item, place)
            named = self._named(item, noticed, place)
            if named is None:
                noticed = None
                continue
            sure = self._sure(item, named, place)
            if sure is not None:
                return sure
            if named.named is None:  # there was no question in between
                noticed = None

    def _notice(self, item: Item, place: str) -> Noticing:
        self._questions.show(spot_scenes.notice_question(item, place))
        began = milliseconds()
        answer: NoticeAnswer = self._questions.choose(scenes.NOTICE_CHOICES, "Please answer with a number from 1 to 4.")
        self._recorder.keep(Noticed(item=item.id, answer=answer, ms=milliseconds() - began))
        self._confirm(called(answer))
        return Noticing(item=item.id, markers=item.markers, foil=item.foil, answer=answer)

    def _named(self, item: Item, answer: Noticing, place: str) -> Noticing | None:
        """The answer with the sign that was named, where a rupture was; None for an undo."""
        if answer.answer == "none":
            return answer
        order = options(item, answer.answer, self.how.seed)
        self._questions.show(spot_scenes.sign_question(order, place))
        choices = {str(number): name for number, name in enumerate(order, start=1)} | {name: name for name in order}
        began = milliseconds()
        named = self._chosen(choices, f"Please answer with a number from 1 to {len(order)}.")
        if isinstance(named, _Undo):
            self._take_back(item, "noticed")
            return None
        self._recorder.keep(Named(item=item.id, marker=named, order=order, ms=milliseconds() - began))
        self._confirm(MARKERS[named].label)
        return replace(answer, named=named)

    def _sure(self, item: Item, answer: Noticing, place: str) -> Noticing | None:
        """The answer with how sure, where that is asked; None for an undo."""
        if not self.how.sure:
            return answer
        self._questions.show(spot_scenes.sure_question(place))
        numbered = {str(number): percent for number, percent in enumerate(SURE_STEPS, start=1)}
        choices = numbered | {str(percent): percent for percent in SURE_STEPS}
        percent = self._chosen(choices, "Please answer with a number from 1 to 6.")
        if isinstance(percent, _Undo):
            self._take_back(item, "noticed" if answer.named is None else "named")
            return None
        self._recorder.keep(Sure(item=item.id, percent=percent))
        self._confirm(f"{percent} %")
        return replace(answer, sure=percent)

    def _chosen(self, choices: Mapping[str, T], hint: str) -> T | _Undo:
        either: dict[str, T | _Undo] = {**choices, "u": _Undo.UNDO}
        return self._questions.choose(either, hint)

    def _take_back(self, item: Item, what: str) -> None:
        self._recorder.keep(TakenBack(item=item.id, what="named" if what == "named" else "noticed"))
        self._questions.door.say("Taken back.")

    def _confirm(self, answer: str) -> None:
        """Say that an answer is recorded; only once it is."""
        self._questions.door.say(f"Recorded: {answer}.")

    def _help(self) -> None:
        self._questions.show(spot_scenes.help_page())

    def _note(self, item: Item) -> None:
        self._questions.door.say("Note to self, one line (please no real patient material):")
        text = self._questions.answers.next("note > ")
        if text:
            self._recorder.keep(ItemNote(item=item.id, text=text[:_LONGEST_NOTE]))
            self._questions.door.say("Noted.")
