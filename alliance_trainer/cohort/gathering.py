"""A cohort held in memory with every step: what the statistics, the report and the exports begin with."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec
import numpy as np

from alliance_trainer.cohort.arrays.columns import Array
from alliance_trainer.cohort.engines import Crew, Workers
from alliance_trainer.cohort.policy import Policy
from alliance_trainer.cohort.result import CohortResult
from alliance_trainer.cohort.retelling import Retold, retell, tasks_of
from alliance_trainer.cohort.run import counted, result_of
from alliance_trainer.cohort.scanning import Against
from alliance_trainer.cohort.scoring.scored import Scored
from alliance_trainer.cohort.scoring.targets import Resolve
from alliance_trainer.cohort.study.moment_rows import Played, moments_of, scenarios_of
from alliance_trainer.cohort.study.moments import Moments
from alliance_trainer.cohort.surveying import Survey, survey
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.automaton import Automaton
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.replay import replay

_LISTED = 100_000


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """One scored attempt with its steps, and the compiled scenario that it was scored against."""

    attempt: Attempt
    scored: Scored
    automaton: Automaton
    sha256: str

    @property
    def of_record(self) -> bool:
        """Whether it counts in the cohort's figures."""
        return self.scored.of_record


class Gathered(msgspec.Struct, frozen=True, kw_only=True):
    """A cohort in full.

    `kept` has every attempt that was scored, by trainee and then attempt; `scored` those of record, in the same
    order, whose answers are the rows of `moments`. `scenarios` has each scenario by its id; where attempts were
    scored against several versions of it, the one of most attempts. Attempts that were not wanted are in none of
    them, nor in `result.figures`; they are in the other counts of `result`.
    """

    policy: Policy
    result: CohortResult
    kept: tuple[Kept, ...]
    scored: tuple[Scored, ...]
    moments: Moments
    scenarios: Mapping[str, Scenario]


def study_cohort(
    paths: Sequence[Path],
    *,
    resolve: Resolve | Against,
    policy: Policy = "first",
    occasion: str | None = None,
    wanted: Callable[[Attempt], bool] | None = None,
    jobs: int = 1,
) -> Gathered:
    """Score a cohort and keep all of it: attempts with their steps, figures, and the moments of record.

    `resolve` finds the scenario for an attempt (cli.scoring.Resolver). With `occasion` all other attempts are
    passed over, and so are those that are not `wanted`, before the attempts of record are chosen. Memory grows with
    the attempts, some 20 KB each: for tens of thousands, not for millions.
    Raises UsageError for a path that does not exist; whatever is wrong with a file is in the result.
    """
    against = resolve if isinstance(resolve, Against) else Against(resolve=resolve)
    with Crew(Workers(jobs=jobs)) as crew:
        found = survey(paths, against, crew, _LISTED)
    told = [one for one in _told(found, against) if occasion is None or one.attempt.occasion == occasion]
    told = [one for one in told if wanted is None or wanted(one.attempt)]
    chosen = np.zeros(len(found.first), dtype=bool)
    chosen[[one.row for one in told]] = True
    record, figures = counted(found, chosen, policy)
    kept = sorted((_kept(one, record) for one in told), key=lambda one: (one.attempt.trainee, one.attempt.attempt))
    played = [
        Played(attempt=one.attempt, course=replay(one.automaton.scenario, one.attempt.steps), sha256=one.sha256)
        for one in kept
        if one.of_record
    ]
    return Gathered(
        policy=policy,
        result=result_of(found, figures, (), _LISTED),
        kept=tuple(kept),
        scored=tuple(one.scored for one in kept if one.of_record),
        moments=moments_of(played),
        scenarios=scenarios_of(played),
    )


def _told(found: Survey, against: Against) -> list[Retold]:
    everything = tasks_of(found, np.zeros(len(found.first), dtype=bool))
    return [one for task in everything for _, one in retell(task, against) if isinstance(one, Retold)]


def _kept(one: Retold, record: Array) -> Kept:
    return Kept(
        attempt=one.attempt,
        scored=msgspec.structs.replace(one.scored, of_record=bool(record[one.row])),
        automaton=one.target.automaton,
        sha256=one.target.identity.sha256,
    )
