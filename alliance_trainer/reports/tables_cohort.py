"""The tables that may be passed on: turns, responses, the cohort's figures; what is about few people is left out."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from alliance_trainer.cohort.study.enough import FACILITY, SCORE
from alliance_trainer.cohort.study.figures import Detection, Estimate, Figure, ResponseUse, SkillStudy, Study, TurnStudy
from alliance_trainer.cohort.study.moments import Moments
from alliance_trainer.cohort.study.unbounded import lacking
from alliance_trainer.core.vocabulary.markers import RUPTURE_TYPES
from alliance_trainer.core.vocabulary.skills import RATED, SKILLS, Rated
from alliance_trainer.reports.tables import LEAST_TRAINEES, Column, Row, Table, number, text, truth, whole
from alliance_trainer.reports.tables_hidden import Hidden

_FEW = f"fewer than {LEAST_TRAINEES} trainees"
_SMALL = f"where it would be about {_FEW}"
_TOO_FEW = _SMALL + ", or there are too few for the figure"
_FOUND = "or others could be found by taking it away"
_NO_TURN = f"where fewer than {FACILITY} met the turn, {_FOUND}"
_NO_SKILL = f"where the turn is no opportunity for the skill, or one for fewer than {FACILITY}, {_FOUND}"
_NO_PROBE = f"where it would be about {_FEW}, {_FOUND}"
_SUPPRESSED = truth(
    "suppressed", f"the figures of this row are left empty: they would be about {_FEW}, or tell those of another row"
)
_NO_CHOICE = f"where fewer than {LEAST_TRAINEES} chose it or fewer than {FACILITY} met the turn, {_FOUND}"
_FLAGS = text("flags", "what an instructor should look at", "words, parted by '; '", "where there is nothing")
_TURN: tuple[Column, ...] = (
    text("scenario", "the scenario's id"),
    text("turn", "the turn's id"),
    whole("order", "the turn's place in the scenario's file", "from 0"),
    text("rupture", "what the turn is", ", ".join(RUPTURE_TYPES)),
)

TURNS = Table(
    name="turns",
    row="one turn that attempts of record met",
    shareable=True,
    columns=(
        *_TURN,
        _SUPPRESSED,
        whole("trainees", "trainees who met it", empty=_NO_PROBE),
        whole("asked", "answers to what is noticed there", empty=_NO_PROBE),
        whole("named", "of these, those that named a rupture", empty=_NO_PROBE),
        whole("exact", "of these, those that named the right type", empty=_NO_PROBE),
        whole("best", "trainees who gave a best response", empty=_NO_TURN + ", or all but fewer than 5 did"),
        number("facility", "points / offered over the four skills together", empty=_NO_TURN),
        number("discrimination", "correlation of its points with those of the other turns", "-1 to 1", _TOO_FEW),
        _FLAGS,
        *(
            column
            for skill in RATED
            for column in (
                whole(f"{skill}_points", f"points won for {skill} by all together", empty=_NO_SKILL),
                whole(f"{skill}_offered", f"points on offer for {skill} to all together", "1 or more", _NO_SKILL),
                number(f"{skill}_facility", f"{skill}_points / {skill}_offered", empty=_NO_SKILL),
            )
        ),
    ),
)

RESPONSES = Table(
    name="responses",
    row="one response of a turn that attempts of record met",
    shareable=True,
    columns=(
        *_TURN,
        text("response", "the response's id"),
        text("says", "what the therapist says"),
        truth("best", "it takes all that the four skills offer at this turn"),
        whole("harm", "how harmful it is", "0 to 2"),
        _SUPPRESSED,
        whole("chosen", "trainees who chose it", empty=_NO_CHOICE),
        whole("trainees", "trainees who met the turn", empty=_NO_CHOICE),
        number("share", "chosen / trainees", empty=_NO_CHOICE),
        number("rest", "mean score, at all other turns, of those who chose it", empty=_TOO_FEW),
        _FLAGS,
    ),
)

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

_GIVEN = "where it is given, with its interval if it has one"

COHORT = Table(
    name="cohort",
    row="one figure of the cohort",
    shareable=True,
    columns=(
        text("subject", "what it is about", f"cohort, noticed, {', '.join(RATED)}"),
        text("figure", "which figure it is", "see the list below"),
        _SUPPRESSED,
        number("value", "the figure", "as the figure has it", _TOO_FEW),
        number("low", "lower end of its 95 % interval", "as the figure has it", "where it has no interval"),
        number("high", "upper end of its 95 % interval", "as the figure has it", "where it has no interval"),
        whole("n", "cases that it is from (trainees; moments for pooled; answers for what was noticed)", empty=_SMALL),
        whole("points", "what value is a share of: won, or so many", empty="where value is no share"),
        whole("offered", "what value is a share of: on offer, or of so many", empty="where value is no share"),
        text("withheld", "why the figure, or its interval, is not given, as the end of a sentence", empty=_GIVEN),
    ),
)

_WITHHELD = f"there are {_FEW}"
_TOTAL = "what is hidden in the table turns could be found from it"
_COUNTED = ("hits", "false_alarms")
_RATES = ("d_prime", "bias", "a_prime")
_MODEL = ("person_variance", "turn_variance", "residual_variance", "reliability", "phi")


def turn_rows(study: Study, moments: Moments, hidden: Hidden) -> Iterator[Row]:
    """The rows of the turns, by scenario and order."""
    points, offered = _by_turn(moments, moments.points), _by_turn(moments, moments.offered)
    best = np.bincount(moments.turn, weights=moments.best, minlength=len(moments.turns)).astype(int).tolist()
    for place, turn in enumerate(study.turns):
        if place in hidden.rows:
            yield (*_turn(turn), True, *(None,) * (len(TURNS.columns) - 5))
            continue
        told = place not in hidden.answers and not hidden_among([best[place], turn.n - best[place]])
        yield (
            *_turn(turn),
            False,
            turn.n,
            *((turn.asked, turn.named, turn.exact) if turn.asked and place not in hidden.noticed else (None,) * 3),
            best[place] if told else None,
            *_together(turn, whole=not any(place in hidden.points[skill] for skill in SKILLS)),
            *_shares(points[place], offered[place], [place in hidden.points[skill] for skill in RATED]),
        )


def _together(turn: TurnStudy, *, whole: bool) -> Row:
    """The figures over the four skills, if those of none of them are hidden."""
    facility, discrimination = (turn.together.facility, turn.together.discrimination) if turn.together else (None, None)
    told = whole and facility is not None
    return (
        _value(facility) if facility and told else None,
        _value(discrimination) if discrimination else None,
        "; ".join(turn.flags) or None if told else None,
    )


def _by_turn(moments: Moments, values: np.ndarray) -> list[list[int]]:
    sums = np.zeros((len(moments.turns), len(RATED)), dtype=np.int64)
    np.add.at(sums, moments.turn, values)
    rows: list[list[int]] = sums.tolist()
    return rows


def _turn(turn: TurnStudy) -> Row:
    return turn.scenario, turn.turn, turn.order, turn.rupture


def _shares(points: Sequence[int], offered: Sequence[int], hidden: Sequence[bool]) -> Iterator[float | None]:
    for won, had, few in zip(points, offered, hidden, strict=True):
        yield from (won, had, won / had) if had and not few else (None, None, None)


def response_rows(study: Study, hidden: Hidden) -> Iterator[Row]:
    """The rows of the responses, by turn, in the order of the scenario's file."""
    for at, turn in enumerate(study.turns):
        few = hidden_among([use.n for use in turn.responses])
        for place, use in enumerate(turn.responses):
            not_told = at in hidden.answers or place in few
            known = (*_turn(turn), use.response, use.says, use.best, use.harm, not_told)
            yield (*known, *((None,) * 5 if not_told else _use(use, turn.n)))


def _use(use: ResponseUse, trainees: int) -> Row:
    return use.n, trainees, use.n / trainees, _value(use.rest), "; ".join(use.flags) or None


def hidden_among(counts: Sequence[int]) -> set[int]:
    """The places of the counts that are not told: those of few, and others so that no difference tells them.

    What is hidden is either nothing, or at least five trainees at two or more places, or everything.
    """
    order = sorted(range(len(counts)), key=lambda place: (counts[place], place))
    hidden = {place for place in order if 0 < counts[place] < LEAST_TRAINEES}
    for place in order:
        if not hidden or (len(hidden) > 1 and sum(counts[other] for other in hidden) >= LEAST_TRAINEES):
            break
        hidden.add(place)
    return hidden


def cohort_rows(study: Study, hidden: Hidden) -> Iterator[Row]:
    """The rows of the cohort's figures."""
    trainees = len(study.trainees)
    counts = {"scored": study.scored, "of_record": study.of_record, "trainees": trainees}
    for name, count in counts.items():
        yield ("cohort", name, False, count, None, None, None, None, None, None)
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
    return (study.skill, "pooled", False, *interval, pooled.points, pooled.offered, None)


def _model_rows(study: SkillStudy) -> Iterator[Row]:
    model = study.model
    for name in _MODEL:
        value = getattr(model, name, None)
        why = None if value is not None else getattr(model, "reason", _WITHHELD)
        cases = getattr(model, "trainees", None) or getattr(model, "n", None)
        yield (study.skill, name, False, value, None, None, cases, None, None, why)


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
        yield ("noticed", name, False, value, None, None, offered, points, offered, why)


def _row(subject: Rated | str, name: str, figure: Figure | None) -> Row:
    match figure:
        case None:
            return (subject, name, False, None, None, None, 0, None, None, "it was never met")
        case Estimate(value=value, n=n, low=low, high=high):
            return (subject, name, False, value, low, high, n, None, None, lacking(name, figure))
        case withheld:
            cases = None if 0 < withheld.n < LEAST_TRAINEES else withheld.n
            return (subject, name, False, None, None, None, cases, None, None, withheld.reason)


def _suppressed(subject: str, row: Row, why: str = _WITHHELD) -> Row:
    return (subject, row[1], True, None, None, None, None, None, None, why)


def _value(figure: Figure) -> float | None:
    return figure.value if isinstance(figure, Estimate) else None
