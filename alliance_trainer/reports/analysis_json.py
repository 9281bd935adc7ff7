"""What `analyze` says, as JSON: `alliance-trainer/analyze`. Keys are only ever added."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from alliance_trainer.analysis.cues import RIDGE, Advantage
from alliance_trainer.analysis.extremes import JointWay
from alliance_trainer.analysis.march import Results
from alliance_trainer.analysis.proofs import Way
from alliance_trainer.analysis.report import Analysis, Verdict
from alliance_trainer.core.findings import Finding
from alliance_trainer.core.vocabulary.skills import SKILLS, Skill

ANALYZE_FORMAT = "alliance-trainer/analyze"
VERSION = 1

Data = dict[str, Any]


def analysis_json(analyses: Sequence[tuple[Analysis, Iterable[Finding]]], pooled: Sequence[Advantage]) -> str:
    """One object for one scenario; for several their objects under `scenarios`, and the cues over all turns."""
    parts = [analysis_data(analysis, findings) for analysis, findings in analyses]
    body = parts[0] if len(parts) == 1 else {"scenarios": parts, "pooled": [_advantage(one) for one in pooled]}
    return json.dumps({"format": ANALYZE_FORMAT, "version": VERSION} | body, indent=2) + "\n"


def analysis_data(analysis: Analysis, findings: Iterable[Finding]) -> Data:
    """One scenario's analysis. `findings` are those about its key."""
    return {
        "scenario": analysis.scenario.id,
        "situations": len(analysis.proofs.automaton.situations),
        "paths": analysis.ways.paths,
        "shortest": analysis.ways.shortest,
        "longest": analysis.ways.longest,
        "complete": analysis.complete,
        "turns": [_verdict(one, "reachable") for one in analysis.turns],
        "responses": [_verdict(one, "available") for one in analysis.responses],
        "endings": [
            _verdict(one, "reachable") | {"probability_random": _probability(analysis, one.id)}
            for one in analysis.endings
        ],
        "conditions": [
            {"path": ".".join(one.path), "always": one.value, "reason": one.reason, "kind": "proved"}
            for one in analysis.proofs.constants
        ],
        "skills": {skill: _skill(analysis, skill) for skill in SKILLS},
        "joint_best": _joint(analysis.joint_best),
        "joint_least": _joint(analysis.joint_least),
        "best_outcome": analysis.best_outcome,
        "turning_points": [
            {"turn": one.turn, "response": one.response, "lost": one.lost, "always": one.always}
            for one in analysis.turning_points
        ],
        "policies": _policies(analysis),
        "key": _key(analysis, findings),
        "tests": dict(zip(("responses_taken", "responses_total"), analysis.tested, strict=True)),
    }


def _verdict(verdict: Verdict, word: str) -> Data:
    kind = verdict.kind if verdict.plays is None else f"{verdict.kind} in {verdict.plays} plays"
    found: Data = {"id": verdict.id, word: verdict.holds, "kind": kind}
    return found if verdict.way is None else found | {"witness": _way(verdict.way)}


def _way(way: Way) -> list[str]:
    return [f"{turn}.{response}" for turn, response in way]


def _probability(analysis: Analysis, ending: str) -> float | None:
    if analysis.random is not None:
        return analysis.random.endings[ending]
    return analysis.sample.endings[ending] / analysis.sample.plays if analysis.sample else None


def _skill(analysis: Analysis, skill: Skill) -> Data:
    reach = analysis.ranges.get(skill)
    mean, sd = _random(analysis, skill)
    return {
        "moments_min": reach.moments_min if reach else None,
        "moments_max": reach.moments_max if reach else None,
        "points_max": reach.points_max if reach else None,
        "random_mean": mean,
        "random_sd": sd,
        "at_joint_best": analysis.joint_best.score(skill) if analysis.joint_best else None,
    }


def _random(analysis: Analysis, skill: Skill) -> tuple[float | None, float | None]:
    """Mean and standard deviation under random play; of the sample where they are not known exactly."""
    if analysis.random is not None:
        return analysis.random.skills[skill].mean, analysis.random.skills[skill].sd
    scores = analysis.sample.scores[skill] if analysis.sample else ()
    if not scores:
        return None, None
    mean = sum(scores) / len(scores)
    return mean, (sum((score - mean) ** 2 for score in scores) / len(scores)) ** 0.5


def _joint(way: JointWay | None) -> Data | None:
    if way is None:
        return None
    return {
        "path": _way(way.path),
        "points": sum(way.points.values()),
        "offered": sum(way.offered.values()),
        "ending": way.ending,
        "skills": {skill: {"points": way.points[skill], "offered": way.offered[skill]} for skill in SKILLS},
    }


def _policies(analysis: Analysis) -> list[Data]:
    gains = {one.name: one for one in analysis.key.advantages}
    rows = [_policy(name, found, gains) for name, found in {**analysis.key.policies, **analysis.cue_results}.items()]
    return rows if RIDGE not in gains else [*rows, _policy(RIDGE, None, gains)]


def _policy(name: str, found: Results | None, gains: dict[str, Advantage]) -> Data:
    """A policy's mean scores by skill (null where not met), and of a cue what following it gains."""
    gain = gains.get(name)
    return {
        "name": name,
        "scores": None if found is None else {skill: found.skills[skill].mean for skill in SKILLS},
        "endings": None if found is None else found.endings,
        "advantage": gain.advantage if gain else None,
        "p": gain.p if gain else None,
    }


def _advantage(gain: Advantage) -> Data:
    return {"name": gain.name, "advantage": gain.advantage, "p": gain.p}


def _key(analysis: Analysis, findings: Iterable[Finding]) -> Data:
    key = analysis.key
    hits, count, limit = key.longest_is_best
    foils, asking = key.foils
    return {
        "longest_is_best": {"turns": hits, "of": count, "limit": limit},
        "best_position": list(key.positions),
        "collinear": [{"skills": list(one.skills), "r": one.r, "responses": one.responses} for one in key.collinear],
        "foils": {"turns": foils, "of": asking},
        "errors_that_pay": [
            {"turn": one.turn, "response": one.response, "margin": one.margin} for one in key.margins if one.margin < 0
        ],
        "smallest_margin": min((one.margin for one in key.margins), default=None),
        "findings": [
            {"code": one.code, "severity": one.severity, "message": one.message, "path": ".".join(one.path)}
            for one in findings
        ],
    }
