"""The transcript of an attempt, to keep or to take to supervision: plain text or Markdown."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from alliance_trainer.core import engine
from alliance_trainer.core.clean import clean
from alliance_trainer.core.course import Course, Exchange
from alliance_trainer.core.model import Beat
from alliance_trainer.core.own_words import OwnWords, beside
from alliance_trainer.core.reading import called
from alliance_trainer.reports.markdown import escaped

Format = Literal["txt", "md"]


def transcript(course: Course, notes: Iterable[tuple[str, str]], form: Format, words: Sequence[OwnWords] = ()) -> str:
    """What was done, shown and said, turn by turn, with the trainee's own words, then the notes as (turn id, text).

    Texts are cleaned; in Markdown every sign that could mean something there is escaped.
    """
    writer = _Writer(form)
    return "\n".join(writer.whole(course, notes, words)) + "\n"


class _Writer:
    def __init__(self, form: Format) -> None:
        self._markdown = form == "md"

    def whole(self, course: Course, notes: Iterable[tuple[str, str]], words: Sequence[OwnWords]) -> Iterator[str]:
        scenario = course.scenario
        yield f"# {self._safe(scenario.title)}" if self._markdown else self._safe(scenario.title)
        yield ""
        yield self._safe(f"{scenario.patient.name}, {scenario.patient.age}. {scenario.briefing}")
        for exchange, own in beside(course, words):
            yield from self._exchange(scenario.patient.name, exchange, own)
        if course.state.ended:
            yield from self._heading("The end")
            yield from self._beats(scenario.patient.name, engine.beats(scenario, course.state))
        written = [self._item(f"{turn}: {text}") for turn, text in notes]
        if written:
            yield from self._heading("Notes to self")
            yield from written

    def _exchange(self, name: str, exchange: Exchange, own: OwnWords) -> Iterator[str]:
        undone = ", taken back" if exchange.undone else ""
        yield from self._heading(f"Turn {exchange.number}{undone}")
        yield from self._beats(name, exchange.beats)
        if exchange.notice is not None:
            yield self._item(f"You noticed: {called(exchange.notice)}")
        if own.said:
            yield self._item(f'Your own words: "{own.said}"')
        yield self._item(f'You: "{exchange.response.says.strip()}"')
        if own.reason:
            yield self._item(f"Why this one: {own.reason}")
        yield from self._beats(name, exchange.reply)

    def _beats(self, name: str, beats: Iterable[Beat]) -> Iterator[str]:
        for beat in beats:
            if beat.says is not None:
                yield self._item(f'{name}: "{beat.says}"')
            elif beat.shows is not None:
                yield self._item(f"({beat.shows})")
            else:
                yield self._item(f"(silence, about {beat.silence} seconds)")

    def _heading(self, text: str) -> tuple[str, str, str]:
        return ("", f"## {self._safe(text)}" if self._markdown else f"-- {self._safe(text)} --", "")

    def _item(self, text: str) -> str:
        return f"- {self._safe(text)}" if self._markdown else self._safe(text)

    def _safe(self, text: str) -> str:
        return escaped(text) if self._markdown else " ".join(clean(text).split())
