"""How hard practice should be next, from how hard it was found so far: scenario, hints, clarity of the signs."""

from collections.abc import Sequence
from typing import Literal

import msgspec

FeltAnswer = Literal["too-easy", "right", "too-hard"]

FELT_ANSWERS: tuple[FeltAnswer, ...] = ("too-easy", "right", "too-hard")

_STEPS: dict[FeltAnswer, int] = {"too-easy": 1, "right": 0, "too-hard": -1}
_LOWEST, _HIGHEST = 1, 5
_FIRST = 2
_MIDDLE = 3


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A scenario that was played to its end: its difficulty, 1 to 5, and how hard it was found."""

    difficulty: int
    felt: FeltAnswer


class Pitch(msgspec.Struct, frozen=True, kw_only=True):
    """What to aim at next.

    `difficulty`: of a scenario, 1 to 5. `hints`: whether help at the probe names two signs. `clarity`: of the signs
    in a drill, from 1 (hardly to be seen) to 5 (plain to see).
    """

    difficulty: int
    hints: bool
    clarity: int


def pitch(history: Sequence[Judged]) -> Pitch:
    """What to aim at after these scenarios, the oldest first.

    One step up from the last one if it was too easy, one step down if it was too hard; at the start difficulty 2.
    Hints are on after one that was too hard, until one was right or too easy. The clarity starts at 3, goes one
    step up with each that was too hard and one down with each that was too easy. Everything stays within 1 to 5.
    """
    clarity = _MIDDLE
    for judged in history:
        clarity = _within(clarity - _STEPS[judged.felt])
    if not history:
        return Pitch(difficulty=_FIRST, hints=False, clarity=clarity)
    last = history[-1]
    return Pitch(
        difficulty=_within(last.difficulty + _STEPS[last.felt]), hints=last.felt == "too-hard", clarity=clarity
    )


def _within(value: int) -> int:
    return max(_LOWEST, min(_HIGHEST, value))
