"""Slips in a text without quotes that YAML accepts, and that make something else of the lines around it.

What would make the parser complain of the lines below is repaired before the rest of the file is looked at.
"""

import re

from alliance_trainer.scenario_files import odd_signs
from alliance_trainer.scenario_files.complaint import Advice
from alliance_trainer.scenario_files.diagnostics import Problem
from alliance_trainer.scenario_files.source import Source
from alliance_trainer.scenario_files.tree import Path

_ENTRY_BELOW = re.compile(r"\n *- ")
_OTHER_LINE = re.compile(r"\n *[^ \n]")
_ONLY_DASHES = re.compile(r"-+")


def may_be_slip(text: str) -> bool:
    """Whether `slip` may have anything to say about a text without quotes. A glance: most are sound."""
    return "- " in text or odd_signs.may_be_odd(text)


def slip(span: tuple[int, int], source: Source, path: Path, *, is_key: bool, is_first: bool) -> Advice | None:
    """What was probably meant by a text without quotes, if it was something else.

    `is_first` is false for the further keys of a mapping, in front of which no list can begin.
    """
    head = source.before(span[0]).strip(" ")
    if not head and is_first and odd_signs.begins_list(source.text[slice(*span)], is_key=is_key):
        return odd_signs.other_dash(span[0], source.behind(span[0]), path)
    if not head and (advice := odd_signs.other_colon(span[0], source.behind(span[0]), path)):
        return advice
    if is_key:
        return odd_signs.beside_name(span, source, path)
    entry = _ENTRY_BELOW.search(source.text, *span) if head in ("", "-") else None
    if entry is None:
        return None
    if head:
        return _too_far_in(entry.end() - 2, source, path)
    is_named = source.text.startswith(":", span[1])  # then the parser is stuck on the entry's colon
    return without_dash(span[0], entry.start(), source, path, repair=is_named)


def _too_far_in(start: int, source: Source, path: Path) -> Advice:
    """A line with a dash that goes on with the entry above it; `start` is the offset of its dash."""
    problem = Problem(
        code="AT015",
        start=start,
        end=start + len(source.behind(start)),
        message="This line is set further in than the list, so its dash is part of the text above.",
        hint="Line it up with the dash above. If all is one text, put that in quotes.",
        path=path,
    )
    return Advice(problem=problem)


def without_dash(start: int, end: int, source: Source, path: Path, *, repair: bool) -> Advice:
    """A text on lines of its own, from `start` to `end`, that stands at the head of a list without being an entry."""
    first, *others = source.text[start:end].split("\n")
    first = first.rstrip()
    hint = 'Begin it with "- ". If all lines are one text, put that in quotes.'
    if any(map(str.strip, others)):
        hint = 'Begin it with "- ", and set its other lines further in. If all is one text, put that in quotes.'
    if is_line := _ONLY_DASHES.fullmatch(first) is not None:
        hint = 'Delete it, or write an entry there that begins with "- ".'
    problem = Problem(
        code="AT015",
        start=start,
        end=start + len(first),
        message="The lines below are list entries with a dash; this one has none.",
        hint=hint,
        path=path,
    )
    if not repair:
        return Advice(problem=problem)
    # An entry without its first letters, and its other lines as comments: so the list is whole.
    blots = {start: "#"} if is_line or len(first) < 3 else {start: "-", start + 1: " "}
    blots |= {match.end() - 1: "#" for match in _OTHER_LINE.finditer(source.text, start, end)}
    return Advice(problem=problem, blots=blots)
