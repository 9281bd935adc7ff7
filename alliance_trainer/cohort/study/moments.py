"""The scored answers of a cohort as columns: what the statistics, the report and the exports are worked out from."""

from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from alliance_trainer.core.vocabulary.markers import RuptureType

NOT_ANSWERED = -1
"""The column `notice` where the question was asked and left open."""

NOT_ASKED = -2
"""The column `notice` at a turn that does not ask."""

Whole = NDArray[np.int64]
Truth = NDArray[np.bool_]


class TurnRef(msgspec.Struct, frozen=True, kw_only=True):
    """A turn that attempts met: `order` is its place in the scenario's file, from 0; `responses` all its ids.

    `seen`: what the patient did there, each way in which somebody met it; what most met comes first.
    """

    scenario: str
    turn: str
    rupture: RuptureType
    order: int
    responses: tuple[str, ...]
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Moments:
    """One row a scored answer of the attempts of record, sorted by trainee, then scenario, then step.

    Each attempt is complete and the only one of its trainee at its scenario; a turn met twice has its first
    answer only. `trainees`, sorted, and `turns`, by scenario and order, are what `trainee` and `turn` count in.

    `step` from 0; `response` counts in the turn's responses; `notice` in RUPTURE_TYPES, or NOT_ANSWERED, or
    NOT_ASKED; `confidence` 50 to 100 per cent, -1 where it was not asked; `ms` -1 where it was not told.
    `points` and `offered` (rows x RATED, in its order) with the turn's weight; offered 0: no opportunity.
    `chance` and `variance` of the same form, as in core.tally.Tally (in 1/2520 and its square); 0 where nothing
    is on offer.
    `seen` counts in what the turn's patient was seen to do. `stronger` counts in the turn's responses: the strongest
    that was on offer, by the sum of the four skills, or -1 where the answer itself is as strong.
    `on_offer` (rows x the most responses that a turn has, counted as in its turn): which of them could be chosen.
    `best`: the answer takes all that the four skills offer there, and they offer something. `harm` 0 to 2.
    """

    trainees: tuple[str, ...]
    turns: tuple[TurnRef, ...]
    trainee: Whole
    turn: Whole
    step: Whole
    response: Whole
    notice: Whole
    confidence: Whole
    ms: Whole
    points: Whole
    offered: Whole
    chance: Whole
    variance: Whole
    best: Truth
    harm: Whole
    seen: Whole
    stronger: Whole
    on_offer: Truth
