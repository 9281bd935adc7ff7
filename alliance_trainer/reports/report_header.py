"""What stands at the head of a cohort's report: what went into it, what was left out, how far it can be relied on."""

from collections import Counter
from collections.abc import Mapping

import msgspec

from alliance_trainer.cohort.notes import remarks
from alliance_trainer.cohort.result import NotScored, Refusal
from alliance_trainer.cohort.study.figures import Estimate, Model, SkillStudy, Study, Withheld
from alliance_trainer.cohort.study.unbounded import words_on
from alliance_trainer.core.counting import counted
from alliance_trainer.core.vocabulary.skills import SKILL_MEANINGS
from alliance_trainer.reports.report_strip import Strip, strip_of
from alliance_trainer.reports.report_words import (
    FEWEST,
    TOO_FEW,
    allowed,
    decimals,
    in_decimals,
    in_percent,
    without_folders,
)

MOST_NAMED = 20
"""So many attempts that were not scored are named one by one."""

_POLICIES: Mapping[str, str] = {
    "first": "the first complete attempt of each trainee at each scenario",
    "last": "the last complete attempt of each trainee at each scenario",
    "best": "the best complete attempt of each trainee at each scenario",
}
_REFUSALS: Mapping[Refusal, str] = {
    "unreadable": "the record cannot be read",
    "no-scenario": "there is no scenario to score it against",
    "illegal": "its way is not possible in the scenario",
    "conflict": "its id was there before with other content",
    "repeated": "the same attempt once more",
}


class SkillPart(msgspec.Struct, frozen=True, kw_only=True):
    """One skill over the cohort: its picture, its figures in words, and how far they can be relied on."""

    skill: str
    meaning: str
    strip: Strip
    trainees: int
    figures: str
    reliability: str
    phi: str
    alpha: str


class ScenarioRow(msgspec.Struct, frozen=True, kw_only=True):
    """A scenario with the beginning of its key's hash."""

    title: str
    scenario: str
    attempts: int
    key: str


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """A record that was not scored: the file without its folders, the line and the reason."""

    place: str
    reason: str


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What went in and what did not."""

    counts: str
    policy: str
    remarks: tuple[str, ...]
    small: bool
    no_intervals: str
    scenarios: tuple[ScenarioRow, ...]
    left_out: tuple[tuple[str, int], ...]
    refused: tuple[Refused, ...]
    more_refused: int


def header_of(study: Study) -> Header:
    """The head of the report."""
    refused = Counter(entry.kind for entry in study.not_scored)
    left_out = [(entry.reason, entry.attempts) for entry in study.left_out]
    left_out += [(f"not scored: {_REFUSALS[kind]}", count) for kind, count in sorted(refused.items())]
    named = [entry for entry in study.not_scored if _may_be_named(entry)]
    return Header(
        counts=(
            f"{counted(len(study.trainees), 'trainee')}; {counted(study.of_record, 'attempt')} of record"
            f" among {study.scored} scored, from {counted(study.read, 'record')}."
        ),
        policy=_POLICIES.get(study.policy, study.policy),
        remarks=tuple(remarks(study.after_feedback, study.versions)),
        small=len(study.trainees) < FEWEST,
        no_intervals=words_on(study),
        scenarios=tuple(
            ScenarioRow(title=note.title, scenario=note.scenario, attempts=note.attempts, key=note.key[:12])
            for note in study.scenarios
        ),
        left_out=tuple(left_out),
        refused=tuple(map(_refused, named[:MOST_NAMED])),
        more_refused=max(0, len(named) - MOST_NAMED),
    )


def _may_be_named(entry: NotScored) -> bool:
    """Practice that its trainee did not share is counted, and no more."""
    return entry.record is None or not entry.record.not_shared


def _refused(entry: NotScored) -> Refused:
    line = "" if entry.line is None else f", line {entry.line}"
    attempt = "" if entry.attempt is None else f" ({entry.attempt})"
    reason = _REFUSALS[entry.kind] if entry.kind == "no-scenario" else entry.reason
    return Refused(place=f"{without_folders(entry.file)}{line}{attempt}", reason=without_folders(reason))


def skill_part(study: SkillStudy) -> SkillPart:
    """One skill; averages of few trainees are left out here, whatever the study gives."""
    model = study.model if study.trainees >= FEWEST or isinstance(study.model, Withheld) else TOO_FEW
    return SkillPart(
        skill=study.skill.capitalize(),
        meaning=SKILL_MEANINGS[study.skill],
        strip=strip_of(study),
        trainees=study.trainees,
        figures=_figures(study),
        reliability=_reliability(model),
        phi=decimals(model.phi) if isinstance(model, Model) else "not estimable",
        alpha=_alpha(study),
    )


def _figures(study: SkillStudy) -> str:
    """Mean, spread and median of those who are drawn; or once why none of them is given."""
    found = {
        "Mean": allowed(study.mean, study.trainees),
        "Standard deviation": allowed(study.sd, study.trainees),
        "Median": allowed(study.median, study.trainees),
    }
    reasons = {figure.reason if isinstance(figure, Withheld) else "" for figure in found.values()}
    if len(reasons) == 1 and "" not in reasons:
        return f"{_together(study)}Mean, standard deviation and median not given: {reasons.pop()}."
    return " ".join(f"{name} {in_percent(figure)}." for name, figure in found.items())


def _together(study: SkillStudy) -> str:
    """The counts of all who met the skill."""
    pooled = study.pooled
    return f"Together {pooled.points} of {counted(pooled.offered, 'point')}. " if pooled else ""


def _reliability(model: Model | Withheld) -> str:
    if isinstance(model, Withheld):
        return f"not estimable: {model.reason}"
    return f"{decimals(model.reliability)} ({counted(model.trainees, 'trainee')}, {counted(model.turns, 'turn')})"


def _alpha(study: SkillStudy) -> str:
    figure = allowed(study.alpha, study.trainees)
    over = f", over {counted(study.common_turns, 'turn')} that all met" if isinstance(figure, Estimate) else ""
    return in_decimals(figure) + over
