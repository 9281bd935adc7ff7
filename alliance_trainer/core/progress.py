"""What progress says: each skill over time, recognition by kind and by sign, what got better, mostly in counts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

import msgspec

from alliance_trainer.core.counting import counted
from alliance_trainer.core.detection import (
    ENOUGH,
    calibration,
    judgement,
    leaning,
    sensitivity,
)
from alliance_trainer.core.history import AttemptRow, History, Kind, Noticing, Row, day_of, detected
from alliance_trainer.core.next_step import Suggestion, ahead, label_of
from alliance_trainer.core.spacing import Waiting
from alliance_trainer.core.vocabulary.markers import MARKERS, RUPTURE_TYPES, MarkerId, rupture_type
from alliance_trainer.core.vocabulary.skills import SKILLS

Sign = Literal["+", "=", "-"]

LAST = 10
"""So many of the last occasions are drawn."""

RECENT = 5
"""So many of the last attempts are listed."""

ENDS = 3
"""So many occasions at either end are counted against each other."""

_COMPARED_FROM = 5
_CHANGED_IN_100 = 15
_MINUTE = 60_000
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

Share = tuple[int, int]
"""So many of so many."""


class Trend(msgspec.Struct, frozen=True, kw_only=True):
    """One line over time: the last occasions as signs, and the first three and last three counted.

    `early` is None while the two would overlap; then `late` counts all there is. `better`: there is enough on both
    sides to compare them, and the share went up by 15 in a hundred or more. That it went down is not said in words.
    """

    label: str
    signs: tuple[Sign, ...]
    early: Share | None
    late: Share
    better: bool = False

    @property
    def words(self) -> str:
        """The same in words."""
        if self.early is None:
            return f"{_of(self.late)} so far"
        told = f"{_of(self.early)} at first, {_of(self.late)} lately"
        return f"{told}: more than before" if self.better else told


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that progress shows."""

    trainee: str
    summary: str
    trends: tuple[Trend, ...]
    improved: str
    kinds: tuple[tuple[str, str], ...]
    signs: tuple[tuple[str, str], ...]
    recognition: tuple[str, ...]
    back: tuple[tuple[str, str], ...]
    recent: tuple[AttemptRow, ...]
    suggestion: Suggestion
    unread: int


def progress(history: History, *, trainee: str, today: int, suggestion: Suggestion) -> Progress:
    """What to say of a history on a day (numbered as by `date.toordinal`)."""
    trends = tuple(_trends(history))
    return Progress(
        trainee=trainee,
        summary=_summary(history.rows),
        trends=trends,
        improved=_improved(trends),
        kinds=tuple(_kinds(history.tallied)),
        signs=tuple(_signs(history.tallied)),
        recognition=recognition(history),
        back=comes_back(history, today),
        recent=tuple(reversed(history.attempts[-RECENT:])),
        suggestion=suggestion,
        unread=history.unread,
    )


def _of(share: Share) -> str:
    return f"{share[0]} of {share[1]}"


def _summary(rows: Sequence[Row]) -> str:
    if not rows:
        return "Nothing has been practised yet."
    minutes = sum(row.ms for row in rows) // _MINUTE
    spent = f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"
    drills = sum(not isinstance(row, AttemptRow) for row in rows)
    played = len(rows) - drills
    told = [counted(played, "attempt")] if played else []
    told += [counted(drills, "drill")] if drills else []
    last = date.fromordinal(max(1, day_of(rows[-1].started)))
    return f"{' and '.join(told)}, {spent} spent on answers. Last: {day_in_words(last)}."


def day_in_words(day: date) -> str:
    """A day as it is written: 14 November 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _trends(history: History) -> Iterable[Trend]:
    rows = history.rows
    yield from _trend("noticing", [_noticed(row.noticed) for row in rows])
    yield from _trend("naming the kind", [_kind_right(row.noticed) for row in rows])
    for skill in SKILLS:
        yield from _trend(skill, [row.skills.get(skill, (0, 0, 0))[:2] for row in history.attempts])
    yield from _trend("ruptures led back", [row.repair for row in history.attempts])


def _noticed(answers: Sequence[Noticing]) -> Share:
    right = sum((answer.answer == "none") == (not answer.markers) for answer in answers)
    return right, len(answers)


def _kind_right(answers: Sequence[Noticing]) -> Share:
    seen = [answer for answer in answers if answer.markers and answer.answer != "none"]
    return sum(answer.exact for answer in seen), len(seen)


def _trend(label: str, shares: Iterable[Share]) -> Iterable[Trend]:
    """The line, if there was an occasion at all."""
    met = [share for share in shares if share[1]]
    if not met:
        return
    signs = tuple(map(_sign, met[-LAST:]))
    if len(met) < 2 * ENDS:
        yield Trend(label=label, signs=signs, early=None, late=_sum(met))
        return
    early, late = _sum(met[:ENDS]), _sum(met[-ENDS:])
    yield Trend(label=label, signs=signs, early=early, late=late, better=_better(early, late))


def _sign(share: Share) -> Sign:
    got, whole = share
    if 3 * got >= 2 * whole:
        return "+"
    return "-" if 3 * got <= whole else "="


def _sum(shares: Sequence[Share]) -> Share:
    return sum(got for got, _ in shares), sum(whole for _, whole in shares)


def _better(early: Share, late: Share) -> bool:
    change = 100 * (late[0] * early[1] - early[0] * late[1])
    return min(early[1], late[1]) >= _COMPARED_FROM and change >= _CHANGED_IN_100 * early[1] * late[1]


def _improved(trends: Sequence[Trend]) -> str:
    better = [trend.label for trend in trends if trend.better]
    if better:
        return f"Better than at first: {', '.join(better)}."
    if any(trend.early is not None for trend in trends):
        return "About as at first so far; what is due below is what to work on."
    return "It takes six occasions of a kind before first and last can be compared."


def _kinds(tallied: Mapping[Kind, int]) -> Iterable[tuple[str, str]]:
    for kind in RUPTURE_TYPES:
        met = {answered: many for answered, many in tallied.items() if rupture_type(answered[0]) == kind}
        whole, exact = sum(met.values()), sum(many for (_, answer, _), many in met.items() if answer == kind)
        if kind == "none" and met:
            yield "nothing special", f"{exact} of {whole} left plain"
        elif met:
            name = "both at once" if kind == "mixed" else kind
            yield name, f"{detected(met).hits} of {whole} noticed, {exact} called what they were"


def _signs(tallied: Mapping[Kind, int]) -> Iterable[tuple[str, str]]:
    """Each sign that was met, those missed most first."""
    met: dict[MarkerId, Share] = {}
    for (markers, answer, named), many in tallied.items():
        given = Noticing(item="", markers=markers, answer=answer, named=named)
        for marker in markers:
            right, whole = met.get(marker, (0, 0))
            met[marker] = right + many * given.right_about(marker), whole + many
    known = [(marker, met[marker]) for marker in MARKERS if marker in met]
    for marker, share in sorted(known, key=lambda item: item[1][0] - item[1][1]):
        yield label_of(marker), _of(share)


def recognition(history: History) -> tuple[str, ...]:
    """Hits, misses, false alarms, correct rejections; what follows from them only where there are enough."""
    counts = history.detected
    if not (counts.ruptures or counts.plain):
        return ()
    told = (
        f"Ruptures seen {counts.hits}, missed {counts.misses}. Nothing wrong: left plain {counts.correct_rejections},"
        f" called a rupture {counts.false_alarms}."
    )
    found = sensitivity(counts)
    sure = calibration((answer.sure, answer.exact) for answer in history.noticed() if answer.sure is not None)
    if found is None:
        more = f"More can be said from {ENOUGH} moments of each kind on."
    else:
        d, c = round(found.d, 1) + 0.0, round(found.c, 1) + 0.0  # never minus nought
        more = f"{leaning(found)} (d' {d:.1f}, where 0 is guessing; c {c:.1f}, where 0 is no leaning.)"
    return (told, more, *([judgement(sure)] if sure is not None else []))


def comes_back(history: History, today: int) -> tuple[tuple[str, str], ...]:
    """What was missed and comes back, the soonest first: when, and what it is and why."""
    return tuple((ahead(one.due - today), _what_and_why(one)) for one in history.queue)


def _what_and_why(one: Waiting) -> str:
    missed = day_in_words(date.fromordinal(max(1, one.missed)))
    return f"{label_of(one.key)}; missed {missed}, {one.what}".rstrip(", ")
