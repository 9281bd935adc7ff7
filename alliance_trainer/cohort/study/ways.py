"""The ways that attempts took through each scenario, step by step, as bands of people."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from alliance_trainer.cohort.scoring.scored import Scored
from alliance_trainer.cohort.study.figures import Flow, FlowBand
from alliance_trainer.cohort.study.moments import Moments, Truth
from alliance_trainer.core.model import Scenario

_Key = tuple[int, str, str, bool]
"""Step, turn, where to, and whether that is an ending."""


def flows_of(moments: Moments, record: Sequence[Scored], scenarios: Mapping[str, Scenario]) -> tuple[Flow, ...]:
    """The flow through each scenario, by id. A turn that was met again counts at its first answer only."""
    bands = _counted(moments, record)
    attempts = Counter(one.attempt.scenario for one in record)
    endings = Counter((one.attempt.scenario, one.ending) for one in record if one.ending is not None)
    return tuple(
        Flow(
            scenario=name,
            title=scenarios[name].title,
            attempts=attempts[name],
            bands=_bands(bands.get(name, {})),
            endings=_endings(scenarios[name], endings),
        )
        for name in sorted(attempts)
        if name in scenarios
    )


def _counted(moments: Moments, record: Sequence[Scored]) -> dict[str, dict[_Key, tuple[int, int]]]:
    """By scenario: how many went each way by a best response, and by another."""
    endings = {(one.attempt.trainee, one.attempt.scenario): one.ending for one in record}
    firsts = _first_of_each(moments)
    starts = np.flatnonzero(firsts)
    places = np.arange(moments.turn.size) - (starts[np.cumsum(firsts) - 1] if starts.size else 0)
    lasts = np.roll(firsts, -1)  # the last row of all stands before the first of the first attempt
    counts: Counter[tuple[str, _Key, bool]] = Counter()
    columns = (places, moments.turn, np.roll(moments.turn, -1), moments.trainee, lasts, moments.best)
    for place, turn, after, trainee, last, best in zip(*(column.tolist() for column in columns), strict=True):
        ref = moments.turns[turn]
        to = endings.get((moments.trainees[trainee], ref.scenario)) if last else moments.turns[after].turn
        if to is not None:
            counts[ref.scenario, (place, ref.turn, to, last), best] += 1
    found: dict[str, dict[_Key, tuple[int, int]]] = {}
    for scenario, key, _ in counts:
        found.setdefault(scenario, {})[key] = (counts[scenario, key, True], counts[scenario, key, False])
    return found


def _first_of_each(moments: Moments) -> Truth:
    """Which rows begin an attempt: another trainee or scenario than the row before."""
    names = {turn.scenario: place for place, turn in enumerate(moments.turns)}
    scenario = np.array([names[turn.scenario] for turn in moments.turns], dtype=np.int64)[moments.turn]
    changed: Truth = (np.diff(moments.trainee) != 0) | (np.diff(scenario) != 0)
    return np.append(np.ones(min(1, moments.turn.size), dtype=np.bool_), changed)


def _bands(counts: Mapping[_Key, tuple[int, int]]) -> tuple[FlowBand, ...]:
    return tuple(
        FlowBand(step=step, turn=turn, to=to, ends=ends, best=best, other=other)
        for (step, turn, to, ends), (best, other) in sorted(counts.items())
    )


def _endings(scenario: Scenario, reached: Counter[tuple[str, str]]) -> tuple[tuple[str, str, int], ...]:
    return tuple(
        (name, ending.outcome, reached[scenario.id, name])
        for name, ending in scenario.endings.items()
        if reached[scenario.id, name]
    )
