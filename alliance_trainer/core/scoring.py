"""The scorecard of one attempt: skills, what was noticed, harm, outcome, turning points, repair, alliance.

The formulas of the skills stand in `tally`, those of the probe in `recognition`. Everything is exact: whole
numbers and fractions, except the two bounds of an interval.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeVar

import msgspec

from alliance_trainer.core import effects
from alliance_trainer.core.attempt import Step
from alliance_trainer.core.automaton import Automaton
from alliance_trainer.core.course import Course, Exchange
from alliance_trainer.core.engine import State
from alliance_trainer.core.episodes import Episode, Share, episodes_of, recovery, repair
from alliance_trainer.core.recognition import Noticed, count
from alliance_trainer.core.replay import Status, replay
from alliance_trainer.core.tally import SkillScore, Tally, moment, skill_score
from alliance_trainer.core.vocabulary.skills import FURTHER_TASKS, SKILLS, FurtherTask, Rated, Skill

SCORER_VERSION = 1
"""Raised whenever the same attempt at the same scenario would get other figures than before."""

CardStatus = Literal["complete", "unfinished", "assisted"]
_Name = TypeVar("_Name", bound=Rated)


class TurningPoint(msgspec.Struct, frozen=True, kw_only=True):
    """An answer after which the best ending in reach was worth less, by `lost` (1 to 4)."""

    turn: str
    response: str
    lost: int


class AlliancePoint(msgspec.Struct, frozen=True, kw_only=True):
    """Where the alliance stood when a turn was reached, or at the end (`turn` is None there).

    bond, task, goal and level 0 to 100; tension 0 to 5.
    """

    turn: str | None
    bond: int
    task: int
    goal: int
    tension: int
    level: int


class Scorecard(msgspec.Struct, frozen=True, kw_only=True):
    """What one attempt adds up to.

    `status`: unfinished where the attempt says so or no ending was reached, else assisted where a rewind happened,
    else complete.
    `assisted`: a rewind happened, also if unfinished. `review`: a breach (harm 2) is among the scored
    responses, so that a person looks at it before any band is shown. `answers`: all responses given.
    `outcome`: value of the ending, 0 to 4; `best_outcome`: the best that could be reached from the start;
    `outcome_regret`: how much of it was out of reach in the end. `harm`: scored responses with harm 1 and 2.
    Figures that cannot be known are None: outcome, regret and turning points after a rewind; regret, best
    outcome and turning points where the automaton is not complete. After a rewind there are no episodes.
    """

    status: CardStatus
    assisted: bool
    review: bool
    answers: int
    ending: str | None
    outcome: int | None
    best_outcome: int | None
    outcome_regret: int | None
    turning_points: tuple[TurningPoint, ...] | None
    harm: tuple[int, int]
    episodes: tuple[Episode, ...]
    repair: Share
    recovery: Share
    alliance: tuple[AlliancePoint, ...]
    noticed: Noticed
    skills: Mapping[Skill, SkillScore | None]
    further: Mapping[FurtherTask, SkillScore | None]


def score(automaton: Automaton, steps: Sequence[Step], status: Status = "complete") -> Scorecard:
    """Score one attempt at the automaton's scenario.

    Raises IllegalStepError where the path is not legal in the scenario, naming the step (see `replay`).
    """
    return score_course(automaton, replay(automaton.scenario, steps, status), status)


def score_course(automaton: Automaton, played: Course, status: Status = "complete") -> Scorecard:
    """Score a course that has been played already; `status` is what its attempt says of itself."""
    scenario, state = automaton.scenario, played.state
    known = not played.rewound
    points = _turning_points(automaton, played) if known else None
    episodes = episodes_of(scenario, played) if known else ()
    harm = _harm(played.scored)
    return Scorecard(
        status=_status(played, status),
        assisted=played.rewound,
        review=harm[1] > 0,
        answers=len(played.exchanges),
        ending=state.place if state.ended else None,
        outcome=scenario.endings[state.place].value if state.ended and known else None,
        best_outcome=automaton.outlook[0] if automaton.complete else None,
        outcome_regret=None if points is None else sum(point.lost for point in points),
        turning_points=points,
        harm=harm,
        episodes=episodes,
        repair=repair(episodes),
        recovery=recovery(episodes),
        alliance=_alliance(played),
        noticed=noticed_of(played.scored),
        skills=_scores(played.scored, SKILLS),
        further=_scores(played.scored, FURTHER_TASKS),
    )


def _status(played: Course, told: Status) -> CardStatus:
    if not played.state.ended or told != "complete":
        return "unfinished"
    return "assisted" if played.rewound else "complete"


def tally_of(scored: Iterable[Exchange], skill: Rated) -> Tally:
    """What the scored answers add up to for one skill."""
    moments = (moment(exchange.offered, exchange.response_id, skill, exchange.turn.weight) for exchange in scored)
    return sum((met for met in moments if met is not None), Tally())


def _scores(scored: Sequence[Exchange], names: Sequence[_Name]) -> dict[_Name, SkillScore | None]:
    return {name: skill_score(tally_of(scored, name)) for name in names}


def noticed_of(scored: Iterable[Exchange]) -> Noticed:
    """What the scored answers noticed. Where a turn does not ask, an answer is counted apart, not scored."""
    asked, unasked = [], 0
    for exchange in scored:
        if exchange.turn.notice:
            asked.append((exchange.turn.rupture, exchange.notice))
        else:
            unasked += exchange.notice is not None
    return count(asked, unasked)


def _harm(scored: Sequence[Exchange]) -> tuple[int, int]:
    levels = [exchange.response.harm for exchange in scored]
    return levels.count(1), levels.count(2)


def _turning_points(automaton: Automaton, played: Course) -> tuple[TurningPoint, ...] | None:
    """The answers that put a better ending out of reach; what they lost adds up to the outcome regret.

    None where the automaton is not complete. Where no ending can be reached any more, the outlook counts as
    0, like the worst ending (of this project).
    """
    if not automaton.complete:
        return None
    points = []
    for exchange in played.way:
        lost = _outlook(automaton, exchange.before) - _outlook(automaton, exchange.after)
        if lost > 0:
            points.append(TurningPoint(turn=exchange.turn_id, response=exchange.response_id, lost=lost))
    return tuple(points)


def _outlook(automaton: Automaton, state: State) -> int:
    place = automaton.place_of(state)
    assert place is not None, "a complete automaton knows every situation"
    return automaton.outlook[place] or 0


def _alliance(played: Course) -> tuple[AlliancePoint, ...]:
    """The curve of the way that led to where the attempt stands, from the start to there."""
    states = [*(exchange.before for exchange in played.way), played.state]
    return tuple(map(_alliance_point, states))


def _alliance_point(state: State) -> AlliancePoint:
    values = state.values
    return AlliancePoint(
        turn=None if state.ended else state.place,
        bond=values["bond"],
        task=values["task"],
        goal=values["goal"],
        tension=values["tension"],
        level=effects.level(values),
    )
