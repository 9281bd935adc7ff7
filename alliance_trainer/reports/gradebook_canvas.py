"""Canvas's gradebook import: the file that was downloaded, with the cells of the named assignments filled.

Canvas knows an assignment by the number in `Title (123)`, keeps what it calls read only, and takes an emptied cell
as a grade taken away. So nothing is ever emptied.
"""

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

import msgspec

from alliance_trainer.core.errors import UsageError
from alliance_trainer.core.vocabulary.skills import SKILLS
from alliance_trainer.reports import gradebook
from alliance_trainer.reports.gradebook import Filled, Graded, Grades, Wish, names_of, spelt
from alliance_trainer.reports.roster import Roster, filled, unquoted

USUAL = ("pseudonym", "SIS User ID", "SIS Login ID", "Integration ID", "ID")
"""The columns that people are looked for in, if no other is named."""

BEST = Fraction(100)
"""The best grade where the file does not tell the points possible."""

_ASSIGNMENT = re.compile(r"(?P<title>.*)\((?P<id>[0-9]+)\)")
_READ_ONLY = "read only"
_NOT_GRADED = ("N/A", "EX")


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """How a Canvas gradebook is to be filled: by which column people are found (None: the usual ones), the best grade
    (None: the points possible), and which assignments (empty: those whose titles name a skill)."""

    match: str | None
    best: Fraction | None
    assignments: tuple[Wish, ...]


class _Place(msgspec.Struct, frozen=True, kw_only=True):
    graded: Graded
    name: str
    column: int
    best: Fraction


def fill_canvas(roster: Roster, grades: Grades, wishes: Wishes) -> Filled:
    """Fill the gradebook. Raises UsageError for a file that is none of Canvas's, or has no such assignment."""
    first = _first_assignment(roster.header)
    place = _possible_line(roster)
    matched = gradebook.match(roster, grades, wishes.match, USUAL, people_from=place + 1)
    possible = {at: unquoted(cell).strip() for at, cell in enumerate(roster.lines[place].cells)} if place else {}
    known = {
        at: name
        for at, name in enumerate(roster.header)
        if at >= first and _ASSIGNMENT.fullmatch(name) and _READ_ONLY not in possible.get(at, "")
    }
    wanted = wishes.assignments or tuple(_named(known.values()))
    if not wanted:
        raise UsageError("no assignment of the gradebook names a skill.", _how(known.values()))
    places = [_place(wish, known, possible, wishes.best) for wish in wanted]
    return _filled(roster, grades, places, matched)


def _filled(roster: Roster, grades: Grades, places: Sequence[_Place], matched: gradebook.Matched) -> Filled:
    fill: dict[int, dict[int, str]] = {}
    written = too_little = kept = 0
    for trainee, line in matched.rows.items():
        cells = roster.lines[line].cells
        for place in places:
            grade = grades[trainee].get(place.graded)
            there = unquoted(cells[place.column]).strip() if place.column < len(cells) else "N/A"
            if grade is None or grade.share is None:
                too_little += 1
            elif there.upper() in _NOT_GRADED:
                kept += 1
            else:
                fill.setdefault(line, {})[place.column] = spelt(grade.share, place.best)
                written += 1
    return Filled(
        roster=filled(roster, fill),
        matched=matched,
        written=written,
        columns=tuple(place.name for place in places),
        too_little=too_little,
        kept=kept,
    )


def _first_assignment(header: Sequence[str]) -> int:
    """The number of the first column behind those about the person. Raises UsageError where they are not there."""
    named = (header[:2] == ("Student", "ID") or header[:3] == ("LastName", "FirstName", "ID")) and "Section" in header
    if not named:
        raise UsageError(
            "this is not a gradebook from Canvas: it begins with Student, ID, ... Section.",
            "Download it in the course: Grades, Export. For a roster from Moodle: --format moodle.",
        )
    return header.index("Section") + 1


def _possible_line(roster: Roster) -> int:
    """The place of the row of points possible, below which the people begin; 0 where there is no such row."""
    for place, line in enumerate(roster.lines[1:], start=1):
        if "Points Possible" in unquoted(line.cells[0]):
            return place
    return 0


def _named(names: Iterable[str]) -> Iterable[Wish]:
    """The assignments whose titles name one skill, each skill once."""
    listed = list(names)
    for skill in SKILLS:
        found = [name for name in listed if names_of(name) == [skill]]
        if len(found) > 1:
            raise UsageError(f"several assignments name {skill}: {', '.join(found[:4])}.", _how(found))
        if found:
            yield Wish(graded=skill, column=found[0])


def _place(wish: Wish, known: dict[int, str], possible: dict[int, str], best: Fraction | None) -> _Place:
    """The column of an assignment, by its whole name, its number, or its title where only one has it."""
    for fits in (_same, _same_number, _same_title):
        found = [place for place, name in known.items() if fits(name, wish.column)]
        if len(found) == 1:
            place = found[0]
            scale = best if best is not None else _whole_or(possible.get(place, ""))
            return _Place(graded=wish.graded, name=known[place], column=place, best=scale)
    raise UsageError(f"the gradebook has no assignment {wish.column[:80]!r} that can be filled.", _how(known.values()))


def _same(name: str, wanted: str) -> bool:
    return name == wanted


def _same_number(name: str, wanted: str) -> bool:
    mine, theirs = _ASSIGNMENT.fullmatch(name), _ASSIGNMENT.fullmatch(wanted)
    number = theirs["id"] if theirs else wanted
    return mine is not None and mine["id"] == number


def _same_title(name: str, wanted: str) -> bool:
    found = _ASSIGNMENT.fullmatch(name)
    return found is not None and found["title"].strip().casefold() == wanted.strip().casefold()


def _whole_or(possible: str) -> Fraction:
    try:
        best = Fraction(possible.replace(",", "."))
    except (ValueError, ZeroDivisionError):
        return BEST
    return best if best > 0 else BEST


def _how(names: Iterable[str]) -> str:
    listed = ", ".join(list(names)[:8]) or "none"
    return f'Name it: --assignment "recognition=Title (123)". The assignments of the file: {listed}.'
