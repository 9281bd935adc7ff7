"""What a cohort noticed: hits against false alarms as a picture, and the tables that say the same."""

from statistics import NormalDist

import msgspec

from alliance_trainer.cohort.study.figures import Detection, Estimate, RecognitionStudy, TraineeRecognition, Withheld
from alliance_trainer.core.counting import counted
from alliance_trainer.core.debrief import percent
from alliance_trainer.core.vocabulary.markers import RUPTURE_TYPES
from alliance_trainer.reports.report_words import FEWEST, KINDS, TOO_FEW, allowed, decimals, in_decimals

LEFT, TOP, SIDE = 44.0, 12.0, 280.0
"""Where the square stands in a picture 340 wide, and how long its sides are."""
_CURVES = (0, 1, 2, 3)
_STEPS = (0.004, 0.02, 0.05, 0.1, 0.16, 0.24, 0.34, 0.46, 0.58, 0.7, 0.82, 0.92, 0.98, 0.996)
_NORMAL = NormalDist()
_OVER_TRAINEES = (
    "The intervals are over trainees: how far a figure could move if others like them had been asked. The answers of "
    "one trainee are not counted as independent."
)
_OVER_ANSWERS = (
    "Of so few trainees the intervals of d' and bias of all answers, and of kappa, count the answers of one trainee as "
    "independent: they are too narrow where trainees differ."
)


class Curve(msgspec.Struct, frozen=True, kw_only=True):
    """All pairs of rates with the same d', as SVG path data, and where its name stands."""

    d_prime: int
    path: str
    x: float
    y: float


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """A trainee's two rates, in percent, and where they lie in the picture."""

    x: float
    y: float
    trainee: str
    hits: int
    alarms: int


class DetectionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One trainee's counts, and what may be said of them."""

    number: int
    trainee: str
    detection: Detection
    d_prime: str
    bias: str


class ConfusionRow(msgspec.Struct, frozen=True, kw_only=True):
    """What the turns were, and how often they were called what."""

    kind: str
    counts: tuple[int, ...]
    total: int


class BandRow(msgspec.Struct, frozen=True, kw_only=True):
    """Answers of one confidence, and the share of them that was right, in words."""

    confidence: int
    answers: int
    right: str


class Recognition(msgspec.Struct, frozen=True, kw_only=True):
    """The whole part; `points` is empty where nobody has enough answers."""

    curves: tuple[Curve, ...]
    points: tuple[Point, ...]
    pooled: Point | None
    kinds: tuple[str, ...]
    confusion: tuple[ConfusionRow, ...]
    figures: tuple[tuple[str, str], ...]
    intervals: str
    bands: tuple[BandRow, ...]
    calibration: str
    rows: tuple[DetectionRow, ...]
    undrawn: int
    asked: bool


def recognition_of(study: RecognitionStudy) -> Recognition:
    """Lay out what was noticed. Trainees without a d' of their own stand in the table and not in the picture."""
    trainees = len(study.trainees)
    points = tuple(
        _point(one.detection, one.trainee) for one in study.trainees if isinstance(one.detection.d_prime, Estimate)
    )
    enough = isinstance(allowed(study.pooled.d_prime, trainees), Estimate)
    bands, calibration = _calibration(study, trainees)
    return Recognition(
        curves=tuple(map(_curve, _CURVES)),
        points=points,
        pooled=_point(study.pooled, "all trainees' answers together") if enough else None,
        kinds=tuple(KINDS[kind] for kind in RUPTURE_TYPES),
        confusion=confusion_rows(study.confusion),
        figures=_figures(study, trainees),
        intervals=_intervals(study),
        bands=bands,
        calibration=calibration,
        rows=tuple(_row(number, one) for number, one in enumerate(study.trainees, 1)),
        undrawn=trainees - len(points),
        asked=study.pooled.ruptures + study.pooled.foils > 0,
    )


def confusion_rows(confusion: tuple[tuple[int, ...], ...]) -> tuple[ConfusionRow, ...]:
    """The rows of a confusion table, in words."""
    return tuple(
        ConfusionRow(kind=KINDS[kind], counts=counts, total=sum(counts))
        for kind, counts in zip(RUPTURE_TYPES, confusion, strict=True)
    )


def _curve(d_prime: int) -> Curve:
    pairs = [(alarm, _NORMAL.cdf(d_prime + _NORMAL.inv_cdf(alarm))) for alarm in _STEPS]
    path = "L".join(f"{_across(alarm):.0f} {_up(hit):.0f}" for alarm, hit in [(0.0, 0.0), *pairs, (1.0, 1.0)])
    middle = _NORMAL.cdf(-d_prime / 2)
    return Curve(d_prime=d_prime, path=f"M{path}", x=_across(middle), y=_up(1 - middle))


def _point(detection: Detection, name: str) -> Point:
    """The rates with half an answer added to each count, as d' is worked out (log-linear)."""
    hits = (detection.hits + 0.5) / (detection.ruptures + 1)
    alarms = (detection.false_alarms + 0.5) / (detection.foils + 1)
    return Point(x=_across(alarms), y=_up(hits), trainee=name, hits=percent(hits), alarms=percent(alarms))


def _across(share: float) -> float:
    return LEFT + SIDE * share


def _up(share: float) -> float:
    return TOP + SIDE * (1 - share)


def _figures(study: RecognitionStudy, trainees: int) -> tuple[tuple[str, str], ...]:
    pooled = study.pooled
    return (
        ("Ruptures noticed", f"{pooled.hits} of {counted(pooled.ruptures, 'answer')}"),
        ("False alarms", f"{pooled.false_alarms} of {counted(pooled.foils, 'answer')} at turns without a rupture"),
        ("Left open", str(study.skipped)),
        ("d' of all answers together", in_decimals(allowed(pooled.d_prime, trainees))),
        ("Mean of the trainees' own d'", in_decimals(allowed(study.mean_d_prime, _estimated(study)))),
        ("Bias c of all answers together", in_decimals(allowed(pooled.bias, trainees))),
        ("Agreement with the key, kappa (four kinds)", in_decimals(allowed(study.kappa, trainees))),
        ("The same among ruptures that were noticed", in_decimals(allowed(study.type_kappa, trainees))),
    )


def _intervals(study: RecognitionStudy) -> str:
    """What the intervals of the figures over all answers take as independent; empty where there are none."""
    figures = (study.pooled.d_prime, study.pooled.bias, study.kappa, study.type_kappa)
    over = {figure.over for figure in figures if isinstance(figure, Estimate) and figure.low is not None}
    return _OVER_ANSWERS if "answers" in over else _OVER_TRAINEES if over else ""


def _estimated(study: RecognitionStudy) -> int:
    return sum(isinstance(one.detection.d_prime, Estimate) for one in study.trainees) or len(study.trainees)


def _calibration(study: RecognitionStudy, trainees: int) -> tuple[tuple[BandRow, ...], str]:
    """The bands, and one sentence on them."""
    found = study.calibration
    if isinstance(found, Withheld):
        return (), f"Confidence and being right: not given: {found.reason}."
    if trainees < FEWEST:
        return (), f"Confidence and being right: not given: {TOO_FEW.reason}."
    rows = tuple(
        BandRow(
            confidence=band.confidence,
            answers=band.answers,
            right=f"{band.right} of {band.answers} ({percent(band.right / band.answers)} %)",
        )
        for band in found.bands
        if band.answers
    )
    lean = "too sure" if found.over_confidence > 0 else "not sure enough"
    points = abs(percent(abs(found.over_confidence)))
    return rows, (
        f"On the whole {points} percentage points {lean}. Brier score {decimals(found.brier)}"
        f" = reliability {decimals(found.reliability)} \N{MINUS SIGN} resolution {decimals(found.resolution)}"
        f" + uncertainty {decimals(found.uncertainty)}."
    )


def _row(number: int, one: TraineeRecognition) -> DetectionRow:
    return DetectionRow(
        number=number,
        trainee=one.trainee,
        detection=one.detection,
        d_prime=_short(one.detection.d_prime),
        bias=_short(one.detection.bias),
    )


def _short(figure: Estimate | Withheld) -> str:
    return decimals(figure.value) if isinstance(figure, Estimate) else "\N{EN DASH}"
