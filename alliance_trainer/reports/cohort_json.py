"""A cohort's scores as JSON: one object, its attempts in the form of a scorecard, written as a stream.

{"format": "alliance-trainer/cohort-score", "version": 1, "attempts": [...], "cohort": {...}, "not_scored": [...]}
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from alliance_trainer.cohort.result import CohortFigures, CohortResult, NotScored, SkillSummary
from alliance_trainer.cohort.scoring.scored import NoticedFigures, Scored, SkillFigures, VersionNote
from alliance_trainer.core.attempt import Mode
from alliance_trainer.core.episodes import Episode, Share
from alliance_trainer.core.scoring import AlliancePoint, CardStatus, TurningPoint
from alliance_trainer.core.vocabulary.skills import Rated
from alliance_trainer.reports.scorecard_data import not_scored_data

COHORT_FORMAT = "alliance-trainer/cohort-score"
VERSION = 1

_encode = msgspec.json.Encoder().encode


class _Entry(msgspec.Struct, frozen=True, gc=False):
    """One scored attempt: the fields of `scorecard_data.scorecard_data`, which version was scored against, and whether
    it counts in `cohort`, was made after feedback, and is practice that its trainee keeps."""

    attempt: str
    trainee: str
    cohort: str | None
    occasion: str | None
    scenario: str
    scenario_sha256: str | None
    mode: Mode | None
    started: str | None
    receipt: str | None
    status: CardStatus
    reason: None
    assisted: bool
    review: bool
    answers: int
    ending: str | None
    outcome: int | None
    best_outcome: int | None
    outcome_regret: int | None
    turning_points: tuple[TurningPoint, ...] | None
    harm: tuple[int, int]
    repair: Share
    recovery: Share
    episodes: tuple[Episode, ...]
    alliance: tuple[AlliancePoint, ...]
    noticed: NoticedFigures
    skills: dict[Rated, SkillFigures | None]
    further: dict[Rated, SkillFigures | None]
    scenario_version: VersionNote
    of_record: bool
    after_feedback: bool
    not_shared: bool


def attempt_entry(scored: Scored) -> bytes:
    """One scored attempt, for `attempts`."""
    facts = scored.attempt
    return _encode(
        _Entry(
            facts.attempt,
            facts.trainee,
            facts.cohort,
            facts.occasion,
            facts.scenario,
            facts.scenario_sha256,
            facts.mode,
            facts.started,
            facts.receipt,
            scored.status,
            None,
            scored.assisted,
            scored.review,
            scored.answers,
            scored.ending,
            scored.outcome,
            scored.best_outcome,
            scored.outcome_regret,
            scored.turning_points,
            scored.harm,
            scored.repair,
            scored.recovery,
            scored.episodes,
            scored.alliance,
            scored.noticed,
            scored.skills,
            scored.further,
            scored.version,
            scored.of_record,
            scored.after_feedback,
            facts.not_shared,
        )
    )


def refused_attempt(entry: NotScored) -> bytes | None:
    """An attempt that was read but not scored, for `attempts`; None for a record without an attempt of its own.

    The same id a second time has no entry there: each id is in `attempts` once.
    """
    if entry.row is None:
        return None
    more = {"scenario_version": None, "of_record": False, "after_feedback": None, "not_shared": entry.row.not_shared}
    return _encode(not_scored_data(entry.row, entry.reason) | more)


def refusal(entry: NotScored) -> bytes:
    """One record that was not scored, for `not_scored`."""
    return _encode(
        {
            "file": entry.file,
            "line": entry.line,
            "kind": entry.kind,
            "step": entry.step,
            "attempt": entry.attempt,
            "trainee": entry.record.trainee if entry.record else None,
            "scenario": entry.record.scenario if entry.record else None,
            "reason": entry.reason,
        }
    )


def document(attempts: Iterable[bytes], result: CohortResult, refusals: Iterable[bytes]) -> Iterator[bytes]:
    """The whole answer in pieces: `attempts` from the two functions above by trainee and attempt, `refusals`
    from `refusal`."""
    yield _encode({"format": COHORT_FORMAT, "version": VERSION})[:-1] + b',"attempts":['
    yield from _joined(attempts)
    yield b'],"cohort":' + _encode(cohort_data(result)) + b',"not_scored":['
    yield from _joined(refusals)
    yield b"]}\n"


def _joined(entries: Iterable[bytes]) -> Iterator[bytes]:
    between = b"\n"
    for entry in entries:
        yield between + entry
        between = b",\n"


def cohort_data(result: CohortResult) -> dict[str, object]:
    """What the attempts add up to. All but the counts, `versions` and `not_shared` is over the attempts of record."""
    figures = result.figures
    return {
        "read": result.read,
        "scored": result.scored,
        "files": result.files,
        "refused": result.refused,
        "statuses": figures.statuses,
        "versions": figures.versions,
        "of_record": figures.of_record,
        "repeats": figures.repeats,
        "after_feedback": figures.after_feedback,
        "not_shared": figures.not_shared,
        "trainees": figures.trainees,
        "skills": _summaries(figures.skills),
        "further": _summaries(figures.further),
        "noticed": figures.noticed,
        "harm": figures.harm,
        "review": figures.review,
        "endings": figures.endings,
        "hardest": _hardest(figures),
    }


def _summaries(summaries: Mapping[Rated, SkillSummary]) -> dict[str, object]:
    return {
        skill: None
        if summary.pooled is None
        else {
            **msgspec.structs.asdict(summary.pooled),
            "mean": summary.mean,
            "trainees": summary.trainees,
            "interval_over": summary.interval_over,
        }
        for skill, summary in summaries.items()
    }


def _hardest(figures: CohortFigures) -> object:
    return figures.hardest  # a dataclass, whose fields are written in order
