"""The study of a cohort: from its answers as columns to every figure of the tables and the report.

What may be given from how many cases stands in `enough`; the formulas in `statistics`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from alliance_trainer.cohort.result import CohortResult
from alliance_trainer.cohort.scoring.scored import Scored
from alliance_trainer.cohort.study.figures import Cell, LeftOut, ScenarioNote, Study, TraineeStudy
from alliance_trainer.cohort.study.moments import Moments
from alliance_trainer.cohort.study.recognition import recognition_study, right
from alliance_trainer.cohort.study.skills import skill_study
from alliance_trainer.cohort.study.turns import turn_studies, unmet_turns
from alliance_trainer.cohort.study.ways import flows_of
from alliance_trainer.core.identity import identify
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.vocabulary.skills import FURTHER_TASKS, SKILLS

if TYPE_CHECKING:  # a study is made from columns alone; reading files is not on its way
    from alliance_trainer.cohort.gathering import Gathered


def study_of(gathered: "Gathered") -> Study:
    """The study of a cohort that was gathered."""
    return study(
        policy=gathered.policy,
        result=gathered.result,
        moments=gathered.moments,
        scored=gathered.scored,
        scenarios=gathered.scenarios,
        left=[one.scored for one in gathered.kept if not one.of_record],
    )


def study(
    *,
    policy: str,
    result: CohortResult,
    moments: Moments,
    scored: Sequence[Scored],
    scenarios: Mapping[str, Scenario],
    left: Sequence[Scored] | None = None,
) -> Study:
    """Work out the study.

    `scored`: the attempts of record, those whose answers are in `moments`. `scenarios`: by id, what each attempt
    was scored against. `left`: the other attempts that could have been of record (all but practice that was not
    shared); if not given, all that were scored and are complete could.
    """
    record = sorted(scored, key=lambda one: (one.attempt.trainee, one.attempt.scenario, one.attempt.attempt))
    return Study(
        policy=policy,
        read=result.read,
        scored=result.scored,
        of_record=len(record),
        trainees=_trainees(moments, record),
        scenarios=_notes(record, scenarios),
        left_out=_left_out(result, len(record), left),
        not_scored=result.not_scored,
        skills=tuple(skill_study(moments, skill) for skill in SKILLS),
        further=tuple(skill_study(moments, task) for task in FURTHER_TASKS),
        recognition=recognition_study(moments),
        turns=turn_studies(moments, scenarios),
        flows=flows_of(moments, record, scenarios),
        after_feedback=sum(one.after_feedback for one in record),
        versions=Counter(one.version for one in record),
        unmet=unmet_turns(moments, scenarios),
    )


def _trainees(moments: Moments, record: Sequence[Scored]) -> tuple[TraineeStudy, ...]:
    attempts: dict[str, list[Scored]] = {}
    for one in record:
        attempts.setdefault(one.attempt.trainee, []).append(one)
    cells = _cells(moments)
    return tuple(
        TraineeStudy(trainee=name, attempts=tuple(attempts.get(name, ())), cells=tuple(cells[place]))
        for place, name in enumerate(moments.trainees)
    )


def _cells(moments: Moments) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[] for _ in moments.trainees]
    four = slice(len(SKILLS))
    columns = zip(
        moments.trainee.tolist(),
        moments.turn.tolist(),
        moments.points[:, four].sum(axis=1).tolist(),
        moments.offered[:, four].sum(axis=1).tolist(),
        moments.notice.tolist(),
        moments.seen.tolist(),
        moments.response.tolist(),
        moments.stronger.tolist(),
        strict=True,
    )
    for trainee, turn, points, offered, notice, seen, response, stronger in columns:
        cell = Cell(
            turn=turn,
            share=points / offered if offered else None,
            noticed=right(moments.turns[turn].rupture, notice),
            patient=moments.turns[turn].seen[seen],
            response=response,
            stronger=None if stronger < 0 else stronger,
        )
        rows[trainee].append(cell)
    return [sorted(row, key=lambda cell: cell.turn) for row in rows]


def _notes(record: Sequence[Scored], scenarios: Mapping[str, Scenario]) -> tuple[ScenarioNote, ...]:
    attempts = Counter(one.attempt.scenario for one in record)
    return tuple(
        ScenarioNote(
            scenario=name, title=scenarios[name].title, key=identify(scenarios[name]).key, attempts=attempts[name]
        )
        for name in sorted(attempts)
        if name in scenarios
    )


def _left_out(result: CohortResult, of_record: int, left: Sequence[Scored] | None) -> tuple[LeftOut, ...]:
    """Attempts that were scored and stay out, by why."""
    passed_over = 0 if left is None else result.scored - of_record - len(left)
    if left is None:
        statuses = dict(result.figures.statuses)
        statuses["complete"] = statuses.get("complete", 0) - of_record
    else:
        statuses = dict(Counter(one.status for one in left))
    counts = {
        "they were not finished": statuses.get("unfinished", 0),
        "answers were taken back in them": statuses.get("assisted", 0),
        "another attempt of the trainee at the scenario is the one of record": statuses.get("complete", 0),
        "they are practice that was not shared": passed_over,
    }
    return tuple(LeftOut(reason=reason, attempts=count) for reason, count in counts.items() if count > 0)
