"""Gradebooks of `cohort export`: the roster read and filled, written elsewhere, and who was not found where."""

import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import msgspec

from alliance_trainer.cli.whole_files import write_all
from alliance_trainer.cohort.study.figures import Study
from alliance_trainer.core.counting import counted
from alliance_trainer.core.errors import UsageError
from alliance_trainer.reports import gradebook, gradebook_canvas, gradebook_moodle
from alliance_trainer.reports.gradebook import Filled, Withheld
from alliance_trainer.reports.roster import read_roster
from alliance_trainer.terminal.door import Door

_LISTED = 20
_WITHHELD: dict[Withheld, str] = {
    "review": "because a person should look at a breach (harm 2) first",
    "skills": f"because not every skill has {gradebook.LEAST_MOMENTS} moments",
    "moments": f"with fewer than {gradebook.LEAST_MOMENTS} moments or none",
}
"""Why grades were not given, as it is said."""

_SCALE = re.compile(r"\d{1,6}(\.\d{1,2})?", re.ASCII)


class GradebookOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for with a gradebook."""

    roster: Path | None
    match: str | None
    scale: str | None
    feedback: bool
    assignments: tuple[str, ...]


def check(form: str, out: Path, options: GradebookOptions) -> None:
    """Raises UsageError for options that do not go with the format, and where the roster would be written over."""
    if form not in ("moodle", "canvas"):
        _unused(form, options)
        return
    if options.roster is None:
        raise UsageError(f"--format {form} fills a roster.", "Download it in the course, and add --roster FILE.")
    if out.exists() and options.roster.exists() and out.samefile(options.roster):
        raise UsageError("the roster is never written over.", "Name another file with --out FILE.")
    if options.feedback and form == "canvas":
        raise UsageError("a Canvas gradebook has no feedback.", "Leave out --feedback.")


def _unused(form: str, options: GradebookOptions) -> None:
    given = {
        "--roster": options.roster,
        "--match": options.match,
        "--scale": options.scale,
        "--feedback": options.feedback,
        "--assignment": options.assignments,
    }
    for name, value in given.items():
        if value:
            raise UsageError(f"{name} goes with moodle and canvas, not with {form}.")


def fill(door: Door, form: str, study: Study, out: Path, options: GradebookOptions, read: Sequence[Path]) -> None:
    """Fill a roster and say what came of it; the study was made from `read`.

    Raises UsageError for a file that is no such roster.
    """
    assert options.roster is not None  # check refuses
    roster = read_roster(_read(options.roster))
    grades = gradebook.grades_of(study)
    wishes = tuple(map(gradebook.wish, options.assignments))
    best = _best(options.scale)
    if form == "moodle":
        filled = gradebook_moodle.fill_moodle(
            roster,
            grades,
            gradebook_moodle.Wishes(match=options.match, best=best, feedback=options.feedback, columns=wishes),
        )
    else:
        filled = gradebook_canvas.fill_canvas(
            roster, grades, gradebook_canvas.Wishes(match=options.match, best=best, assignments=wishes)
        )
    write_all({out: [filled.roster.written()]}, (*read, options.roster))
    _tell(door, out, options.roster, filled)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or "the system refused"
        raise UsageError(f"the roster {path} cannot be read: {reason}.") from error


def _best(scale: str | None) -> Fraction | None:
    if scale is None:
        return None
    if not _SCALE.fullmatch(scale) or not Fraction(scale):
        raise UsageError(f"--scale does not take {scale[:40]!r}.", "It is the best grade, for example 100 or 10.")
    return Fraction(scale)


def _tell(door: Door, out: Path, roster: Path, filled: Filled) -> None:
    matched = filled.matched
    door.say(
        f"Wrote {out}: {counted(filled.written, 'grade')} of {counted(len(matched.rows), 'trainee')}, found by the"
        f" column {matched.column}, in {', '.join(filled.columns)}."
    )
    _tell_of_columns(door, roster, filled)
    for why, words in _WITHHELD.items():
        people = filled.withheld.get(why, ())
        _list(door, f"Not graded, {words}", tuple(dict.fromkeys(people)), counted(len(people), "grade"))
    _list(door, "Graded by single skills, though a person should look at a breach (harm 2) first", filled.reviewed)
    if filled.kept:
        door.say(f"Left as they were: {filled.kept}, excused or without the assignment.")
    _list(door, "With attempts, but not in the roster", matched.without_row)
    _list(door, "In the roster, but without attempts", matched.without_attempt)
    if matched.empty:
        door.say(f"In the roster, with nothing in {matched.column}: {counted(matched.empty, 'row')}.")
    _list(door, "Not graded, because the value stands for several rows or trainees", matched.twice)


def _tell_of_columns(door: Door, roster: Path, filled: Filled) -> None:
    """Say what was replaced that stood there before, and which columns were left alone that may have been meant."""
    if filled.replaced:
        counts = ", ".join(f"{counted(one.count, one.what)} in {one.column[:80]}" for one in filled.replaced)
        door.say(f"Replaced what stood there: {counts}. It is still in {roster}.", tone="warn")
    if filled.only_named:
        names = ", ".join(name[:80] for name in filled.only_named[:_LISTED])
        door.say(
            f"Left alone, because the title is not just the name of a skill: {names}. To have one of them filled, name"
            ' all columns that are to be: --assignment "SKILL=COLUMN"'
        )


def _list(door: Door, what: str, names: Sequence[str], number: str = "") -> None:
    """Say whom it is about: how many they are, or the number of something else, and the first names."""
    if names:
        more = f", and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
        first = ", ".join(name[:60] for name in names[:_LISTED])
        door.say(f"{what}: {number or len(names)} ({first}{more}).")
