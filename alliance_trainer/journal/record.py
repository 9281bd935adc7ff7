"""One line of a journal: how a record is written, chained to the one before it, and read back strictly.

A line is a JSON object on one line of ASCII, keys sorted, no spaces: the fields of the event, and `seq` (its
number, from 0), `prev` (the checksum of the record before it) and `sum` (its own checksum).
"""

import hashlib
import json

import msgspec

from alliance_trainer.journal import events
from alliance_trainer.journal.families import ATTEMPTS, AnyEvent, Family

GENESIS = "0" * 16
"""What stands for the checksum of the record before the first."""

_SUM_DIGITS = 16
_ENCODER = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One record: its number from 0, the checksum before it, what happened, and its own checksum."""

    seq: int
    prev: str
    event: AnyEvent
    sum: str


class BadLineError(Exception):
    """A line that is not a record as this program writes them; `byte` counts from 0 within the line."""

    def __init__(self, reason: str, byte: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.byte = byte


def checksum(data: dict[str, object]) -> str:
    """The first 16 hex digits of SHA-256 over the line without its `sum`."""
    return hashlib.sha256(_ENCODER.encode(data).encode("ascii")).hexdigest()[:_SUM_DIGITS]


def write(event: AnyEvent, *, seq: int, prev: str, family: Family = ATTEMPTS) -> tuple[Record, bytes]:
    """A record and its line, line feed included. Raises ValueError for what the journal does not allow."""
    data = events.plain(event)
    stored = family.read(data)
    data |= {"seq": seq, "prev": prev}
    total = checksum(data)
    line = _ENCODER.encode(data | {"sum": total}).encode("ascii") + b"\n"
    return Record(seq=seq, prev=prev, event=stored, sum=total), line


def verify(line: bytes) -> tuple[dict[str, object], str]:
    """The fields and the checksum of a line (without its line feed), of any format, once both are right.

    Raises BadLineError.
    """
    data = _object(line)
    respelt = _respell(data)
    if respelt != line:
        raise BadLineError("the line is not spelt as this program spells it", _first_difference(line, respelt))
    total = data.pop("sum", None)
    if not isinstance(total, str) or total != checksum(data):
        raise BadLineError("the line does not match its own checksum")
    return data, total


def read(line: bytes, family: Family = ATTEMPTS) -> Record:
    """The record on a line (without its line feed), in the format of this version. Raises BadLineError."""
    data, total = verify(line)
    seq, prev = data.pop("seq", None), data.pop("prev", None)
    if type(seq) is not int or type(prev) is not str:
        raise BadLineError("the line lacks its number or its link to the line before it")
    try:
        event = family.read(data)
    except ValueError as error:
        raise BadLineError(f"the line is no record that this program knows ({error})") from None
    return Record(seq=seq, prev=prev, event=event, sum=total)


def whole_prefix(line: bytes) -> int | None:
    """How many bytes at the start of a line form a record that verifies, if something else follows it."""
    try:
        _, length = json.JSONDecoder().raw_decode(line.decode("ascii", "replace"))
        verify(line[:length])
    except (BadLineError, ValueError, RecursionError):
        return None
    return length


def _object(line: bytes) -> dict[str, object]:
    try:
        data = json.loads(line.decode("ascii"))
    except UnicodeDecodeError as error:
        raise BadLineError("the line holds a byte that is never written", error.start) from None
    except json.JSONDecodeError as error:
        raise BadLineError("the line cannot be read", error.pos) from None
    except (ValueError, RecursionError):  # a number of thousands of digits; brackets without end
        raise BadLineError("the line cannot be read") from None
    if not isinstance(data, dict):
        raise BadLineError("the line is not a record")
    return data


def _respell(data: dict[str, object]) -> bytes:
    try:
        text = _ENCODER.encode(data)
        if "\\ud" in text:
            json.dumps(data, ensure_ascii=False).encode()  # half a character cannot be encoded
    except (ValueError, RecursionError):  # not-a-number, infinity, half a character
        raise BadLineError("the line holds a value that is never written") from None
    return text.encode("ascii")


def _first_difference(line: bytes, respelt: bytes) -> int:
    pairs = enumerate(zip(line, respelt, strict=False))
    return next((place for place, (ours, theirs) in pairs if ours != theirs), min(len(line), len(respelt)))
