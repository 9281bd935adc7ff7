"""The debrief's three screens: the course of the alliance, the turns that mattered, the skills."""

from collections.abc import Callable

import msgspec

from alliance_trainer.core.debrief import CAVEAT, Debrief, Moment
from alliance_trainer.terminal.asking import Questions
from alliance_trainer.terminal.blocks import Block, Drawing, Entry, Gap, Item, Prose, Rule
from alliance_trainer.terminal.curve import MARKS_LEGEND, draw


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What stands beside a debrief: the scenario's title, the way in, how it was played, and where it lies."""

    title: str
    mode: str
    attempt: str
    receipt: str | None
    place: str


def screens(debrief: Debrief, facts: Facts, width: int) -> tuple[Block, Block, Block]:
    """The three screens, for a screen of so many columns."""
    return course(debrief, facts, width), turns(debrief), skills(debrief, facts)


def course(debrief: Debrief, facts: Facts, width: int) -> Block:
    """Part 1: one sentence, the curve drawn and told, counts, one thing to practise."""
    drawn = draw(debrief.levels, debrief.strongest_levels, debrief.marks, min(width, 78) - 2) if width >= 40 else ()
    items: list[Item] = [Prose(text=debrief.headline, tone="strong")]
    if drawn:
        items += [Gap(), Drawing(lines=drawn), Drawing(lines=_legend(width)), Gap()]
    items.append(Entry(label="In words", text=debrief.in_words))
    items += [Entry(label=label, text=text) for label, text in debrief.counts]
    items += [Gap(), Prose(text=debrief.advice, tone="accent")]
    played = len(debrief.levels) - 1
    return Block(
        heading=Rule(
            left=f"Debrief 1/3: {facts.title}", right=f"{facts.mode} | {played} turns" if played else "", major=True
        ),
        items=tuple(items),
        keys="Enter turn by turn   t save transcript   q leave",
    )


def _legend(width: int) -> tuple[str, ...]:
    if len(MARKS_LEGEND) + 2 <= min(width, 78):
        return (f" {MARKS_LEGEND}",)
    first, second, *rest = MARKS_LEGEND.split("   ")
    return (f" {first}   {second}", f" {'   '.join(rest)}")


def turns(debrief: Debrief) -> Block:
    """Part 2: the turns that mattered, each with what was stronger and what was going on inside."""
    items: list[Item] = []
    for moment in debrief.moments:
        items += [*_moment(moment), Gap()]
    if debrief.quiet:
        items.append(Prose(text=debrief.quiet))
    if not debrief.moments and not debrief.quiet:
        items.append(Prose(text="No turn has been answered yet."))
    return Block(
        heading=Rule(left="Debrief 2/3: the turns that mattered", major=True),
        items=tuple(items),
        keys="Enter the skills   t save transcript   q leave",
    )


def _moment(moment: Moment) -> list[Item]:
    sign = "+" if moment.change > 0 else ""
    rows = [
        Entry(label=f"Turn {moment.number}", text=f'{sign}{moment.change}  "{moment.patient}"', tone="strong"),
        Entry(label="Sign", text=moment.sign, indent=2),
        Entry(label="You", text=f'"{moment.said}"', indent=2),
    ]
    if moment.stronger:
        rows.append(Entry(label="Stronger", text=f'"{moment.stronger}"', indent=2))
    rows.append(Entry(label="Why", text=moment.why, indent=2))
    if moment.inside:
        rows.append(Entry(label="Inside", text=moment.inside, indent=2))
    if moment.remark:
        rows.append(Entry(label="Note", text=moment.remark, indent=2))
    return list(rows)


def skills(debrief: Debrief, facts: Facts) -> Block:
    """Part 3: the skills as far as they were met, what the ending means, where the record lies."""
    items: list[Item] = [Entry(label=label, text=text, column=19) for label, text in debrief.skills]
    items += [Gap(), *(Prose(text=text) for text in debrief.remarks)]
    if debrief.lesson:
        items += [*([Gap()] if debrief.remarks else []), Prose(text=debrief.lesson)]
    items += [*([Gap()] if debrief.remarks or debrief.lesson else []), Prose(text=CAVEAT)]
    if facts.receipt:
        items.append(Entry(label="Receipt", text=facts.receipt))
    if facts.place:
        items.append(Entry(label="Kept in", text=facts.place))
    return Block(
        heading=Rule(left="Debrief 3/3: skills, as far as they came up", major=True),
        items=tuple(items),
        keys="Enter finish   t save transcript   q leave",
    )


def show(questions: Questions, debrief: Debrief, facts: Facts, save: Callable[[], str]) -> None:
    """Show the three screens one after the other; `save` writes the transcript and says where it is."""
    for block in screens(debrief, facts, questions.door.columns):
        questions.show(block)
        while questions.go_on({"t": "t"}) is not None:
            questions.door.say(save())
