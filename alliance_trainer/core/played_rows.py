"""An attempt that was played again and scored, as a row of the trainee's history."""

from collections.abc import Iterator

from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.course import Course, levels
from alliance_trainer.core.history import AttemptRow, Noticing
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.pitch import FeltAnswer
from alliance_trainer.core.scoring import Scorecard


def bare_row(attempt: Attempt, scenario: Scenario) -> AttemptRow:
    """The row of an attempt of which no key may be told, or none is here: that it was played, and no figures."""
    return AttemptRow(
        attempt=attempt.attempt,
        scenario=scenario.id,
        title=scenario.title,
        difficulty=scenario.difficulty,
        mode=attempt.mode or "assess",
        status="complete" if attempt.status == "complete" else "unfinished",
        started=attempt.started or "",
        finished=attempt.status != "unfinished",
        ms=_spent(attempt),
        receipt=attempt.receipt if attempt.status == "complete" else None,
    )


def row_of(attempt: Attempt, course: Course, card: Scorecard, felt: FeltAnswer | None) -> AttemptRow:
    """The row. Skills and answers count as they do in the scorecard: the first at each turn, and never twice."""
    scenario, level = course.scenario, levels(course)
    return AttemptRow(
        attempt=attempt.attempt,
        scenario=scenario.id,
        title=scenario.title,
        difficulty=scenario.difficulty,
        mode=attempt.mode or "practice",
        status=card.status,
        started=attempt.started or "",
        finished=attempt.status != "unfinished",
        noticed=tuple(_noticed(course)),
        skills={
            skill: (score.tally.points, score.tally.offered, score.tally.moments)
            for skill, score in card.skills.items()
            if score is not None
        },
        level=(level[0], level[-1]),
        repair=(card.repair.resolved, card.repair.closed),
        ms=_spent(attempt),
        felt=felt,
        receipt=attempt.receipt if attempt.status == "complete" else None,
    )


def _spent(attempt: Attempt) -> int:
    return sum(step.ms or 0 for step in attempt.steps)


def _noticed(course: Course) -> Iterator[Noticing]:
    for exchange in course.scored:
        if exchange.turn.notice and exchange.notice is not None:
            markers = tuple(marker.id for marker in exchange.turn.markers)
            yield Noticing(item=f"{course.scenario.id}/{exchange.turn_id}", markers=markers, answer=exchange.notice)
