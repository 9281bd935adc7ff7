"""The study of one skill: the trainees' scores, their average, and how far they can be relied on."""

import numpy as np

from alliance_trainer.cohort.scoring.pooled import pooled_figures
from alliance_trainer.cohort.scoring.scored import SkillFigures, skill_figures
from alliance_trainer.cohort.statistics import additive, describe, reliability
from alliance_trainer.cohort.statistics.describe import Numbers
from alliance_trainer.cohort.study import enough
from alliance_trainer.cohort.study.figures import Figure, Model, SkillStudy, TraineeScore, Withheld
from alliance_trainer.cohort.study.moments import Moments, Whole
from alliance_trainer.core.vocabulary.skills import RATED, Rated

_SCORED = f"trainees with {enough.SCORE} moments"


def skill_study(moments: Moments, skill: Rated) -> SkillStudy:
    """The study of a skill over all attempts of record."""
    column = RATED.index(skill)
    met = moments.offered[:, column] > 0
    persons, turns = moments.trainee[met], moments.turn[met]
    points, offered = moments.points[met, column], moments.offered[met, column]
    sums = _sums(moments, column, met)
    who = np.flatnonzero(sums[:, 2])
    often = who[sums[who, 2] >= enough.SCORE]
    shares: Numbers = sums[often, 0] / sums[often, 1]
    pooled, over = pooled_figures(tuple(sums.sum(axis=0).tolist()), sums[who, 0], sums[who, 1])
    model, adjusted = _model(persons, turns, points / offered)
    alpha, common = _alpha(persons, turns, points / offered, who)
    return SkillStudy(
        skill=skill,
        trainees=who.size,
        pooled=pooled,
        scores=_scores(moments, sums, adjusted),
        mean=_average(shares),
        sd=enough.given(describe.sd(shares), shares.size, enough.AVERAGE, cases=_SCORED),
        median=_median(shares),
        model=model,
        alpha=alpha,
        common_turns=common,
        pooled_over=over,
    )


def figures_by_trainee(moments: Moments, skill: Rated) -> dict[str, SkillFigures]:
    """Each trainee's figures of a skill over all attempts of record; who never met it is left out."""
    column = RATED.index(skill)
    sums = _sums(moments, column, moments.offered[:, column] > 0)
    return {one.trainee: one.figures for one in _scores(moments, sums, {})}


def _sums(moments: Moments, column: int, met: np.ndarray) -> Whole:
    """The six sums of a tally for each trainee, as rows; exact whole numbers."""
    sums = np.zeros((len(moments.trainees), 6), dtype=np.int64)
    offered = moments.offered[:, column]
    parts = (
        moments.points[:, column],
        offered,
        met.astype(np.int64),
        moments.chance[:, column],
        offered * offered,
        moments.variance[:, column],
    )
    for place, part in enumerate(parts):
        np.add.at(sums[:, place], moments.trainee[met], part[met])
    return sums


def _figures(sums: Whole) -> SkillFigures | None:
    return skill_figures(tuple(sums.tolist()))


def _scores(moments: Moments, sums: Whole, adjusted: dict[int, float]) -> tuple[TraineeScore, ...]:
    scores = []
    for place, trainee in enumerate(moments.trainees):
        figures = _figures(sums[place])
        if figures is not None:
            scores.append(TraineeScore(trainee=trainee, figures=figures, adjusted=adjusted.get(place)))
    return tuple(scores)


def _average(shares: Numbers) -> Figure:
    interval = describe.t_interval(shares) if shares.size >= enough.INTERVAL else None
    return enough.given(
        describe.mean(shares), shares.size, enough.AVERAGE, cases=_SCORED, interval=interval and _inside(interval)
    )


def _median(shares: Numbers) -> Figure:
    interval = describe.median_interval(shares) if shares.size >= enough.INTERVAL else None
    return enough.given(describe.median(shares), shares.size, enough.AVERAGE, cases=_SCORED, interval=interval)


def _inside(interval: tuple[float, float]) -> tuple[float, float]:
    """A share lies between 0 and 1, and so does what may be said of it."""
    return max(0.0, interval[0]), min(1.0, interval[1])


def _model(persons: Whole, turns: Whole, shares: Numbers) -> tuple[Model | Withheld, dict[int, float]]:
    """The additive model and each trainee's expected score over all its turns, or why there is none."""
    often = np.isin(turns, np.flatnonzero(np.bincount(turns) >= enough.MODEL_ANSWERS)) if turns.size else turns > 0
    persons, turns, shares = persons[often], turns[often], shares[often]
    who, person = np.unique(persons, return_inverse=True)
    which, turn = np.unique(turns, return_inverse=True)
    reason = _why_no_model(person, turn, who.size, which.size)
    if reason:
        return Withheld(reason=reason, n=who.size), {}
    fitted = additive.fit(person, turn, shares)
    model = Model(
        person_variance=fitted.person_variance,
        residual_variance=fitted.residual_variance,
        turn_variance=fitted.turn_variance,
        reliability=fitted.reliability,
        phi=fitted.phi,
        trainees=who.size,
        turns=which.size,
    )
    ease = sum(fitted.eases) / len(fitted.eases)
    return model, {place: ease + effect for place, effect in zip(who.tolist(), fitted.effects, strict=True)}


def _why_no_model(person: Whole, turn: Whole, persons: int, turns: int) -> str:
    if persons < enough.MODEL_TRAINEES:
        return (
            f"it needs {enough.MODEL_TRAINEES} trainees or more at turns that {enough.MODEL_ANSWERS} or more answered"
        )
    if turns < 2 or person.size == persons:
        return "hardly any trainee met more than one of its turns"
    if not additive.connected(person, turn):
        return "the trainees fall into groups that have no turn in common"
    return ""


def _alpha(persons: Whole, turns: Whole, shares: Numbers, who: Whole) -> tuple[Figure, int]:
    """Alpha over the turns that every trainee met, and how many these are."""
    met_by = np.bincount(turns) if turns.size else turns
    common = np.flatnonzero(met_by == who.size) if who.size else met_by
    if common.size < 2:
        return Withheld(reason="fewer than two turns were met by every trainee", n=who.size), common.size
    at = np.isin(turns, common)
    matrix = np.zeros((who.size, common.size))
    matrix[np.searchsorted(who, persons[at]), np.searchsorted(common, turns[at])] = shares[at]
    found = reliability.alpha(matrix)
    figure = enough.given(
        None if found is None else found.value,
        who.size,
        enough.ALPHA_TRAINEES,
        cases="trainees",
        undefined="the totals do not vary",
        interval=None if found is None else found.interval,
    )
    return figure, common.size
