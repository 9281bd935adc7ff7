"""The list of scenarios: printed with numbers, or as a pick list where it is long and a terminal is there."""

from collections.abc import Iterable, Mapping, Sequence

from alliance_trainer.core.clean import clean
from alliance_trainer.core.counting import counted
from alliance_trainer.scenario_files.headers import Header
from alliance_trainer.terminal.blocks import Block, Entry, Gap, Item, Option, Prose, Rule
from alliance_trainer.terminal.keys import style, with_all_keys
from alliance_trainer.terminal.signals import stopping

LONGEST = 9
"""A longer list is offered as a pick list that can be searched."""


def scenarios(headers: Iterable[Header], tried: Mapping[str, int], *, numbered: bool) -> Block:
    """Each scenario with its title, difficulty, content notes, and how often it was begun."""
    items: list[Item] = []
    for number, header in enumerate(headers, start=1):
        items += _numbered(number, header, tried) if numbered else _row(header, tried)
    if not items:
        items = [Prose(text="No scenario fits.")]
    if not numbered:
        return Block(heading=Rule(left="Scenarios", major=True), items=tuple(items))
    numbers = "1" if len(items) == 1 else f"1-{len(items)}"
    return Block(heading=Rule(left="Scenarios", major=True), items=(*items, Gap()), keys=f"{numbers} + Enter   q leave")


def _numbered(number: int, header: Header, tried: Mapping[str, int]) -> list[Item]:
    return [Option(number=number, text=f"{header.title}. {_about(header, tried)}")]


def _row(header: Header, tried: Mapping[str, int]) -> list[Item]:
    return [Entry(label=header.id, text=f"{header.title}. {_about(header, tried)}"), Gap()]


def _about(header: Header, tried: Mapping[str, int]) -> str:
    scenario = header.scenario
    if scenario is None:
        return f"This file cannot be read: alliance-trainer check {header.path}"
    notes = ", ".join(note.topic for note in scenario.content_notes)
    count = tried.get(header.id, 0)
    parts = [
        scenario.summary.strip(),
        f"Difficulty {scenario.difficulty} of 5.",
        f"Content: {notes}." if notes else "",
        f"Begun {counted(count, 'time')}." if count else "Not tried yet.",
    ]
    return " ".join(part for part in parts if part)


def _line(header: Header, tried: Mapping[str, int]) -> str:
    """A line short enough not to be cut off: what comes up in it is told before it begins."""
    if header.scenario is None:
        return f"{header.id}: cannot be read"
    return f"{header.title} ({header.id}), {header.scenario.difficulty} of 5{'' if tried.get(header.id) else ', new'}"


def pick(headers: Sequence[Header], tried: Mapping[str, int]) -> str | None:
    """Let a person pick from a long list, by arrow keys or by typing; None where they leave.

    Raises StoppedError on a signal, once the terminal is as it was before.
    """
    import questionary  # 60 ms, and only a terminal with a long list needs it

    choices = [questionary.Choice(title=clean(_line(one, tried)), value=one.id) for one in headers]
    question = questionary.select(
        "Which scenario?",
        choices=choices,
        instruction="(arrow keys, or type a part of the name; Enter takes, Ctrl-C leaves)",
        use_search_filter=True,
        use_jk_keys=False,
        style=style(),
    )
    try:
        with stopping():
            picked = with_all_keys(question).unsafe_ask()
    except (KeyboardInterrupt, EOFError):
        return None
    return str(picked) if picked is not None else None
