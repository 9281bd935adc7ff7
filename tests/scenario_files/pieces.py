"""Texts made of pieces, drawn as texts of letters are: several times as fast as a list of pieces, and shrunk as well."""

from collections.abc import Sequence

from hypothesis import strategies as st

_FIRST = 0xE000  # each piece has a letter of the private range, in which Hypothesis has no favourites of its own


def joined(pieces: Sequence[str], *, max_size: int) -> st.SearchStrategy[str]:
    """Texts of at most `max_size` pieces."""
    meant = {_FIRST + number: piece for number, piece in enumerate(pieces)}
    return st.text(alphabet=list(map(chr, meant)), max_size=max_size).map(lambda letters: letters.translate(meant))
