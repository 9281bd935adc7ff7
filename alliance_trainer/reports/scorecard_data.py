"""A scorecard as plain data, in the field names that other programs rely on: for JSON and what follows it.

Keys are only ever added. Whole numbers are exact; `score` is `points / offered` as a float, never rounded.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from msgspec.structs import fields

from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.episodes import Episode, Share
from alliance_trainer.core.recognition import Noticed
from alliance_trainer.core.scoring import AlliancePoint, Scorecard, TurningPoint
from alliance_trainer.core.tally import SkillScore

DEBRIEF_FORMAT = "alliance-trainer/debrief"
VERSION = 1

Data = dict[str, Any]


def scorecard_data(attempt: Attempt, card: Scorecard) -> Data:
    """One scored attempt.

    `alliance` ends with a point whose `turn` is null where an ending was reached. `turning_points`,
    `outcome` and `outcome_regret` are null where they cannot be known (after a rewind, for one).
    """
    return _facts(attempt) | {
        "status": card.status,
        "reason": None,
        "assisted": card.assisted,
        "review": card.review,
        "answers": card.answers,
        "ending": card.ending,
        "outcome": card.outcome,
        "best_outcome": card.best_outcome,
        "outcome_regret": card.outcome_regret,
        "turning_points": None if card.turning_points is None else list(map(_turning, card.turning_points)),
        "harm": list(card.harm),
        "repair": _share(card.repair),
        "recovery": _share(card.recovery),
        "episodes": list(map(_episode, card.episodes)),
        "alliance": list(map(_alliance, card.alliance)),
        "noticed": noticed_data(card.noticed),
        "skills": _skills(card.skills),
        "further": _skills(card.further),
    }


def not_scored_data(attempt: Attempt, reason: str) -> Data:
    """An attempt that could not be scored, with the reason; every figure is null."""
    figures = [field.name for field in fields(Scorecard) if field.name != "status"]
    empty: Data = dict.fromkeys(figures)
    return _facts(attempt) | {"status": "not-scored", "reason": reason} | empty


def debrief_data(attempt: Attempt, card: Scorecard) -> Data:
    """The answer of `debrief --format json`: one scored attempt under its format and version."""
    return {"format": DEBRIEF_FORMAT, "version": VERSION} | scorecard_data(attempt, card)


def not_debriefed_data(attempt: Attempt, reason: str) -> Data:
    """The answer of `debrief --format json` for an attempt that cannot be scored here, with the reason."""
    return {"format": DEBRIEF_FORMAT, "version": VERSION} | not_scored_data(attempt, reason)


def skill_data(score: SkillScore | None) -> Data | None:
    """One skill's score; None where the skill was never met."""
    if score is None:
        return None
    return {
        "points": score.tally.points,
        "offered": score.tally.offered,
        "moments": score.tally.moments,
        "score": float(score.score),
        "low": score.low,
        "high": score.high,
        "chance": float(score.chance),
        "above_chance": float(score.above_chance),
        "tier": score.tier,
    }


def noticed_data(noticed: Noticed) -> Data:
    """What was noticed: points in quarters; rows of `confusion` by what the turn was, columns by the answer.

    Both in the order none, withdrawal, confrontation, mixed. `score` weighs ruptures and foils alike:
    (rupture_points / (4 n_ruptures) + foil_points / (4 n_foils)) / 2.
    """
    return {
        "points": noticed.points,
        "offered": noticed.offered,
        "n_ruptures": noticed.n_ruptures,
        "n_foils": noticed.n_foils,
        "rupture_points": noticed.rupture_points,
        "foil_points": noticed.foil_points,
        "score": _float(noticed.score),
        "confusion": [list(row) for row in noticed.confusion],
        "skipped": noticed.skipped,
        "unasked": noticed.unasked,
    }


def _facts(attempt: Attempt) -> Data:
    return {
        "attempt": attempt.attempt,
        "trainee": attempt.trainee,
        "cohort": attempt.cohort,
        "occasion": attempt.occasion,
        "scenario": attempt.scenario,
        "scenario_sha256": attempt.scenario_sha256,
        "mode": attempt.mode,
        "started": attempt.started,
        "receipt": attempt.receipt,
    }


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _skills(scores: Mapping[Any, SkillScore | None]) -> Data:
    return {name: skill_data(score) for name, score in scores.items()}


def _turning(point: TurningPoint) -> Data:
    return {"turn": point.turn, "response": point.response, "lost": point.lost}


def _share(share: Share) -> Data:
    return {"resolved": share.resolved, "closed": share.closed}


def _episode(episode: Episode) -> Data:
    return {
        "first": episode.first,
        "turns": episode.turns,
        "trainee_made": episode.trainee_made,
        "worsened": episode.worsened,
        "resolved": episode.resolved,
        "turns_to_strong": episode.turns_to_strong,
    }


def _alliance(point: AlliancePoint) -> Data:
    return {
        "turn": point.turn,
        "bond": point.bond,
        "task": point.task,
        "goal": point.goal,
        "tension": point.tension,
        "level": point.level,
    }
