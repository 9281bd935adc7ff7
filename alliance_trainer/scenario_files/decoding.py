"""Bytes to text: the size, the encoding and the characters of a scenario file, before any YAML is read.

Every character that is refused is replaced by one harmless character, so that offsets stay what the author
sees and the rest of the file can still be read in the same run.
"""

import re

import msgspec

from alliance_trainer.scenario_files import characters
from alliance_trainer.scenario_files.diagnostics import Problem
from alliance_trainer.scenario_files.limits import MOST_BYTES
from alliance_trainer.scenario_files.odd_signs import odd_space
from alliance_trainer.scenario_files.source import Source, make_source

_MOST_CHARACTER_PROBLEMS = 20  # so that one bad paste does not crowd out everything else
_UTF_16_32_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
# What is in most files alone: all else is looked at by itself first, since that is little.
_PLAIN_BYTES = bytes((*b"\t\n\r", *range(0x20, 0x7F)))
_CODES = {"control": "AT004", "invisible": "AT005", "line break": "AT006"}
_LINE_BREAK = re.compile("[\x85\u2028\u2029]|\r(?!\n)")
# Odd spaces where YAML needs plain ones: in the indentation, after the colon of a key, after a list's dash.
# The runs are bounded, so that the search stays linear on hostile lines.
_ODD_INDENT = re.compile(f"^[ \t]*({characters.ODD_SPACE.pattern}[ \t{characters.ODD_SPACE.pattern[1:]}*)", re.M)
_ODD_GAP = re.compile(f"^[ ]*(?:- +)?(?:[A-Za-z][\\w-]{{0,63}}:|-)({characters.ODD_SPACE.pattern}+)", re.M)


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file's bytes: its text, the problems found, and whether parsing it makes sense."""

    source: Source
    problems: tuple[Problem, ...]
    readable: bool


def read_source(data: bytes, file: str) -> Reading:
    """The text of a file, with a problem for everything that should not be in it.

    A UTF-8 byte order mark at the start is accepted and not counted as a column: editors on Windows add it
    unasked, and it harms nothing there.
    """
    if len(data) > MOST_BYTES:
        return _unreadable(file, "", _TOO_LARGE)
    if _looks_like_utf_16(data):
        return _unreadable(file, "", _UTF_16)
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        written = data.decode("utf-8")
        problems: list[Problem] = []
    except UnicodeDecodeError as error:
        written = data.decode("utf-8", errors="replace")
        problems = [_bad_byte(data, error.start)]
        if characters.FORBIDDEN.search(written):  # not a text in another encoding but no text at all
            return _unreadable(file, written, problems[0])
    if "\n" not in written and written.count("\r") > 1:
        return _unreadable(file, written, _OLD_MAC)
    text, found = _replace_refused(written)
    source = make_source(file, written, text)
    return Reading(source=source, problems=(*problems, *found), readable=True)


def _unreadable(file: str, written: str, problem: Problem) -> Reading:
    return Reading(source=make_source(file, written), problems=(problem,), readable=False)


def _looks_like_utf_16(data: bytes) -> bool:
    sample = data[:1000]
    return data.startswith(_UTF_16_32_MARKS) or (len(data) > 3 and sample.count(0) * 4 >= len(sample))


_UTF_16 = Problem(
    code="AT003",
    start=0,
    end=0,
    message="This file is saved in an encoding with two or four bytes a letter (UTF-16 or UTF-32).",
    hint='Save it again as UTF-8: in most editors under "Save as", "Encoding".',
)
_TOO_LARGE = Problem(
    code="AT001",
    start=0,
    end=0,
    message="This file has more than 1 MiB (1,048,576 bytes), which is the most that a scenario may have.",
    hint="Check that this is the scenario and not another file. If it is, make two scenarios of it.",
)
_OLD_MAC = Problem(
    code="AT006",
    start=0,
    end=0,
    message="The lines of this file end as they did on very old Macs (only a carriage return, U+000D).",
    hint='Save it again with ordinary line ends: "LF" or "Unix" in the editor\'s settings.',
)


def _bad_byte(data: bytes, offset: int) -> Problem:
    at = len(data[:offset].decode("utf-8"))
    meant = data[offset : offset + 1].decode("cp1252", errors="replace")
    seen = f' (perhaps "{meant}" in the Windows encoding)' if meant.isprintable() and meant != "\ufffd" else ""
    return Problem(
        code="AT002",
        start=at,
        end=at + 1,
        message=f"The byte 0x{data[offset]:02X} here{seen} is not valid UTF-8, the encoding of scenario files.",
        hint='Save the file again as UTF-8: in most editors under "Save as", "Encoding".',
    )


def _replace_refused(written: str) -> tuple[str, list[Problem]]:
    """The text with each refused character replaced by one that is harmless, and what was found."""
    text, problems = written, []
    others = written.encode().translate(None, _PLAIN_BYTES).decode()
    if characters.FORBIDDEN.search(others) or written.count("\r") != written.count("\r\n"):
        problems = [_refused(match.start(), match.group()) for match in _first(characters.FORBIDDEN, written)]
        text = characters.FORBIDDEN.sub("\ufffd", _LINE_BREAK.sub(" ", written))
    for pattern in (_ODD_INDENT, _ODD_GAP) if characters.ODD_SPACE.search(others) else ():
        problems += [odd_space(match.start(1), match.group(1)) for match in _first(pattern, text)]
        text = pattern.sub(_with_plain_spaces, text)
    return text, problems


def _first(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """The first few matches; reporting each of a thousand would hide everything else."""
    return [match for match, _ in zip(pattern.finditer(text), range(_MOST_CHARACTER_PROBLEMS), strict=False)]


def _with_plain_spaces(match: re.Match[str]) -> str:
    start = match.start(1) - match.start()
    return match.group()[:start] + characters.ODD_SPACE.sub(" ", match.group()[start:])


def _refused(offset: int, character: str) -> Problem:
    kind = characters.kind(character)
    advice = {
        "control": "Delete it. It cannot be seen, but a terminal would obey it.",
        "invisible": "Delete it, or type the words around it anew. It came in with text pasted from elsewhere.",
        "line break": "Delete it and press Enter if a new line is meant here.",
    }
    what = {
        "control": "a control character",
        "invisible": "an invisible character",
        "line break": "an unusual line end",
    }
    return Problem(
        code=_CODES[kind],
        start=offset,
        end=offset + 1,
        message=f"There is {what[kind]} here: {characters.name(character)}.",
        hint=advice[kind],
    )
