"""The study of what was noticed: counts, signal detection, agreement with the key, and calibration."""

from typing import TypeVar

import numpy as np
from msgspec.structs import replace

from alliance_trainer.cohort.scoring.scored import Independent
from alliance_trainer.cohort.statistics import agreement, calibration, describe, detection, people
from alliance_trainer.cohort.statistics.describe import Numbers
from alliance_trainer.cohort.study import enough
from alliance_trainer.cohort.study.figures import (
    Calibration,
    ConfidenceBand,
    Detection,
    Estimate,
    Figure,
    RecognitionStudy,
    TraineeRecognition,
    Withheld,
)
from alliance_trainer.cohort.study.moments import NOT_ANSWERED, Moments, Whole
from alliance_trainer.core.tally import Z95
from alliance_trainer.core.vocabulary.markers import RUPTURE_TYPES, RuptureType

Given = TypeVar("Given", Estimate | Withheld, Calibration | Withheld)

Bounds = tuple[float, float]

_ONE: tuple[Numbers, Numbers] = (np.empty(0), np.empty(0))
_KINDS = len(RUPTURE_TYPES)
_EACH = f"ruptures and {enough.EACH_KIND} turns without one"


def right(rupture: RuptureType, notice: int) -> bool | None:
    """Whether a rupture was named where there is one, or none where there is none; None where nothing was answered."""
    return None if notice < 0 else (notice > 0) == (rupture != "none")


def recognition_study(moments: Moments) -> RecognitionStudy:
    """What all noticed, and each. Intervals of figures over all answers draw trainees (see statistics.people)."""
    tables = _tables(moments)
    whole = tables.sum(axis=0)
    trainees = tuple(
        TraineeRecognition(trainee=name, detection=detection_of(table), confusion=_rows(table))
        for name, table in zip(moments.trainees, tables, strict=True)
        if table.sum()
    )
    sensitivity, bias = people.detections(people.without_each(tables))
    return RecognitionStudy(
        pooled=_pooled(detection_of(whole, (sensitivity, bias)), len(trainees)),
        mean_d_prime=_mean_d_prime(tables),
        confusion=_rows(whole),
        skipped=int((moments.notice == NOT_ANSWERED).sum()),
        kappa=_of_enough(_kappa(tables, "answers"), len(trainees)),
        type_kappa=_of_enough(_kappa(tables[:, 1:, 1:], "ruptures that were named as one"), len(trainees)),
        calibration=_of_enough(_calibration(moments), len(trainees)),
        trainees=trainees,
    )


def _of_enough(figure: Given, trainees: int) -> Given:
    """The figure over all, unless so few trainees answered that single people could be told from it."""
    if trainees >= enough.AVERAGE:
        return figure
    return Withheld(reason=f"it needs answers of {enough.AVERAGE} trainees or more", n=trainees)


def _pooled(found: Detection, trainees: int) -> Detection:
    """The counts, and the figures of all if enough trainees answered."""
    return replace(
        found,
        d_prime=_of_enough(found.d_prime, trainees),
        bias=_of_enough(found.bias, trainees),
        a_prime=_of_enough(found.a_prime, trainees),
    )


def golds(moments: Moments) -> Whole:
    """What the turn of each row is, as a place in RUPTURE_TYPES."""
    of_turn = np.array([RUPTURE_TYPES.index(turn.rupture) for turn in moments.turns], dtype=np.int64)
    return of_turn[moments.turn]


def _tables(moments: Moments) -> Whole:
    """What was said of what, for each trainee: trainees x what it is x what was said."""
    tables = np.zeros((len(moments.trainees), _KINDS, _KINDS), dtype=np.int64)
    told = moments.notice >= 0
    np.add.at(tables, (moments.trainee[told], golds(moments)[told], moments.notice[told]), 1)
    return tables


def _rows(table: Whole) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(row) for row in table.tolist())


def detection_of(table: Whole, left_out: tuple[Numbers, Numbers] = _ONE) -> Detection:
    """The counts of a table, and d', c and A' where there are enough of both kinds.

    `left_out`: d' and c without each of many trainees, for intervals over them; a single trainee's are over answers.
    """
    ruptures, foils = int(table[1:].sum()), int(table[0].sum())
    hits, false_alarms = int(table[1:, 1:].sum()), int(table[0, 1:].sum())
    found = detection.detect(hits, ruptures, false_alarms, foils)

    def figure(value: float | None, se: float | None, without: Numbers) -> Figure:
        if min(ruptures, foils) < enough.EACH_KIND:
            needs = f"it needs {enough.EACH_KIND} {_EACH} or more, and there are {ruptures} and {foils}"
            return Withheld(reason=needs, n=ruptures + foils)
        interval, over = _interval(value, se, without)
        return enough.given(value, ruptures + foils, 0, cases=_EACH, interval=interval, over=over)

    se = None if found is None else found.se
    return Detection(
        hits=hits,
        ruptures=ruptures,
        false_alarms=false_alarms,
        foils=foils,
        d_prime=figure(None if found is None else found.d_prime, se, left_out[0]),
        bias=figure(None if found is None else found.bias, None if se is None else se / 2, left_out[1]),
        a_prime=figure(None if found is None else found.a_prime, None, _ONE[0]),
    )


def _interval(value: float | None, se: float | None, left_out: Numbers) -> tuple[Bounds | None, Independent]:
    """The interval over trainees, or over answers where these are too few; and which."""
    if value is None or se is None:
        return None, "answers"
    half = people.half_width(left_out, se)
    over: Independent = "answers" if half is None else "trainees"
    half = Z95 * se if half is None else half
    return (value - half, value + half), over


def _mean_d_prime(tables: Whole) -> Figure:
    """The mean of d' over those trainees who answered enough of both kinds."""
    many = (tables[:, 0].sum(axis=1) >= enough.EACH_KIND) & (tables[:, 1:].sum(axis=(1, 2)) >= enough.EACH_KIND)
    own = [
        found.d_prime
        for table in tables[many]
        if (
            found := detection.detect(
                int(table[1:, 1:].sum()), int(table[1:].sum()), int(table[0, 1:].sum()), int(table[0].sum())
            )
        )
    ]
    values = np.array(own, dtype=np.float64)
    interval = describe.t_interval(values) if values.size >= enough.INTERVAL else None
    cases = f"trainees who each answered {enough.EACH_KIND} {_EACH}"
    return enough.given(describe.mean(values), values.size, enough.AVERAGE, cases=cases, interval=interval)


def _kappa(tables: Whole, cases: str) -> Figure:
    """Kappa of the sum of the trainees' tables."""
    table = tables.sum(axis=0)
    found = agreement.kappa(table.astype(np.float64))
    value, se = (None, None) if found is None else (found.value, found.se)
    bounds, over = _interval(value, se, people.kappas(people.without_each(tables)))
    return enough.given(
        value,
        int(table.sum()),
        enough.LABELS,
        cases=cases,
        undefined="chance alone agrees fully",
        interval=bounds and (max(-1.0, bounds[0]), min(1.0, bounds[1])),
        over=over,
    )


def _calibration(moments: Moments) -> Calibration | Withheld:
    asked = (moments.confidence >= 0) & (moments.notice >= 0)
    n = int(asked.sum())
    sure = moments.confidence[asked]
    exact = moments.notice[asked] == golds(moments)[asked]
    parts = calibration.brier(sure / 100, exact) if n >= enough.LABELS else None
    if parts is None:
        return Withheld(reason=f"it needs {enough.LABELS} answers or more that say how sure they are", n=n)
    bands = tuple(
        ConfidenceBand(confidence=int(level), answers=int((sure == level).sum()), right=int(exact[sure == level].sum()))
        for level in np.unique(sure)
    )
    return Calibration(
        bands=bands,
        brier=parts.brier,
        reliability=parts.reliability,
        resolution=parts.resolution,
        uncertainty=parts.uncertainty,
        over_confidence=parts.over_confidence,
    )
