"""What stands in a wrong place, in words; and the id, number or word that was probably meant."""

import re

from alliance_trainer.scenario_files.characters import excerpt
from alliance_trainer.scenario_files.complaint import in_quotes

_NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBER_WITH_UNIT = re.compile(
    r"([+-]?[0-9]{1,9})(?:[.,]0{1,2})?(?: ?(?:s|secs?|seconds?|years?(?: old)?|points?|th|%))?\.?", re.A
)
_MINUTES = re.compile(r"([0-9]{1,2})(?::([0-5][0-9])(?: ?min)?| ?(?:m|mins?|minutes?))\.?", re.A)
_SILENCES = range(1, 601)  # as in the model: any other would be refused in its turn
_YES_OR_NO = {"true": ("on", "1", "y", "t"), "false": ("off", "0", "n", "f")}
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_NOT_PLAIN = re.compile(r"""[\[\]{}'"&*!|>%@`:#\\]|^[-?]""")
_MOST_ENTRIES = 8
_NOT_IN_IDS = re.compile(r"[^a-z0-9]+")


def what_it_is(value: object) -> str:
    """A value of the tree in a few words: "nothing", 'the text "two"', "a list", "keys with values"."""
    match value:
        case str() if not value.strip():
            return "nothing"
        case str():
            return f"the text {short(value)}"
        case list() | tuple():
            return "a list" if value else "an empty list"
        case dict():
            return "keys with values" if value else "an empty pair of braces"
        case None:
            return "nothing"
        case _:
            return short(value)


def short(value: object, *, quoted: bool = True) -> str:
    """A value as it can stand in a sentence: one short line, nothing that a screen would obey."""
    text = excerpt(str(value))
    return f"'{text}'" if quoted else text


def listed(text: str, entry: str = "{}") -> str:
    """A text as a list of YAML, its commas parting the entries; dots where it is too long to be written out.

    `entry` is how an entry is written, with braces for its text.
    """
    parts = [part for part in map(str.strip, text.split(",")) if part]
    if any(excerpt(part) != part for part in parts[:_MOST_ENTRIES]) or len(parts) > _MOST_ENTRIES:
        return f"[{entry.format('...')}]"
    return f"[{', '.join(entry.format(in_quotes(part) if _NOT_PLAIN.search(part) else part) for part in parts)}]"


def as_id(text: str) -> str:
    """The id that an author may have meant by a text; empty where nothing is left of it."""
    import unicodedata  # only where something is wrong

    hyphened = _DASHES.sub("-", text[:200])
    plain = unicodedata.normalize("NFKD", hyphened).encode("ascii", "ignore").decode().lower()
    return _NOT_IN_IDS.sub("-", plain).strip("-").lstrip("-0123456789")[:64].rstrip("-")


def as_number(value: object) -> int | None:
    """The whole number that an author may have meant: two, 010, 5 seconds, 2.0; None where unclear."""
    if not isinstance(value, str):
        return None
    text = value.strip().lower()
    if text in _NUMBER_WORDS:
        return _NUMBER_WORDS.index(text)
    found = _NUMBER_WITH_UNIT.fullmatch(text)
    return int(found.group(1)) if found else None


def as_seconds(value: object) -> int | None:
    """The number of seconds that an author may have meant: as `as_number`, and 1:30 or 2 min; None where unclear."""
    text = value.strip().lower() if isinstance(value, str) else ""
    clock = _MINUTES.fullmatch(text)
    seconds = int(clock.group(1)) * 60 + int(clock.group(2) or 0) if clock else as_number(value)
    return seconds if seconds in _SILENCES else None


def as_yes_or_no(value: object) -> str:
    """Which of true and false an author may have meant: on, off, 0; empty where unclear."""
    text = value.strip().lower() if isinstance(value, str) else ""
    return next((word for word, others in _YES_OR_NO.items() if text in others), "")
