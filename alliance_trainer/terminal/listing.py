"""The list of scenarios: printed with numbers, or as a pick list where it is long and a terminal is there."""

from collections.abc import Iterable, Mapping, Sequence

from rich.cells import cell_len

from alliance_trainer.core.clean import clean
from alliance_trainer.core.counting import counted
from alliance_trainer.scenario_files.headers import Header
from alliance_trainer.terminal.blocks import Block, Entry, Gap, Item, Option, Prose, Rule
from alliance_trainer.terminal.door import Door
from alliance_trainer.terminal.keys import style, taking_only_what_is_found, with_all_keys
from alliance_trainer.terminal.signals import stopping
from alliance_trainer.terminal.wrapping import wrap

LONGEST = 9
"""A longer list is offered as a pick list that can be searched."""

_POINTER = 4
"""So many cells of a row the pick list itself needs: its pointer, and none in the last column."""

_MORE = "..."

_NEVER: Mapping[str, int] = {}


def scenarios(
    headers: Iterable[Header], tried: Mapping[str, int], finished: Mapping[str, int] = _NEVER, *, numbered: bool
) -> Block:
    """Each scenario with its title, difficulty, content notes, and how often it was begun, and played to its end."""
    items: list[Item] = []
    for number, header in enumerate(headers, start=1):
        played = _played(tried.get(header.id, 0), finished.get(header.id, 0))
        items += _numbered(number, header, played) if numbered else _row(header, played)
    if not items:
        items = [Prose(text="No scenario fits.")]
    if not numbered:
        return Block(heading=Rule(left="Scenarios", major=True), items=tuple(items))
    numbers = "1" if len(items) == 1 else f"1-{len(items)}"
    return Block(heading=Rule(left="Scenarios", major=True), items=(*items, Gap()), keys=f"{numbers} + Enter   q leave")


def _played(begun: int, finished: int) -> str:
    """How often it was begun, and how often played to its end, as a sentence."""
    if not begun:
        return "Not tried yet."
    if not finished:
        return f"Begun {_times(begun)}, not to its end."
    if begun == finished:
        return f"Played to its end {_times(finished)}."
    return f"Begun {_times(begun)}, {finished} of them to its end."


def _times(count: int) -> str:
    return "once" if count == 1 else counted(count, "time")


def _numbered(number: int, header: Header, played: str) -> list[Item]:
    return [Option(number=number, text=f"{header.title}. {_about(header, played)}")]


def _row(header: Header, played: str) -> list[Item]:
    return [Entry(label=header.id, text=f"{header.title}. {_about(header, played)}"), Gap()]


def _about(header: Header, played: str) -> str:
    scenario = header.scenario
    if scenario is None:
        return f"This file cannot be read: alliance-trainer check {header.path}"
    notes = ", ".join(note.topic for note in scenario.content_notes)
    parts = [
        scenario.summary.strip(),
        f"Difficulty {scenario.difficulty} of 5.",
        f"Content: {notes}." if notes else "",
        played,
    ]
    return " ".join(part for part in parts if part)


class _Row(str):
    """A row of the pick list, cut to the screen; `searched` is what a search looks in."""

    searched = ""

    def lower(self) -> str:
        """What a search looks in: questionary compares in small letters."""
        return self.searched.lower()


def rows(headers: Sequence[Header], tried: Mapping[str, int], width: int) -> list[str]:
    """A row for each scenario, all in the longest form that fits the width; what comes up in it is told later."""
    forms = ("{title} ({id}), difficulty {level} of 5{new}", "{title}, difficulty {level} of 5{new}")
    short = "{title}, difficulty {level}{new}"
    shown = [[_row_of(form, header, tried) for header in headers] for form in forms]
    fitting = next((one for one in shown if max(map(cell_len, one), default=0) <= width), None)
    fitting = fitting or [_shortened(short, header, tried, width) for header in headers]
    return [_searchable(row, header) for row, header in zip(fitting, headers, strict=True)]


def _searchable(shown: str, header: Header) -> _Row:
    row = _Row(clean(shown))
    row.searched = clean(f"{header.title} {header.id} {shown}")
    return row


def _row_of(form: str, header: Header, tried: Mapping[str, int]) -> str:
    if header.scenario is None:
        return f"{header.id}: cannot be read"
    new = "" if tried.get(header.id) else ", new"
    return form.format(title=header.title, id=header.id, level=header.scenario.difficulty, new=new)


def _shortened(form: str, header: Header, tried: Mapping[str, int], width: int) -> str:
    """The row with as much of the title as fits; the rest of it stays whole."""
    row = _row_of(form, header, tried)
    over = cell_len(row) - width
    if over <= 0 or not row.startswith(header.title):
        return row
    kept = wrap(header.title, max(4, cell_len(header.title) - over - cell_len(_MORE)))[0]
    return f"{kept}{_MORE}{row[len(header.title) :]}"


def pick(door: Door, headers: Sequence[Header], tried: Mapping[str, int]) -> str | None:
    """Let a person pick from a long list, by arrow keys or by typing; None where they leave.

    Raises StoppedError on a signal, once the terminal is as it was before.
    """
    import questionary  # 60 ms, and only a terminal with a long list needs it

    door.say("Arrow keys move, typing a part of a name searches; Enter takes, Ctrl-C leaves.")
    shown = rows(headers, tried, door.columns - _POINTER)
    question = questionary.select(
        "Which scenario?",
        choices=[questionary.Choice(title=row, value=one.id) for row, one in zip(shown, headers, strict=True)],
        instruction=" ",  # it stands above, where it wraps
        use_search_filter=True,
        use_jk_keys=False,
        style=style(),
    )
    try:
        with stopping():
            picked = with_all_keys(taking_only_what_is_found(question)).unsafe_ask()
    except (KeyboardInterrupt, EOFError):
        return None
    return str(picked) if picked is not None else None
