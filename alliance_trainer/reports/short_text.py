"""Texts that have to fit: on one line, and cut behind a word where there is no more room."""

import re

_GAP = re.compile(r"\s+")


def shortened(text: str, most: int) -> str:
    """The text on one line, cut behind a word with an ellipsis where it is longer than `most` characters."""
    line = one_line(text)
    if len(line) <= most:
        return line
    head = line[: most - 1]
    space = head.rfind(" ")
    kept = head[:space] if space > most // 2 else head
    return f"{kept.rstrip(' .,;:')}\N{HORIZONTAL ELLIPSIS}"


def one_line(text: str) -> str:
    """The text on one line, without space around it."""
    return _GAP.sub(" ", text).strip()
