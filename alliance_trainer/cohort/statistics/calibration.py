"""How sure people were and how often they were right: Brier's score, its parts, and over-confidence."""

import msgspec
import numpy as np
from numpy.typing import NDArray

from alliance_trainer.cohort.statistics.describe import Numbers
from alliance_trainer.cohort.statistics.detection import roc_area


class Brier(msgspec.Struct, frozen=True, kw_only=True):
    """Brier's score (0 best, 1 worst) = reliability - resolution + uncertainty.

    `over_confidence` is mean confidence less the share of right answers, -1 to 1.
    """

    brier: float
    reliability: float
    resolution: float
    uncertainty: float
    over_confidence: float


def brier(confidence: Numbers, right: NDArray[np.bool_]) -> Brier | None:
    """The parts of Brier's score over confidences (0 to 1), grouped by equal ones; None of nothing.

    Sources: Brier 1950; Murphy 1973 (the parts). Agrees with scikit-learn's brier_score_loss.
    """
    if not confidence.size:
        return None
    hits = right.astype(np.float64)
    accuracy = float(hits.mean())
    levels, group = np.unique(confidence, return_inverse=True)
    share = np.bincount(group) / confidence.size
    rate = np.bincount(group, weights=hits) / np.bincount(group)
    return Brier(
        brier=float(((confidence - hits) ** 2).mean()),
        reliability=float((share * (levels - rate) ** 2).sum()),
        resolution=float((share * (rate - accuracy) ** 2).sum()),
        uncertainty=accuracy * (1 - accuracy),
        over_confidence=float(confidence.mean()) - accuracy,
    )


def type_2_area(confidence: Numbers, right: NDArray[np.bool_]) -> float | None:
    """How well confidence tells right answers from wrong ones: the type-2 ROC area; None unless there are both.

    Source: Fleming and Lau 2014. Agrees with scikit-learn's roc_auc_score of being right on confidence.
    """
    return roc_area(confidence[right], confidence[~right])
