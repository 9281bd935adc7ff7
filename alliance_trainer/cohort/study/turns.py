"""The study of turns as items: how hard each is, how its responses are used, and what an instructor should look at."""

from collections.abc import Iterator, Mapping

import msgspec
import numpy as np

from alliance_trainer.cohort.statistics import items
from alliance_trainer.cohort.statistics.describe import Numbers
from alliance_trainer.cohort.study import enough
from alliance_trainer.cohort.study.figures import Estimate, TurnSkill, TurnStudy
from alliance_trainer.cohort.study.moments import Moments, Truth, TurnRef, Whole
from alliance_trainer.cohort.study.offers import offers_of
from alliance_trainer.cohort.study.responses import responses_of
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.vocabulary.markers import RUPTURE_TYPES
from alliance_trainer.core.vocabulary.skills import RATED, SKILLS, Rated

HARD, EASY, WEAK = 0.20, 0.90, 0.10

VERY_HARD = "very hard: less than 20 % of the points were taken"
VERY_EASY = "very easy: more than 90 % of the points were taken"
TELLS_LITTLE = "hardly tells trainees apart"
BACKWARDS = "backwards: who does well elsewhere does worse here"
"""What an instructor should look at."""


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """All answers for one skill, or for the four together: what was taken, on offer, and taken at all others."""

    skill: Rated | None
    points: Numbers
    offered: Numbers
    rest: Numbers
    others: Whole


def turn_studies(moments: Moments, scenarios: Mapping[str, Scenario]) -> tuple[TurnStudy, ...]:
    """The study of each turn, in the order of the columns."""
    together = _answers(moments, None)
    skills = [_answers(moments, skill) for skill in RATED]
    order = np.argsort(moments.turn, kind="stable")
    bounds = np.searchsorted(moments.turn[order], np.arange(len(moments.turns) + 1))
    return tuple(
        _study(moments, order[bounds[place] : bounds[place + 1]], turn, scenarios, (together, *skills))
        for place, turn in enumerate(moments.turns)
    )


def unmet_turns(moments: Moments, scenarios: Mapping[str, Scenario]) -> tuple[TurnStudy, ...]:
    """The turns of the scenarios that were played which nobody met, by scenario and order; of no answers each."""
    together = (_answers(moments, None),)
    met = {(ref.scenario, ref.turn, ref.rupture) for ref in moments.turns}
    nobody = np.empty(0, dtype=np.int64)
    return tuple(
        _study(moments, nobody, ref, scenarios, together)
        for name in sorted({ref.scenario for ref in moments.turns} & scenarios.keys())
        for ref in _all_turns(scenarios[name])
        if (ref.scenario, ref.turn, ref.rupture) not in met
    )


def _all_turns(scenario: Scenario) -> Iterator[TurnRef]:
    for order, (name, turn) in enumerate(scenario.turns.items()):
        yield TurnRef(
            scenario=scenario.id, turn=name, rupture=turn.rupture, order=order, responses=tuple(turn.responses)
        )


def _answers(moments: Moments, skill: Rated | None) -> Answers:
    columns = slice(len(SKILLS)) if skill is None else slice(RATED.index(skill), RATED.index(skill) + 1)
    points: Numbers = moments.points[:, columns].sum(axis=1).astype(np.float64)
    offered: Numbers = moments.offered[:, columns].sum(axis=1).astype(np.float64)
    rest, others = items.rest_of(points, offered, moments.trainee)
    return Answers(skill=skill, points=points, offered=offered, rest=rest, others=others)


def _study(
    moments: Moments, rows: Whole, ref: TurnRef, scenarios: Mapping[str, Scenario], answers: tuple[Answers, ...]
) -> TurnStudy:
    scenario = scenarios.get(ref.scenario)
    turn = scenario.turns.get(ref.turn) if scenario else None
    together = _turn_skill(answers[0], rows)
    notice = moments.notice[rows]
    offers = offers_of(moments, rows, ref, turn)
    rest = (answers[0].rest, answers[0].others >= enough.OTHER_MOMENTS)
    return TurnStudy(
        scenario=ref.scenario,
        turn=ref.turn,
        patient=ref.seen[0] if ref.seen else "",
        wordings=len(ref.seen),
        rupture=ref.rupture,
        order=ref.order,
        n=rows.size,
        asked=int((notice >= 0).sum()),
        named=int((notice > 0).sum()),
        exact=int((notice == RUPTURE_TYPES.index(ref.rupture)).sum()),
        together=together,
        skills=tuple(found for each in answers[1:] if (found := _turn_skill(each, rows))),
        responses=responses_of(moments, rows, ref, turn, rest, offers),
        best_share=float(moments.best[rows].mean()) if rows.size else 0.0,
        flags=_flags(together),
        offers=tuple(offer.people for offer in offers),
    )


def _turn_skill(answers: Answers, rows: Whole) -> TurnSkill | None:
    """Facility and discrimination; None where nothing was on offer."""
    met = rows[answers.offered[rows] > 0]
    if not met.size:
        return None
    points, offered = answers.points[met], answers.offered[met]
    told: Truth = answers.others[met] >= enough.OTHER_MOMENTS
    apart = items.item_rest((points / offered)[told], answers.rest[met][told])
    return TurnSkill(
        skill=answers.skill,
        facility=enough.given(items.facility(points, offered), met.size, enough.FACILITY, cases="answers"),
        discrimination=enough.given(
            apart,
            int(told.sum()),
            enough.DISCRIMINATION,
            cases=f"answers of trainees with {enough.OTHER_MOMENTS} other moments",
            undefined="all did the same here, or elsewhere",
        ),
    )


def _flags(together: TurnSkill | None) -> tuple[str, ...]:
    flags = []
    if together and isinstance(together.facility, Estimate):
        flags += [VERY_HARD] * (together.facility.value < HARD) + [VERY_EASY] * (together.facility.value > EASY)
    if together and isinstance(together.discrimination, Estimate):
        apart = together.discrimination.value
        flags += [BACKWARDS] if apart < 0 else [TELLS_LITTLE] * (apart < WEAK)
    return tuple(flags)
