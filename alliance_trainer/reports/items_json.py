"""What `cohort items` says, as JSON: `alliance-trainer/cohort-items`. Keys are only ever added."""

from collections.abc import Iterable
from typing import Any, get_args

from alliance_trainer.cohort.scoring.scored import VersionNote
from alliance_trainer.cohort.statistics import quantiles
from alliance_trainer.cohort.study.figures import Model, ResponseUse, SkillStudy, Study, TurnSkill, TurnStudy
from alliance_trainer.reports.figures_json import figure_json
from alliance_trainer.reports.json_text import json_text

FORMAT = "alliance-trainer/cohort-items"
VERSION = 1


def items_json(study: Study, turns: Iterable[TurnStudy]) -> str:
    """One JSON object and a line end; the turns in the order given."""
    return json_text(
        {
            "format": FORMAT,
            "version": VERSION,
            "policy": study.policy,
            "read": study.read,
            "scored": study.scored,
            "of_record": study.of_record,
            "after_feedback": study.after_feedback,
            "versions": {note: study.versions.get(note, 0) for note in get_args(VersionNote)},
            "trainees": len(study.trainees),
            "no_intervals": None if quantiles.installed() else quantiles.MISSING,
            "left_out": [{"reason": one.reason, "attempts": one.attempts} for one in study.left_out],
            "scenarios": [{"scenario": one.scenario, "title": one.title, "key": one.key} for one in study.scenarios],
            "skills": {one.skill: _skill(one) for one in (*study.skills, *study.further)},
            "turns": [_turn(turn) for turn in turns],
        }
    )


def _skill(skill: SkillStudy) -> dict[str, Any]:
    model = skill.model
    return {
        "trainees": skill.trainees,
        "mean": figure_json(skill.mean),
        "sd": figure_json(skill.sd),
        "median": figure_json(skill.median),
        "model": _model(model) if isinstance(model, Model) else None,
        "no_model": None if isinstance(model, Model) else model.reason,
        "alpha_on_common_turns": figure_json(skill.alpha),
        "common_turns": skill.common_turns,
    }


def _model(model: Model) -> dict[str, Any]:
    return {
        "person_variance": model.person_variance,
        "turn_variance": model.turn_variance,
        "residual_variance": model.residual_variance,
        "reliability": model.reliability,
        "phi": model.phi,
        "trainees": model.trainees,
        "turns": model.turns,
    }


def _turn(turn: TurnStudy) -> dict[str, Any]:
    return {
        "scenario": turn.scenario,
        "turn": turn.turn,
        "order": turn.order,
        "rupture": turn.rupture,
        "patient": turn.patient,
        "n": turn.n,
        "noticed": {"asked": turn.asked, "named": turn.named, "exact": turn.exact},
        "together": _turn_skill(turn.together) if turn.together else None,
        "skills": {one.skill: _turn_skill(one) for one in turn.skills if one.skill},
        "best_share": turn.best_share,
        "flags": list(turn.flags),
        "responses": [_response(use) for use in turn.responses],
    }


def _turn_skill(skill: TurnSkill) -> dict[str, Any]:
    return {"facility": figure_json(skill.facility), "discrimination": figure_json(skill.discrimination)}


def _response(use: ResponseUse) -> dict[str, Any]:
    return {
        "response": use.response,
        "says": use.says,
        "n": use.n,
        "share": use.share,
        "rest": figure_json(use.rest),
        "best": use.best,
        "harm": use.harm,
        "flags": list(use.flags),
        "on_offer": use.on_offer,
        "best_for": use.best_for,
        "best_where": use.best_where,
    }
