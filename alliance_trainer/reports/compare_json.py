"""What `cohort compare` says, as JSON: `alliance-trainer/cohort-compare`. Keys are only ever added."""

from typing import Any, get_args

from alliance_trainer.cohort.scoring.scored import VersionNote
from alliance_trainer.cohort.statistics import quantiles
from alliance_trainer.cohort.study.comparing import Comparison, Comparisons, Remarks
from alliance_trainer.reports.figures_json import figure_json
from alliance_trainer.reports.json_text import json_text

FORMAT = "alliance-trainer/cohort-compare"
VERSION = 1


def compare_json(found: Comparisons) -> str:
    """One JSON object and a line end. `g_av` is J(n-1) d_av; `rci` is null unless a reliability was given."""
    return json_text(
        {
            "format": FORMAT,
            "version": VERSION,
            "both": list(found.both),
            "only_before": list(found.only_before),
            "only_after": list(found.only_after),
            "unfinished": {"before": list(found.unfinished_before), "after": list(found.unfinished_after)},
            "on_both": found.on_both,
            "same_scenarios": found.same_scenarios,
            "scenarios": {"before": list(found.scenarios_before), "after": list(found.scenarios_after)},
            "remarks": {"before": _remarks(found.remarks_before), "after": _remarks(found.remarks_after)},
            "reliability": found.reliability,
            "no_intervals": None if quantiles.installed() else quantiles.MISSING,
            "scores": {one.of: _score(one) for one in found.scores},
        }
    )


def _remarks(found: Remarks) -> dict[str, Any]:
    versions = {note: found.versions.get(note, 0) for note in get_args(VersionNote)}
    return {"of_record": found.of_record, "after_feedback": found.after_feedback, "versions": versions}


def _score(one: Comparison) -> dict[str, Any]:
    return {
        "pairs": len(one.pairs),
        "before": figure_json(one.before),
        "after": figure_json(one.after),
        "change": figure_json(one.change),
        "g_av": figure_json(one.g_av),
        "no_rci": one.no_index,
        "too_few_moments": list(one.too_few),
        "trainees": [
            {"trainee": pair.trainee, "before": pair.before, "after": pair.after, "rci": pair.index}
            for pair in one.pairs
        ],
    }
