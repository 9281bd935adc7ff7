"""Content notes as one asks for them: their topics are free words, and some say the same in other ones."""

TOGETHER: tuple[tuple[str, ...], ...] = (
    ("grief", "bereavement", "bereaved", "mourning", "death of"),
    ("suicide", "suicidal", "suicidality", "thoughts of dying"),
)
"""Words of which each also stands for the others: who would be spared one would be spared all."""


def meant(asked: str, topics: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the topics that are meant by what was asked for: that have its words in them, or words that go with it.

    Letter case makes no difference; only whole words count, in their order.
    """
    wanted = _words(asked)
    group = next((words for words in TOGETHER if wanted.strip() in words), (asked,))
    spellings = {wanted, *map(_words, group)} - {"  "}
    return tuple(topic for topic in topics if any(words in _words(topic) for words in spellings))


def _words(text: str) -> str:
    """The words with one space around each, so that a part of a word is never taken for it."""
    return f" {' '.join(text.casefold().split())} "
