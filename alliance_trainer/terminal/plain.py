"""Blocks as plain labelled lines: for screen readers, pipes and simple terminals. Not one escape byte."""

from alliance_trainer.terminal.blocks import Block, Drawing, Entry, Gap, Item, Option, Pair, Prose, Rule, Said, Seen
from alliance_trainer.terminal.wrapping import wrap


def plain_lines(block: Block, columns: int) -> list[list[str]]:
    """The lines of a block, grouped by item; drawings and empty lines are left out."""
    items = (block.heading, *block.items) if block.heading else block.items
    groups = [_item(item, columns) for item in items]
    if block.keys:
        groups.append(wrap("Keys: " + ", ".join(block.keys.split("   ")) + ".", columns - 1))
    return [group for group in groups if group]


def _item(item: Item, columns: int) -> list[str]:
    if isinstance(item, Pair):
        return [line for text in _one_after_the_other(item) for line in wrap(text, columns - 1)]
    text = _words(item)
    return wrap(text, columns - 1) if text else []


def _words(item: Item) -> str:
    match item:
        case Prose(text=text, label=label):
            return f"{label} {text}" if label else text
        case Said(who=who, text=text, role=role):
            return f"{role}: {text}" if role in ("You", "Patient") else f"{who}: {text}"
        case Seen(text=text):
            return f"Seen: {_sentence(text)}"
        case Option(number=number, text=text):
            return f"Option {number}: {text}"
        case Entry(label=label, text=text):
            return f"{label}: {text}" if label else text
        case Rule(left=left, right=right):
            return _heading(left, right)
        case Drawing() | Gap() | Pair():
            return ""


def _one_after_the_other(pair: Pair) -> list[str]:
    columns = ((pair.left_label, pair.left), (pair.right_label, pair.right))
    return [f"{label}: {row}" for label, rows in columns for row in rows]


def _heading(left: str, right: str) -> str:
    if left.endswith("?"):
        return f"Question: {left} ({right})" if right else f"Question: {left}"
    spoken = right.replace(" | ", ", ")  # a screen reader would say "vertical bar"
    return _sentence(", ".join(part for part in (left, spoken) if part)) if left or right else ""


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
