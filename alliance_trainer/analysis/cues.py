"""Whether the key can be guessed without clinical judgement: what following a cue of the wording gains.

Counted over turns, not over ways: a way meets few turns, and its mean says little. With pts(o) the points of a
response summed over the four skills, the advantage of a cue over all turns v with anything to gain is

    A = sum_v (mean pts of the cue's picks - mean pts) / sum_v (max pts - mean pts)

0 for picking at random, 1 for picking the best each time. p is the share of random keys (points exchanged among the
responses of each turn, 10,000 times, with a fixed seed) under which the cue gains as much:
p = (1 + how many do) / (10,000 + 1). The formulas are of this project.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from alliance_trainer.analysis.wording import CUES, cues, figures
from alliance_trainer.core.model import Scenario, Turn
from alliance_trainer.core.vocabulary.skills import SKILLS

if TYPE_CHECKING:  # numpy costs 0.1 s, and only where arrays are made
    from alliance_trainer.analysis.moves import Array

PERMUTATIONS = 10_000
SEED = 20_260_101
RIDGE = "surface-ridge"
"""A guesser that weighs nine figures of the wording, having learnt from the other turns what pays."""

_PENALTY = 1.0
"""Of the ridge, on features with a standard deviation of 1."""


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One turn as it looks to a guesser: for each response its points, its cues and its figures, in one order.

    `group` names what is left out together when the ridge is tried on it: the turn, or in a pool the scenario.
    """

    turn: str
    group: str
    names: tuple[str, ...]
    points: tuple[int, ...]
    cues: tuple[tuple[float, ...], ...]
    figures: tuple[tuple[float, ...], ...]


class Advantage(msgspec.Struct, frozen=True, kw_only=True):
    """What one cue gains: A from below 0 to 1, and p (see the module)."""

    name: str
    advantage: float
    p: float


def points_of(turn: Turn) -> tuple[int, ...]:
    """Each response's points: its ratings over the lowest of the turn, summed over the four skills."""
    responses = list(turn.responses.values())
    ratings = [[response.rates.get(skill, 0) for response in responses] for skill in SKILLS]
    return tuple(sum(of[index] - min(of) for of in ratings) for index in range(len(responses)))


def choices_of(scenario: Scenario, *, by_scenario: bool = False) -> tuple[Choice, ...]:
    """The turns at which there is anything to gain, as choices."""
    return tuple(_choices(scenario, by_scenario))


def _choices(scenario: Scenario, by_scenario: bool) -> Iterable[Choice]:
    for turn_id, turn in scenario.turns.items():
        points = points_of(turn)
        if max(points) > min(points):
            texts = [response.says for response in turn.responses.values()]
            yield Choice(
                turn=turn_id,
                group=scenario.id if by_scenario else f"{scenario.id}.{turn_id}",
                names=tuple(turn.responses),
                points=points,
                cues=tuple(map(tuple, cues(texts, scenario.language))),
                figures=tuple(tuple(figures(text, scenario.language)) for text in texts),
            )


def advantages(choices: Sequence[Choice], permutations: int = PERMUTATIONS) -> tuple[Advantage, ...]:
    """What each cue and the ridge gain over these turns; nothing where there is no turn."""
    import numpy as np  # kept off the start-up path

    if not choices:
        return ()
    dice = np.random.default_rng(SEED)
    keys = [_keys(choice.points, permutations, dice) for choice in choices]
    top = sum(max(choice.points) - _mean(choice.points) for choice in choices)
    picked = sum(
        (key - _mean(choice.points)) @ np.array(_picks(choice.cues)) for key, choice in zip(keys, choices, strict=True)
    )
    guessed = _ridge(choices, keys)
    gains = [*np.asarray(picked).T, guessed]
    return tuple(_advantage(name, gain / top) for name, gain in zip((*CUES, RIDGE), gains, strict=True))


def _advantage(name: str, values: "Array") -> Advantage:
    """The first value is the key's own, the others those of random keys."""
    own, others = float(values[0]), values[1:]
    return Advantage(name=name, advantage=own, p=(1 + int((others >= own - 1e-9).sum())) / (len(others) + 1))


def _mean(points: Sequence[int]) -> float:
    return sum(points) / len(points)


def _keys(points: tuple[int, ...], permutations: int, dice: object) -> "Array":
    """The points as they are (row 0), and exchanged at random so many times."""
    import numpy as np  # kept off the start-up path

    assert isinstance(dice, np.random.Generator)
    own = np.array(points, dtype=float)
    exchanged = own[dice.random((permutations, len(points))).argsort(axis=1)]
    return np.vstack([own, exchanged])


def _picks(rows: Sequence[Sequence[float]]) -> list[list[float]]:
    """For each response (row) the share with which each cue (column) picks it: ties share."""
    columns = []
    for column in zip(*rows, strict=True):
        chosen = [float(value == max(column)) for value in column]
        columns.append([value / sum(chosen) for value in chosen])
    return [list(row) for row in zip(*columns, strict=True)]


def _ridge(choices: Sequence[Choice], keys: Sequence["Array"]) -> "Array":
    """What the ridge gains under each key: fitted without a group, it picks in that group's turns.

    Features and points are centred within turns; the fit is linear in the points, so all keys are done at once.
    """
    import numpy as np  # kept off the start-up path

    sizes = [len(choice.points) for choice in choices]
    group = np.repeat([choice.group for choice in choices], sizes)
    turn = np.repeat(np.arange(len(choices)), sizes)
    features = np.vstack([np.array(choice.figures) - np.mean(choice.figures, axis=0) for choice in choices])
    spread = features.std(axis=0)
    features = features[:, spread > 0] / spread[spread > 0]
    points = np.hstack([key - key.mean(axis=1, keepdims=True) for key in keys]).T
    guess = np.zeros_like(points)
    for name in dict.fromkeys(group.tolist()):
        inside = group == name
        known = features[~inside]
        weights = np.linalg.solve(known.T @ known + _PENALTY * np.eye(features.shape[1]), known.T @ points[~inside])
        guess[inside] = features[inside] @ weights
    gained = np.zeros(points.shape[1])
    for number in range(len(choices)):
        rows = turn == number
        highest = np.isclose(guess[rows], guess[rows].max(axis=0), rtol=0, atol=1e-9)
        gained += (points[rows] * highest).sum(axis=0) / highest.sum(axis=0)
    return gained
