"""A sheet of ratings: the item first, then a column a rater; numbers, or words for the type of a rupture."""

import csv
import io
import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from alliance_trainer.core.errors import UsageError
from alliance_trainer.core.suggestions import did_you_mean
from alliance_trainer.core.vocabulary.markers import RUPTURE_TYPES

Scale = Literal["0 to 4", "-2 to 2", "words"]

BESIDE = ("scenario", "turn", "patient", "own_words")
"""Headings of columns that tell what is rated, as in the sheet of a trainee's own words."""

_FORM = "Give a CSV file: a line of headings, then a line an item; the item first, then a column a rater."
_SEPARATORS = ",;\t"
_NAMED_SEPARATOR = re.compile(r"""(?P<quote>"?)sep=(?P<sign>[,;\t])(?P=quote)[,;\t ]*(?:\r?\n|\r|\Z)""", re.IGNORECASE)
_BROKEN = re.compile(r"[-+]?[0-9]*[.,][0-9]+|[-+]?[0-9]+[.,]", re.ASCII)


class RatingSheet(msgspec.Struct, frozen=True, kw_only=True):
    """Ratings by item (row) and rater (column); None where one is missing.

    Words are given as their places in RUPTURE_TYPES.
    """

    items: tuple[str, ...]
    raters: tuple[str, ...]
    scale: Scale
    ratings: tuple[tuple[int | None, ...], ...]


def read_sheet(text: str) -> RatingSheet:
    """Read a sheet; commas, semicolons and tabs part cells, whichever the first line has.

    A line before it that only names what parts the cells (`sep=,`, for Excel) is read away.
    Columns that only tell what is rated (`BESIDE`) and raters without a single rating are passed over.
    Raises UsageError that names the line and the column of the first cell that cannot be meant.
    """
    lines = _with_ratings(_cells(text))
    if not lines:
        raise UsageError("the sheet of ratings is empty.", _FORM)
    raters = tuple(cell.strip() for cell in lines[0][1][1:])
    _check_raters(raters, lines[0][1])
    rows = [_row(number, cells, len(raters)) for number, cells in lines[1:]]
    if not rows:
        raise UsageError("the sheet of ratings has headings and no items.", _FORM)
    _check_items([(number, item) for number, item, _ in rows])
    given = [(number, raters[at], cell) for number, _, cells in rows for at, cell in enumerate(cells) if cell]
    scale = _scale_of(given)
    return RatingSheet(
        items=tuple(item for _, item, _ in rows),
        raters=raters,
        scale=scale,
        ratings=tuple(tuple(_rating(cell, scale) for cell in cells) for _, _, cells in rows),
    )


def _cells(text: str) -> list[tuple[int, list[str]]]:
    """The lines that hold something, each with its number from 1."""
    text = text.lstrip("\ufeff")
    named = _NAMED_SEPARATOR.match(text)
    before = 0 if named is None else 1
    text = text if named is None else text[named.end() :]
    separator = named["sign"] if named else max(_SEPARATORS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((reader.line_num + before, cells))
    except csv.Error as error:
        raise UsageError(f"line {reader.line_num + before} of the sheet cannot be read ({error}).", _FORM) from error
    return found


def _with_ratings(lines: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """The lines without the columns that hold no ratings."""
    if not lines:
        return []
    headings = [cell.strip().lower() for cell in lines[0][1]]
    filled = {place for _, cells in lines[1:] for place, cell in enumerate(cells) if cell.strip()}
    passed = {
        place
        for place, heading in enumerate(headings)
        if place and (heading in BESIDE or (heading and filled and place not in filled))
    }
    return [(number, [cell for place, cell in enumerate(cells) if place not in passed]) for number, cells in lines]


def _check_raters(raters: Sequence[str], headings: Sequence[str]) -> None:
    if len(raters) < 2:
        raise UsageError(f"agreement needs two raters or more who rated, and the sheet has {len(raters)}.", _FORM)
    for place, rater in enumerate(raters):
        if not rater:
            raise UsageError(f"column {place + 2} of the sheet has no heading.", "Give each rater a heading.")
        if rater in raters[:place]:
            raise UsageError(f"two columns are headed {rater!r}.", "Give each rater a heading of its own.")
    if all(_is_number(cell) or not cell.strip() for cell in headings[1:]):
        raise UsageError("the first line of the sheet holds ratings, not headings.", _FORM)


def _row(number: int, cells: Sequence[str], raters: int) -> tuple[int, str, tuple[str, ...]]:
    given = [cell.strip() for cell in cells]
    if len(given) > raters + 1 and not any(given[raters + 1 :]):
        given = given[: raters + 1]
    if len(given) > raters + 1:
        raise UsageError(f"line {number} of the sheet has {len(given) - 1} ratings for {raters} raters.", _FORM)
    if not given[0]:
        raise UsageError(f"line {number} of the sheet names no item.", _FORM)
    return number, given[0], tuple(given[1:]) + ("",) * (raters + 1 - len(given))


def _check_items(items: Sequence[tuple[int, str]]) -> None:
    seen: dict[str, int] = {}
    for number, item in items:
        if item in seen:
            raise UsageError(
                f"lines {seen[item]} and {number} of the sheet are for the same item, {item[:60]!r}.",
                "Give each item one line.",
            )
        seen[item] = number


def _scale_of(given: Sequence[tuple[int, str, str]]) -> Scale:
    """What the cells are written in, the same for all of them."""
    broken = next((cell for cell in given if _BROKEN.fullmatch(cell[2])), None)
    if broken:
        raise _no_number(*broken)
    words = [cell for cell in given if not _is_number(cell[2])]
    numbers = [cell for cell in given if _is_number(cell[2])]
    if words and numbers and len(words) <= len(numbers):
        raise _no_number(*words[0])
    if words:
        _check_words([*words, *numbers])
        return "words"
    low = next((cell for cell in numbers if int(cell[2]) < 0), None)
    high = next((cell for cell in numbers if int(cell[2]) > 2), None)
    if low and high:
        raise UsageError(
            f"the sheet mixes two scales: {low[2]} (line {low[0]}, {low[1]}) is of -2 to 2, and {high[2]} "
            f"(line {high[0]}, {high[1]}) of 0 to 4.",
            "Write all ratings on one of the two.",
        )
    for number, rater, cell in numbers:
        if not -2 <= int(cell) <= 4:
            raise _no_number(number, rater, cell)
    return "-2 to 2" if low else "0 to 4"


def _check_words(cells: Sequence[tuple[int, str, str]]) -> None:
    for number, rater, cell in cells:
        if cell.lower() not in RUPTURE_TYPES:
            hint = did_you_mean(cell.lower(), RUPTURE_TYPES) or f"The words are {', '.join(RUPTURE_TYPES)}."
            raise UsageError(f"line {number} of the sheet, {rater}: {cell[:40]!r} is no type of rupture.", hint)


def _no_number(number: int, rater: str, cell: str) -> UsageError:
    return UsageError(
        f"line {number} of the sheet, {rater}: {cell[:40]!r} is no rating.",
        "A rating is a whole number, 0 to 4 or -2 to 2, in all cells alike; a missing one is an empty cell.",
    )


def _is_number(cell: str) -> bool:
    bare = cell.strip().removeprefix("-").removeprefix("+")
    return bare.isascii() and bare.isdigit() and len(bare) < 10


def _rating(cell: str, scale: Scale) -> int | None:
    if not cell:
        return None
    return RUPTURE_TYPES.index(cell.lower()) if scale == "words" else int(cell)
