"""The tables with a row an attempt, or an attempt and skill: attempts, skills, recognition."""

from collections.abc import Iterator

from alliance_trainer.cohort.result import NotScored
from alliance_trainer.cohort.told import Told, scores_of
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.scoring import SCORER_VERSION
from alliance_trainer.core.vocabulary.markers import RUPTURE_TYPES
from alliance_trainer.core.vocabulary.skills import RATED, SKILLS
from alliance_trainer.reports.tables import Column, Row, Table, number, text, truth, whole

_UNTOLD = "where the record does not say"
_NOT_SCORED = "where the attempt was not scored"
_TOO_LARGE = _NOT_SCORED + ", or the scenario is too large to be looked through"
_REWOUND = "after a rewind, and " + _TOO_LARGE
_VERSIONS = "same, text, re-keyed, re-routed, other or unstated"
_NOT_MET = "where the skill was never met"

WHO: tuple[Column, ...] = (
    text("attempt", "the attempt's id"),
    text("trainee", "the trainee's pseudonym"),
    text("scenario", "the scenario's id"),
)
"""What an attempt is known by."""

ABOUT: tuple[Column, ...] = (
    text("scenario_sha256", "the scenario's content when it was played", "64 hex digits", _UNTOLD),
    text("mode", "how it was played", "practice or assess", _UNTOLD),
    text("status", "how the record ends", "complete, unfinished or abandoned"),
    text("started", "when it began, as the record has it", "usually UTC, like 2026-11-02T09:14:00Z", _UNTOLD),
    text("cohort", "the group it belongs to, as the record has it", empty=_UNTOLD),
    text("occasion", "when in a course it was, as the record has it", "for example pre or post", _UNTOLD),
    truth("shared", "it is practice that its trainee gave to the instructor"),
)
"""What a record says of an attempt beside its steps."""

ATTEMPTS = Table(
    name="attempts",
    row="one attempt that could be read, scored or not",
    shareable=False,
    columns=(
        *WHO,
        *ABOUT,
        text("receipt", "the code that the trainee was shown at the end", empty=_UNTOLD),
        text("card", "how it was scored", "complete, unfinished, assisted (answers were taken back) or not-scored"),
        text("reason", "why it was not scored", empty="where it was"),
        truth("of_record", "it is in the figures of the tables turns, responses and cohort"),
        truth("after_feedback", "as far as known its trainee had had feedback on the scenario before", _NOT_SCORED),
        truth("not_shared", "it is practice that its trainee did not share", _NOT_SCORED),
        text("scenario_version", "how the scenario scored against is to the one played", _VERSIONS, _NOT_SCORED),
        text("key_sha256", "the ratings that it was scored by", "64 hex digits", _NOT_SCORED),
        whole("scorer", "the version of the scoring rules", "1 or more", _NOT_SCORED),
        truth("assisted", "answers were taken back", _NOT_SCORED),
        truth("review", "a response with harm 2 is among the scored ones: a person should look", _NOT_SCORED),
        whole("answers", "all answers given, also those taken back", empty=_NOT_SCORED),
        text("ending", "the id of the ending", empty="where none was reached"),
        whole(
            "outcome",
            "what the ending is worth",
            "0 to 4",
            "where no ending was reached, after a rewind, and " + _NOT_SCORED,
        ),
        whole("best_outcome", "the best that could be reached from the start", "0 to 4", _TOO_LARGE),
        whole("outcome_regret", "how much of the outcome was out of reach in the end", "0 to 4", _REWOUND),
        whole("turning_points", "answers that put a better ending out of reach", empty=_REWOUND),
        whole("harm_1", "scored responses that plausibly made it worse", empty=_NOT_SCORED),
        whole("harm_2", "scored responses that are a breach", empty=_NOT_SCORED),
        whole("repair_resolved", "ruptures that were resolved", empty=_NOT_SCORED),
        whole("repair_closed", "ruptures that came to an end, resolved or not", empty=_NOT_SCORED),
        whole("recovery_resolved", "the same, of those that the trainee made or worsened", empty=_NOT_SCORED),
        whole("recovery_closed", "the same, of those that the trainee made or worsened", empty=_NOT_SCORED),
        whole("alliance_start", "the alliance at the start", "0 to 100", _NOT_SCORED),
        whole("alliance_end", "the alliance at the end", "0 to 100", _NOT_SCORED),
    ),
)

SKILL_ROWS = Table(
    name="skills",
    row="one skill of one scored attempt: the four always, the three further tasks where they were met",
    shareable=False,
    columns=(
        *WHO,
        truth("of_record", "the attempt is in the figures of the tables turns, responses and cohort"),
        text("skill", "the skill", ", ".join(RATED)),
        whole("points", "points won", empty=_NOT_MET),
        whole("offered", "points on offer", "1 or more", _NOT_MET),
        whole("moments", "opportunities met"),
        number("n_eff", "moments, weighted by what each offers", "1 or more", _NOT_MET),
        number("n_star", "trials that give uniform choice its variance", "more than 0", _NOT_MET),
        number("score", "points / offered", empty=_NOT_MET),
        number("low", "lower end of the score's 95 % interval", empty=_NOT_MET),
        number("high", "upper end of the score's 95 % interval", empty=_NOT_MET),
        number("chance", "what a uniform clicker expects on the same way", empty=_NOT_MET),
        number("above_chance", "(score - chance) / (1 - chance)", "at most 1, may be negative", _NOT_MET),
        text("tier", "how much may be said", "counts, provisional or formative", _NOT_MET),
        text("key_sha256", "the ratings that it was scored by", "64 hex digits"),
    ),
)

RECOGNITION = Table(
    name="recognition",
    row="what was noticed in one scored attempt",
    shareable=False,
    columns=(
        *WHO,
        truth("of_record", "the attempt is in the figures of the tables turns, responses and cohort"),
        whole("points", "credit, in quarters of an answer"),
        whole("offered", "credit to be had, in quarters"),
        whole("rupture_points", "credit at turns with a rupture, in quarters"),
        whole("foil_points", "credit at turns without one, in quarters"),
        number("score", "mean of the share at ruptures and the share at foils", empty="unless both were asked about"),
        whole("ruptures", "answers at turns with a rupture"),
        whole("hits", "of these, those that named one"),
        whole("exact", "of these, those that named the right type"),
        whole("foils", "answers at turns without a rupture"),
        whole("false_alarms", "of these, those that named one"),
        whole("skipped", "turns that asked and got no answer"),
        whole("unasked", "answers at turns that do not ask, never scored"),
        *(
            whole(f"{gold}_as_{answer}", f"turns that are {gold} and were called {answer}")
            for gold in RUPTURE_TYPES
            for answer in RUPTURE_TYPES
        ),
    ),
)


def about(attempt: Attempt) -> Row:
    """The cells of WHO and ABOUT."""
    return (
        attempt.attempt,
        attempt.trainee,
        attempt.scenario,
        attempt.scenario_sha256,
        attempt.mode,
        attempt.status,
        attempt.started,
        attempt.cohort,
        attempt.occasion,
        attempt.shared,
    )


def attempt_row(told: Told) -> Row:
    """The row of a scored attempt."""
    scored = told.scored
    turning = scored.turning_points
    return (
        *about(told.attempt),
        told.attempt.receipt,
        scored.status,
        None,
        told.of_record,
        scored.after_feedback,
        told.attempt.not_shared,
        scored.version,
        told.identity.key,
        SCORER_VERSION,
        scored.assisted,
        scored.review,
        scored.answers,
        scored.ending,
        scored.outcome,
        scored.best_outcome,
        scored.outcome_regret,
        None if turning is None else len(turning),
        *scored.harm,
        scored.repair.resolved,
        scored.repair.closed,
        scored.recovery.resolved,
        scored.recovery.closed,
        scored.alliance[0].level,
        scored.alliance[-1].level,
    )


def refused_row(entry: NotScored) -> Row | None:
    """The row of an attempt that was read but not scored; None where there is none, or another row of its id."""
    attempt = entry.row
    if attempt is None:
        return None
    known = (*about(attempt), attempt.receipt, "not-scored", entry.reason, False)
    return (*known, *(None,) * (len(ATTEMPTS.columns) - len(known)))


def skill_rows(told: Told) -> Iterator[Row]:
    """The rows of an attempt's skills, in the order of RATED."""
    attempt = told.attempt
    for skill, score in scores_of(told).items():
        known = (attempt.attempt, attempt.trainee, attempt.scenario, told.of_record, skill)
        if score is None:
            if skill in SKILLS:
                yield (*known, None, None, 0, *(None,) * 8, told.identity.key)
            continue
        yield (
            *known,
            score.tally.points,
            score.tally.offered,
            score.tally.moments,
            float(score.n_eff),
            float(score.n_star),
            float(score.score),
            score.low,
            score.high,
            float(score.chance),
            float(score.above_chance),
            score.tier,
            told.identity.key,
        )


def recognition_row(told: Told) -> Row:
    """The row of what was noticed in an attempt."""
    attempt, noticed = told.attempt, told.scored.noticed
    by_gold = noticed.confusion
    return (
        attempt.attempt,
        attempt.trainee,
        attempt.scenario,
        told.of_record,
        noticed.points,
        noticed.offered,
        noticed.rupture_points,
        noticed.foil_points,
        noticed.score,
        noticed.n_ruptures,
        sum(sum(counts[1:]) for counts in by_gold[1:]),
        sum(counts[place] for place, counts in enumerate(by_gold) if place),
        noticed.n_foils,
        sum(by_gold[0][1:]),
        noticed.skipped,
        noticed.unasked,
        *(count for counts in by_gold for count in counts),
    )
