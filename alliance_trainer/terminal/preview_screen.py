"""The scenario as a readable tree on the screen: top matter, each turn once with its responses, the endings."""

from collections.abc import Iterable, Iterator

from alliance_trainer.core.outline import EndingTold, Outline, ResponseTold, Row, Shown, TurnTold
from alliance_trainer.core.outline_words import LEFT_OUT
from alliance_trainer.terminal.blocks import Block, Entry, Gap, Item, Prose, Rule, Said, Seen

_COLUMN = 13
"""Where the texts of all rows begin."""


def blocks(told: Outline) -> Iterator[Block]:
    """One block for the top matter, one a turn, one an ending."""
    yield _top(told)
    for turn in told.turns:
        yield _turn(told, turn)
    for ending in told.endings:
        yield _ending(told, ending)


def _top(told: Outline) -> Block:
    count = f"{len(told.turns)} turn{_s(told.turns)}, {len(told.endings)} ending{_s(told.endings)}"
    note = (
        f"Each turn stands here once, after those that lead to it. A {LEFT_OUT} among the ratings means left out:"
        " it counts as 0. + marks the strongest response."
    )
    return Block(
        heading=Rule(left=f"{told.title} ({told.id})", right=count, major=True),
        items=(*_rows(told.top), Gap(), Prose(text=note)),
    )


def _s(many: Iterable[object]) -> str:
    return "" if len(list(many)) == 1 else "s"


def _turn(told: Outline, turn: TurnTold) -> Block:
    items: list[Item] = [Gap(), *_beats(told.patient, turn.beats), Gap(), *_rows(turn.rows)]
    for response in turn.responses:
        items += [Gap(), *_response(response)]
    return Block(
        heading=Rule(left=f"Turn {turn.number}: {turn.id}", right=f"{turn.number} of {len(told.turns)}"),
        items=tuple(items),
    )


def _response(response: ResponseTold) -> Iterator[Item]:
    mark = " (+ the strongest)" if response.strongest else ""
    yield Prose(text=f"Response {response.id}{mark}", tone="accent" if response.strongest else "strong")
    yield from _rows(response.rows, indent=2)


def _ending(told: Outline, ending: EndingTold) -> Block:
    beats = _beats(told.patient, ending.beats)
    items = (Gap(), *beats, *([Gap()] if beats else []), Entry(label="Outcome", text=ending.outcome, column=_COLUMN))
    return Block(heading=Rule(left=f"Ending: {ending.id}"), items=(*items, *_rows(ending.rows)))


def _rows(rows: Iterable[Row], indent: int = 0) -> list[Item]:
    return [Entry(label=label, text=text, indent=indent, column=_COLUMN) for label, text in rows]


def _beats(name: str, beats: Iterable[Shown]) -> list[Item]:
    items: list[Item] = []
    for beat in beats:
        if items and (beat.spoken or isinstance(items[-1], Said)):
            items.append(Gap())
        items.append(Said(who=name, text=beat.text) if beat.spoken else Seen(text=beat.text))
        if beat.condition:
            items.append(Entry(label="", text=f"[{beat.condition}]", column=8))
    return items
