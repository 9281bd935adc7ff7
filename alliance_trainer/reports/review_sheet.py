"""The sheet on which a clinician reviews a scenario: all of it in order, boxes to tick, room for notes."""

from collections.abc import Iterable, Iterator

import msgspec

from alliance_trainer.core.outline import EndingTold, Outline, Row, Shown, TurnTold
from alliance_trainer.core.outline_words import LEFT_OUT
from alliance_trainer.reports.markdown import escaped


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """A heading, of level 1 to 3. `anchor` is a name to lead to it."""

    level: int
    text: str
    anchor: str = ""


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """A label and what belongs to it; a sentence of its own where there is no label."""

    label: str
    text: str


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """Something for the reviewer to agree with, or not."""

    text: str


class Notes(msgspec.Struct, frozen=True, kw_only=True):
    """Room for what the reviewer writes about something."""

    about: str


Part = Heading | Fact | Check | Notes

HOW_TO = (
    "For the clinician who reviews this scenario. Tick what you agree with, and write down what you would change;"
    " a box left empty with a reason beside it helps most. Everything here is keyed by the author: markers, ratings,"
    f" strongest responses. A {LEFT_OUT} among the ratings means left out: it counts as 0."
)


def parts(told: Outline) -> Iterator[Part]:
    """The sheet, part by part."""
    yield Heading(level=1, text=f"Review: {told.title} ({told.id})")
    yield Fact(label="", text=HOW_TO)
    yield Fact(label="Reviewer, date", text="")
    yield Heading(level=2, text="The scenario", anchor="scenario")
    yield from _facts(told.top)
    yield Check(text="The patient, the setting and the briefing are plausible.")
    yield Check(text="The content notes name what some would rather know of before.")
    yield Check(text="The repair that it needs, its difficulty and its objectives fit.")
    yield Notes(about="the scenario")
    for turn in told.turns:
        yield from _turn(told.patient, turn)
    for ending in told.endings:
        yield from _ending(told.patient, ending)
    yield Heading(level=2, text="As a whole", anchor="whole")
    yield Check(text="Somebody decent could say each of the responses.")
    yield Check(text="More than one way to repair is counted as good.")
    yield Check(text="I have read all of it, and may be named as the reviewer.")
    yield Notes(about="the whole")


def _turn(patient: str, turn: TurnTold) -> Iterator[Part]:
    yield Heading(level=2, text=f"Turn {turn.number}: {turn.id}", anchor=turn.id)
    yield from _beats(patient, turn.beats)
    yield from _facts(turn.rows)
    for response in turn.responses:
        keyed = ", keyed as the strongest" if response.strongest else ""
        yield Heading(level=3, text=f"Response {response.id}{keyed}")
        yield from _facts(response.rows)
    yield Heading(level=3, text=f"Your view of {turn.id}")
    yield Check(text=f"The rupture is as marked: {turn.rupture}.")
    if turn.strongest:
        yield Check(text=f"The best response is as keyed: {' or '.join(turn.strongest)}.")
    yield Check(text="What the patient does and feels is plausible here, and so is what follows.")
    yield Check(text="The ratings, traps and harm of the responses are right.")
    yield Notes(about=turn.id)


def _ending(patient: str, ending: EndingTold) -> Iterator[Part]:
    yield Heading(level=2, text=f"Ending: {ending.id}", anchor=ending.id)
    yield from _beats(patient, ending.beats)
    yield Fact(label="Outcome", text=ending.outcome)
    yield from _facts(ending.rows)
    yield Check(text="The outcome and what the trainee is told about it are right.")
    yield Notes(about=ending.id)


def _facts(rows: Iterable[Row]) -> Iterator[Fact]:
    for label, text in rows:
        yield Fact(label=label, text=text)


def _beats(patient: str, beats: Iterable[Shown]) -> Iterator[Fact]:
    for beat in beats:
        condition = f" [{beat.condition}]" if beat.condition else ""
        text = f'"{beat.text}"{condition}' if beat.spoken else f"({beat.text}){condition}"
        yield Fact(label=patient if beat.spoken else "Seen", text=text)


def review_markdown(told: Outline) -> str:
    """The sheet as Markdown, every text escaped."""
    lines: list[str] = []
    before: Part | None = None
    for part in parts(told):
        if isinstance(part, Check) and isinstance(before, Fact):
            lines += ["", "Your view:", ""]
        lines += _markdown(part)
        before = part
    return "\n".join(lines) + "\n"


def _markdown(part: Part) -> list[str]:
    match part:
        case Heading(level=1, text=text):
            return [f"# {escaped(text)}", ""]
        case Heading(level=level, text=text):
            return ["", f"{'#' * level} {escaped(text)}", ""]
        case Fact(label="", text=text):
            return [escaped(text), ""]
        case Fact(label=label, text=text):
            return [f"- **{escaped(label)}:** {escaped(text)}".rstrip()]
        case Check(text=text):
            return [f"- [ ] {escaped(text)}"]
        case Notes(about=about):
            return ["", f"Notes on {escaped(about)}:", "", ""]
