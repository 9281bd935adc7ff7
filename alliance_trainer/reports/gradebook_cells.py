"""The cells of a gradebook filled: which grade goes where, which is withheld and why, and what it replaces."""

from collections import Counter
from collections.abc import Collection, Sequence
from fractions import Fraction

import msgspec

from alliance_trainer.core.vocabulary.skills import SKILLS
from alliance_trainer.reports.gradebook import Filled, Grade, Graded, Grades, Matched, Replaced, Withheld, spelt
from alliance_trainer.reports.roster import Line, Roster, filled, unquoted

_NO_GRADE = ("", "-")


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a grade goes: the name and the number of its column, and of the one with its comment, if there is one;
    `best` is what a share of 1 gets."""

    graded: Graded
    name: str
    column: int
    best: Fraction
    comment_name: str = ""
    comment: int | None = None


class Filling:
    """Fills the cells of a roster, and keeps count of what becomes of them."""

    def __init__(self, roster: Roster, places: Sequence[Place], spared: Collection[str] = ()) -> None:
        """`spared`: what a cell says, in capitals, that is left as it is; then so is one that is not there."""
        self._roster = roster
        self._places = places
        self._spared = spared
        self._fill: dict[int, dict[int, str]] = {}
        self._withheld: dict[Withheld, list[str]] = {}
        self._reviewed: list[str] = []
        self._replaced: Counter[tuple[str, bool]] = Counter()
        self._kept = 0

    def fill(self, matched: Matched, grades: Grades, new: Sequence[str] = ()) -> Filled:
        """Write the grades of all who were found, and into the new columns; see roster.filled for those."""
        written = 0
        for trainee, line in matched.rows.items():
            graded = [place.graded for place in self._places if self._cell(trainee, line, place, grades)]
            written += len(graded)
            overall = grades[trainee].get("overall")
            if overall and overall.withheld == "review" and set(graded) & {*SKILLS}:
                self._reviewed.append(trainee)
        return Filled(
            roster=filled(self._roster, self._fill, new),
            matched=matched,
            written=written,
            columns=tuple(place.name for place in self._places),
            withheld={why: tuple(trainees) for why, trainees in self._withheld.items()},
            reviewed=tuple(self._reviewed),
            replaced=tuple(
                Replaced(column=column, what="comment" if comment else "grade", count=count)
                for (column, comment), count in self._replaced.items()
                if count
            ),
            kept=self._kept,
        )

    def _cell(self, trainee: str, number: int, place: Place, grades: Grades) -> bool:
        """Fill one place of a trainee's line; whether a grade was written."""
        grade = grades[trainee].get(place.graded)
        if grade is None or grade.share is None:
            why = grade.withheld if grade is not None and grade.withheld else "moments"
            self._withheld.setdefault(why, []).append(trainee)
            return False
        line = self._roster.lines[number]
        if self._spared and (place.column >= len(line.cells) or _said(line, place.column).upper() in self._spared):
            self._kept += 1
            return False
        self._write(line, self._fill.setdefault(number, {}), place, grade)
        return True

    def _write(self, line: Line, cells: dict[int, str], place: Place, grade: Grade) -> None:
        assert grade.share is not None
        words = cells[place.column] = spelt(grade.share, place.best)
        before = _said(line, place.column)
        self._replaced[place.name, False] += before not in _NO_GRADE and _number(before) != _number(words)
        if place.comment is not None:
            cells[place.comment] = f'"{grade.told}"'
            self._replaced[place.comment_name, True] += _said(line, place.comment) not in ("", grade.told)


def _said(line: Line, column: int) -> str:
    """What a cell says; nothing, where the line ends before it or the column is new."""
    return unquoted(line.cells[column]).strip() if column < len(line.cells) else ""


def _number(grade: str) -> Fraction | None:
    """A grade as a number, however it is written; None for a letter or a word."""
    try:
        return Fraction(grade.removesuffix("%").strip().replace(",", "."))
    except (ValueError, ZeroDivisionError):
        return None
