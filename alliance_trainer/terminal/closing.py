"""What stands in place of a debrief: the closing words of a pack, and of an assessment that is going on, a not yet."""

from collections.abc import Sequence

from alliance_trainer.core.keyless import KeylessScenario
from alliance_trainer.journal.receipt import receipt
from alliance_trainer.journal.scan import Records, is_finished
from alliance_trainer.terminal.blocks import Block, Entry, Gap, Item, Option, Prose, Rule

COPY_IT = (
    "Write this code down as you were told to. It shows later that this record is still the one you have just"
    " finished; it says nothing about what you answered."
)
NOT_FINISHED = "This attempt is not finished, so there is no receipt yet. Go on with: alliance-trainer resume"

NOT_YET = "this is an assessment that is not finished, and its debrief comes at the end"
"""Why nothing is told of how an attempt goes, as a sentence without its end."""


def not_yet(title: str, how: str, place: str) -> Block:
    """In place of the debrief of an assessment that is going on; `how` is the command that goes on with it."""
    return Block(
        heading=Rule(left=title, right="not finished", major=True),
        items=(
            Gap(),
            Prose(text="This is an assessment that is not finished. The debrief, and every figure, comes at the end."),
            Gap(),
            Entry(label="Go on with", text=how, column=13),
            Entry(label="Kept in", text=place, column=13),
        ),
    )


def closing(scenario: KeylessScenario, records: Records, place: str) -> Block:
    """The end of an attempt played from a pack: the closing words, the receipt and where the record lies."""
    code = receipt(records) if is_finished(records) else None
    items: list[Item] = [Gap()]
    if code is None:
        items.append(Prose(text=NOT_FINISHED))
    else:
        items += [
            Prose(text=scenario.closing),
            Gap(),
            Entry(label="Receipt", text=code, tone="strong"),
            Prose(text=COPY_IT),
        ]
    items += [Gap(), Entry(label="Kept in", text=place)]
    return Block(
        heading=Rule(left=scenario.title, right="closed" if code else "not finished", major=True), items=tuple(items)
    )


def which(title: str, scenarios: Sequence[tuple[str, str]]) -> Block:
    """The scenarios of a pack by number: each with its title and how far it has come."""
    options = tuple(
        Option(number=number, text=f"{name} ({state})") for number, (name, state) in enumerate(scenarios, start=1)
    )
    return Block(
        heading=Rule(left=title, right=f"{len(scenarios)} scenarios", major=True),
        items=(*options, Gap()),
        keys=f"1-{len(options)} + Enter   q leave",
    )
