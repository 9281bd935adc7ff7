"""What one step at one place adds: compiled once for a table, and known from then on by its number."""

import hashlib
from collections.abc import Mapping, Sequence

import msgspec

from alliance_trainer.cohort import packing
from alliance_trainer.core.attempt import NoticeAnswer, Step
from alliance_trainer.core.automaton import Automaton
from alliance_trainer.core.episodes import mistaken
from alliance_trainer.core.model import Response, Turn
from alliance_trainer.core.recognition import CREDIT
from alliance_trainer.core.scoring import TurningPoint
from alliance_trainer.core.tally import Tally, moment
from alliance_trainer.core.vocabulary.markers import RUPTURE_TYPES
from alliance_trainer.core.vocabulary.skills import RATED, SKILLS, Rated

_TRACE_BYTES = 7


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A response at a place: where it leads, and what it adds if it is scored (see `packing`).

    `lost`: the turning point it is, if any. `strong` and `mistaken` as in `core.episodes`.
    """

    turn: str
    response: str
    to: int
    points: int
    details: int
    lost: TurningPoint | None
    harm: int
    ruptured: bool
    mistaken: bool
    strong: bool


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """An answer together with what was noticed; `details` has both, `trace` is added by every such step."""

    answer: Answer
    notice: NoticeAnswer | None
    details: int
    trace: int


def answer_at(automaton: Automaton, place: int, name: str) -> Answer:
    """A response at a place, where it must be on offer."""
    situation = automaton.situations[place]
    turn = automaton.scenario.turns[situation.turn]
    offered = {response: turn.responses[response] for response in situation.moves}
    tallies = _tallies(offered, name, turn.weight)
    outlook, to = automaton.outlook, situation.moves[name]
    lost = (outlook[place] or 0) - (outlook[to] or 0)
    return Answer(
        turn=situation.turn,
        response=name,
        to=to,
        points=packing.pack_points(tallies),
        details=packing.pack_details(tallies),
        lost=TurningPoint(turn=situation.turn, response=name, lost=lost) if lost > 0 else None,
        harm=offered[name].harm,
        ruptured=turn.rupture != "none",
        mistaken=mistaken(offered[name]),
        strong=_strong(tallies),
    )


def edge_of(answer: Answer, turn: Turn, notice: NoticeAnswer | None) -> Edge:
    """An answer at a turn together with what was noticed there."""
    counts, credit = _noticed(turn, notice)
    counts[18:] = [int(answer.harm == 1), int(answer.harm == 2)]
    return Edge(
        answer=answer,
        notice=notice,
        details=answer.details + packing.pack_counts(counts, credit),
        trace=trace(answer.turn, answer.response, str(notice)),
    )


def _tallies(offered: dict[str, Response], chosen: str, weight: int) -> dict[Rated, Tally]:
    met = {skill: moment(offered, chosen, skill, weight) for skill in RATED}
    return {skill: tally for skill, tally in met.items() if tally is not None}


def _strong(met: Mapping[Rated, Tally]) -> bool:
    """Whether an answer takes at least 3/4 of what the four skills offer together; a weight changes nothing."""
    four = [met[skill] for skill in SKILLS if skill in met]
    offered = sum(tally.offered for tally in four)
    return offered > 0 and 4 * sum(tally.points for tally in four) >= 3 * offered


def _noticed(turn: Turn, notice: NoticeAnswer | None) -> tuple[list[int], tuple[int, int]]:
    """The counts of the probe (16 by row and column, skipped, unasked, room for harm), and the credit."""
    counts = [0] * 20
    row = RUPTURE_TYPES.index(turn.rupture)
    if not turn.notice:
        counts[17] = int(notice is not None)
        return counts, (0, 0)
    if notice is None:
        counts[16] = 1
        return counts, (0, 0)
    column = RUPTURE_TYPES.index(notice)
    counts[4 * row + column] = 1
    quarters = CREDIT[row][column]
    return counts, ((quarters, 0) if row else (0, quarters))


def trace_of(steps: Sequence[Step]) -> int:
    """The trace of steps that were not walked through a table."""
    return sum(
        trace(str(step.turn), str(step.response), str(step.notice))
        if step.response is not None
        else trace("rewind", str(step.rewind), str(number))
        for number, step in enumerate(steps)
    )


def trace(*words: str) -> int:
    """A number that stands for a step: the same everywhere, whatever the version of the scenario."""
    joined = "\x1f".join(words).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.sha256(joined).digest()[:_TRACE_BYTES], "little") << 8  # see BREACH_MASK
