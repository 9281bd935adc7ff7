"""Which characters no scenario may contain, what they are called, and short excerpts that are safe to show.

Only letters that a reader can see (and plain spaces and line ends) may reach a screen: everything that moves
the cursor, hides, reverses or splits text is refused where it stands, and named as U+XXXX.
"""

import re
import unicodedata
from typing import Literal

Kind = Literal["control", "invisible", "line break"]

# Line ends that look like nothing in most editors but that YAML or a terminal would obey.
_LINE_BREAKS = "\x85\u2028\u2029"
# C0 except tab, line feed and carriage return; DEL; C1 except NEL; surrogates; the non-characters.
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff" + "".join(
    chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF)
)
# Soft hyphen, grapheme joiner, bidi marks and overrides, zero-width and filler letters, annotation marks,
# and plane 14 with its tags: text that says more, or other, than what can be seen.
_INVISIBLE = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000efffd"
)

FORBIDDEN = re.compile(f"[{_CONTROL}{_INVISIBLE}{_LINE_BREAKS}]|\r(?!\n)")
"""A character that may not stand anywhere in a scenario file, not even in a comment."""

FORBIDDEN_IN_TEXT = re.compile(f"[{_CONTROL}{_INVISIBLE}{_LINE_BREAKS}\t\r]")
"""A character that may not stand in a text of the scenario, however it was written there."""

ODD_SPACE = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
"""A space that looks like the plain one and that YAML takes for a letter."""

_ANY_SPACE = re.compile(f"[\t\n{ODD_SPACE.pattern[1:]}")
_IS_CONTROL = re.compile(f"[{_CONTROL}\t]")
_IS_LINE_BREAK = re.compile(f"[{_LINE_BREAKS}\r]")
# unicodedata has no names for control characters; these are the ones that files really contain.
_CONTROL_NAMES = {"\x00": "null", "\t": "tab", "\r": "carriage return", "\x1b": "escape", "\x08": "backspace"}


def kind(character: str) -> Kind:
    """Why a forbidden character is forbidden."""
    if _IS_LINE_BREAK.match(character):
        return "line break"
    return "control" if _IS_CONTROL.match(character) else "invisible"


def name(character: str) -> str:
    """The character in words that survive any screen: `U+200B (zero width space)`."""
    words = _CONTROL_NAMES.get(character) or unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X}" + (f" ({words})" if words else "")


def excerpt(text: str, limit: int = 40) -> str:
    """At most `limit` characters of a line, trimmed, with everything unsafe or unprintable shown as U+FFFD."""
    plain = _ANY_SPACE.sub(" ", text[: limit * 4].strip())
    piece = "".join(letter if letter.isprintable() else "\ufffd" for letter in FORBIDDEN_IN_TEXT.sub("\ufffd", plain))
    return piece if len(piece) <= limit else piece[: limit - 3].rstrip() + "..."
