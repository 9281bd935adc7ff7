"""Numbers with their nouns."""


def counted(number: int, word: str) -> str:
    """A number with its noun, in the plural where that is called for."""
    return f"{number} {word}{'' if number == 1 else 's'}"
