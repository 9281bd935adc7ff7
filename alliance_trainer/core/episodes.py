"""Rupture episodes: where strain began and through whom, what was made of it, and whether it was repaired."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import groupby

import msgspec

from alliance_trainer.core.course import Course, Exchange
from alliance_trainer.core.engine import State
from alliance_trainer.core.model import Response, Scenario
from alliance_trainer.core.tally import Tally, moment
from alliance_trainer.core.vocabulary.outcomes import RESOLVED_FROM
from alliance_trainer.core.vocabulary.skills import SKILLS

STRONG = Fraction(3, 4)
"""A response is strong that takes at least this share of what the four skills offer together at its turn."""


class Episode(msgspec.Struct, frozen=True, kw_only=True):
    """A maximal run of answered turns with a rupture.

    `first`: index of its first answer on the way, from 0; `turns`: how many answers it has.
    `trainee_made`: the answer just before it was a mistake (harm, or any negative rating; see `mistaken`).
    `worsened`: there is a mistake inside it.
    `resolved`: it led to a turn without a rupture, or to an ending worth at least 3; None while it is open.
    `turns_to_strong`: how many answers up to and with the first strong one; None if there was none.
    """

    first: int
    turns: int
    trainee_made: bool
    worsened: bool
    resolved: bool | None
    turns_to_strong: int | None


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """So many resolved of so many closed; adding pools. It is shown as these counts, never as a rate."""

    resolved: int = 0
    closed: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(resolved=self.resolved + other.resolved, closed=self.closed + other.closed)


def mistaken(response: Response) -> bool:
    """Whether a response does harm or is rated below 0 on any of the seven tasks."""
    return response.harm > 0 or any(rating < 0 for rating in response.rates.values())


def strong(exchange: Exchange) -> bool:
    """Whether an answer takes at least 3/4 of the points that the four skills together offered there.

    Counted over the responses on offer. Where they offer none, no answer is strong (of this project).
    """
    met = (moment(exchange.offered, exchange.response_id, skill, 1) for skill in SKILLS)
    total = sum((tally for tally in met if tally is not None), Tally())
    return total.offered > 0 and Fraction(total.points, total.offered) >= STRONG


def episodes_of(scenario: Scenario, played: Course) -> tuple[Episode, ...]:
    """The episodes of the way that led to where the attempt stands.

    A rupture that was reached but not answered is no episode yet. An unfinished attempt that stands at a
    turn without a rupture has closed the episode before it.
    """
    runs = groupby(enumerate(played.way), key=lambda pair: pair[1].turn.rupture != "none")
    return tuple(_episode(scenario, played.way, dict(run)) for ruptured, run in runs if ruptured)


def _ruptured(scenario: Scenario, turn: str) -> bool:
    return scenario.turns[turn].rupture != "none"


def _episode(scenario: Scenario, way: Sequence[Exchange], run: Mapping[int, Exchange]) -> Episode:
    first, inside = min(run), list(run.values())
    strong_at = (count for count, exchange in enumerate(inside, start=1) if strong(exchange))
    return Episode(
        first=first,
        turns=len(inside),
        trainee_made=first > 0 and mistaken(way[first - 1].response),
        worsened=any(mistaken(exchange.response) for exchange in inside),
        resolved=_resolved(scenario, inside[-1].after),
        turns_to_strong=next(strong_at, None),
    )


def _resolved(scenario: Scenario, after: State) -> bool | None:
    """Whether an episode that led here was repaired; None where the rupture goes on, still unanswered."""
    if after.ended:
        return scenario.endings[after.place].value >= RESOLVED_FROM
    return None if _ruptured(scenario, after.place) else True


def repair(episodes: Iterable[Episode]) -> Share:
    """Resolved and closed episodes; open ones are left out."""
    closed = [episode.resolved for episode in episodes if episode.resolved is not None]
    return Share(resolved=sum(closed), closed=len(closed))


def recovery(episodes: Iterable[Episode]) -> Share:
    """The same among those episodes that the trainee made or worsened."""
    return repair(episode for episode in episodes if episode.trainee_made or episode.worsened)
