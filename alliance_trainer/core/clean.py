"""The one cleaning of text that comes from files, before a screen, a table or a page shows it."""

import re

MARK = "\N{REPLACEMENT CHARACTER}"
"""Stands, visibly, for each character that may not be shown."""

_HIDDEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f"  # C0, all but tab and newline
    "\x7f-\x9f"  # DEL and C1: a single one of these can begin a terminal command
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi controls: what is read is not what is stored
    "\u200b-\u200d\u2060-\u2064\ufeff\u180e"  # zero width
    "\u206a-\u206f\ufff9-\ufffb"  # deprecated format controls, annotations
    "\u2028\u2029"  # line ends that only some programs see
    "\ud800-\udfff"  # half characters, which no encoding can write
    "\U000e0000-\U000e007f"  # tag characters: invisible text
    "]"
)


def clean(text: str) -> str:
    """The text with every character that could act or hide replaced by a visible U+FFFD.

    Newlines stay and tabs become spaces; carriage returns and all other controls, bidi controls, zero-width
    and tag characters and lone surrogates are marked. Linear in the length; cleaning twice changes nothing.
    """
    if text.isascii() and text.isprintable():
        return text
    return _HIDDEN.sub(MARK, text.replace("\t", " "))
