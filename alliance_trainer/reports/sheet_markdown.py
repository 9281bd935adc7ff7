"""The supervisor's sheet as Markdown: the same as the page, with the course of the alliance in words."""

from collections.abc import Iterable

from alliance_trainer.core.debrief import Moment
from alliance_trainer.core.second_tries import SecondTry
from alliance_trainer.reports.markdown import escaped
from alliance_trainer.reports.sheet import Sheet, left_out_in_words, rows, ways


def sheet_markdown(told: Sheet) -> str:
    """The sheet; every text is escaped."""
    debrief = told.told
    lines = [f"# {escaped(told.heading)}", "", f"Trainee: {escaped(told.trainee)}", "", f"Played: {escaped(told.date)}"]
    lines += ["", escaped(debrief.headline), "", "## The course of the alliance", "", escaped(debrief.in_words), ""]
    lines += ["## The moments that mattered", ""]
    for moment in told.moments:
        lines += _moment(moment)
    lines += _paragraphs((*left_out_in_words(told), debrief.quiet))
    if told.tries:
        lines += ["## Tried again", ""]
        for one in told.tries:
            lines += _tried(one)
    lines += ["## Skills, as far as they came up", ""]
    lines += [f"- {escaped(label)}: {escaped(text)}" for label, text in told.figures]
    lines += ["", *_paragraphs((told.rated, debrief.advice, *debrief.remarks))]
    lines += ["## Notes", "", "", "", *_paragraphs((f"{told.caveat} Own words are never scored.",))]
    return "\n".join(lines[:-1]) + "\n"


def _paragraphs(texts: Iterable[str]) -> list[str]:
    return [line for text in texts if text for line in (escaped(text), "")]


def _moment(moment: Moment) -> list[str]:
    told = [f"- {label}: {escaped(text)}" for label, text in rows(moment)]
    return [f"### Turn {moment.number}, alliance {escaped(f'{moment.change:+d}')}", "", *told, ""]


def _tried(one: SecondTry) -> list[str]:
    return [f"### Turn {one.number}", "", *(f"- {label}: {escaped(text)}" for label, text in ways(one)), ""]
