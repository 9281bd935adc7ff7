"""The figures of a skill over all answers of a cohort together, with an interval that draws trainees, not answers."""

import msgspec
import numpy as np

from alliance_trainer.cohort.scoring.scored import Independent, SkillFigures, skill_figures
from alliance_trainer.cohort.statistics import people
from alliance_trainer.core.tally import SCALE


def pooled_figures(
    sums: tuple[int, ...], points: np.ndarray, offered: np.ndarray
) -> tuple[SkillFigures | None, Independent]:
    """The figures of many people's tallies together, with the interval over people; and what it is over.

    `points` and `offered` hold those of each person who met the skill. Of few people the interval stays that of
    independent answers, which is too narrow where people differ.
    """
    figures = skill_figures(sums)
    if figures is None:
        return None, "answers"
    chance, full = sums[3], SCALE * sums[1]
    found = people.share_interval(people.spread_of(points, offered), chance * (full - chance) / sums[5])
    if found is None:
        return figures, "answers"
    low, high = found
    return msgspec.structs.replace(figures, low=low, high=high), "trainees"
