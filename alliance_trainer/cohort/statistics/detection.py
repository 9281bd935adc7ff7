"""Recognition as signal detection: a rupture is the signal, a turn without one the noise."""

from math import exp, pi, sqrt

import msgspec
import numpy as np

from alliance_trainer.cohort.statistics.describe import Numbers
from alliance_trainer.core.detection import Detected, quantiles, rates, told_apart


class SignalDetection(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one table of hits and false alarms.

    `hit_rate` and `false_alarm_rate` are the log-linear ones; d', bias c (below 0: names ruptures liberally),
    ln beta and the standard error of d' follow from them. A', B''D (None for a perfect table) and the balanced
    accuracy (0 to 1) are of the bare rates.
    """

    hit_rate: float
    false_alarm_rate: float
    d_prime: float
    bias: float
    ln_beta: float
    se: float
    a_prime: float
    b_d: float | None
    balanced_accuracy: float


def detect(hits: int, ruptures: int, false_alarms: int, foils: int) -> SignalDetection | None:
    """Hits of so many ruptures and false alarms of so many foils; None unless both were met.

    The log-linear correction H = (hits + .5) / (ruptures + 1), and the same for false alarms, is applied always,
    not only at 0 and 1. Sources: Hautus 1995 (the correction), Stanislaw and Todorov 1999 (d', c, beta),
    Gourevitch and Galanter 1967 (standard error), Snodgrass and Corwin 1988 (A'), Donaldson 1992 (B''D).
    The normal quantiles agree with R's qnorm.
    """
    if not (ruptures and foils):
        return None
    counts = Detected(
        hits=hits,
        misses=ruptures - hits,
        false_alarms=false_alarms,
        correct_rejections=foils - false_alarms,
    )
    hit_rate, false_rate = rates(counts)
    z_hit, z_false = quantiles(counts)
    found = told_apart(counts)
    bare_hit, bare_false = hits / ruptures, false_alarms / foils
    return SignalDetection(
        hit_rate=hit_rate,
        false_alarm_rate=false_rate,
        d_prime=found.d,
        bias=found.c,
        ln_beta=(z_false**2 - z_hit**2) / 2,
        se=sqrt(_variance(hit_rate, ruptures, z_hit) + _variance(false_rate, foils, z_false)),
        a_prime=_a_prime(bare_hit, bare_false),
        b_d=_b_d(bare_hit, bare_false),
        balanced_accuracy=(bare_hit + 1 - bare_false) / 2,
    )


def _variance(rate: float, n: int, z: float) -> float:
    """The variance of the normal quantile of a rate."""
    density = exp(-z * z / 2) / sqrt(2 * pi)
    return rate * (1 - rate) / (n * density**2)


def _a_prime(hit: float, false: float) -> float:
    if hit == false:
        return 0.5
    if hit > false:
        return 0.5 + (hit - false) * (1 + hit - false) / (4 * hit * (1 - false))
    return 0.5 - (false - hit) * (1 + false - hit) / (4 * false * (1 - hit))


def _b_d(hit: float, false: float) -> float | None:
    below, above = (1 - hit) * (1 - false), hit * false
    return (below - above) / (below + above) if below + above else None


def roc_area(signal: Numbers, noise: Numbers) -> float | None:
    """The area under the ROC curve: how often a signal's value lies above a noise's, ties counted half.

    0 to 1; None where either is empty. Source: Hanley and McNeil 1982. Agrees with scikit-learn's roc_auc_score.
    """
    if not (signal.size and noise.size):
        return None
    ordered = np.sort(noise)
    below = np.searchsorted(ordered, signal, side="left")
    upto = np.searchsorted(ordered, signal, side="right")
    return float((below + upto).sum() / 2 / (signal.size * noise.size))
