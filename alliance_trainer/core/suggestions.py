"""What an author may have meant: the nearest known word, and short lists of the possible ones."""

from collections.abc import Iterable

MOST_LISTED = 16
"""Longer lists are not spelt out: a hint should be read at a glance."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is nearest to `word` in spelling, case aside; None where none is near."""
    # Kept off the start-up path: only needed where there is something wrong.
    from difflib import get_close_matches

    by_lower = {name.lower(): name for name in known}
    plain = word.strip().lower()[:100].replace("_", "-")
    if plain in by_lower:
        return by_lower[plain]
    candidates = (plain, plain.replace("-", "_"), plain.replace(" ", "-"))
    close = [match for spelling in candidates for match in get_close_matches(spelling, by_lower, n=1)]
    if not close:
        close = [name for name in by_lower if len(plain) >= 4 and name.endswith(f"-{plain}")]
    return by_lower[close[0]] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence that asks whether the nearest known word was meant; empty where none is near."""
    found = nearest(word, known)
    return f"Did you mean {found!r}?" if found else ""


def one_of(words: Iterable[str]) -> str:
    """The words as "a, b or c"; a dash where there are none."""
    names = list(words)
    if len(names) < 2:
        return "".join(names) or "-"
    return f"{', '.join(names[:-1])} or {names[-1]}"


def possible(words: Iterable[str], most: int = MOST_LISTED) -> str:
    """A sentence that lists what is possible; empty where nothing is, or too much to be read."""
    names = list(words)
    return f"Possible here: {one_of(names)}." if 0 < len(names) <= most else ""


def hint_for(word: str, known: Iterable[str], most: int = MOST_LISTED) -> str:
    """Did-you-mean and the list of what is possible, as far as each has something to say."""
    names = list(known)
    return " ".join(part for part in (did_you_mean(word, names), possible(names, most)) if part)
