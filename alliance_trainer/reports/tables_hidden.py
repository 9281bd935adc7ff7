"""What the tables that may be passed on leave out, so that neither a row nor a difference is about few people.

Complementary suppression: the sums over all turns stand in the table `cohort`, so that turns which are hidden
together can be found by taking the others away. They have to be as many as a row that is shown; where they are not,
the next smallest turn is hidden too, and at last the sum. It does not protect against whoever has the key.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec
import numpy as np

from alliance_trainer.cohort.study.enough import FACILITY
from alliance_trainer.cohort.study.moments import Moments, Truth, Whole
from alliance_trainer.core.vocabulary.skills import RATED
from alliance_trainer.reports.tables import LEAST_TRAINEES

People = Sequence[Whole]
"""For each turn, the trainees whose answers something is about, each once."""

_NOBODY: Whole = np.empty(0, dtype=np.int64)


class Hidden(msgspec.Struct, frozen=True, kw_only=True):
    """Places in Study.turns.

    `rows`: nothing is told of them. `points`: by skill, those whose points are not told. `noticed`: those of which
    it is not told what was noticed. `answers`: those whose responses are not told. `totals`: skills, hits and
    false_alarms whose sums are not told either.
    """

    rows: frozenset[int]
    points: dict[str, frozenset[int]]
    noticed: frozenset[int]
    answers: frozenset[int]
    totals: frozenset[str]


def hidden_of(moments: Moments) -> Hidden:
    """What is hidden of these answers."""
    met = _people(moments, np.ones(moments.turn.size, dtype=np.bool_))
    skills: dict[str, People] = {
        skill: _people(moments, moments.offered[:, place] > 0) for place, skill in enumerate(RATED)
    }
    asked = _people(moments, moments.notice >= 0)
    foils = [turn.rupture == "none" for turn in moments.turns]
    kinds = {
        name: [one if foil == plain else _NOBODY for one, foil in zip(asked, foils, strict=True)]
        for name, plain in (("hits", False), ("false_alarms", True))
    }
    rows = _rows(met, skills.values())
    points = {skill: _widened(_few(each, FACILITY) | rows, each, FACILITY) for skill, each in skills.items()}
    noticed = {kind: _widened(_few(each, LEAST_TRAINEES) | rows, each, 0) for kind, each in kinds.items()}
    added = (place for skill, hidden in points.items() for place in hidden if len(skills[skill][place]) >= FACILITY)
    totals = {skill for skill, hidden in points.items() if _too_few(hidden, skills[skill], FACILITY)}
    totals |= {kind for kind, hidden in noticed.items() if _too_few(hidden, kinds[kind], 0)}
    return Hidden(
        rows=rows,
        points=points,
        noticed=frozenset().union(*noticed.values()),
        answers=_few(met, FACILITY) | rows | frozenset(added),
        totals=frozenset(totals),
    )


def _people(moments: Moments, which: Truth) -> People:
    turns = moments.turn[which]
    order = np.argsort(turns, kind="stable")
    bounds = np.searchsorted(turns[order], np.arange(len(moments.turns) + 1)).tolist()
    people = moments.trainee[which][order]
    return [people[first:last] for first, last in pairwise(bounds)]


def _few(people: People, least: int) -> frozenset[int]:
    """Those that are about somebody, but about fewer than `least`."""
    return frozenset(place for place, one in enumerate(people) if 0 < len(one) < least)


def _rows(met: People, skills: Iterable[People]) -> frozenset[int]:
    """The turns of which nothing is told; sums of the skills count how many met their turns."""
    rated = [[one if len(each[place]) else _NOBODY for place, one in enumerate(met)] for each in skills]
    rows, before = _few(met, LEAST_TRAINEES), None
    while rows != before:
        before = rows
        for people in rated:
            rows = _widened(rows, people, 0)
    return rows


def _widened(hidden: frozenset[int], people: People, answers: int) -> frozenset[int]:
    """What is hidden, and of the other turns the smallest, until together they are not about too few."""
    for place in sorted(range(len(people)), key=lambda place: (len(people[place]), place)):
        if not _too_few(hidden, people, answers):
            break
        hidden |= {place} if len(people[place]) else set()
    return hidden


def _too_few(hidden: Iterable[int], people: People, answers: int) -> bool:
    """Whether turns that can be found together are one alone, or about too few trainees, or of too few answers."""
    about = [people[place] for place in hidden if len(people[place])]
    if not about:
        return False
    together = np.concatenate(about)
    return len(about) == 1 or together.size < answers or np.unique(together).size < LEAST_TRAINEES
