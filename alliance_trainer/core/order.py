"""The shuffled order of responses: the same on every Python, from the attempt's seed alone."""

import hashlib
from collections.abc import Iterable

_SEPARATOR = b"\x1f"


def shuffled(seed: str, turn: str, ids: Iterable[str]) -> tuple[str, ...]:
    """The ids in the order in which they are shown: sorted by SHA-256 of seed, turn and id.

    Not `random.shuffle`, whose order Python does not promise to keep between versions.
    """
    head = seed.encode() + _SEPARATOR + turn.encode() + _SEPARATOR
    return tuple(sorted(ids, key=lambda name: hashlib.sha256(head + name.encode()).digest()))
