"""The report of a cohort: one HTML file without script or network, light and dark, fit to print."""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from alliance_trainer.cohort.study.figures import Flow, SkillStudy, Study, TraineeScore
from alliance_trainer.core.clean import clean
from alliance_trainer.core.debrief import CAVEAT
from alliance_trainer.reports import report_heat
from alliance_trainer.reports.html_text import STYLE, page
from alliance_trainer.reports.report_flow import Step, steps_of
from alliance_trainer.reports.report_flow_picture import FlowPicture, picture_of
from alliance_trainer.reports.report_header import header_of, skill_part
from alliance_trainer.reports.report_heat import heat_maps
from alliance_trainer.reports.report_items import items_of
from alliance_trainer.reports.report_recognition import recognition_of
from alliance_trainer.reports.report_room import Room, room_for
from alliance_trainer.reports.report_style import REPORT_STYLE
from alliance_trainer.reports.report_trainee import trainee_pages
from alliance_trainer.reports.report_words import NOT_MET, OUTCOMES, Score, score_of

if TYPE_CHECKING:
    from jinja2 import Environment

TITLE = "Cohort report"
"""The heading of a report that was given no other."""


_BREAKS = re.compile(r"\n+(?=</?(?:td|tr|li|ol|ul|p|h3|text|path|table|tbody|blockquote|svg|g)\b)")
"""Line ends before what begins or ends a block anyway: a large report has thousands of them."""


class ScoreRow(msgspec.Struct, frozen=True, kw_only=True):
    """A trainee's scores of all skills, beside the pictures; `number` counts the trainees from 1."""

    number: int
    trainee: str
    scores: tuple[Score, ...]


class FlowPart(msgspec.Struct, frozen=True, kw_only=True):
    """The ways through one scenario: the picture, the same as a table, and the endings."""

    title: str
    attempts: int
    picture: FlowPicture
    steps: tuple[Step, ...]
    cut: bool
    endings: tuple[tuple[str, str, int], ...]


def cohort_report(study: Study, title: str = TITLE) -> str:
    """The whole page. Every text in it is cleaned and escaped on its way into the template."""
    shown = (*study.skills, *(task for task in study.further if task.scores))
    skills = tuple(map(skill_part, shown))
    room = room_for(study)
    body = (
        _environment()
        .get_template("cohort_report.html")
        .render(
            title=title,
            caveat=CAVEAT,
            header=header_of(study),
            skills=skills,
            score_rows=tuple(_score_rows(study, shown)),
            heat_maps=heat_maps(study),
            marks=report_heat,
            recognition=recognition_of(study.recognition),
            flows=tuple(_flow_part(flow, room) for flow in study.flows),
            room=room,
            items=items_of(study, room),
            trainees=tuple(trainee_pages(study, room)),
        )
    )
    return page(title, STYLE + REPORT_STYLE, _BREAKS.sub("", body))


def _flow_part(flow: Flow, room: Room) -> FlowPart:
    ways, picture = picture_of(flow, room)
    found = sorted(flow.endings, key=lambda ending: (-ending[2], ending[0]))
    endings = tuple((ending, OUTCOMES.get(outcome, outcome), number) for ending, outcome, number in found)
    return FlowPart(
        title=flow.title,
        attempts=flow.attempts,
        picture=picture,
        steps=steps_of(ways),
        cut=ways.cut,
        endings=endings,
    )


def _score_rows(study: Study, skills: tuple[SkillStudy, ...]) -> Iterator[ScoreRow]:
    found: list[dict[str, TraineeScore]] = [{score.trainee: score for score in skill.scores} for skill in skills]
    for number, trainee in enumerate(study.trainees, 1):
        scores = (by_name.get(trainee.trainee) for by_name in found)
        yield ScoreRow(
            number=number,
            trainee=trainee.trainee,
            scores=tuple(NOT_MET if score is None else score_of(score.figures) for score in scores),
        )


@cache
def _environment() -> "Environment":
    """The templates. What they put out goes through `clean`, then through the escaping of HTML."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # nothing else needs it: kept off every start

    return Environment(
        loader=PackageLoader("alliance_trainer.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _shown(value: object) -> object:
    """A text cleaned; what a macro has written already stays; coordinates get as many digits as a pixel needs."""
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    if type(value) is str:
        return clean(value)
    return value
