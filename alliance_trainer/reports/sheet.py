"""The supervisor's sheet as data: one attempt on one page, to talk about; without a name unless one was given."""

from collections.abc import Sequence

import msgspec

from alliance_trainer.core.debrief import CAVEAT, Debrief, Moment
from alliance_trainer.core.second_tries import SecondTry

MOST_MOMENTS = 4
"""So many moments fit on the page with room for notes; those with own words come first, then the greatest moves."""

NO_NAME = "____________________"


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """What stands on the sheet.

    `date` is the day the attempt was begun, YYYY-MM-DD. `counts` and `skills` are (label, text) pairs; the skills say
    only as much as the number of moments allows. `left_out` moments did not fit.
    """

    title: str
    date: str
    trainee: str
    told: Debrief
    moments: tuple[Moment, ...]
    left_out: int
    tries: tuple[SecondTry, ...]
    caveat: str = CAVEAT

    @property
    def heading(self) -> str:
        """What the sheet is called."""
        return f"For supervision: {self.title}"


def sheet(title: str, started: str, told: Debrief, tries: Sequence[SecondTry], name: str = "") -> Sheet:
    """The sheet of an attempt; `started` is its moment, of which only the day is kept."""
    chosen = _chosen(told.moments)
    return Sheet(
        title=title,
        date=started[:10],
        trainee=" ".join(name.split()) or NO_NAME,
        told=told,
        moments=chosen,
        left_out=len(told.moments) - len(chosen),
        tries=tuple(tries),
    )


def _chosen(moments: Sequence[Moment]) -> tuple[Moment, ...]:
    """The moments that fit, in the order in which they were played."""
    ranked = sorted(range(len(moments)), key=lambda at: (not moments[at].own_words, -abs(moments[at].change), at))
    return tuple(moments[at] for at in sorted(ranked[:MOST_MOMENTS]))


def left_out_in_words(count: int) -> str:
    """Which moments are missing; empty if none is."""
    if not count:
        return ""
    return f"{count} more {'moment stands' if count == 1 else 'moments stand'} in the trainee's own debrief."


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
