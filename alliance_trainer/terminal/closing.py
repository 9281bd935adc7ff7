"""The screens around a play from a pack: which of its scenarios, and the closing words with the receipt."""

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
