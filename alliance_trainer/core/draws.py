"""Chance from a seed alone, the same on every Python: for what a drill asks, and in which order."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_BYTES = 7
_WHOLE = 1 << (8 * _BYTES)


class Draws:
    """Numbers drawn one after the other: SHA-256 of the seed and the number of the draw.

    Not `random`, whose order Python does not promise to keep between versions.
    """

    def __init__(self, seed: str) -> None:
        self._seed = seed.encode()
        self._count = 0

    def below(self, most: int) -> int:
        """A whole number from 0 to below `most` (at least 1), each as likely, to one part in 10^14."""
        self._count += 1
        drawn = hashlib.sha256(self._seed + b"\x1f" + str(self._count).encode()).digest()
        return int.from_bytes(drawn[:_BYTES], "big") * most // _WHOLE

    def in_100(self, percent: int) -> bool:
        """True so many times in a hundred."""
        return self.below(100) < percent

    def one_of(self, things: Sequence[T]) -> T:
        """One of the things, each as likely. Raises IndexError if there are none."""
        return things[self.below(len(things))] if things else things[0]

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """The things in an order of chance."""
        left, done = list(things), []
        while left:
            done.append(left.pop(self.below(len(left))))
        return done
