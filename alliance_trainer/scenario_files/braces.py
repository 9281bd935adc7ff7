"""Advice on entries in braces that are not parted by a comma."""

import re

from alliance_trainer.scenario_files.characters import excerpt
from alliance_trainer.scenario_files.complaint import Advice, Complaint
from alliance_trainer.scenario_files.tree import Path

_VALUE_AND_NAME = re.compile(r"(.{0,400}?[^\s;])([\s;]+)([a-z][\w-]{0,63})", re.DOTALL)
_NAME_NEXT = re.compile(r"([a-z][\w-]{0,63}) *:(?=\s)")
_NUMBER = re.compile(r"[+-]?[0-9]{1,9}")


def missing_comma(complaint: Complaint) -> Advice | None:
    """A name in braces that the value before it has swallowed, or that follows on a quote.

    None where the words may as well be a text with a colon in it.
    """
    text = complaint.source.text
    if complaint.opened is None or text[complaint.opened] != "{" or complaint.last is None:
        return None
    start, end = complaint.last
    if text[start] in "'\"":
        name = _NAME_NEXT.match(text, complaint.index)
        return _comma(complaint, text[start:end], (end, complaint.index), name.group(1)) if name else None
    found = _VALUE_AND_NAME.fullmatch(text, start, end)
    if found is None or complaint.character != ":":
        return None
    value, _, name_of_next = found.groups()
    if not _NUMBER.fullmatch(value) and name_of_next not in _names_at(complaint.path):
        return None
    return _comma(complaint, value, found.span(2), name_of_next)


def _comma(complaint: Complaint, value: str, gap: tuple[int, int], name: str) -> Advice:
    """The advice to put a comma into the gap between a value and the next name."""
    start, end = gap
    problem = complaint.problem(
        "AT020",
        (start, max(end, start + 1)),
        f'A comma is missing in front of "{excerpt(name)}".',
        f'Write "{excerpt(value)}, {excerpt(name)}: ...": commas separate what stands in braces.',
    )
    others = range(start + 1, end)
    blots = {start: ",", **{at: " " for at in others if complaint.source.text[at] == ";"}} if start < end else {}
    return Advice(problem=problem, blots=blots)


def _names_at(path: Path) -> frozenset[str]:
    """The keys that the part of the format at a path can have; none where no part of it stands there."""
    from alliance_trainer.core.field_guide import SCENARIO_GUIDE  # only where something is wrong
    from alliance_trainer.core.moment_guide import MOMENT_GUIDE

    parts = ((guide, guide.part_at(path)) for guide in (SCENARIO_GUIDE, MOMENT_GUIDE))
    return frozenset(name for guide, part in parts if part for name in guide.keys[part[0]])
