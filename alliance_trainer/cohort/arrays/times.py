"""When attempts were started, as whole numbers."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from alliance_trainer.cohort.arrays.keys import Keys, keys_of

UNTOLD = np.iinfo(np.int64).max
"""Where an attempt does not say when it was started: behind all others."""

_USUAL = "2026-11-02T09:14:00Z"
_LENGTH = len(_USUAL)
_DIGITS = [place for place, letter in enumerate(_USUAL) if letter.isdigit()]
_SIGNS = [place for place, letter in enumerate(_USUAL) if not letter.isdigit()]
_USUAL_SIGNS = np.array([ord(_USUAL[place]) for place in _SIGNS], dtype=np.uint8)
_WEIGHTS = 1000 * 10 ** np.arange(len(_DIGITS) - 1, -1, -1, dtype=np.int64)


def times(started: Sequence[str | None]) -> NDArray[np.int64]:
    """When attempts were started, as numbers that sort like the times (20261102091400000 in UTC), or UNTOLD."""
    return times_of(keys_of([text or "" for text in started]))


def times_of(started: Keys) -> NDArray[np.int64]:
    """The same of texts that are keys already."""
    texts = started.array
    letters = texts.astype(f"S{max(_LENGTH + 1, texts.itemsize)}").view(np.uint8).reshape(len(texts), -1)
    digits = letters[:, _DIGITS] - np.uint8(ord("0"))  # below 0 goes round: too large as well
    usual = (letters[:, _SIGNS] == _USUAL_SIGNS).all(axis=1) & (digits <= 9).all(axis=1) & (letters[:, _LENGTH] == 0)
    numbers: NDArray[np.int64] = digits @ _WEIGHTS
    for place in np.flatnonzero(~usual).tolist():
        numbers[place] = _time(started.text(place))
    return numbers


def _time(text: str) -> int:
    try:
        when = datetime.fromisoformat(text)
        when = when.astimezone(UTC) if when.tzinfo else when
    except (ValueError, OverflowError):
        return int(UNTOLD)
    return int(when.strftime("%Y%m%d%H%M%S")) * 1000 + when.microsecond // 1000
