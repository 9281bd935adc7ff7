"""What a debrief says, in words: the same for the screen, for a file and for a program to show.

It speaks of actions, never of the person, and gives one thing to practise.
"""

from collections.abc import Collection, Sequence
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from alliance_trainer.core.counting import counted
from alliance_trainer.core.course import Course, Exchange, levels, strongest_way
from alliance_trainer.core.debrief_counts import counts
from alliance_trainer.core.own_words import NO_WORDS, OwnWords, beside
from alliance_trainer.core.reading import reading_of_notice, rupture_in_words
from alliance_trainer.core.scoring import Scorecard
from alliance_trainer.core.tally import SkillScore
from alliance_trainer.core.vocabulary.outcomes import OUTCOME_MEANINGS
from alliance_trainer.core.vocabulary.skills import Skill

CAVEAT = (
    "Formative and unvalidated: comments on actions in a story, 3RS-informed but not the 3RS itself. The best"
    " line depends on context, and supervisors may disagree."
)

WHAT_IS_RATED = "Skills rate the lines that were said; what was noticed is counted on its own."

_TOLD = 5
"""At most so many moves of the alliance are told in words; the greatest are taken."""

_ADVICE: dict[Skill, str] = {
    "recognition": "let the reply touch the moment that just happened, not only the topic.",
    "nondefensiveness": "take the complaint or the distance in first; explain later, or not at all.",
    "metacommunication": "say what you see between the two of you, as a question that can be answered with no.",
    "responsibility": "name your own part as a plain act, without if, and without asking for comfort.",
}
_ADVICE_MISSED = "before you choose a reply, ask yourself: did the patient just come closer, move away, or against?"
_ADVICE_ALARM = "let a plain moment be plain; tiredness, grief or a straight no are not yet a rupture."
_ADVICE_NONE = "the lines you chose were strong. Try a scenario of another kind, or one that is harder."


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """A turn that mattered: what the patient did, how it was read, what was said, what was stronger.

    `own_words` is what the trainee would have said before they saw the lines on offer, `reason` why they chose as
    they did; both are empty where they were not asked, or wrote nothing, and neither is scored. `weight`: how much
    it decided, where it can be told (see `_weight`); 0 for a turn that decided nothing.
    """

    number: int
    turn_id: str
    change: int
    patient: str
    sign: str
    said: str
    stronger: str | None
    why: str
    inside: str | None
    remark: str
    own_words: str = ""
    reason: str = ""
    weight: int = 0


class Debrief(msgspec.Struct, frozen=True, kw_only=True):
    """The three parts of a debrief.

    `counts` and `skills` are (label, text) pairs. `quiet` names the turns that went well. `levels`,
    `strongest_levels` and `marks` draw the curve: o, R for a rupture, r where one led back.
    """

    headline: str
    levels: tuple[int, ...]
    strongest_levels: tuple[int, ...]
    marks: tuple[str, ...]
    in_words: str
    counts: tuple[tuple[str, str], ...]
    advice: str
    moments: tuple[Moment, ...]
    quiet: str
    skills: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
    lesson: str


def debrief(course: Course, card: Scorecard, words: Sequence[OwnWords] = (), hinted: Collection[str] = ()) -> Debrief:
    """The debrief of a course with its scorecard; an unfinished one is told as far as it goes.

    `words`: the trainee's own, in the order of the exchanges; a turn that has some is always told. `hinted`: the
    ids of the turns whose hint was looked at.
    """
    scenario = course.scenario
    ending = scenario.endings[course.state.place] if course.state.ended else None
    best = strongest_way(scenario)
    moments = tuple(
        _moment(exchange, card, own, hinted=exchange.turn_id in hinted)
        for exchange, own in beside(course, words)
        if own != NO_WORDS or _matters(exchange, card)
    )
    told = {moment.number for moment in moments}
    return Debrief(
        headline=_headline(course),
        levels=levels(course),
        strongest_levels=levels(best),
        marks=_marks(course, card),
        in_words=_in_words(course, levels(best)[-1]),
        counts=counts(card),
        advice="One thing to practise: " + _advice(card),
        moments=moments,
        quiet=_quiet([exchange.number for exchange in course.way if exchange.number not in told]),
        skills=_skills(card),
        remarks=_remarks(card),
        lesson=ending.debrief.strip() if ending else "",
    )


def _headline(course: Course) -> str:
    if not course.state.ended:
        return f"Not finished: {counted(len(course.way), 'turn')} played so far."
    ending = course.scenario.endings[course.state.place]
    meaning = OUTCOME_MEANINGS[ending.outcome]
    return f"{ending.title} ({meaning})." if ending.title else f"{meaning[0].upper()}{meaning[1:]}."


def _marks(course: Course, card: Scorecard) -> tuple[str, ...]:
    marks = ["S", *("R" if exchange.turn.rupture != "none" else "o" for exchange in course.way)]
    for episode in card.episodes:
        last = episode.first + episode.turns
        if episode.resolved and last < len(marks):
            marks[last] = "r"
    return tuple(marks)


def _in_words(course: Course, strongest_end: int) -> str:
    """The curve in words: start, the greatest moves in order, end, and where the strongest way ended."""
    standing = course.way
    start = levels(course)[0]
    moves = sorted(standing, key=lambda one: abs(one.level_after - one.level_before), reverse=True)[:_TOLD]
    told = [one for one in standing if one in moves and abs(one.level_after - one.level_before) >= 2]
    parts = [f"started at {start}", *(_move(exchange) for exchange in told)]
    end = levels(course)[-1]
    closing = "ended at" if course.state.ended else "stands at"
    return (
        f"The alliance {'; '.join(parts)}; {closing} {end}."
        f" Saying the strongest line at each turn ends at {strongest_end}."
    )


def _move(exchange: Exchange) -> str:
    word = "rose" if exchange.level_after > exchange.level_before else "fell"
    notes: list[str] = [exchange.turn.rupture] if exchange.turn.rupture != "none" else []
    if exchange.notice == "none" and exchange.turn.rupture != "none":
        notes.append("not noticed")
    note = f" ({', '.join(notes)})" if notes else ""
    return f"{word} to {exchange.level_after} at turn {exchange.number}{note}"


def _advice(card: Scorecard) -> str:
    rows = card.noticed.confusion
    missed = sum(row[0] for row in rows[1:])
    alarms = sum(rows[0][1:])
    if missed and missed >= alarms:
        return _ADVICE_MISSED
    if alarms:
        return _ADVICE_ALARM
    met = {skill: score for skill, score in card.skills.items() if score is not None and score.tally.regret}
    if not met:
        return _ADVICE_NONE
    return _ADVICE[min(met, key=lambda skill: met[skill].score)]


def _matters(exchange: Exchange, card: Scorecard) -> bool:
    """A turn that mattered: misread, not the strongest line, or an answer that was taken back."""
    misread = exchange.notice is not None and exchange.notice != exchange.turn.rupture
    return exchange.undone or misread or not exchange.best or _lost(exchange, card) > 0


def _lost(exchange: Exchange, card: Scorecard) -> int:
    points = card.turning_points or ()
    return next(
        (point.lost for point in points if (point.turn, point.response) == (exchange.turn_id, exchange.response_id)),
        0,
    )


def _moment(exchange: Exchange, card: Scorecard, own: OwnWords, *, hinted: bool) -> Moment:
    remarks = []
    if hinted and exchange.notice is not None:
        remarks.append("You looked at a hint before you said what you noticed.")
    if exchange.undone:
        remarks.append("You took this answer back; it stays the one that is scored.")
    if _lost(exchange, card):
        remarks.append("After this answer a better ending was out of reach.")
    stronger = None if exchange.best else exchange.offered[exchange.strongest]
    why = exchange.response.why.strip()
    return Moment(
        number=exchange.number,
        turn_id=exchange.turn_id,
        change=exchange.level_after - exchange.level_before,
        patient=exchange.last_words,
        sign=_sign(exchange),
        said=exchange.response.says.strip(),
        stronger=stronger.says.strip() if stronger else None,
        why=f"{why} Stronger: {stronger.why.strip()}" if stronger else why,
        inside=exchange.turn.inside.strip() if exchange.turn.inside else None,
        remark=" ".join(remarks),
        own_words=own.said.strip(),
        reason=own.reason.strip(),
        weight=_weight(exchange, card),
    )


def _weight(exchange: Exchange, card: Scorecard) -> int:
    """Heaviest is a turning point by what it lost, then a line by its harm, then a rupture that was not seen."""
    missed = exchange.notice == "none" and exchange.turn.rupture != "none"
    return 100 * _lost(exchange, card) + 10 * exchange.response.harm + missed


def _sign(exchange: Exchange) -> str:
    if exchange.notice is None:
        return rupture_in_words(exchange.turn)
    return reading_of_notice(exchange.turn, exchange.notice)


def _quiet(numbers: Sequence[int]) -> str:
    if not numbers:
        return ""
    which = f"Turn {numbers[0]}" if len(numbers) == 1 else f"Turns {', '.join(map(str, numbers))}"
    return f"{which}: read rightly, and no line on offer was stronger."


def skill_words(score: SkillScore | None) -> str:
    """One skill's figures in words: only as much as the number of moments allows."""
    if score is None:
        return "not met on this way"
    tally = score.tally
    moments = counted(tally.moments, "moment")
    counts = f"{tally.points} of {tally.offered} points, {moments}"
    if score.tier == "counts":
        return counts
    interval = f"{percent(score.low)} to {percent(score.high)} %"
    doubt = ", provisional" if score.tier == "provisional" else ""
    return f"{counts}: {percent(score.score)} % ({interval}{doubt}; by chance {percent(score.chance)} %)"


def percent(share: object) -> int:
    """A share as a whole percentage, rounded half up as it is written: 0.285 is 29, though its float lies below."""
    written = Decimal(repr(float(share)))  # type: ignore[arg-type]  # Fraction or float
    return int((written * 100).quantize(Decimal(1), ROUND_HALF_UP))


def _skills(card: Scorecard) -> tuple[tuple[str, str], ...]:
    rows: list[tuple[str, str]] = [(skill.capitalize(), skill_words(score)) for skill, score in card.skills.items()]
    rows += [(task.capitalize(), skill_words(score)) for task, score in card.further.items() if score is not None]
    return tuple(rows)


def _remarks(card: Scorecard) -> tuple[str, ...]:
    remarks = []
    if card.assisted:
        remarks.append("An answer was taken back, so this attempt counts as assisted; first answers are scored.")
    if card.harm[0]:
        times = "one line" if card.harm[0] == 1 else f"{card.harm[0]} lines"
        remarks.append(f"Harm: {times} on this way would plausibly have made the strain worse.")
    if card.review:
        remarks.append("One line was a breach: please talk this attempt over with a supervisor.")
    if card.outcome_regret:
        remarks.append("From the start a better ending was within reach.")
    return tuple(remarks)
