"""The tables of turns and of responses, which may be passed on: what is about few people is left out.

Every turn of a scenario has its row, whether anybody met it or not, so that the rows tell of nobody's way.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from alliance_trainer.cohort.study.enough import FACILITY
from alliance_trainer.cohort.study.figures import Estimate, Figure, ResponseUse, Study, TurnStudy
from alliance_trainer.cohort.study.moments import Moments
from alliance_trainer.core.vocabulary.markers import RUPTURE_TYPES
from alliance_trainer.core.vocabulary.skills import RATED, SKILLS
from alliance_trainer.reports.tables import LEAST_TRAINEES, Column, Row, Table, number, text, truth, whole
from alliance_trainer.reports.tables_hidden import Hidden

FEW = f"fewer than {LEAST_TRAINEES} trainees"
SMALL = f"where it would be about {FEW}"
TOO_FEW = SMALL + ", or there are too few for the figure"
_FOUND = "or others could be found by taking it away"
_NO_TURN = f"where fewer than {FACILITY} met the turn, {_FOUND}"
_NO_SKILL = f"where the turn is no opportunity for the skill, or one for fewer than {FACILITY}, {_FOUND}"
_NO_PROBE = f"where it would be about {FEW}, {_FOUND}"
SUPPRESSED = truth(
    "suppressed",
    f"the figures of this row are left empty: they would be about {FEW}, or none, or tell those of another row",
)
_NO_CHOICE = f"where fewer than {LEAST_TRAINEES} chose it or fewer than {FACILITY} met the turn, {_FOUND}"
_NO_OFFER = f"where {FEW} could, or could not, choose among the same responses, or the row is suppressed"
_ROWS = f"of each scenario that {LEAST_TRAINEES} trainees or more are of record at"
_FLAGS = text("flags", "what an instructor should look at", "words, parted by '; '", "where there is nothing")
_TURN: tuple[Column, ...] = (
    text("scenario", "the scenario's id"),
    text("turn", "the turn's id"),
    whole("order", "the turn's place in the scenario's file", "from 0"),
    text("rupture", "what the turn is", ", ".join(RUPTURE_TYPES)),
)

TURNS = Table(
    name="turns",
    row=f"one turn, met or not, {_ROWS}",
    shareable=True,
    columns=(
        *_TURN,
        SUPPRESSED,
        whole("trainees", "trainees who met it", empty=_NO_PROBE),
        whole("asked", "answers to what is noticed there", empty=_NO_PROBE),
        whole("named", "of these, those that named a rupture", empty=_NO_PROBE),
        whole("exact", "of these, those that named the right type", empty=_NO_PROBE),
        whole("best", "trainees who gave a best response", empty=_NO_TURN + ", or all but fewer than 5 did"),
        number("facility", "points / offered over the four skills together", empty=_NO_TURN),
        number("discrimination", "correlation of its points with those of the other turns", "-1 to 1", TOO_FEW),
        _FLAGS,
        *(
            column
            for skill in RATED
            for column in (
                whole(f"{skill}_points", f"points won for {skill} by all together", empty=_NO_SKILL),
                whole(f"{skill}_offered", f"points on offer for {skill} to all together", "1 or more", _NO_SKILL),
                number(f"{skill}_facility", f"{skill}_points / {skill}_offered", empty=_NO_SKILL),
            )
        ),
    ),
)

RESPONSES = Table(
    name="responses",
    row=f"one response, chosen or not, {_ROWS}",
    shareable=True,
    columns=(
        *_TURN,
        text("response", "the response's id"),
        text("says", "what the therapist says"),
        truth("best", "it takes all that the four skills offer to somebody there; if suppressed: of all responses"),
        whole("harm", "how harmful it is", "0 to 2"),
        SUPPRESSED,
        whole("chosen", "trainees who chose it", empty=_NO_CHOICE),
        whole("trainees", "trainees who met the turn", empty=_NO_CHOICE),
        number("share", "chosen / on_offer", empty=f"{_NO_CHOICE}, or where on_offer is 0 or empty"),
        number("rest", "mean score, at all other turns, of those who chose it", empty=TOO_FEW),
        _FLAGS,
        whole("on_offer", "trainees who met the turn and could choose it", empty=_NO_OFFER),
        text("best_where", "for whom it is the best", "words", "where it is not, or for all, or the row is suppressed"),
    ),
)


def turn_rows(study: Study, moments: Moments, hidden: Hidden) -> Iterator[Row]:
    """The rows of the turns, by scenario and order; a turn that nobody met looks like one that few did."""
    points, offered = _by_turn(moments, moments.points), _by_turn(moments, moments.offered)
    best = np.bincount(moments.turn, weights=moments.best, minlength=len(moments.turns)).astype(int).tolist()
    for place, turn in _rows(study):
        if place is None or place in hidden.rows:
            yield (*_turn(turn), True, *(None,) * (len(TURNS.columns) - 5))
            continue
        told = place not in hidden.answers and not hidden_among([best[place], turn.n - best[place]])
        yield (
            *_turn(turn),
            False,
            turn.n,
            *((turn.asked, turn.named, turn.exact) if turn.asked and place not in hidden.noticed else (None,) * 3),
            best[place] if told else None,
            *_together(turn, whole=not any(place in hidden.points[skill] for skill in SKILLS)),
            *_shares(points[place], offered[place], [place in hidden.points[skill] for skill in RATED]),
        )


def _rows(study: Study) -> Iterator[tuple[int | None, TurnStudy]]:
    """All turns of the scenarios that enough trainees played, with their places in Study.turns, if they were met."""
    played = {note.scenario for note in study.scenarios if note.attempts >= LEAST_TRAINEES}
    met: list[tuple[int | None, TurnStudy]] = list(enumerate(study.turns))
    turns = [*met, *((None, turn) for turn in study.unmet)]
    turns.sort(key=lambda one: (one[1].scenario, one[1].order, one[1].turn, one[1].rupture))
    return ((place, turn) for place, turn in turns if turn.scenario in played)


def _together(turn: TurnStudy, *, whole: bool) -> Row:
    """The figures over the four skills, if those of none of them are hidden."""
    facility, discrimination = (turn.together.facility, turn.together.discrimination) if turn.together else (None, None)
    told = whole and facility is not None
    return (
        _value(facility) if facility and told else None,
        _value(discrimination) if discrimination else None,
        "; ".join(turn.flags) or None if told else None,
    )


def _by_turn(moments: Moments, values: np.ndarray) -> list[list[int]]:
    sums = np.zeros((len(moments.turns), len(RATED)), dtype=np.int64)
    np.add.at(sums, moments.turn, values)
    rows: list[list[int]] = sums.tolist()
    return rows


def _turn(turn: TurnStudy) -> Row:
    return turn.scenario, turn.turn, turn.order, turn.rupture


def _shares(points: Sequence[int], offered: Sequence[int], hidden: Sequence[bool]) -> Iterator[float | None]:
    for won, had, few in zip(points, offered, hidden, strict=True):
        yield from (won, had, won / had) if had and not few else (None, None, None)


def response_rows(study: Study, hidden: Hidden) -> Iterator[Row]:
    """The rows of the responses, by turn, in the order of the scenario's file."""
    for at, turn in _rows(study):
        few = hidden_among([use.n for use in turn.responses])
        for place, use in enumerate(turn.responses):
            not_told = at is None or at in hidden.answers or place in few
            best = use.best_by_key if not_told else use.best
            known = (*_turn(turn), use.response, use.says, best, use.harm, not_told)
            yield (*known, *((None,) * 7 if not_told else _use(use, turn)))


def _use(use: ResponseUse, turn: TurnStudy) -> Row:
    """The figures; how many it was on offer to only if no few of them had other responses to choose from."""
    on_offer = use.on_offer if use.on_offer == turn.n or not hidden_among(turn.offers) else None
    share = use.n / on_offer if on_offer else None
    flags = "; ".join(use.flags) or None
    return use.n, turn.n, share, _value(use.rest), flags, on_offer, use.best_where or None


def hidden_among(counts: Sequence[int]) -> set[int]:
    """The places of the counts that are not told: those of few, and others so that no difference tells them.

    What is hidden is either nothing, or at least five trainees at two or more places, or everything.
    """
    order = sorted(range(len(counts)), key=lambda place: (counts[place], place))
    hidden = {place for place in order if 0 < counts[place] < LEAST_TRAINEES}
    for place in order:
        if not hidden or (len(hidden) > 1 and sum(counts[other] for other in hidden) >= LEAST_TRAINEES):
            break
        hidden.add(place)
    return hidden


def _value(figure: Figure) -> float | None:
    return figure.value if isinstance(figure, Estimate) else None
