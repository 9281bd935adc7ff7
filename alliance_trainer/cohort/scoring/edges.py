"""What one step at one place adds: compiled once for a table, and known from then on by its number."""

from collections.abc import Mapping

import msgspec

from alliance_trainer.cohort.scoring import packing
from alliance_trainer.cohort.scoring.kinds import noticed
from alliance_trainer.core.attempt import NoticeAnswer
from alliance_trainer.core.automaton import Automaton
from alliance_trainer.core.episodes import mistaken
from alliance_trainer.core.model import Response, Turn
from alliance_trainer.core.scoring import TurningPoint
from alliance_trainer.core.tally import Tally, moment
from alliance_trainer.core.vocabulary.skills import RATED, SKILLS, Rated


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A response at a `place`: where it leads, and what it adds if it is scored (see `packing`).

    `lost`: the turning point it is, if any. `strong` and `mistaken` as in `core.episodes`.
    """

    place: int
    turn: str
    response: str
    to: int
    details: int
    lost: TurningPoint | None
    harm: int
    ruptured: bool
    mistaken: bool
    strong: bool


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """An answer together with what was noticed; `details` has both."""

    answer: Answer
    notice: NoticeAnswer | None
    details: int


def answer_at(automaton: Automaton, place: int, name: str) -> Answer:
    """A response at a place, where it must be on offer."""
    situation = automaton.situations[place]
    turn = automaton.scenario.turns[situation.turn]
    offered = {response: turn.responses[response] for response in situation.moves}
    tallies = _tallies(offered, name, turn.weight)
    outlook, to = automaton.outlook, situation.moves[name]
    lost = (outlook[place] or 0) - (outlook[to] or 0)
    return Answer(
        place=place,
        turn=situation.turn,
        response=name,
        to=to,
        details=packing.pack_details(tallies),
        lost=TurningPoint(turn=situation.turn, response=name, lost=lost) if lost > 0 else None,
        harm=offered[name].harm,
        ruptured=turn.rupture != "none",
        mistaken=mistaken(offered[name]),
        strong=_strong(tallies),
    )


def edge_of(answer: Answer, turn: Turn, notice: NoticeAnswer | None) -> Edge:
    """An answer at a turn together with what was noticed there."""
    counts, credit = noticed(turn, notice)
    harm = [int(answer.harm == 1), int(answer.harm == 2)]
    return Edge(
        answer=answer,
        notice=notice,
        details=answer.details + packing.pack_counts([*counts, *harm], credit),
    )


def _tallies(offered: dict[str, Response], chosen: str, weight: int) -> dict[Rated, Tally]:
    met = {skill: moment(offered, chosen, skill, weight) for skill in RATED}
    return {skill: tally for skill, tally in met.items() if tally is not None}


def _strong(met: Mapping[Rated, Tally]) -> bool:
    """Whether an answer takes at least 3/4 of what the four skills offer together; a weight changes nothing."""
    four = [met[skill] for skill in SKILLS if skill in met]
    offered = sum(tally.offered for tally in four)
    return offered > 0 and 4 * sum(tally.points for tally in four) >= 3 * offered
