"""What a cohort run gives back: plain data for the screen and the reports."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from alliance_trainer.cohort.scoring.scored import Independent, NoticedFigures, Scored, SkillFigures, VersionNote
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.scoring import CardStatus
from alliance_trainer.core.vocabulary.markers import RuptureType
from alliance_trainer.core.vocabulary.skills import Rated

Refusal = Literal["unreadable", "no-scenario", "illegal", "conflict", "repeated"]
"""Why an attempt was not scored: the record cannot be read; its scenario is not to be had; its way is not
legal; its id was there before with another trainee or other steps; or it is the same attempt once more."""


class NotScored(msgspec.Struct, frozen=True, kw_only=True):
    """One record that was not scored: where (line from 1, None where the whole file is meant), and why.

    `step` counts from 1 and says where the way breaks. `record` is the attempt, without its steps, if it could be read.
    """

    file: str
    line: int | None
    kind: Refusal
    reason: str
    step: int | None = None
    attempt: str | None = None
    record: Attempt | None = None

    @property
    def row(self) -> Attempt | None:
        """The attempt whose row it has among all; None if it could not be read, or its id has a row already."""
        return None if self.kind in ("repeated", "conflict") else self.record


class SkillSummary(msgspec.Struct, frozen=True, kw_only=True):
    """One skill over the cohort.

    `pooled`: all moments of all attempts together; None where it was never met. `mean`: of the trainees'
    scores, each from all attempts of that trainee together, 0 to 1. `trainees`: how many met the skill.
    `interval_over`: what the bounds of `pooled` take as independent.
    """

    pooled: SkillFigures | None
    mean: float | None
    trainees: int
    interval_over: Independent


class TurnNoticed(msgspec.Struct, frozen=True, kw_only=True):
    """A turn with a rupture: of so many answers, so many named a rupture, and so many the right type."""

    scenario: str
    turn: str
    rupture: RuptureType
    answers: int
    noticed: int
    exact: int


class CohortFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What the attempts add up to.

    `statuses`, `versions` and `not_shared` (practice that its trainee keeps) count every scored attempt; all else is
    over those of record, `of_record` of them: of each trainee's complete attempts at a scenario one. `after_feedback`
    of them were made after feedback (see cohort.feedback). The others, `repeats`, and attempts that were left or
    rewound are shown one by one and stay out of the cohort's figures. `trainees`: those with an attempt of record.
    `harm`: responses with harm 1 and 2. `review`: attempts with a breach (harm 2). `endings`: how often each, by
    scenario and ending. `hardest`: the turn whose rupture was noticed least, among those with at least 5 answers;
    None if there is none.
    """

    statuses: Mapping[CardStatus, int]
    versions: Mapping[VersionNote, int]
    of_record: int = 0
    repeats: int = 0
    trainees: int
    skills: Mapping[Rated, SkillSummary]
    further: Mapping[Rated, SkillSummary]
    noticed: NoticedFigures
    not_shared: int = 0
    after_feedback: int = 0
    harm: tuple[int, int]
    review: int
    endings: Mapping[str, Mapping[str, int]]
    hardest: TurnNoticed | None


class CohortResult(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of a run.

    `read`: records met, blank lines aside; each was scored or refused. `rows`: the first attempts by trainee
    and attempt id, as many as were asked for. `not_scored`: the first in the order in which they were met;
    `refused` counts all of them by kind.
    """

    read: int
    scored: int
    rows: tuple[Scored, ...]
    figures: CohortFigures
    not_scored: tuple[NotScored, ...]
    refused: Mapping[Refusal, int]
    files: int

    @property
    def all_scored(self) -> bool:
        """Whether every attempt was scored; one that is there twice was scored once."""
        return not self.unscored

    @property
    def unscored(self) -> int:
        """How many records could not be scored; one that is there twice was scored once, and is not among them."""
        return sum(count for kind, count in self.refused.items() if kind != "repeated")
