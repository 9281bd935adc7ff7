"""A page for each trainee that they could be handed: actions in stories, no comparison with others, no ranks."""

from collections.abc import Iterator, Mapping

import msgspec

from alliance_trainer.cohort.scoring.scored import Scored, SkillFigures
from alliance_trainer.cohort.study.figures import Cell, Study, TraineeRecognition, TraineeStudy, TurnStudy
from alliance_trainer.core.counting import counted
from alliance_trainer.core.debrief_counts import by_kind
from alliance_trainer.core.scoring import TurningPoint
from alliance_trainer.core.vocabulary.skills import SKILL_MEANINGS, Rated
from alliance_trainer.reports.report_heat import misread
from alliance_trainer.reports.report_quotes import first_sentences, last_sentences
from alliance_trainer.reports.report_room import Room
from alliance_trainer.reports.report_words import NOT_MET, OUTCOMES, Score, score_of

_SAID = 45
"""Of answers that are only named so many characters are told, or else their first sentence."""


class SkillLine(msgspec.Struct, frozen=True, kw_only=True):
    """One skill with its meaning and what may be said of the score."""

    skill: str
    meaning: str
    score: Score


class AttemptLine(msgspec.Struct, frozen=True, kw_only=True):
    """An attempt of record: the scenario, how it ended, which ruptures led back, and what else is to be said.

    `turning`: the answers after which a better ending was out of reach. `harm`: lines that do harm, in words.
    """

    title: str
    ending: str
    repaired: str
    turning: tuple[str, ...]
    harm: str


class MissedMoment(msgspec.Struct, frozen=True, kw_only=True):
    """What the trainee saw the patient do, what was misread there, what they answered, and what would be stronger.

    `said` is empty where only the reading of the moment is to be spoken of, `best` where nothing stronger was on offer.
    """

    title: str
    turn: str
    patient: str
    remark: str
    said: str
    best: str


class TraineePage(msgspec.Struct, frozen=True, kw_only=True):
    """Everything on a trainee's page; `number` counts the trainees from 1."""

    number: int
    trainee: str
    summary: str
    skills: tuple[SkillLine, ...]
    further: tuple[SkillLine, ...]
    noticing: tuple[str, ...]
    attempts: tuple[AttemptLine, ...]
    turning: bool
    moments: tuple[MissedMoment, ...]
    more_moments: int
    practise: str


class _Lookup(msgspec.Struct, frozen=True, kw_only=True):
    """Where a page finds what belongs to a trainee, a scenario, a turn."""

    room: Room
    titles: Mapping[str, str]
    endings: Mapping[tuple[str, str], str]
    turns: tuple[TurnStudy, ...]
    places: Mapping[tuple[str, str], TurnStudy]
    scores: Mapping[tuple[str, Rated], SkillFigures]
    recognition: Mapping[str, TraineeRecognition]


def trainee_pages(study: Study, room: Room) -> Iterator[TraineePage]:
    """The pages, in the order of the study."""
    lookup = _Lookup(
        room=room,
        titles={note.scenario: note.title for note in study.scenarios},
        endings={
            (flow.scenario, ending): OUTCOMES.get(outcome, outcome)
            for flow in study.flows
            for ending, outcome, _ in flow.endings
        },
        turns=study.turns,
        places={(turn.scenario, turn.turn): turn for turn in study.turns},
        scores={
            (score.trainee, skill.skill): score.figures
            for skill in (*study.skills, *study.further)
            for score in skill.scores
        },
        recognition={one.trainee: one for one in study.recognition.trainees},
    )
    names = tuple(skill.skill for skill in study.skills), tuple(skill.skill for skill in study.further)
    for number, trainee in enumerate(study.trainees, 1):
        yield _page(number, trainee, lookup, names)


def _page(
    number: int, trainee: TraineeStudy, lookup: _Lookup, names: tuple[tuple[Rated, ...], tuple[Rated, ...]]
) -> TraineePage:
    skills = tuple(_skill(trainee.trainee, name, lookup) for name in names[0])
    further = tuple(_skill(trainee.trainee, name, lookup) for name in names[1])
    recognition = lookup.recognition.get(trainee.trainee)
    moments = sorted(_missed(trainee, lookup), key=lambda found: found[0])
    return TraineePage(
        number=number,
        trainee=trainee.trainee,
        summary=_summary(trainee),
        skills=skills,
        further=tuple(line for line in further if line.score != NOT_MET),
        noticing=tuple(_noticing(recognition)),
        attempts=tuple(_attempt(scored, lookup) for scored in trainee.attempts),
        turning=any(scored.turning_points for scored in trainee.attempts),
        moments=tuple(moment for _, moment in moments[: lookup.room.moments]),
        more_moments=max(0, len(moments) - lookup.room.moments),
        practise=_practise(recognition),
    )


def _summary(trainee: TraineeStudy) -> str:
    scored = [cell for cell in trainee.cells if cell.share is not None]
    full = sum(cell.stronger is None for cell in scored)
    return (
        f"{counted(len(trainee.attempts), 'attempt')}, {counted(len(trainee.cells), 'turn')}."
        f" At {full} of {len(scored)} scored turns the response was one of the strongest on offer."
    )


def _skill(trainee: str, name: Rated, lookup: _Lookup) -> SkillLine:
    return SkillLine(
        skill=name.capitalize(), meaning=SKILL_MEANINGS[name], score=score_of(lookup.scores.get((trainee, name)))
    )


def _asked(recognition: TraineeRecognition) -> bool:
    return recognition.detection.ruptures + recognition.detection.foils > 0


def _noticing(recognition: TraineeRecognition | None) -> Iterator[str]:
    if recognition is None or not _asked(recognition):
        yield "You were not asked what you notice on these ways."
        return
    found = recognition.detection
    if found.ruptures:
        named = _by_kind(recognition)
        yield f"{found.hits} of {counted(found.ruptures, 'rupture')} noticed, {by_kind(named)}."
    if found.foils:
        yield f"{found.foils - found.false_alarms} of {counted(found.foils, 'plain moment')} left plain."
    else:
        yield "No plain moment came up, so it cannot be said whether ruptures are called too often."


def _by_kind(recognition: TraineeRecognition) -> int:
    """How many ruptures were called by their kind."""
    return sum(recognition.confusion[kind][kind] for kind in (1, 2, 3))


def _practise(recognition: TraineeRecognition | None) -> str:
    """One thing to practise, from what was missed or called too often; none where neither is plain."""
    if recognition is None:
        return ""
    found = recognition.detection
    missed = found.ruptures - found.hits
    if missed and missed >= found.false_alarms:
        return "before you choose a reply, ask yourself whether the patient just moved away from you, or against you."
    if found.false_alarms:
        return "let a plain moment be plain; tiredness, grief or a straight no are not yet a rupture."
    if found.hits > _by_kind(recognition):
        return "every rupture was noticed; look at its kind: does the patient move away from you, against you, or both?"
    return "a scenario of another kind, or a harder one; your reading of the moments was right throughout."


def _attempt(scored: Scored, lookup: _Lookup) -> AttemptLine:
    scenario = scored.attempt.scenario
    ending = scored.ending or ""
    repair = scored.repair
    points = sorted(scored.turning_points or (), key=lambda point: -point.lost)
    return AttemptLine(
        title=lookup.titles.get(scenario, scenario),
        ending=lookup.endings.get((scenario, ending), ending) or "not finished",
        repaired=f"{repair.resolved} of {repair.closed} led back before" if repair.closed else "",
        turning=tuple(_turning(scenario, point, lookup) for point in points[: lookup.room.quotes]),
        harm=_harm(*scored.harm),
    )


def _harm(first: int, second: int) -> str:
    parts = [f"{counted(first, 'line')} may have worsened the strain"] if first else []
    if second:
        parts.append(f"{counted(second, 'line')} to talk over with a supervisor")
    return ", ".join(parts)


def _turning(scenario: str, point: TurningPoint, lookup: _Lookup) -> str:
    turn = lookup.places.get((scenario, point.turn))
    said = next((use.says for use in (turn.responses if turn else ()) if use.response == point.response), "")
    return first_sentences(said, _SAID) or point.response


def _missed(trainee: TraineeStudy, lookup: _Lookup) -> Iterator[tuple[tuple[bool, float, int], MissedMoment]]:
    """Turns with points left behind or misread, with a key that puts what matters most first."""
    lost = {
        (scored.attempt.scenario, point.turn) for scored in trainee.attempts for point in scored.turning_points or ()
    }
    for cell in trainee.cells:
        turn = lookup.turns[cell.turn]
        share = 1.0 if cell.share is None else cell.share
        if _stronger(cell) is not None or cell.noticed is False:
            key = ((turn.scenario, turn.turn) not in lost, share - (cell.noticed is False) / 2, cell.turn)
            yield key, _moment(turn, cell, lookup)


def _moment(turn: TurnStudy, cell: Cell, lookup: _Lookup) -> MissedMoment:
    stronger = _stronger(cell)
    remarks = [misread(turn, cell)]
    if cell.share is not None and stronger is None:
        remarks.append("Your response was one of the strongest.")
    line = lookup.room.line
    return MissedMoment(
        title=lookup.titles.get(turn.scenario, turn.scenario),
        turn=turn.turn,
        patient=last_sentences(cell.patient, line),
        remark=" ".join(filter(None, remarks)),
        said=first_sentences(turn.responses[cell.response].says, line) if stronger is not None else "",
        best=first_sentences(turn.responses[stronger].says, line) if stronger is not None else "",
    )


def _stronger(cell: Cell) -> int | None:
    """The strongest response that was on offer, where points are on offer and the answer was not as strong."""
    return None if cell.share is None else cell.stronger
