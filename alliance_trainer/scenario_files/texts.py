"""What is wrong with a single text although YAML accepts it: its length, its characters, its look."""

import re
from collections.abc import Iterator
from itertools import islice

from alliance_trainer.scenario_files import characters, slips
from alliance_trainer.scenario_files.diagnostics import Problem
from alliance_trainer.scenario_files.limits import LONGEST_TEXT, LONGEST_WRITTEN
from alliance_trainer.scenario_files.source import Source
from alliance_trainer.scenario_files.tree import Path, Style

_MOST_IN_A_TEXT = 10  # forbidden characters named in one text; the others go with them
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
# The one-letter escapes that stand for a character that no text may contain (YAML 1.1, section 5.6).
_SHORT_ESCAPES = {"0": "\0", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "v": "\v", "t": "\t", "\t": "\t"}
_SHORT_ESCAPES |= {"r": "\r", "N": "\x85", "L": "\u2028", "P": "\u2029"}
_DASH_WITHOUT_SPACE = re.compile(r"-[^\W\d_]|-[\"'\u201c\u2018]")
_COLON_WITHOUT_SPACE = re.compile(r"([a-z][a-z_-]{0,40}):[^\s/:,]")
_SILENCE = "silence "
_SILENCE_WITHOUT_COLON = re.compile(r"silence +([0-9]{1,3})(?: *s(?:ec(?:onds?)?)?\.?)?")
_OPENING_QUOTES = "\u201c\u201d\u201e\u00ab\u2018\u2019\u201a"
_CLOSING_QUOTES = "\u201c\u201d\u00bb\u2018\u2019"
_ODD_BEGINNINGS = frozenset(f"-{_OPENING_QUOTES}")


def may_be_odd(text: str, span: tuple[int, int], style: Style) -> bool:
    """Whether `text_problems`, `look_problem` or `slips` may have anything to say about a text.

    A glance: most are sound.
    """
    if len(text) > LONGEST_TEXT or span[1] - span[0] > LONGEST_WRITTEN:
        return True
    if not (text.isascii() and text.isprintable()) and characters.FORBIDDEN_IN_TEXT.search(text):
        return True
    if style != "plain":
        return False
    return ":" in text or text[:1] in _ODD_BEGINNINGS or text.startswith(_SILENCE) or slips.may_be_slip(text)


def text_problems(
    text: str, span: tuple[int, int], style: Style, source: Source, path: Path
) -> tuple[str, list[Problem]]:
    """The text, cut and cleaned to what is allowed, and what is wrong with its length and characters."""
    if len(text) > LONGEST_TEXT or span[1] - span[0] > LONGEST_WRITTEN:
        return text[:LONGEST_TEXT], [_too_long(len(text), span, source, path)]
    if characters.FORBIDDEN_IN_TEXT.search(text):
        clean = characters.FORBIDDEN_IN_TEXT.sub("\ufffd", text.replace("\t", " "))
        return clean, _character_problems(span, style, source, path)
    return text, []


def _too_long(length: int, span: tuple[int, int], source: Source, path: Path) -> Problem:
    line_end = source.text.find("\n", span[0], span[1])
    written = f"{length:,} characters" if length > LONGEST_TEXT else f"{span[1] - span[0]:,} characters in the file"
    return Problem(
        code="AT034",
        start=span[0],
        end=span[1] if line_end < 0 else line_end,
        message=f"This text has {written}; a text may have {LONGEST_TEXT:,}.",
        hint="Shorten it, or make several beats of it.",
        path=path,
    )


def _character_problems(span: tuple[int, int], style: Style, source: Source, path: Path) -> list[Problem]:
    """Characters that the text may not contain, at the place where they were typed or escaped."""
    raw = source.text[span[0] : span[1]]
    found = ((match.start(), 1, "\t", "AT004") for match in re.finditer("\t", raw))
    escaped = _forbidden_escapes(raw) if style == "double" else iter(())
    return [
        bad_character(code, span[0] + start, length, character, path)
        for start, length, character, code in (*islice(found, _MOST_IN_A_TEXT), *islice(escaped, _MOST_IN_A_TEXT))
    ]


def _forbidden_escapes(raw: str) -> Iterator[tuple[int, int, str, str]]:
    """Start, length, character and code of each escape for a character that no text may contain."""
    for match in _ESCAPE.finditer(raw):
        character = _escaped(match)
        if character is not None and characters.FORBIDDEN_IN_TEXT.match(character):
            yield match.start(), len(match.group()), character, "AT007"


def _escaped(match: re.Match[str]) -> str | None:
    digits = match.group(1) or match.group(2) or match.group(3)
    if digits is None:
        return _SHORT_ESCAPES.get(match.group(4))
    return chr(int(digits, 16)) if int(digits, 16) <= 0x10FFFF else None


def bad_character(code: str, start: int, length: int, character: str, path: Path) -> Problem:
    """A character that no text may contain, where it was typed or written with a backslash."""
    how = "is written with a backslash" if code == "AT007" else "stands"
    what = "a character that cannot be seen" if characters.kind(character) == "invisible" else "a control character"
    return Problem(
        code=code,
        start=start,
        end=start + length,
        message=f"In this text {what} {how}: {characters.name(character)}.",
        hint="Use a space." if character == "\t" else "Delete it: texts are plain and contain only what can be seen.",
        path=path,
    )


def bad_escape(start: int, length: int, path: Path) -> Problem:
    """An escape for one half of a character (a surrogate), which the parser itself refuses."""
    return Problem(
        code="AT007",
        start=start,
        end=start + length,
        message="In this text half a character is written with a backslash (a surrogate).",
        hint="Delete it, or type the character itself.",
        path=path,
    )


def look_problem(text: str, span: tuple[int, int], source: Source, path: Path) -> Problem | None:
    """A text without quotes that YAML accepts but that its author most likely meant as something else."""
    if len(text) > 1 and text[0] in _OPENING_QUOTES and text[-1] in _CLOSING_QUOTES and text[-1] not in text[1:-1]:
        return smart_quotes(span, path, text)
    begins_line = source.begins_line(span[0])
    if begins_line and _DASH_WITHOUT_SPACE.match(text):
        return dash_without_space(span[0], source.text[span[0] : span[1]].partition("\n")[0], path)
    head = source.text[max(0, span[0] - 2) : span[0]]
    begins_entry = head.endswith(("- ", "{", "[", ",", ", "))
    colon = _COLON_WITHOUT_SPACE.match(text) if begins_line or begins_entry else None
    if colon:
        return colon_without_space(span[0], colon.group(1), path)
    if head.endswith(("- ", "[")) and (seconds := _SILENCE_WITHOUT_COLON.fullmatch(text)):
        return silence_without_colon(span[0], seconds.group(1), path)
    return None


def smart_quotes(span: tuple[int, int], path: Path, text: str) -> Problem:
    """Typographic quotes around a whole text."""
    return Problem(
        code="AT019",
        start=span[0],
        end=min(span[1], span[0] + 1),
        message=f"These are typographic quotes ({text[0]}), which YAML takes for part of the text.",
        hint="Use the straight quotes of the keyboard (\" or ') around the text, or none at all.",
        path=path,
    )


def dash_without_space(start: int, line: str, path: Path) -> Problem:
    """`-item` instead of `- item`."""
    piece = characters.excerpt(line[1:])
    return Problem(
        code="AT017",
        start=start,
        end=start + 1,
        message="The dash of a list needs a space behind it.",
        hint=f'Write "- {piece}". If the dash belongs to the text, put the text in quotes.',
        path=path,
    )


def colon_without_space(start: int, key: str, path: Path) -> Problem:
    """`key:text` instead of `key: text`."""
    return Problem(
        code="AT021",
        start=start,
        end=start + len(key) + 1,
        message=f'The colon after "{characters.excerpt(key)}" needs a space behind it.',
        hint=f'Write "{characters.excerpt(key)}: ...". If the colon belongs to a text, put the text in quotes.',
        path=path,
    )


def silence_without_colon(start: int, seconds: str, path: Path) -> Problem:
    """`- silence 5` instead of `- silence: 5`, which would be spoken."""
    return Problem(
        code="AT023",
        start=start,
        end=start + len("silence"),
        message='There is no colon behind the name "silence", so the patient would say these words.',
        hint=f'Write "silence: {seconds}". If they are spoken, put them in quotes.',
        path=path,
    )
