"""One line of an interchange file: an attempt, or what is wrong with it, said in words."""

import json
import re
from typing import Any

import msgspec

from alliance_trainer.core.attempt import Attempt, Step

FORMAT = 1
"""The version of the interchange format that is read here."""

MAX_LINE = 1 << 19
"""A longer line is no attempt (500 answers take about 60 KiB)."""

MAX_STEPS = 2000
MAX_NAME = 200
"""Ids and pseudonyms are no longer than this, in characters."""

_VERSION = b'{"v":1,'
_USUAL = b'"status":"complete",'
_decode = msgspec.json.Decoder(Attempt).decode
_decode_step = msgspec.json.Decoder(Step).decode
_spell = msgspec.json.Encoder().encode


def read_line(line: bytes) -> Attempt | str:
    """The attempt on a line, or the reason why there is none, as the end of a sentence."""
    try:
        attempt = _decode(line)
    except (ValueError, RecursionError) as error:  # msgspec's errors and UnicodeDecodeError are ValueErrors
        return _reason(line, error)
    if len(line) > MAX_LINE or len(attempt.steps) > MAX_STEPS or not _usable(attempt):
        return _refusal(attempt, line)
    spelt = _spell(attempt)
    if fits(line, len(line) - len(spelt)) or _fits_closed(line, spelt):
        return attempt
    return _twice(line) or attempt


def _usable(attempt: Attempt) -> bool:
    return (
        attempt.v == FORMAT
        and 0 < len(attempt.attempt) <= MAX_NAME
        and 0 < len(attempt.trainee) <= MAX_NAME
        and 0 < len(attempt.scenario) <= MAX_NAME
    )


def _fits_closed(line: bytes, spelt: bytes) -> bool:
    """The same without the spaces, which most programs leave between the parts."""
    closed = line.replace(b" ", b"").rstrip()
    return fits(closed, len(closed) - len(spelt.replace(b" ", b"")))


def fits(line: bytes, spare: int) -> bool:
    """Whether a line that is so much longer than its attempt needs certainly has no key twice.

    A repeated key makes a line longer than its attempt needs, and nothing makes it shorter. Spelling the attempt
    anew is several times cheaper than reading the line again with a check of every key. The version and the
    usual status are left out there, but not in most files.
    """
    if spare == 26:
        return line.startswith(_VERSION) and _USUAL in line
    if spare == 6:
        return line.startswith(_VERSION)
    return spare == 0


def _refusal(attempt: Attempt, line: bytes) -> str:
    if attempt.v > FORMAT:
        return _newer(attempt.v)
    if attempt.v != FORMAT:
        return f"there is no version {attempt.v} of this format ('v')"
    if len(line) > MAX_LINE:
        return too_long()
    if len(attempt.steps) > MAX_STEPS:
        return f"it has {len(attempt.steps)} steps; at most {MAX_STEPS} can be read"
    for name in ("attempt", "trainee", "scenario"):
        if not getattr(attempt, name):
            return f"'{name}' is empty"
    return f"an id or pseudonym is longer than {MAX_NAME} characters"


def too_long() -> str:
    """Why a line of more than MAX_LINE bytes is refused."""
    return f"the line is longer than {MAX_LINE // 1024} KiB; no attempt is that long"


def _newer(version: int) -> str:
    return f"it is written in version {version} of the format, and this program reads version {FORMAT}: update it"


def read_step(text: bytes) -> Step | None:
    """The step whose fields are written so, without the braces; None if they are not those of one step."""
    spelt = b"{" + text + b"}"
    try:
        step = _decode_step(spelt)
    except (ValueError, RecursionError):
        return None
    return None if _twice(spelt) else step


class _TwiceError(Exception):
    pass


def _object(pairs: list[tuple[str, Any]]) -> None:
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise _TwiceError(next(name for name in names if names.count(name) > 1))


def _twice(line: bytes) -> str | None:
    """Whether a key stands twice in one object, so that nobody can say which is meant."""
    try:
        json.loads(line, object_pairs_hook=_object)
    except _TwiceError as error:
        return f"the key '{str(error)[:40]}' stands twice in one record, so it is not clear which is meant"
    except (ValueError, RecursionError):
        return "a field that this program does not know cannot be read"
    return None


_MISSING = re.compile(r"Object missing required field `(?P<field>\w+)`(?: - at `(?P<at>[^`]*)`)?")
_EXPECTED = re.compile(r"Expected `(?P<want>[^`]*)`, got `(?P<got>[^`]*)`(?: - at `(?P<at>[^`]*)`)?")
_BOUND = re.compile(r"^Expected `int` (?P<sign>[<>]=) (?P<bound>-?\d+)(?: - at `(?P<at>[^`]*)`)?")
_UNKNOWN = re.compile(r"Invalid enum value (?P<got>.*?)(?: - at `(?P<at>[^`]*)`)?$", re.DOTALL)
_BYTE = re.compile(r"\(byte (?P<byte>\d+)\)")
_STEP = re.compile(r"^\$\.steps\[(?:\.\.\.|(?P<step>\d+))\](?:\.(?P<field>\w+))?$")
_KINDS = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number with a point",
    "bool": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "nothing (null)",
}
_CHOICES = {
    "notice": "none, withdrawal, confrontation or mixed",
    "mode": "practice or assess",
    "status": "complete, unfinished or abandoned",
}


class _Version(msgspec.Struct):
    v: int = FORMAT


def _reason(line: bytes, error: Exception) -> str:
    """What is wrong with a line, from the decoder's words."""
    if len(line) > MAX_LINE:
        return too_long()
    text = str(error)
    if isinstance(error, UnicodeDecodeError):
        return "it holds bytes that are not UTF-8 text"
    if isinstance(error, RecursionError):
        return "its brackets are nested too deeply"
    if not isinstance(error, msgspec.ValidationError):
        return _not_json(text)
    version = _version(line)
    if version is not None and version > FORMAT:
        return _newer(version)
    return _wrong_field(text)


def _version(line: bytes) -> int | None:
    try:
        return msgspec.json.decode(line, type=_Version).v
    except (ValueError, RecursionError):
        return None


def _not_json(text: str) -> str:
    if "truncated" in text:
        return "it is cut off: the line ends in the middle of the record"
    if "surrogate" in text or "escape" in text:
        return "it holds a broken character escape"
    byte = _BYTE.search(text)
    return "it is not JSON" + (f": it cannot be read from byte {int(byte['byte']) + 1} on" if byte else "")


def _wrong_field(text: str) -> str:
    if found := _MISSING.search(text):
        return f"'{found['field']}' is missing{_place(found['at'])[1]}"
    if found := _EXPECTED.search(text):
        name, place = _place(found["at"])
        wanted = " or ".join(_KINDS.get(kind, kind) for kind in found["want"].split(" | ") if kind != "null")
        return f"{name}{place} is {_KINDS.get(found['got'], found['got'])}, where {wanted} is expected"
    if found := _BOUND.search(text):
        name, place = _place(found["at"])
        wanted = {"<=": "at most", ">=": "at least"}[found["sign"]]
        return f"{name}{place} is out of range: {wanted} {found['bound']} is expected"
    if found := _UNKNOWN.search(text):
        name, place = _place(found["at"])
        choices = _CHOICES.get(name.strip("'"), "another word")
        return f"{name}{place} is {found['got'][:60]}, where {choices} is expected"
    return "it does not have the form of an attempt"


def _place(at: str | None) -> tuple[str, str]:
    """A path of the decoder, such as $.steps[3].turn, as the field's name and where that is, in words."""
    if at is None or at == "$":
        return "the record", ""
    if found := _STEP.match(at):
        number = f" {int(found['step']) + 1}" if found["step"] else ""
        return (f"'{found['field']}'", f" in step{number}") if found["field"] else (f"step{number}", "")
    return f"'{at.removeprefix('$.')}'", ""
