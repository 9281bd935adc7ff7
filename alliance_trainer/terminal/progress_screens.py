"""The screens of progress as blocks: over time and what next, recognition, what comes back, the attempts."""

from datetime import date

from rich.cells import cell_len

from alliance_trainer.core.history import AttemptRow, day_of
from alliance_trainer.core.progress import Progress, Trend, day_in_words
from alliance_trainer.terminal.blocks import Block, Drawing, Entry, Gap, Item, Option, Prose, Rule

_LEGEND = "+ most   = about half   - few; the last ten occasions, old to new"
_MOST_SIGNS = 6
_MOST_BACK = 8
_TABLE_FROM = 76
_TREND = 18
_SIGNS = 22
_EARLY = 14


def screens(told: Progress, width: int, *, plain: bool) -> tuple[Block, ...]:
    """All that there is to show, for a screen of so many columns; a screen about nothing is left out."""
    blocks = [overview(told, width, plain=plain)]
    if told.recognition:
        blocks.append(recognition(told))
    if told.back:
        blocks.append(comes_back(told))
    if told.recent:
        blocks.append(attempts(told))
    return tuple(blocks)


def overview(told: Progress, width: int, *, plain: bool) -> Block:
    """How it goes over time, what got better, what next and why."""
    items: list[Item] = [Prose(text=told.summary)]
    if told.unread:
        items.append(Prose(text=f"{told.unread} could not be read: see  alliance-trainer data check", tone="warn"))
    if told.trends:
        drawn = width >= _TABLE_FROM and not plain
        items += [Gap(), *(_table(told.trends) if drawn else _lines(told.trends, plain=plain)), Gap()]
        items.append(Prose(text=told.improved))
    items += [
        Gap(),
        Entry(label="Next", text=told.suggestion.what, tone="accent"),
        Entry(label="Why", text=told.suggestion.why),
        Entry(label="How", text=f"alliance-trainer {' '.join(told.suggestion.command)}"),
    ]
    return Block(
        heading=Rule(left="My progress", right=told.trainee, major=True),
        items=tuple(items),
        keys="Enter go on   q leave",
    )


def _table(trends: tuple[Trend, ...]) -> list[Item]:
    head = f"{'':{_TREND}}{'old to new':{_SIGNS}}{'first three':{_EARLY}}last three"
    lines = [head]
    for trend in trends:
        early = f"{trend.early[0]} of {trend.early[1]}" if trend.early else "-"
        late = f"{trend.late[0]} of {trend.late[1]}" + ("" if trend.early else " so far")
        label = trend.label + " " * (_TREND - cell_len(trend.label))
        lines.append(f"{label}{' '.join(trend.signs):{_SIGNS}}{early:{_EARLY}}{late}")
    return [Drawing(lines=tuple(lines)), Drawing(lines=(_LEGEND,))]


def _lines(trends: tuple[Trend, ...], *, plain: bool) -> list[Item]:
    """The same line by line: where signs would only be spelt out, without them."""
    if plain:
        return [Entry(label=trend.label, text=trend.words) for trend in trends]
    rows: list[Item] = [Entry(label=trend.label, text=f"{''.join(trend.signs)}  {trend.words}") for trend in trends]
    return [*rows, Prose(text=_LEGEND)]


def recognition(told: Progress) -> Block:
    """Ruptures told from moments without one: by kind, and by sign."""
    items: list[Item] = [Prose(text=line) for line in told.recognition]
    items += [Gap(), *(Entry(label=label, text=text, column=18) for label, text in told.kinds)]
    if told.signs:
        items += [Gap(), Prose(text="Recognised, by sign:", tone="strong")]
        items += [Entry(label=count, text=label) for label, count in told.signs[:_MOST_SIGNS]]
        more = len(told.signs) - _MOST_SIGNS
        if more > 0:
            items.append(Prose(text=f"and {more} more, missed less often"))
    return Block(
        heading=Rule(left="My progress: recognition", major=True), items=tuple(items), keys="Enter go on   q leave"
    )


def comes_back(told: Progress) -> Block:
    """What was missed and comes back, when and why."""
    items: list[Item] = [
        Prose(
            text="What was missed comes back after 1, 3, 7, 14 and 30 days, as long as it goes well when it is due:"
            " signs in a drill, skills in a scenario."
        ),
        Gap(),
    ]
    items += [Entry(label=when, text=text) for when, text in told.back[:_MOST_BACK]]
    more = len(told.back) - _MOST_BACK
    if more > 0:
        items.append(Prose(text=f"and {more} more"))
    return Block(
        heading=Rule(left="My progress: what comes back", major=True), items=tuple(items), keys="Enter go on   q leave"
    )


def attempts(told: Progress) -> Block:
    """The last attempts, by number."""
    rows = tuple(Option(number=number, text=_row(row)) for number, row in enumerate(told.recent, start=1))
    numbers = f"1-{len(rows)}" if len(rows) > 1 else "1"
    return Block(
        heading=Rule(left="My progress: attempts", major=True),
        items=(*rows, Gap()),
        keys=f"{numbers} + Enter opens its debrief   q leave",
    )


def _row(row: AttemptRow) -> str:
    day = day_in_words(date.fromordinal(max(1, day_of(row.started))))
    level = f", alliance {row.level[0]} -> {row.level[1]}" if row.level else ""
    status = "" if row.status == "complete" else f", {row.status}"
    receipt = f", receipt {row.receipt}" if row.receipt else ""
    return f"{day}: {row.title} ({row.mode}{status}){level}{receipt}"
