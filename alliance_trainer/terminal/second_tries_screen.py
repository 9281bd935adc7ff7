"""The turns tried again, each way beside the other: in the debrief, and right after a branch has been played."""

from collections.abc import Sequence

from alliance_trainer.core.second_tries import SecondTry, Way, steps_in_words
from alliance_trainer.terminal.blocks import Block, Entry, Gap, Item, Pair, Prose, Rule

FIRST = "First"
AGAIN = "Again"


def items(tries: Sequence[SecondTry]) -> list[Item]:
    """Each turn tried again: what the patient did there, then both ways, and how to go on with the second."""
    rows: list[Item] = []
    for one in tries:
        rows += [*([Gap()] if rows else []), *_one(one)]
    return rows


def _one(one: SecondTry) -> list[Item]:
    worded = bool(one.first.own_words or one.again.own_words)
    how = "finished" if one.finished else "can be gone on with: alliance-trainer resume " + one.branch[:8]
    return [
        Entry(label=f"Turn {one.number}", text=f'"{one.patient}"', tone="strong"),
        Pair(left=_rows(one.first, worded), right=_rows(one.again, worded), left_label=FIRST, right_label=AGAIN),
        Entry(label="Branch", text=f"{one.branch[:8]}, {how}"),
    ]


def _rows(way: Way, worded: bool) -> tuple[str, ...]:
    own = f'Own words: "{way.own_words}"' if way.own_words else "Own words: -"
    return (*((own,) if worded else ()), f'You: "{way.said}"', *steps_in_words(way), way.end)


def compared(one: SecondTry) -> Block:
    """Right after a branch: both ways of its turn."""
    return Block(
        heading=Rule(left="That turn, first and again", major=True),
        items=(*items([one]), Gap(), Prose(text="The first answers stay the ones that are scored.")),
        keys="Enter go on   q leave",
    )
