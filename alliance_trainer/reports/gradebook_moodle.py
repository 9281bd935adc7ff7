"""Moodle's grade import: the roster that was downloaded, with a column of grades for each skill.

Moodle takes a grade as lost where feedback is imported without its grade. So feedback stands only beside a grade.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction

import msgspec

from alliance_trainer.core.errors import UsageError
from alliance_trainer.core.vocabulary.skills import SKILLS
from alliance_trainer.reports import gradebook
from alliance_trainer.reports.gradebook import Filled, Graded, Grades, Wish, names_of, spelt
from alliance_trainer.reports.roster import Roster, filled

USUAL = ("pseudonym", "ID number", "Username", "Email address", "Email")
"""The columns that people are looked for in, if no other is named."""

BEST = Fraction(100)
"""The best grade, where no other scale is asked for; Moodle's own default."""

_FEEDBACK = "feedback"


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """How a Moodle roster is to be filled: by which column people are found (None: the usual ones), the best grade,
    whether with feedback, and into which columns (empty: one for each of the four skills)."""

    match: str | None
    best: Fraction | None
    feedback: bool
    columns: tuple[Wish, ...]


class _Place(msgspec.Struct, frozen=True, kw_only=True):
    graded: Graded
    name: str
    grade: int
    feedback: int | None


def fill_moodle(roster: Roster, grades: Grades, wishes: Wishes) -> Filled:
    """Fill the roster. Raises UsageError for a file that is no roster of Moodle's, or in which nobody is found."""
    if len(roster.header) < 2 or "Section" in roster.header:
        raise UsageError(
            "this is not a roster from Moodle.",
            "Download it in the course: Grades, Export, Plain text file. For a Canvas gradebook: --format canvas.",
        )
    matched = gradebook.match(roster, grades, wishes.match, USUAL)
    new: list[str] = []
    places = [_place(roster, wish, new, feedback=wishes.feedback) for wish in wishes.columns or _usual(roster)]
    fill: dict[int, dict[int, str]] = {}
    written = too_little = 0
    for trainee, line in matched.rows.items():
        for place in places:
            grade = grades[trainee].get(place.graded)
            if grade is None or grade.share is None:
                too_little += 1
                continue
            cells = fill.setdefault(line, {})
            cells[place.grade] = spelt(grade.share, wishes.best or BEST)
            if place.feedback is not None:
                cells[place.feedback] = f'"{grade.told}"'
            written += 1
    return Filled(
        roster=filled(roster, fill, new),
        matched=matched,
        written=written,
        columns=tuple(place.name for place in places),
        too_little=too_little,
    )


def _usual(roster: Roster) -> Iterable[Wish]:
    """For each of the four skills the column that names it and no other, else a new one."""
    for skill in SKILLS:
        named = [name for name in roster.header if names_of(name) == [skill] and _FEEDBACK not in name.casefold()]
        yield Wish(graded=skill, column=named[0] if len(named) == 1 else f"Alliance Trainer: {skill}")


def _place(roster: Roster, wish: Wish, new: list[str], *, feedback: bool) -> _Place:
    grade = _column(roster, wish.column, new)
    beside = None
    if feedback:
        beside = _column(roster, _feedback_name(roster.header, wish.column), new)
    return _Place(graded=wish.graded, name=wish.column, grade=grade, feedback=beside)


def _feedback_name(header: Sequence[str], column: str) -> str:
    """The name of the feedback column that goes with a column of grades, as Moodle's own export has it."""
    bare = column.removesuffix("(Real)").rstrip()
    name = f"{bare} (Feedback)"
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
