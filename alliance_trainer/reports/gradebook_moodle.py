"""Moodle's grade import: the roster that was downloaded, with a column of grades for each skill.

Moodle takes a grade as lost where feedback is imported without its grade. So feedback stands only beside a grade.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import msgspec

from alliance_trainer.core.errors import UsageError
from alliance_trainer.core.vocabulary.skills import SKILLS
from alliance_trainer.reports import gradebook
from alliance_trainer.reports.gradebook import Filled, Grades, Wish, columns_of, only_named, own_name
from alliance_trainer.reports.gradebook_cells import Filling, Place
from alliance_trainer.reports.roster import Roster

USUAL = ("pseudonym", "ID number", "Username", "Email address", "Email")
"""The columns that people are looked for in, if no other is named."""

BEST = Fraction(100)
"""The best grade, where no other scale is asked for; Moodle's own default."""

_POINTS = ("real", "punkte")
_KINDS = (
    "assignment|quiz|lesson|workshop|forum|glossary|database|scorm package|h5p|external tool"
    "|aufgabe|test|lektion|gegenseitige beurteilung|glossar|datenbank|lernpaket|externes tool"
    "|devoir|leçon|atelier|outil externe|tarea|cuestionario|lección|taller|foro|herramienta externa"
)
_ITEM = re.compile(
    rf"(?P<item>(?:(?:{_KINDS}) ?:)?(?P<title>.*?))(?:\((?P<shown>real|percentage|punkte|prozentsatz|feedback)\))?",
    re.IGNORECASE | re.DOTALL,
)
"""A column of Moodle's: the kind of activity and its title, as the item is named, and how its grade is shown. The
words are those of whoever exports; here in English and, as far as they are known, in German, French and Spanish."""


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """How a Moodle roster is to be filled: by which column people are found (None: the usual ones), the best grade,
    whether with feedback, and into which columns (empty: one for each of the four skills)."""

    match: str | None
    best: Fraction | None
    feedback: bool
    columns: tuple[Wish, ...]


def fill_moodle(roster: Roster, grades: Grades, wishes: Wishes) -> Filled:
    """Fill the roster. Raises UsageError for a file that is no roster of Moodle's, or in which nobody is found."""
    if len(roster.header) < 2 or "Section" in roster.header:
        raise UsageError(
            "this is not a roster from Moodle.",
            "Download it in the course: Grades, Export, Plain text file. For a Canvas gradebook: --format canvas.",
        )
    matched = gradebook.match(roster, grades, wishes.match, USUAL)
    new: list[str] = []
    titles = _titles(roster.header)
    columns = wishes.columns or tuple(_usual(titles))
    places = [_place(roster, wish, new, wishes) for wish in columns]
    done = Filling(roster, places).fill(matched, grades, new)
    if wishes.columns:
        return done
    return msgspec.structs.replace(done, only_named=only_named(titles, columns))


def _titles(header: Sequence[str]) -> dict[str, str]:
    """The columns that can be of grades and stand there once, each with its title."""
    times = Counter(name.casefold() for name in header)
    return {
        name: _part(name, "title")
        for name in header
        if times[name.casefold()] == 1 and _part(name, "shown").casefold() != "feedback"
    }


def _part(column: str, part: str) -> str:
    found = _ITEM.fullmatch(column)
    assert found  # it takes whatever there is
    return (found[part] or "").strip()


def _usual(titles: Mapping[str, str]) -> Iterator[Wish]:
    """For each of the four skills its column, of several the only one with points, else a new one."""
    for skill in SKILLS:
        found = columns_of(skill, titles)
        points = [name for name in found if _part(name, "shown").casefold() in _POINTS] if len(found) > 1 else found
        yield Wish(graded=skill, column=points[0] if len(points) == 1 else own_name(skill))


def _place(roster: Roster, wish: Wish, new: list[str], wishes: Wishes) -> Place:
    place = Place(
        graded=wish.graded,
        name=wish.column,
        column=_column(roster, wish.column, new),
        best=wishes.best or BEST,
    )
    if not wishes.feedback:
        return place
    name = _feedback_name(roster.header, wish.column)
    return msgspec.structs.replace(place, comment_name=name, comment=_column(roster, name, new))


def _feedback_name(header: Sequence[str], column: str) -> str:
    """The name of the feedback column that goes with a column of grades, as Moodle's own export has it."""
    name = f"{_part(column, 'item')} (Feedback)"
    return next((one for one in header if one.casefold() == name.casefold()), name)


def _column(roster: Roster, name: str, new: list[str]) -> int:
    """The number of a column, which is put among the new ones if the roster does not have it."""
    same = [place for place, one in enumerate(roster.header) if one.casefold() == name.casefold()]
    if len(same) > 1:
        raise UsageError(f"the roster has the column {name!r} twice.", "Rename one of them in the course.")
    if same:
        return same[0]
    new.append('"' + name.replace('"', '""') + '"')
    return len(roster.lines[0].cells) + len(new) - 1
