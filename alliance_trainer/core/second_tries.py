"""A turn tried again, beside what was said there first: what the alliance did on each way."""

from collections.abc import Sequence

import msgspec

from alliance_trainer.core.counting import counted
from alliance_trainer.core.course import Course, Exchange
from alliance_trainer.core.vocabulary.outcomes import OUTCOME_MEANINGS

_TOLD = 6
"""So many turns after the one in question are told one by one; the rest is summed up."""


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """One of the two ways from the turn on: the line said there, and the level of the alliance (0 to 100).

    `levels` begins with the level before that line; each further one is that after one more answer. `response` is
    empty where nothing was answered yet. `end` says in words where it ended or stands.
    """

    response: str
    said: str
    own_words: str
    levels: tuple[int, ...]
    end: str


class SecondTry(msgspec.Struct, frozen=True, kw_only=True):
    """A turn tried again: its number on the way and its id, the patient's words there, and both ways.

    `branch` is the id of the branch; `finished`: it came to an ending.
    """

    branch: str
    number: int
    turn_id: str
    patient: str
    first: Way
    again: Way
    finished: bool


def way(course: Course, exchanges: Sequence[Exchange], before: int, own_words: str) -> Way:
    """The way of these exchanges of a course, with the level before them."""
    said = exchanges[0].response.says.strip() if exchanges else ""
    return Way(
        response=exchanges[0].response_id if exchanges else "",
        said=said,
        own_words=own_words,
        levels=(before, *(exchange.level_after for exchange in exchanges)),
        end=_end(course, exchanges),
    )


def _end(course: Course, exchanges: Sequence[Exchange]) -> str:
    if not exchanges:
        return "not answered yet"
    if exchanges[-1].undone:
        return "taken back"
    if not course.state.ended:
        return "not gone on with from there"
    ending = course.scenario.endings[course.state.place]
    meaning = OUTCOME_MEANINGS[ending.outcome]
    return f"ended: {ending.title} ({meaning})" if ending.title else f"ended: {meaning}"


def steps_in_words(one: Way) -> tuple[str, ...]:
    """What the alliance did on a way, a line for each turn: "alliance 52 -> 60 (+ better)", then the turns after it."""
    if len(one.levels) < 2:
        return ()
    first, *rest = [
        f"{before} -> {after} ({_sign(before, after)})"
        for before, after in zip(one.levels, one.levels[1:], strict=False)
    ]
    told = [f"then {step}" for step in rest[:_TOLD]]
    if len(rest) > _TOLD:
        told.append(f"{counted(len(rest) - _TOLD, 'more turn')}, to {one.levels[-1]}")
    return (f"alliance {first}", *told)


def _sign(before: int, after: int) -> str:
    if after == before:
        return "= the same"
    return "+ better" if after > before else "- worse"
