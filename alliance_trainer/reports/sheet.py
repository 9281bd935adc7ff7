"""The supervisor's sheet as data: one attempt on one page, to talk about; without a name unless one was given."""

from collections.abc import Sequence
from itertools import chain

import msgspec
from msgspec.structs import replace

from alliance_trainer.core.counting import counted
from alliance_trainer.core.debrief import CAVEAT, WHAT_IS_RATED, Debrief, Moment
from alliance_trainer.core.second_tries import SecondTry, Way, steps_in_words
from alliance_trainer.reports import sheet_room
from alliance_trainer.reports.short_text import shortened

MOST_MOMENTS = 4
"""So many moments fit on the page with room for notes; those that decided most come first, then own words."""

NO_NAME = "____________________"

_ROOMS = (
    *((4, 2, 400), (4, 2, 240), (4, 1, 160), (4, 1, 110)),
    *((3, 1, 160), (3, 1, 110), (3, 1, 88), (2, 1, 160), (2, 1, 110), (2, 1, 88)),
    *((2, 0, 88), (1, 0, 60)),
)
"""From the most that is told to the least: moments, turns tried again, and characters of one text."""

_LONGEST_TITLE, _LONGEST_NAME = 90, 60


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """What stands on the sheet.

    `date` is the day the attempt was begun, YYYY-MM-DD. `told` holds what stands there whatever the room; `moments`
    and `tries` are those that fit, with their texts cut to the room there is, and `left_out` says how many did not.
    """

    title: str
    date: str
    trainee: str
    told: Debrief
    moments: tuple[Moment, ...]
    left_out: int
    tries: tuple[SecondTry, ...]
    tries_left_out: int = 0
    rated: str = WHAT_IS_RATED
    caveat: str = CAVEAT

    @property
    def heading(self) -> str:
        """What the sheet is called."""
        return f"For supervision: {self.title}"

    @property
    def figures(self) -> tuple[tuple[str, str], ...]:
        """(label, text) pairs: the skills, which say only as much as the number of moments allows, then the counts."""
        return (*self.told.skills, *self.told.counts)


def sheet(title: str, started: str, told: Debrief, tries: Sequence[SecondTry], name: str = "") -> Sheet:
    """The sheet of an attempt; `started` is its moment, of which only the day is kept.

    As much is told as fits on one page of A4. Where it does not, texts are cut behind a word, and moments are left
    out, those first that decided least.
    """
    whole = Sheet(
        title=shortened(title, _LONGEST_TITLE),
        date=started[:10],
        trainee=shortened(name, _LONGEST_NAME) or NO_NAME,
        told=told,
        moments=told.moments,
        left_out=0,
        tries=tuple(tries),
    )
    fitted = [_cut(whole, *room) for room in _ROOMS]
    return next((one for one in fitted if _height(one) <= sheet_room.ROOM), fitted[-1])


def _cut(whole: Sheet, moments: int, tries: int, most: int) -> Sheet:
    """So many moments and turns tried again, with texts of at most so many characters."""
    chosen = _chosen(whole.moments, moments)
    return replace(
        whole,
        moments=tuple(_moment_cut(one, most) for one in chosen),
        left_out=len(whole.moments) - len(chosen),
        tries=tuple(_try_cut(one, most) for one in whole.tries[:tries]),
        tries_left_out=len(whole.tries[tries:]),
    )


def _chosen(moments: Sequence[Moment], most: int) -> tuple[Moment, ...]:
    """The moments that fit, in the order in which they were played: first by what they decided."""

    def rank(at: int) -> tuple[int, bool, int, int]:
        return -moments[at].weight, not moments[at].own_words, -abs(moments[at].change), at

    return tuple(moments[at] for at in sorted(sorted(range(len(moments)), key=rank)[:most]))


def _moment_cut(one: Moment, most: int) -> Moment:
    return replace(
        one,
        patient=shortened(one.patient, most),
        own_words=shortened(one.own_words, most),
        said=shortened(one.said, most),
        reason=shortened(one.reason, most),
        stronger=shortened(one.stronger, most) if one.stronger else None,
    )


def _try_cut(one: SecondTry, most: int) -> SecondTry:
    return replace(one, first=_way_cut(one.first, most), again=_way_cut(one.again, most))


def _way_cut(one: Way, most: int) -> Way:
    return replace(one, said=shortened(one.said, most), own_words=shortened(one.own_words, most))


def _height(one: Sheet) -> float:
    """About how high it is when printed, in points."""
    told = one.told
    texts = (told.headline, told.in_words, *left_out_in_words(one), told.quiet, told.advice, *told.remarks, one.rated)
    headings = 4 + bool(one.tries)
    return (
        sheet_room.ONCE
        + headings * sheet_room.SECTION
        + sum(map(sheet_room.paragraph, (f"{one.trainee}{one.date}", *texts)))
        + sheet_room.small(one.caveat)
        + sum(sheet_room.moment(pairs) for pairs in chain(map(rows, one.moments), map(ways, one.tries)))
        + sheet_room.figures(one.figures)
    )


def left_out_in_words(one: Sheet) -> tuple[str, ...]:
    """What is missing, a sentence for moments and one for turns tried again; none where nothing is."""
    rest = "in the trainee's own debrief."
    told = []
    if one.left_out:
        told.append(f"{counted(one.left_out, 'more moment')} {_stand(one.left_out)} {rest}")
    if one.tries_left_out:
        told.append(f"{counted(one.tries_left_out, 'more turn')} tried again {_stand(one.tries_left_out)} {rest}")
    return tuple(told)


def _stand(count: int) -> str:
    return "stands" if count == 1 else "stand"


def rows(moment: Moment) -> tuple[tuple[str, str], ...]:
    """What is told of a moment, as (label, text): the trainee's own words beside the chosen and the stronger line."""
    told = [
        ("Patient", f'"{moment.patient}"'),
        ("Sign", moment.sign),
        ("Own words", f'"{moment.own_words}"' if moment.own_words else ""),
        ("Chosen", f'"{moment.said}"'),
        ("Reason", moment.reason),
        ("Stronger", f'"{moment.stronger}"' if moment.stronger else ""),
        ("Note", moment.remark),
    ]
    return tuple((label, text) for label, text in told if text)


def ways(one: SecondTry) -> tuple[tuple[str, str], ...]:
    """What is told of a turn tried again, as (label, text): what was said on each way, and what came of it."""
    return (("First", _way(one.first)), ("Again", _way(one.again)))


def _way(way: Way) -> str:
    return "; ".join((f'"{way.said}"', *steps_in_words(way), way.end))
