"""The letters that are understood at every question, and the full words for them."""

WORDS = {
    "help": "?",
    "h": "?",
    "back": "b",
    "undo": "u",
    "note": "n",
    "quit": "q",
    "leave": "q",
    "transcript": "t",
}
"""Full words for the letters."""

RESERVED = frozenset(WORDS) | frozenset("?bnuq")
"""Answers that always mean what the keys below a question say: an id that is one of them is answered by its number."""
