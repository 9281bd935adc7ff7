"""The columns of `moments`, filled from attempts of record that are held in memory with all their steps."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from msgspec.structs import replace

from alliance_trainer.cohort.study.moments import NOT_ANSWERED, NOT_ASKED, Moments, Truth, TurnRef, Whole
from alliance_trainer.cohort.study.wording import words_of
from alliance_trainer.core.attempt import Attempt, Step
from alliance_trainer.core.course import Course, Exchange
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.tally import Tally, moment
from alliance_trainer.core.vocabulary.markers import RUPTURE_TYPES, RuptureType
from alliance_trainer.core.vocabulary.skills import RATED, SKILLS

_TurnKey = tuple[str, str, RuptureType]
_COLUMNS = ("trainee", "turn", "step", "response", "notice", "confidence", "ms", "harm", "stronger")


class Played(msgspec.Struct, frozen=True, kw_only=True):
    """An attempt with its steps, and the course that they took in the scenario it was scored against.

    `sha256` is that of the scenario's content (see core.identity).
    """

    attempt: Attempt
    course: Course
    sha256: str


def moments_of(played: Iterable[Played]) -> Moments:
    """The moments of attempts of record, which are complete and each the only one of its trainee at its scenario."""
    ordered = sorted(played, key=lambda one: (one.attempt.trainee, one.attempt.scenario))
    trainees = tuple(sorted({one.attempt.trainee for one in ordered}))
    turns = _turns(ordered)
    numbers = {name: number for number, name in enumerate(trainees)}
    places = {_key(turn): (number, turn.responses) for number, turn in enumerate(turns)}
    rows: list[tuple[int, ...]] = []
    worth: list[list[Tally]] = []
    words: list[str] = []
    choices: list[set[int]] = []
    for one in ordered:
        for index, step, exchange in _scored(one):
            place, responses = places[one.attempt.scenario, exchange.turn_id, exchange.turn.rupture]
            rows.append((numbers[one.attempt.trainee], place, index, *_row(step, exchange, responses)))
            worth.append(_worth(exchange))
            words.append(words_of(exchange.beats))
            choices.append({responses.index(name) for name in exchange.offered})
    columns = np.array(rows, dtype=np.int64).reshape(-1, len(_COLUMNS)).T
    told: dict[str, Any] = dict(zip(_COLUMNS, columns, strict=True))
    worded, seen = _worded(turns, told["turn"].tolist(), words)
    on_offer = _on_offer(turns, choices)
    return Moments(trainees=trainees, turns=worded, **told, **_sums(worth), seen=seen, on_offer=on_offer)


def _scored(one: Played) -> Iterable[tuple[int, Step, Exchange]]:
    """The scored answers: which answer of the attempt each is, from 0, the step as it was told, and the exchange."""
    answers = (step for step in one.attempt.steps if step.response is not None)
    for index, (step, exchange) in enumerate(zip(answers, one.course.exchanges, strict=True)):
        if exchange.scored:
            yield index, step, exchange


def _row(step: Step, exchange: Exchange, responses: Sequence[str]) -> tuple[int, ...]:
    notice = NOT_ASKED
    if exchange.turn.notice:
        notice = NOT_ANSWERED if exchange.notice is None else RUPTURE_TYPES.index(exchange.notice)
    return (
        responses.index(exchange.response_id),
        notice,
        -1 if step.confidence is None else step.confidence,
        -1 if step.ms is None else step.ms,
        exchange.response.harm,
        -1 if exchange.best else responses.index(exchange.strongest),
    )


def _worded(turns: Sequence[TurnRef], places: Sequence[int], words: Sequence[str]) -> tuple[tuple[TurnRef, ...], Whole]:
    """The turns with what was seen at each, and for each row which of that it was."""
    found: list[Counter[str]] = [Counter() for _ in turns]
    for place, text in zip(places, words, strict=True):
        found[place][text] += 1
    seen = [sorted(counts, key=lambda text: (-counts[text], text)) for counts in found]
    column = np.array([seen[place].index(text) for place, text in zip(places, words, strict=True)], dtype=np.int64)
    return tuple(replace(turn, seen=tuple(texts)) for turn, texts in zip(turns, seen, strict=True)), column


def _on_offer(turns: Sequence[TurnRef], choices: Sequence[set[int]]) -> Truth:
    """Which responses could be chosen at each row."""
    column = np.zeros((len(choices), max((len(turn.responses) for turn in turns), default=0)), dtype=np.bool_)
    for row, places in enumerate(choices):
        column[row, list(places)] = True
    return column


def _worth(exchange: Exchange) -> list[Tally]:
    offered, response, weight = exchange.offered, exchange.response_id, exchange.turn.weight
    return [moment(offered, response, skill, weight) or Tally() for skill in RATED]


def _sums(worth: Sequence[Sequence[Tally]]) -> dict[str, Any]:
    def column(name: str) -> Whole:
        cells = [[getattr(tally, name) for tally in row] for row in worth]
        return np.array(cells, dtype=np.int64).reshape(-1, len(RATED))

    columns = {name: column(name) for name in ("points", "offered", "chance", "variance")}
    four = [RATED.index(skill) for skill in SKILLS]
    points, offered = columns["points"][:, four].sum(axis=1), columns["offered"][:, four].sum(axis=1)
    return columns | {"best": (offered > 0) & (points == offered)}


def _key(turn: TurnRef) -> _TurnKey:
    return turn.scenario, turn.turn, turn.rupture


def _versions(played: Iterable[Played]) -> list[Scenario]:
    """The scenarios by id, and of each first the version that most of the attempts were scored against."""
    used = Counter((one.course.scenario.id, one.sha256) for one in played)
    scenarios = {(one.course.scenario.id, one.sha256): one.course.scenario for one in played}
    return [scenarios[key] for key in sorted(used, key=lambda key: (key[0], -used[key], key[1]))]


def _turns(played: Sequence[Played]) -> tuple[TurnRef, ...]:
    """The turns met. Where versions of a scenario differ, the most frequent says how its turns are ordered."""
    found: dict[_TurnKey, TurnRef] = {}
    for scenario in _versions(played):
        for order, (turn_id, turn) in enumerate(scenario.turns.items()):
            key = (scenario.id, turn_id, turn.rupture)
            known = found.get(key)
            responses = (*known.responses, *turn.responses) if known else tuple(turn.responses)
            found[key] = TurnRef(
                scenario=scenario.id,
                turn=turn_id,
                rupture=turn.rupture,
                order=known.order if known else order,
                responses=tuple(dict.fromkeys(responses)),
            )
    met = {
        (one.course.scenario.id, exchange.turn_id, exchange.turn.rupture)
        for one in played
        for exchange in one.course.scored
    }
    kept = [turn for key, turn in found.items() if key in met]
    return tuple(sorted(kept, key=lambda turn: (turn.scenario, turn.order, turn.turn, turn.rupture)))


def scenarios_of(played: Iterable[Played]) -> Mapping[str, Scenario]:
    """Each scenario by its id, in the version that most of the attempts were scored against."""
    return {scenario.id: scenario for scenario in reversed(_versions(list(played)))}
