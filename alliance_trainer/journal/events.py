"""What a journal can say: one type for each kind of record, checked strictly when read."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from alliance_trainer.core.attempt import Mode, NoticeAnswer

FORMAT = 1
"""The journal format that this version writes; a header with a greater `v` is left alone."""

NoticeTime = Literal["before", "after", "off"]

Id = Annotated[str, Meta(pattern=r"\A[a-z][a-z0-9-]{0,63}\Z")]
AttemptId = Annotated[str, Meta(pattern=r"\A[a-z2-7]{26}\Z")]
Sha256 = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
Checksum = Annotated[str, Meta(pattern=r"\A[0-9a-f]{16}\Z")]
Moment = Annotated[str, Meta(pattern=r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\Z")]
Milliseconds = Annotated[int, Meta(ge=0, le=2**53)]
Name = Annotated[str, Meta(min_length=1, max_length=200)]


class _Event(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, tag_field="kind"
):
    """What all kinds share: strict about extra fields, absent rather than null, told apart by `kind`."""


class ScenarioRef(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which scenario was played: its id and the hashes of its content (see core.identity)."""

    id: Id
    sha256: Sha256
    graph: Sha256
    text: Sha256
    key: Sha256


class Header(_Event, frozen=True, kw_only=True, tag="header"):
    """The first record: `v` is FORMAT and `app` the program's version when it is written.

    `started` is UTC, for display only: the order of things is that of the records.
    """

    v: Annotated[int, Meta(ge=1)]
    app: Name
    attempt: AttemptId
    trainee: Name
    cohort: Name | None = None
    occasion: Name | None = None
    scenario: ScenarioRef
    mode: Mode
    seed: str
    notice: NoticeTime
    started: Moment


class Shown(_Event, frozen=True, kw_only=True, tag="shown"):
    """A turn's responses appeared, in this order."""

    turn: Id
    order: tuple[Id, ...]


class Probe(_Event, frozen=True, kw_only=True, tag="probe"):
    """An answer to "what do you notice?"; `ms` milliseconds after it was asked."""

    turn: Id
    answer: NoticeAnswer
    ms: Milliseconds


class Choice(_Event, frozen=True, kw_only=True, tag="choice"):
    """A response was given; `ms` milliseconds after the responses appeared."""

    turn: Id
    response: Id
    ms: Milliseconds


class Retract(_Event, frozen=True, kw_only=True, tag="retract"):
    """An undo: `what` was taken back, and one is at `turn` again."""

    turn: Id
    what: Literal["probe", "choice"]


class Pause(_Event, frozen=True, kw_only=True, tag="pause"):
    """The trainee left."""

    at: Moment


class Resume(_Event, frozen=True, kw_only=True, tag="resume"):
    """The trainee came back."""

    at: Moment


class Note(_Event, frozen=True, kw_only=True, tag="note"):
    """A note to self."""

    turn: Id
    text: str


class End(_Event, frozen=True, kw_only=True, tag="end"):
    """The last record, and the only one that finishes an attempt: at an ending, or for another reason.

    `count` is the number of records before it and `head` the checksum of the last of them.
    """

    ending: Id | None = None
    reason: Name | None = None
    count: Annotated[int, Meta(ge=1)]
    head: Checksum

    def __post_init__(self) -> None:
        if (self.ending is None) == (self.reason is None):
            raise ValueError("an end has either an ending or a reason")


Event = Header | Shown | Probe | Choice | Retract | Pause | Resume | Note | End

_ANY: Any = Event  # msgspec takes a union, which its type stub has no name for


def moment(when: datetime) -> str:
    """A time as the journal stores it, in UTC to the second: 2026-11-02T09:14:00Z.

    Raises ValueError for a time without a zone.
    """
    if when.tzinfo is None:
        raise ValueError("a time without its zone cannot be stored")
    return when.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def kind(event: Event) -> str:
    """The word that names the kind of an event in the journal."""
    return str(event.__struct_config__.tag)


def plain(event: Event) -> dict[str, object]:
    """The event as plain data, its kind included; lone surrogates become U+FFFD."""
    return {name: _readable(value) for name, value in msgspec.to_builtins(event).items()}


def _readable(value: object) -> object:
    # A terminal with a broken encoding can hand over half a character: no other program could read it back.
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value


def read(data: object) -> Event:
    """The event that plain data holds. Raises ValueError, whose text says what is wrong with which field."""
    event: Event = msgspec.convert(data, _ANY)
    return event
