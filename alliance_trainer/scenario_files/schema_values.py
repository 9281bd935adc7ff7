"""What stands in a wrong place, in words; and the id or number that was probably meant."""

import re

from alliance_trainer.scenario_files.characters import excerpt

_NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_LEADING_NUMBER = re.compile(r"[+-]?[0-9]{1,9}(?![0-9:/])")
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


def as_id(text: str) -> str:
    """The id that an author may have meant by a text; empty where nothing is left of it."""
    import unicodedata  # only where something is wrong

    plain = unicodedata.normalize("NFKD", text[:200]).encode("ascii", "ignore").decode().lower()
    return _NOT_IN_IDS.sub("-", plain).strip("-0123456789")[:64].strip("-")


def as_number(value: object) -> int | None:
    """The whole number that an author may have meant: two, 010, 5 seconds, 2.0; None where unclear."""
    if not isinstance(value, str):
        return None
    text = value.strip().lower()
    if text in _NUMBER_WORDS:
        return _NUMBER_WORDS.index(text)
    found = _LEADING_NUMBER.match(text)
    if found is None or re.match(r"\.0*[1-9]", text[found.end() :]):
        return None
    return int(found.group())
