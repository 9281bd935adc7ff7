"""The table of the cohort's figures, which may be passed on: what is about few people is left out."""

from collections.abc import Iterator, Mapping

from alliance_trainer.cohort.study.enough import INTERVAL, SCORE
from alliance_trainer.cohort.study.figures import Detection, Estimate, Figure, SkillStudy, Study
from alliance_trainer.cohort.study.unbounded import lacking
from alliance_trainer.core.vocabulary.skills import RATED, Rated
from alliance_trainer.reports.tables import LEAST_TRAINEES, Row, Table, number, text, whole
from alliance_trainer.reports.tables_hidden import Hidden
from alliance_trainer.reports.tables_turns import FEW, SMALL, SUPPRESSED, TOO_FEW

FIGURES: Mapping[str, str] = {
    "scored": "attempts scored",
    "of_record": "attempts in the figures",
    "trainees": "trainees in the figures",
    "pooled": "score over all moments of all attempts of record together",
    "mean": f"mean of the scores of those trainees who met {SCORE} moments or more",
    "sd": "standard deviation of the same scores (n - 1)",
    "median": "median of the same scores",
    "alpha": "Cronbach's alpha over the turns that every trainee met, and over nothing else",
    "person_variance": "variance between trainees, in the additive model of trainees and turns",
    "turn_variance": "variance between turns, in that model",
    "residual_variance": "what is left, in that model",
    "reliability": "how far the order of the trainees can be relied on, in that model",
    "phi": "the same for the scores themselves, whoever the others are",
    "hits": "share of ruptures that were named as one",
    "false_alarms": "share of foils that were named as a rupture",
    "d_prime": "sensitivity d', log-linear, from all counts together",
    "bias": "bias c, log-linear: below 0 a rupture is named readily",
    "a_prime": "A', from all counts together",
    "mean_d_prime": "mean of the trainees' own d'",
    "kappa": "agreement of the four answers with what the turns are, beyond chance",
    "type_kappa": "the same for the type, among ruptures that were noticed",
}
"""What the column `figure` of the table `cohort` can say."""

_INDEPENDENT = (
    f"what its interval draws: trainees; or, for pooled, d_prime, bias, kappa and type_kappa of fewer than {INTERVAL}, "
    "answers as if those of one trainee were independent, so that it is too narrow where trainees differ"
)
_GIVEN = "where it is given, with its interval if it has one"

COHORT = Table(
    name="cohort",
    row="one figure of the cohort",
    shareable=True,
    columns=(
        text("subject", "what it is about", f"cohort, noticed, {', '.join(RATED)}"),
        text("figure", "which figure it is", "see the list below"),
        SUPPRESSED,
        number("value", "the figure", "as the figure has it", TOO_FEW),
        number("low", "lower end of its 95 % interval", "as the figure has it", "where it has no interval"),
        number("high", "upper end of its 95 % interval", "as the figure has it", "where it has no interval"),
        whole(
            "n",
            "cases that it is from (trainees; moments for pooled; answers for what was noticed, but for mean_d_prime)",
            empty=SMALL,
        ),
        whole("points", "what value is a share of: won, or so many", empty="where value is no share"),
        whole("offered", "what value is a share of: on offer, or of so many", empty="where value is no share"),
        text("withheld", "why the figure, or its interval, is not given, as the end of a sentence", empty=_GIVEN),
        text("interval_over", _INDEPENDENT, "trainees, answers", "where it has no interval"),
    ),
)

_WITHHELD = f"there are {FEW}"
_TOTAL = "what is hidden in the table turns could be found from it"
_COUNTED = ("hits", "false_alarms")
_RATES = ("d_prime", "bias", "a_prime")
_MODEL = ("person_variance", "turn_variance", "residual_variance", "reliability", "phi")


def cohort_rows(study: Study, hidden: Hidden) -> Iterator[Row]:
    """The rows of the cohort's figures."""
    trainees = len(study.trainees)
    counts = {"scored": study.scored, "of_record": study.of_record, "trainees": trainees}
    for name, count in counts.items():
        yield ("cohort", name, False, count, *(None,) * 7)
    for skill in (*study.skills, *study.further):
        yield from _skill_rows(skill, hidden)
    few = len(study.recognition.trainees) < LEAST_TRAINEES
    told = hidden.totals & set(_COUNTED)
    for row in _noticed_rows(study):
        if few:
            yield _suppressed("noticed", row)
        else:
            yield _suppressed("noticed", row, _TOTAL) if row[1] in told or (told and row[1] in _RATES) else row


def _skill_rows(study: SkillStudy, hidden: Hidden) -> Iterator[Row]:
    rows = [_pooled(study), *(_row(study.skill, name, getattr(study, name)) for name in ("mean", "sd", "median"))]
    rows += [_row(study.skill, "alpha", study.alpha), *_model_rows(study)]
    if study.trainees < LEAST_TRAINEES:
        yield from (_suppressed(study.skill, row) for row in rows)
        return
    if study.skill in hidden.totals:
        rows[0] = _suppressed(study.skill, rows[0], _TOTAL)
    yield from rows


def _pooled(study: SkillStudy) -> Row:
    pooled = study.pooled
    if pooled is None:
        return _row(study.skill, "pooled", None)
    interval = (pooled.score, pooled.low, pooled.high, pooled.moments)
    return (study.skill, "pooled", False, *interval, pooled.points, pooled.offered, None, study.pooled_over)


def _model_rows(study: SkillStudy) -> Iterator[Row]:
    model = study.model
    for name in _MODEL:
        value = getattr(model, name, None)
        why = None if value is not None else getattr(model, "reason", _WITHHELD)
        cases = getattr(model, "trainees", None) or getattr(model, "n", None)
        yield (study.skill, name, False, value, None, None, cases, None, None, why, None)


def _noticed_rows(study: Study) -> Iterator[Row]:
    noticed = study.recognition
    pooled = noticed.pooled
    yield from _counted(pooled)
    for name in _RATES:
        yield _row("noticed", name, getattr(pooled, name))
    for name in ("mean_d_prime", "kappa", "type_kappa"):
        yield _row("noticed", name, getattr(noticed, name))


def _counted(pooled: Detection) -> Iterator[Row]:
    counts = ((pooled.hits, pooled.ruptures), (pooled.false_alarms, pooled.foils))
    for name, (points, offered) in zip(_COUNTED, counts, strict=True):
        value, why = (points / offered, None) if offered else (None, "none were asked about")
        yield ("noticed", name, False, value, None, None, offered, points, offered, why, None)


def _row(subject: Rated | str, name: str, figure: Figure | None) -> Row:
    match figure:
        case None:
            return (subject, name, False, None, None, None, 0, None, None, "it was never met", None)
        case Estimate(value=value, n=n, low=low, high=high, over=over):
            told = None if low is None else over
            return (subject, name, False, value, low, high, n, None, None, lacking(name, figure), told)
        case withheld:
            cases = None if 0 < withheld.n < LEAST_TRAINEES else withheld.n
            return (subject, name, False, None, None, None, cases, None, None, withheld.reason, None)


def _suppressed(subject: str, row: Row, why: str = _WITHHELD) -> Row:
    return (subject, row[1], True, *(None,) * 6, why, None)
