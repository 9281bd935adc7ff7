"""An attempt told in full, step by step, with what each step was worth: what the exports are written from."""

from collections.abc import Iterator, Mapping

import msgspec

from alliance_trainer.cohort.scoring.scored import Scored
from alliance_trainer.core.attempt import Attempt, Step
from alliance_trainer.core.course import Course, Exchange
from alliance_trainer.core.identity import Identity, identify
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.replay import replay
from alliance_trainer.core.tally import SkillScore, Tally, moment, skill_score
from alliance_trainer.core.vocabulary.skills import RATED, Rated

Tallies = Mapping[Rated, Tally]
"""What one answer gives for each skill that its turn is an opportunity for."""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A scored attempt with its steps, its course, and the identity of the scenario that it was scored against.

    `tallies`: what each exchange of the course gives, or would give if it were scored.
    """

    attempt: Attempt
    scored: Scored
    course: Course
    identity: Identity
    tallies: tuple[Tallies, ...]

    @property
    def of_record(self) -> bool:
        """Whether it counts in the cohort's figures."""
        return self.scored.of_record


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """A step of an attempt: `number` counts from 1. A rewind has no exchange, and was worth nothing."""

    number: int
    step: Step
    exchange: Exchange | None
    tallies: Tallies


class Teller:
    """Tells attempts; what is the same for many attempts at one scenario is worked out once."""

    def __init__(self) -> None:
        self._identities: dict[str, Identity] = {}
        self._tallies: dict[tuple[str, str, str, tuple[str, ...]], Tallies] = {}

    def tell(self, attempt: Attempt, scored: Scored, scenario: Scenario, sha256: str) -> Told:
        """Play an attempt again that was scored against this scenario, whose content has this hash.

        Raises IllegalStepError where its way is not legal.
        """
        if sha256 not in self._identities:
            self._identities[sha256] = identify(scenario)
        course = replay(scenario, attempt.steps, attempt.status)
        return Told(
            attempt=attempt,
            scored=scored,
            course=course,
            identity=self._identities[sha256],
            tallies=tuple(self._given(exchange, sha256) for exchange in course.exchanges),
        )

    def _given(self, exchange: Exchange, sha256: str) -> Tallies:
        offered, response = exchange.offered, exchange.response_id
        key = (sha256, exchange.turn_id, response, tuple(offered))
        if key not in self._tallies:
            met = {skill: moment(offered, response, skill, exchange.turn.weight) for skill in RATED}
            self._tallies[key] = {skill: tally for skill, tally in met.items() if tally is not None}
        return self._tallies[key]


def steps_of(told: Told) -> Iterator[Answered]:
    """The steps in order, each answer with its exchange and what it gave or would have given for each skill."""
    answers = iter(zip(told.course.exchanges, told.tallies, strict=True))
    for number, step in enumerate(told.attempt.steps, start=1):
        exchange, tallies = next(answers) if step.response is not None else (None, {})
        yield Answered(number=number, step=step, exchange=exchange, tallies=tallies)


def scores_of(told: Told) -> dict[Rated, SkillScore | None]:
    """The exact score of each skill over the scored answers; None where it was never met."""
    sums: dict[Rated, Tally] = {}
    for exchange, tallies in zip(told.course.exchanges, told.tallies, strict=True):
        for skill, tally in tallies.items() if exchange.scored else ():
            sums[skill] = sums[skill] + tally if skill in sums else tally
    return {skill: skill_score(sums[skill]) if skill in sums else None for skill in RATED}
