"""What a trainee has practised, row by row: attempts and drills as far as progress and suggestions need them.

Rows are plain data, drawn from the records and from nothing else, so that they can be kept and drawn again.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Literal

import msgspec

from alliance_trainer.core.attempt import Mode, NoticeAnswer
from alliance_trainer.core.detection import Detected
from alliance_trainer.core.pitch import FeltAnswer, Judged
from alliance_trainer.core.spacing import Practised, Waiting, waiting
from alliance_trainer.core.vocabulary.markers import MARKERS, MarkerId, RuptureType, rupture_type
from alliance_trainer.core.vocabulary.moments import FeedbackWhen, FoilKind
from alliance_trainer.core.vocabulary.skills import Skill

ROWS = "3.1"
"""The version of these rows: of what they hold, and of the scorer (`scoring.SCORER_VERSION`) that drew them.

A test holds the second to the scorer, whose import would cost more than all of progress.
"""

NOT_MET_BELOW = (3, 4)
"""A skill is missed in an attempt if it got less than this share, 3 of 4, of the points offered."""


class Noticing(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One answer to "what is going on?": what the moment is, what it was called, which sign was named, how sure."""

    item: str
    markers: tuple[MarkerId, ...] = ()
    foil: FoilKind | None = None
    answer: NoticeAnswer
    named: MarkerId | None = None
    sure: int | None = None

    @property
    def rupture(self) -> RuptureType:
        """What the moment is."""
        return rupture_type(self.markers)

    @property
    def exact(self) -> bool:
        """Whether the answer is just what the moment is."""
        return self.answer == self.rupture

    @property
    def counted(self) -> Detected:
        """The answer as one count: was a rupture told from a moment without one, whatever its type."""
        called = self.answer != "none"
        if self.markers:
            return Detected(hits=int(called), misses=int(not called))
        return Detected(false_alarms=int(called), correct_rejections=int(not called))

    def right_about(self, marker: MarkerId) -> bool:
        """Whether a marker of this moment was recognised: its kind was called, and no sign that is not there named."""
        if self.answer not in (MARKERS[marker].type, "mixed"):
            return False
        return self.named is None or self.named in self.markers


Kind = tuple[tuple[MarkerId, ...], NoticeAnswer, MarkerId | None]
"""What an answer adds to counts: the moment's markers, the answer, and the sign that was named."""


class AttemptRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One attempt.

    `started` is UTC; `finished`: it was brought to its end. One that was played from a pack has no figures, since
    its key is elsewhere; an assessment that has not ended has none yet. `skills` holds points, points offered and
    moments; `level` is the alliance's level at the start and at the end; `repair` the ruptures resolved, of those
    that closed; `ms` the time spent on responses, in milliseconds.
    """

    attempt: str
    scenario: str
    title: str
    difficulty: int
    mode: Mode
    status: Literal["complete", "unfinished", "assisted"]
    started: str
    finished: bool = False
    noticed: tuple[Noticing, ...] = ()
    skills: dict[Skill, tuple[int, int, int]] = {}
    level: tuple[int, int] | None = None
    repair: tuple[int, int] = (0, 0)
    ms: int = 0
    felt: FeltAnswer | None = None
    receipt: str | None = None


class DrillRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One drill, as far as it was answered; `started` is UTC, `ms` the time spent on answers in milliseconds."""

    drill: str
    started: str
    feedback: FeedbackWhen
    noticed: tuple[Noticing, ...] = ()
    ms: int = 0


Row = AttemptRow | DrillRow


class Shelved(msgspec.Struct, frozen=True, kw_only=True):
    """A scenario of the library: what a suggestion says of it."""

    id: str
    title: str
    difficulty: int


class History(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All attempts and drills of a trainee, each in the order in which they were started.

    `unread`: how many could not be read, so that their figures are missing here.
    """

    attempts: tuple[AttemptRow, ...] = ()
    drills: tuple[DrillRow, ...] = ()
    unread: int = 0

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Both, in the order in which they were started."""
        return tuple(sorted((*self.attempts, *self.drills), key=lambda row: row.started))

    def noticed(self) -> Iterator[Noticing]:
        """Every answer to the question what is going on, of attempts and drills, the oldest first."""
        for row in self.rows:
            yield from row.noticed

    @cached_property
    def tallied(self) -> "Counter[Kind]":
        """How often each kind of answer was given: there are few kinds, however many answers."""
        return Counter((answer.markers, answer.answer, answer.named) for answer in self.noticed())

    @property
    def detected(self) -> Detected:
        """All of them counted."""
        return detected(self.tallied)

    @cached_property
    def queue(self) -> tuple[Waiting, ...]:
        """What was missed and comes back, the soonest first."""
        return waiting(practised(self))

    @property
    def judged(self) -> tuple[Judged, ...]:
        """How hard the scenarios were found, the oldest first."""
        return tuple(Judged(difficulty=row.difficulty, felt=row.felt) for row in self.attempts if row.felt is not None)


def day_of(started: str) -> int:
    """The day of a time as it is stored, numbered one after the other; 0 where it cannot be read."""
    try:
        return date.fromisoformat(started[:10]).toordinal()
    except ValueError:
        return 0


def detected(kinds: Mapping[Kind, int]) -> Detected:
    """So many answers of each kind counted together."""
    cells = Counter[tuple[bool, bool]]()
    for (markers, answer, _), many in kinds.items():
        cells[bool(markers), answer != "none"] += many
    return Detected(
        hits=cells[True, True],
        misses=cells[True, False],
        false_alarms=cells[False, True],
        correct_rejections=cells[False, False],
    )


def practised(history: History) -> Iterator[Practised]:
    """Every answer that spacing looks at, in order: markers, moments without a rupture, and skills."""
    for row in history.rows:
        day = day_of(row.started)
        where = row.title if isinstance(row, AttemptRow) else "a drill"
        what = f"in {where}"
        for answer in row.noticed:
            yield from _of_answer(answer, day, what)
        if isinstance(row, AttemptRow):
            yield from _of_skills(row.skills, day, where)


def _of_answer(answer: Noticing, day: int, what: str) -> Iterator[Practised]:
    for marker in answer.markers:
        yield Practised(day=day, key=marker, right=answer.right_about(marker), what=what)
    if not answer.markers:
        yield Practised(day=day, key=answer.foil or "none", right=answer.answer == "none", what=what)


def _of_skills(skills: Mapping[Skill, tuple[int, int, int]], day: int, where: str) -> Iterator[Practised]:
    share, whole = NOT_MET_BELOW
    for skill, (points, offered, _) in skills.items():
        what = f"{points} of {offered} points in {where}"
        yield Practised(day=day, key=skill, right=points * whole >= offered * share, what=what)


def last_seen(drills: Sequence[DrillRow]) -> dict[str, int]:
    """For each moment that was asked about in a drill, the day on which it was asked last."""
    return {answer.item: day_of(row.started) for row in drills for answer in row.noticed}
