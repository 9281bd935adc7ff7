"""Option values that must be one of a few words."""

from collections.abc import Sequence
from typing import TypeVar

from alliance_trainer.core.errors import UsageError
from alliance_trainer.core.suggestions import did_you_mean

Word = TypeVar("Word", bound=str)


def one_of(given: str, words: "Sequence[Word]", option: str) -> Word:
    """The word that was given, if it is one of these. Raises UsageError with a suggestion if not."""
    for word in words:
        if given == word:
            return word
    hint = did_you_mean(given, words)
    raise UsageError(f"{option} does not take {given[:40]!r}.", hint or f"It takes {' or '.join(words)}.")
