"""A number for a way: it tells whether two records are of the same answers, whatever the version of the scenario."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from alliance_trainer.core.attempt import Step

_BITS = (1 << 64) - 1


def trace_of(steps: Sequence[Step]) -> int:
    """The trace of a way: the sum of its steps' traces, each times an odd number that tells its place, in 64 bits."""
    return sum(step_trace(step) * (2 * place + 1) for place, step in enumerate(steps)) & _BITS


def step_trace(step: Step) -> int:
    """The trace of one step, 64 bits: of the turn, the response and what was noticed, or of where it goes back to."""
    words = ("rewind", step.rewind, "") if step.response is None else (step.turn, step.response, step.notice)
    joined = "\x1f".join(map(str, words)).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.sha256(joined).digest()[:8], "little")


def traces_of(
    of_steps: NDArray[np.uint64], numbers: NDArray[np.int64], starts: NDArray[np.int64], counts: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """The traces of many ways, whose steps stand one way after the other, none of them empty."""
    places = np.arange(len(numbers), dtype=np.int64) - np.repeat(starts, counts)
    weighted = of_steps.take(numbers) * (2 * places + 1).astype(np.uint64)
    return np.add.reduceat(weighted, starts) if len(starts) else np.zeros(0, dtype=np.uint64)
