"""The debrief's screens: the course of the alliance, the turns that mattered, the skills, the turns tried again."""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from alliance_trainer.core.counting import counted
from alliance_trainer.core.debrief import CAVEAT, WHAT_IS_RATED, Debrief, Moment
from alliance_trainer.core.second_tries import SecondTry
from alliance_trainer.terminal import second_tries_screen
from alliance_trainer.terminal.asking import GO_ON, Questions
from alliance_trainer.terminal.blocks import Block, Drawing, Entry, Gap, Item, Prose, Rule
from alliance_trainer.terminal.curve import MARKS_LEGEND, draw


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What stands beside a debrief: the scenario's title, the way in, how it was played, and where it lies.

    `tries` are the turns that were tried again; `open_turns` the numbers of the turns that can be.
    """

    title: str
    mode: str
    attempt: str
    receipt: str | None
    place: str
    tries: tuple[SecondTry, ...] = ()
    open_turns: tuple[int, ...] = ()


def screens(debrief: Debrief, facts: Facts, width: int) -> tuple[Block, ...]:
    """The three screens, or four where turns were tried again, for a screen of so many columns."""
    parts = (course(debrief, facts, width), turns(debrief, facts), skills(debrief, facts))
    return (*parts, tried_again(facts)) if facts.tries else parts


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
    how = f"{facts.mode} | {counted(played, 'turn')}" if played else ""
    return Block(
        heading=Rule(left=f"{_part(1, facts)}: {facts.title}", right=how, major=True),
        items=tuple(items),
        keys=f"Enter turn by turn{_numbers(facts)}   t save transcript   q leave",
    )


def _part(number: int, facts: Facts) -> str:
    return f"Debrief {number}/{4 if facts.tries else 3}"


def _legend(width: int) -> tuple[str, ...]:
    if len(MARKS_LEGEND) + 2 <= min(width, 78):
        return (f" {MARKS_LEGEND}",)
    first, second, *rest = MARKS_LEGEND.split("   ")
    return (f" {first}   {second}", f" {'   '.join(rest)}")


def turns(debrief: Debrief, facts: Facts) -> Block:
    """Part 2: the turns that mattered, each with what was stronger and what was going on inside."""
    items: list[Item] = []
    for moment in debrief.moments:
        items += [*_moment(moment), Gap()]
    if debrief.quiet:
        items.append(Prose(text=debrief.quiet))
    if not debrief.moments and not debrief.quiet:
        items.append(Prose(text="No turn has been answered yet."))
    return Block(
        heading=Rule(left=f"{_part(2, facts)}: the turns that mattered", major=True),
        items=tuple(items),
        keys=f"Enter the skills{_numbers(facts)}   t save transcript   q leave",
    )


def _numbers(facts: Facts) -> str:
    """The key that tries a turn again, if one can be."""
    if not facts.open_turns:
        return ""
    return f"   {_range(facts)} try that turn again"


def _range(facts: Facts) -> str:
    """The numbers of the turns that can be tried again, as a range; there is one at least."""
    first, last = facts.open_turns[0], facts.open_turns[-1]
    return f"{first}" if first == last else f"{first}-{last}"


def help_text(facts: Facts) -> Block:
    """What ? says in the debrief."""
    rows = [
        Entry(label="Enter", text="go on to the next part"),
        *([Entry(label=_range(facts), text="try the turn with that number again")] if facts.open_turns else []),
        Entry(label="t", text="save the transcript as a file"),
        Entry(label="q", text="leave; all of this can be seen again with: alliance-trainer debrief"),
    ]
    return Block(heading=Rule(left="Help"), items=tuple(rows))


def _moment(moment: Moment) -> list[Item]:
    sign = "+" if moment.change > 0 else ""
    rows = [
        Entry(label=f"Turn {moment.number}", text=f'{sign}{moment.change}  "{moment.patient}"', tone="strong"),
        Entry(label="Sign", text=moment.sign, indent=2),
    ]
    if moment.own_words:
        rows.append(Entry(label="Own words", text=f'"{moment.own_words}"', indent=2))
    rows.append(Entry(label="You", text=f'"{moment.said}"', indent=2))
    if moment.reason:
        rows.append(Entry(label="Your why", text=moment.reason, indent=2))
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
    items += [Prose(text=WHAT_IS_RATED), Gap(), *(Prose(text=text) for text in debrief.remarks)]
    if debrief.lesson:
        items += [*([Gap()] if debrief.remarks else []), Prose(text=debrief.lesson)]
    items += [*([Gap()] if debrief.remarks or debrief.lesson else []), Prose(text=CAVEAT)]
    if facts.receipt:
        items.append(Entry(label="Receipt", text=facts.receipt))
    if facts.place:
        items.append(Entry(label="Kept in", text=facts.place))
    ahead = "what you tried again" if facts.tries else "finish"
    return Block(
        heading=Rule(left=f"{_part(3, facts)}: skills, as far as they came up", major=True),
        items=tuple(items),
        keys=f"Enter {ahead}{_numbers(facts)}   t save transcript   q leave",
    )


def tried_again(facts: Facts) -> Block:
    """Part 4, where turns were tried again: both ways of each."""
    items = second_tries_screen.items(facts.tries)
    stays = "The first answers stay the ones that are scored; what is tried again counts for nothing."
    return Block(
        heading=Rule(left=f"{_part(4, facts)}: turns you tried again", major=True),
        items=(*items, Gap(), Prose(text=stays)),
        keys=f"Enter finish{_numbers(facts)}   t save transcript   q leave",
    )


class Doing(msgspec.Struct, frozen=True, kw_only=True):
    """What can be done from the debrief.

    `save` writes the transcript and says where it is. `again` tries the turn with a number again, and gives the
    facts as they are then.
    """

    save: Callable[[], str]
    again: Callable[[int], Facts]


def show(questions: Questions, debrief: Debrief, facts: Facts, doing: Doing) -> None:
    """Show the screens one after the other; the last is that of the turns tried again, once there are some."""
    at = 0
    questions.letters = {"?": lambda: questions.show(help_text(facts))}
    while at < len(blocks := screens(debrief, facts, questions.door.columns)):
        questions.show(blocks[at])
        facts = _until_read(questions, facts, doing)
        at += 1


def _until_read(questions: Questions, facts: Facts, doing: Doing) -> Facts:
    choices: Mapping[str, int | str] = {"t": "t", **_by_number(facts.open_turns)}
    hint = f"Press Enter to go on, or give a turn's number ({_range(facts)})." if facts.open_turns else GO_ON
    while (answer := questions.go_on(choices, hint)) is not None:
        if isinstance(answer, int):
            facts = doing.again(answer)
            questions.door.say("You are back in the debrief. Enter goes on with it.")
        else:
            questions.door.say(doing.save())
    return facts


def _by_number(open_turns: Sequence[int]) -> dict[str, int]:
    return {str(number): number for number in open_turns}
