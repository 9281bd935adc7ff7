"""Canvas's gradebook import: the file that was downloaded, with the cells of the named assignments filled.

Canvas knows an assignment by the number in `Title (123)`, keeps what it calls read only, and takes an emptied cell
as a grade taken away. So nothing is ever emptied.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

import msgspec

from alliance_trainer.core.errors import UsageError
from alliance_trainer.core.vocabulary.skills import SKILLS
from alliance_trainer.reports import gradebook
from alliance_trainer.reports.gradebook import Filled, Grades, Wish, columns_of, only_named
from alliance_trainer.reports.gradebook_cells import Filling, Place
from alliance_trainer.reports.roster import Roster, unquoted

USUAL = ("pseudonym", "SIS User ID", "SIS Login ID", "Integration ID", "ID")
"""The columns that people are looked for in, if no other is named."""

BEST = Fraction(100)
"""The best grade where the file does not tell the points possible."""

_ASSIGNMENT = re.compile(r"(?P<title>.*)\((?P<id>[0-9]+)\)")
_READ_ONLY = "read only"
_NOT_GRADED = ("N/A", "EX")


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """How a Canvas gradebook is to be filled: by which column people are found (None: the usual ones), the best grade
    (None: the points possible), and which assignments (empty: those whose titles are the names of skills)."""

    match: str | None
    best: Fraction | None
    assignments: tuple[Wish, ...]


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
    titles = {name: _title(name) for name in known.values()}
    wanted = wishes.assignments or tuple(_named(titles))
    if not wanted:
        raise UsageError("no assignment of the gradebook names a skill and nothing else.", _how(titles))
    places = [_place(wish, known, possible, wishes.best) for wish in wanted]
    done = Filling(roster, places, spared=_NOT_GRADED).fill(matched, grades)
    if wishes.assignments:
        return done
    return msgspec.structs.replace(done, only_named=only_named(titles, wanted))


def _title(name: str) -> str:
    """The title of an assignment, without its number."""
    found = _ASSIGNMENT.fullmatch(name)
    return found["title"].strip() if found else name


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


def _named(titles: Mapping[str, str]) -> Iterator[Wish]:
    """The assignments whose titles are the names of skills, each skill once."""
    for skill in SKILLS:
        found = columns_of(skill, titles)
        if len(found) > 1:
            raise UsageError(f"several assignments name {skill}: {', '.join(found[:4])}.", _how(found))
        if found:
            yield Wish(graded=skill, column=found[0])


def _place(wish: Wish, known: dict[int, str], possible: dict[int, str], best: Fraction | None) -> Place:
    """The column of an assignment, by its whole name, its number, or its title where only one has it."""
    for fits in (_same, _same_number, _same_title):
        found = [place for place, name in known.items() if fits(name, wish.column)]
        if len(found) == 1:
            place = found[0]
            scale = best if best is not None else _whole_or(possible.get(place, ""))
            return Place(graded=wish.graded, name=known[place], column=place, best=scale)
    raise UsageError(f"the gradebook has no assignment {wish.column[:80]!r} that can be filled.", _how(known.values()))


def _same(name: str, wanted: str) -> bool:
    return name == wanted


def _same_number(name: str, wanted: str) -> bool:
    mine, theirs = _ASSIGNMENT.fullmatch(name), _ASSIGNMENT.fullmatch(wanted)
    number = theirs["id"] if theirs else wanted
    return mine is not None and mine["id"] == number


def _same_title(name: str, wanted: str) -> bool:
    return _title(name).casefold() == wanted.strip().casefold()


def _whole_or(possible: str) -> Fraction:
    try:
        best = Fraction(possible.replace(",", "."))
    except (ValueError, ZeroDivisionError):
        return BEST
    return best if best > 0 else BEST


def _how(names: Iterable[str]) -> str:
    listed = ", ".join(list(names)[:8]) or "none"
    return f'Name it: --assignment "recognition=Title (123)". The assignments of the file: {listed}.'
