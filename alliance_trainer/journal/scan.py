"""Bytes of a journal to what they are: clean, torn at the end, damaged, or newer; always with what is good."""

import msgspec

from alliance_trainer.journal import record
from alliance_trainer.journal.events import End, Felt
from alliance_trainer.journal.families import ATTEMPTS, AnyEvent, Family
from alliance_trainer.journal.record import GENESIS, BadLineError, Record

Records = tuple[Record, ...]


class Clean(msgspec.Struct, frozen=True, kw_only=True):
    """Every byte belongs to a record that verifies; `length` is the number of bytes."""

    records: Records
    length: int


class TornTail(msgspec.Struct, frozen=True, kw_only=True):
    """A write was cut off: the bytes from `offset` have no line end, or are NUL to the end of the file.

    `whole` is the record, if the fragment lacks nothing but its line end. An empty file is torn at 0.
    """

    records: Records
    offset: int
    fragment: bytes
    whole: Record | None


class Damaged(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes that no cut-off explains: `line` counts from 1, `byte` from 0 in the file."""

    records: Records
    line: int
    byte: int
    reason: str


class NewerFormat(msgspec.Struct, frozen=True, kw_only=True):
    """A journal of a later version of the program: not read any further, never changed."""

    records: Records
    version: int
    app: str


Scanned = Clean | TornTail | Damaged | NewerFormat


def scan(data: bytes, family: Family = ATTEMPTS) -> Scanned:
    """What a journal's bytes are. Never raises; linear in their number."""
    newer = _newer(data, family)
    if newer is not None:
        return newer
    *lines, tail = data.split(b"\n")
    records: list[Record] = []
    offset = 0
    for number, line in enumerate(lines, start=1):
        try:
            records.append(_next(records, line, family))
        except BadLineError as bad:
            return _damaged(tuple(records), number, offset, bad)
        offset += len(line) + 1
    if tail or not records:
        return _tail(tuple(records), offset, tail, family)
    return Clean(records=tuple(records), length=len(data))


def is_finished(records: Records) -> bool:
    """Whether the attempt was played to its end: only an `end` record says so."""
    return _end(records) is not None


def _end(records: Records) -> Record | None:
    """The record that ends an attempt: the last one, or the last but one where it was told how hard it was."""
    return next((record for record in records[-2:] if isinstance(record.event, End)), None)


def describe(scanned: Scanned) -> str:
    """What was found, as the end of a sentence that begins with the file's name."""
    match scanned:
        case Clean(records=records):
            return "is finished" if is_finished(records) else "is sound and not finished"
        case TornTail(records=(), whole=None):
            return "was cut off before anything was recorded in it"
        case TornTail(whole=None, offset=offset, fragment=fragment):
            return f"was cut off while a record was written ({len(fragment)} bytes at byte {offset})"
        case TornTail(offset=offset, fragment=fragment):
            return f"was cut off at the end of its last record (byte {offset + len(fragment)})"
        case Damaged(line=line, byte=byte, reason=reason):
            return f"is damaged at line {line}, byte {byte}: {reason}"
        case NewerFormat(version=version, app=app):
            return f"was written by version {app} of this program (journal format {version})"


def _newer(data: bytes, family: Family) -> NewerFormat | None:
    # All formats, now and later, begin with a line that is spelt and summed like this one's, and names its version.
    line, found, _ = data.partition(b"\n")
    if not found or b'"v":' not in line:
        return None
    try:
        header, _ = record.verify(line)
    except BadLineError:
        return None
    version, app = header.get("v"), header.get("app")
    if type(version) is not int or version <= family.version:
        return None
    return NewerFormat(records=(), version=version, app=app if isinstance(app, str) else "unknown")


def _next(records: list[Record], line: bytes, family: Family) -> Record:
    found = record.read(line, family)
    before = records[-1] if records else None
    if found.seq != len(records) or found.prev != (before.sum if before else GENESIS):
        raise BadLineError("the line does not follow the one before it: lines are missing, repeated or moved")
    if isinstance(found.event, family.header) != (before is None):
        raise BadLineError("the header must be the first line, and only the first")
    if before is not None and (reason := out_of_order(before.event, found.event)) is not None:
        raise BadLineError(reason)
    if isinstance(found.event, End) and (found.event.count, found.event.head) != (found.seq, found.prev):
        raise BadLineError("the end does not count the lines before it")
    return found


def out_of_order(last: AnyEvent, event: AnyEvent) -> str | None:
    """Why an event cannot stand behind another one; None if it can.

    Nothing follows the end but, once, how hard the scenario was found; and that stands nowhere else.
    """
    match last, event:
        case End(), Felt():
            return None
        case ((End() | Felt()), _):
            return "there is a line after the end"
        case _, Felt():
            return "how hard it was can be told only after the end"
        case _:
            return None


def _damaged(records: Records, number: int, offset: int, bad: BadLineError) -> Damaged:
    return Damaged(records=records, line=number, byte=offset + bad.byte, reason=bad.reason)


def _tail(records: Records, offset: int, fragment: bytes, family: Family) -> Scanned:
    body = fragment.rstrip(b"\0")
    whole = None
    try:
        whole = _next(list(records), body, family)
    except BadLineError as bad:
        # A write that was cut off leaves the beginning of a record: never a whole one and something else.
        complete = record.whole_prefix(body)
        if complete is not None:
            reason = "something else stands where the line should end" if complete < len(body) else bad.reason
            byte = offset + (complete if complete < len(body) else bad.byte)
            return Damaged(records=records, line=len(records) + 1, byte=byte, reason=reason)
    return TornTail(records=records, offset=offset, fragment=fragment, whole=whole)
