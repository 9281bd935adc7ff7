"""From how many cases on a figure is given: below that its counts and the reason stand in its place."""

from alliance_trainer.cohort.scoring.scored import Independent
from alliance_trainer.cohort.statistics import people
from alliance_trainer.cohort.study.figures import Estimate, Figure, Withheld

SCORE = 5
"""Moments for a trainee's score to be one: below that there are only counts, and it enters no average."""

AVERAGE = 5
"""Trainees for an average: of fewer, single people could be told from it."""

INTERVAL = people.FEWEST
"""Trainees for the interval of an average, and for one over trainees of a figure from all their answers."""

FACILITY = 10
"""Answers for the facility of a turn, and for saying that most chose another response than the best."""

DISCRIMINATION = 30
"""Answers for the discrimination of a turn, and for what depends on it or on rare responses."""

OTHER_MOMENTS = 3
"""Other moments that a trainee must have met to be told apart by them."""

EACH_KIND = 10
"""Ruptures, and turns without one, that must have been answered for d' and its kin."""

LABELS = 30
"""Answers for a kappa or a calibration."""

MODEL_TRAINEES = 30
"""Trainees for the additive model."""

MODEL_ANSWERS = 5
"""Answers for a turn to enter the additive model."""

ALPHA_TRAINEES = 10
"""Trainees for alpha."""

PAIRS = 10
"""Pairs for the size of a change."""

RATED_ITEMS = 10
"""Items for a figure of agreement between raters."""


def given(
    value: float | None,
    n: int,
    least: int,
    *,
    cases: str,
    undefined: str = "it does not vary",
    interval: tuple[float, float] | None = None,
    over: Independent = "trainees",
) -> Figure:
    """The figure, or why not: fewer than `least` cases, or not defined for these numbers."""
    if n < least:
        return Withheld(reason=f"it needs {least} {cases} or more", n=n)
    if value is None:
        return Withheld(reason=undefined, n=n)
    low, high = interval or (None, None)
    return Estimate(value=value, n=n, low=low, high=high, over=over)
