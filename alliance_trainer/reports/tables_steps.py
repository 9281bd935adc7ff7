"""The table with a row a step. Its first columns are an input of `cohort score`; the others are worked out."""

from collections.abc import Iterator

from alliance_trainer.cohort.told import Answered, Told, steps_of
from alliance_trainer.core.recognition import credit
from alliance_trainer.core.vocabulary.markers import RUPTURE_TYPES
from alliance_trainer.core.vocabulary.skills import RATED
from alliance_trainer.reports.tables import Row, Table, text, truth, whole
from alliance_trainer.reports.tables_attempts import ABOUT, WHO, about

_REWIND = "at a rewind"
_NO_OPPORTUNITY = "at a rewind, and where the turn is no opportunity for the skill"
_TYPES = ", ".join(RUPTURE_TYPES)

STEPS = Table(
    name="steps",
    row="one step of one scored attempt: an answer, or a rewind",
    shareable=False,
    columns=(
        *WHO,
        *ABOUT,
        whole("step", "the number of the step", "from 1"),
        text("turn", "the id of the turn answered", empty=_REWIND),
        text("notice", "what was noticed there", _TYPES, "at a rewind, and where it was not answered"),
        text("response", "the id of the response given", empty=_REWIND),
        whole("ms", "time from the responses' appearance to the answer", "milliseconds", "where it was not recorded"),
        whole("confidence", "how sure the trainee was of what was noticed", "50 to 100 (%)", "where it was not asked"),
        text("rewind", "the id of the turn gone back to", empty="at an answer"),
        truth("of_record", "the attempt is in the figures of the tables turns, responses and cohort"),
        truth("scored", "it is the first answer at this turn in this attempt", _REWIND),
        truth("undone", "the trainee went back behind it", _REWIND),
        text("rupture", "what the turn is", _TYPES, _REWIND),
        truth("asked", "the turn asks what is noticed", _REWIND),
        whole("notice_points", "credit for what was noticed, in quarters", "0 to 4", "where nothing was to be noticed"),
        truth("best", "no response on offer has a higher sum over the four skills", _REWIND),
        whole("harm", "how harmful the response is", "0 to 2", _REWIND),
        whole("level_before", "the alliance before it", "0 to 100", _REWIND),
        whole("level_after", "the alliance after it", "0 to 100", _REWIND),
        *(
            column
            for skill in RATED
            for column in (
                whole(f"{skill}_points", f"points won for {skill}, with the turn's weight", empty=_NO_OPPORTUNITY),
                whole(f"{skill}_offered", f"points on offer for {skill}", "1 or more", _NO_OPPORTUNITY),
            )
        ),
    ),
)

_WORKED_OUT = 9 + 2 * len(RATED)


def step_rows(told: Told) -> Iterator[Row]:
    """The rows of an attempt's steps, in order."""
    known = about(told.attempt)
    for answered in steps_of(told):
        step = answered.step
        yield (
            *known,
            answered.number,
            step.turn,
            step.notice,
            step.response,
            step.ms,
            getattr(step, "confidence", None),
            step.rewind,
            told.of_record,
            *_worked_out(answered),
        )


def _worked_out(answered: Answered) -> Row:
    exchange = answered.exchange
    if exchange is None:
        return (None,) * _WORKED_OUT
    turn, notice = exchange.turn, answered.step.notice
    sums = [answered.tallies.get(skill) for skill in RATED]
    return (
        exchange.scored,
        exchange.undone,
        turn.rupture,
        turn.notice,
        credit(turn.rupture, notice) if turn.notice and notice is not None else None,
        exchange.best,
        exchange.response.harm,
        exchange.level_before,
        exchange.level_after,
        *(value for tally in sums for value in ((tally.points, tally.offered) if tally else (None, None))),
    )
