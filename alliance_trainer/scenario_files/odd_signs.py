"""Signs that look like those of the keyboard and are none: dashes, colons and spaces pasted from a word processor.

Where such a sign stands in for one that YAML obeys, the advice puts that one in its place, so that the rest of the
file is read as it was meant.
"""

import re

from alliance_trainer.scenario_files import characters
from alliance_trainer.scenario_files.complaint import Advice
from alliance_trainer.scenario_files.diagnostics import Problem
from alliance_trainer.scenario_files.source import Source
from alliance_trainer.scenario_files.tree import Path

DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2022\u2212")
"""Hyphens, dashes, the minus sign and the bullet, which YAML takes for letters."""

COLONS = frozenset("\u2236\ufe55\uff1a")
"""The colons of other scripts, and the sign for a ratio."""

_DASH_BELOW = re.compile(rf"\n *[{''.join(sorted(DASHES))}-] ")
_SPACES = characters.ODD_SPACE.pattern
_OTHER_COLON = re.compile(rf"([A-Za-z][\w-]{{0,63}}) *([{''.join(sorted(COLONS))}])([ ]*)")
_BESIDE_NAME = re.compile(rf"({_SPACES}*)[A-Za-z][\w-]{{0,63}}({_SPACES}*)")
_BEHIND_COLON = re.compile(rf"[A-Za-z][\w-]{{0,63}}:({_SPACES}+)")
_COLON_NEXT = re.compile(r" *:")


def may_be_odd(text: str) -> bool:
    """Whether this module may have anything to say about a text without quotes. A glance: most are sound."""
    return not text.isascii() and (
        text[0] in DASHES or not COLONS.isdisjoint(text) or characters.ODD_SPACE.search(text) is not None
    )


def begins_list(text: str, *, is_key: bool) -> bool:
    """Whether a text that begins a line seems to be entries of a list, with other dashes than the keyboard's.

    A text of one line may well begin with a dash; a name hardly does.
    """
    return text[0] in DASHES and (is_key or _DASH_BELOW.search(text) is not None)


def other_dash(start: int, line: str, path: Path) -> Advice:
    """A line that begins with a dash or bullet that is not the keyboard's; `line` from that sign on."""
    problem = Problem(
        code="AT015",
        start=start,
        end=start + 1,
        message=f"This line does not begin with the dash of the keyboard but with {characters.name(line[0])}.",
        hint=f'Write "- {characters.excerpt(line[1:])}". If the sign belongs to the text, put the text in quotes.',
        path=path,
    )
    return Advice(problem=problem, blots={start: "-"} if line[1:2] in ("", " ") else {start: "-", start + 1: " "})


def other_colon(start: int, line: str, path: Path) -> Advice | None:
    """A name with the colon of another script behind it; `line` from the name on. None where there is none."""
    found = _OTHER_COLON.match(line)
    if found is None:
        return None
    name, colon, gap = found.groups()
    value = characters.excerpt(line[found.end() :])
    problem = Problem(
        code="AT023",
        start=start,
        end=start + found.end(2),
        message=f'Behind the name "{characters.excerpt(name)}" stands not a colon but {characters.name(colon)}.',
        hint=f'Write "{characters.excerpt(name)}: {value}".' if value else f'Write "{characters.excerpt(name)}:".',
        path=path,
    )
    at = start + found.start(2)
    if gap or not value:
        return Advice(problem=problem, blots={at: ":"})
    return Advice(problem=problem, blots={at - 1: ":", at: " "}, keeps_tree=False)  # the name lacks its last letter


def beside_name(span: tuple[int, int], source: Source, path: Path) -> Advice | None:
    """Spaces that are not plain ones between a name and its colon, in front of it, or behind its colon in braces."""
    text = source.text[span[0] : span[1]]
    if found := _BEHIND_COLON.match(text):
        odd = [found.span(1)]
    elif (found := _BESIDE_NAME.fullmatch(text)) and _COLON_NEXT.match(source.text, span[1]):
        odd = [found.span(group) for group in (1, 2) if found.group(group)]
    else:
        odd = []
    if not odd:
        return None
    problems = [odd_space(span[0] + start, text[start:end], path) for start, end in odd]
    blots = {span[0] + at: " " for start, end in odd for at in range(start, end)}
    return Advice(problem=problems[0], more=tuple(problems[1:]), blots=blots)


def odd_space(offset: int, spaces: str, path: Path = ()) -> Problem:
    """A space that is not the plain one, where YAML needs that."""
    found = characters.ODD_SPACE.search(spaces)
    name = characters.name(found.group()) if found else ""
    return Problem(
        code="AT038",
        start=offset,
        end=offset + len(spaces),
        message=f"The space here is not a plain one: {name}.",
        hint="Delete it and type it again with the space bar.",
        path=path,
    )
