"""What a cohort shows: every figure of the tables and the report, or why it is not given; plain data."""

from collections.abc import Mapping

import msgspec

from alliance_trainer.cohort.result import NotScored
from alliance_trainer.cohort.scoring.scored import Independent, Scored, SkillFigures, VersionNote
from alliance_trainer.core.vocabulary.markers import RuptureType
from alliance_trainer.core.vocabulary.skills import Rated


class Estimate(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A figure from `n` cases, with the bounds of its 95 % interval where it has one.

    `over`: what the interval takes as independent of each other. Answers of one trainee go together, so that an
    interval over answers is too narrow where trainees differ.
    """

    value: float
    n: int
    low: float | None = None
    high: float | None = None
    over: Independent = "trainees"


class Withheld(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A figure that is not given, from `n` cases: the reason is the end of a sentence."""

    reason: str
    n: int


Figure = Estimate | Withheld


class TraineeScore(msgspec.Struct, frozen=True, kw_only=True):
    """One trainee's score of a skill over all attempts of record.

    `adjusted`: what the model of the skill expects of the trainee over all its turns alike, as a share of the
    points on offer (so it may lie a little outside 0 to 1); None without a model.
    """

    trainee: str
    figures: SkillFigures
    adjusted: float | None = None


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """The additive model of persons and turns: variances, and how far the scores can be relied on.

    `reliability` (for ranks) and `phi` (for each score by itself) are at the mean number of turns that a trainee
    met. Phi counts the turns' variance as error, in the manner of a generalizability study.
    """

    person_variance: float
    residual_variance: float
    turn_variance: float
    reliability: float
    phi: float
    trainees: int
    turns: int


class SkillStudy(msgspec.Struct, frozen=True, kw_only=True):
    """One skill over the cohort.

    `mean`, `sd` and `median` are of the scores, 0 to 1, of those trainees who have one: with 5 moments or more.
    `trainees`, `pooled` and the model are of all who met it; `pooled_over`: what the bounds of `pooled` take as
    independent.
    `alpha` is over the turns that every trainee met, `common_turns` of them, and over nothing else.
    """

    skill: Rated
    trainees: int
    pooled: SkillFigures | None
    scores: tuple[TraineeScore, ...]
    mean: Figure
    sd: Figure
    median: Figure
    model: Model | Withheld
    alpha: Figure
    common_turns: int
    pooled_over: Independent = "trainees"


class Detection(msgspec.Struct, frozen=True, kw_only=True):
    """Recognition as signal detection; counts always, the figures where there are enough of both kinds."""

    hits: int
    ruptures: int
    false_alarms: int
    foils: int
    d_prime: Figure
    bias: Figure
    a_prime: Figure


class TraineeRecognition(msgspec.Struct, frozen=True, kw_only=True):
    """One trainee's recognition; `confusion` by row (what it is) and column (what was said), in RUPTURE_TYPES."""

    trainee: str
    detection: Detection
    confusion: tuple[tuple[int, ...], ...]


class ConfidenceBand(msgspec.Struct, frozen=True, kw_only=True):
    """Answers given with one confidence: how many, and how many were right."""

    confidence: int
    answers: int
    right: int


class Calibration(msgspec.Struct, frozen=True, kw_only=True):
    """How confidence and being right go together (Brier and its parts); `over_confidence` may be negative."""

    bands: tuple[ConfidenceBand, ...]
    brier: float
    reliability: float
    resolution: float
    uncertainty: float
    over_confidence: float


class RecognitionStudy(msgspec.Struct, frozen=True, kw_only=True):
    """What was noticed by all: `pooled` is of all counts together, `mean_d_prime` of the trainees' own d'."""

    pooled: Detection
    mean_d_prime: Figure
    confusion: tuple[tuple[int, ...], ...]
    skipped: int
    kappa: Figure
    type_kappa: Figure
    calibration: Calibration | Withheld
    trainees: tuple[TraineeRecognition, ...]


class ResponseUse(msgspec.Struct, frozen=True, kw_only=True):
    """One response at a turn: how many chose it, and how these did at everything else.

    `share` is of those to whom it was `on_offer`. `best`: it took all that the four skills offered to somebody, of
    what was on offer with it; `best_for` counts these, and `best_where` says in words who they are (empty: all).
    Where it was on offer to nobody, `best` is of all responses of the turn, as `best_by_key` always is.
    """

    response: str
    says: str
    n: int
    on_offer: int
    share: float
    rest: Figure
    best: bool
    best_for: int
    best_where: str
    best_by_key: bool
    harm: int
    flags: tuple[str, ...]


class TurnSkill(msgspec.Struct, frozen=True, kw_only=True):
    """A skill at a turn: `facility` is points of points on offer, `discrimination` the item-rest correlation.

    `skill` is None for the four together.
    """

    skill: Rated | None
    facility: Figure
    discrimination: Figure


class TurnStudy(msgspec.Struct, frozen=True, kw_only=True):
    """A turn as an item: `n` attempts met it; `named` noticed a rupture, `exact` the right type, of `asked`.

    `patient`: what the patient was seen to do, as most met it, of `wordings` ways in which it was met.
    `asked` counts answers to the probe, `named` also where there is no rupture. `skills` has those that are rated
    there; `together` is over the four skills. `flags` are words for what an
    instructor should look at; `best_share`: how many of those who met it gave a best response.
    `offers`: of those who met it, how many had each set of responses to choose from.
    """

    scenario: str
    turn: str
    patient: str
    wordings: int
    rupture: RuptureType
    order: int
    n: int
    asked: int
    named: int
    exact: int
    together: TurnSkill | None
    skills: tuple[TurnSkill, ...]
    responses: tuple[ResponseUse, ...]
    best_share: float
    flags: tuple[str, ...]
    offers: tuple[int, ...] = ()


class FlowBand(msgspec.Struct, frozen=True, kw_only=True):
    """So many people went from a turn by a best response, or by another, to the next, or to an ending (`ends`)."""

    step: int
    turn: str
    to: str
    ends: bool
    best: int
    other: int


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """The ways that attempts of record took through a scenario; `step` counts scored answers from 0."""

    scenario: str
    title: str
    attempts: int
    bands: tuple[FlowBand, ...]
    endings: tuple[tuple[str, str, int], ...]
    """Id, outcome, and how many came to it; those that somebody came to, in the order of the file."""


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """A trainee at a turn: share of the points of the four skills (None: nothing on offer), and what was noticed.

    `patient`: what the trainee saw the patient do. `response` counts in the turn's responses, and so does `stronger`:
    the strongest that was on offer; None where the answer itself is as strong.
    `noticed`: a rupture was named where there is one, or none where there is none; None: not asked or left open.
    """

    turn: int
    share: float | None
    noticed: bool | None
    patient: str
    response: int
    stronger: int | None


class TraineeStudy(msgspec.Struct, frozen=True, kw_only=True):
    """One trainee: the attempts of record in full, and the row of the heat map; `turn` counts in Study.turns."""

    trainee: str
    attempts: tuple[Scored, ...]
    cells: tuple[Cell, ...]


class ScenarioNote(msgspec.Struct, frozen=True, kw_only=True):
    """A scenario that attempts were scored against: its title, and the hash of its key."""

    scenario: str
    title: str
    key: str
    attempts: int


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """So many attempts that were scored stay out of the figures, and why; the reason is the end of a sentence."""

    reason: str
    attempts: int


class Study(msgspec.Struct, frozen=True, kw_only=True):
    """A whole cohort. `policy` is first, last or best: which attempt of a trainee at a scenario is of record.

    `read` records were met, `scored` of them scored, `of_record` are in the figures; of these `after_feedback` were
    made after feedback (see cohort.feedback), and `versions` counts in which version of its scenario each was played.
    `unmet`: the turns of the same scenarios that no attempt of record met.
    """

    policy: str
    read: int
    scored: int
    of_record: int
    trainees: tuple[TraineeStudy, ...]
    scenarios: tuple[ScenarioNote, ...]
    left_out: tuple[LeftOut, ...]
    not_scored: tuple[NotScored, ...]
    skills: tuple[SkillStudy, ...]
    further: tuple[SkillStudy, ...]
    recognition: RecognitionStudy
    turns: tuple[TurnStudy, ...]
    flows: tuple[Flow, ...]
    after_feedback: int = 0
    versions: Mapping[VersionNote, int] = {}
    unmet: tuple[TurnStudy, ...] = ()
