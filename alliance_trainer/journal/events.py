"""What a journal can say: one type for each kind of record, checked strictly when read."""

from datetime import UTC, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from alliance_trainer.core.attempt import Mode, NoticeAnswer
from alliance_trainer.core.pitch import FeltAnswer

FORMAT = 2
"""The journal format that this version writes; a header with a greater `v` is left alone.

Format 1 has no `said`, `reason`, `hint` and `felt`, and no branches; all else is as in format 2.
"""

LONGEST_WORDS = 2000
"""So many characters may be written in one's own words, and as a reason."""

NoticeTime = Literal["before", "after", "off"]

Id = Annotated[str, Meta(pattern=r"\A[a-z][a-z0-9-]{0,63}\Z")]
AttemptId = Annotated[str, Meta(pattern=r"\A[a-z2-7]{26}\Z")]
Sha256 = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
Checksum = Annotated[str, Meta(pattern=r"\A[0-9a-f]{16}\Z")]
Moment = Annotated[str, Meta(pattern=r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\Z")]
Milliseconds = Annotated[int, Meta(ge=0, le=2**53)]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Words = Annotated[str, Meta(max_length=LONGEST_WORDS)]
Version = Annotated[int, Meta(ge=1)]


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

    `started` is UTC, for display only: the order of things is that of the records. `say_first`: own words are
    asked for before the responses appear. `hints`: whether help at the probe names two signs.
    """

    v: Version
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
    say_first: bool = False
    hints: bool = False


class Branch(_Event, frozen=True, kw_only=True, tag="branch"):
    """The first record of a branch: a turn of an attempt tried again, in practice, in a journal of its own.

    `branch` is its own id. It branches from the attempt's record with the number `at`, a choice at `turn`, whose
    checksum is `head`: all records before that one stand, what follows here comes in place of it.
    """

    v: Version
    app: Name
    branch: AttemptId
    attempt: AttemptId
    trainee: Name
    scenario: ScenarioRef
    turn: Id
    at: Annotated[int, Meta(ge=1)]
    head: Checksum
    seed: str
    notice: NoticeTime
    started: Moment
    say_first: bool = False
    hints: bool = False


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


class Said(_Event, frozen=True, kw_only=True, tag="said"):
    """What the trainee would say in their own words, before the responses appeared; `ms` after it was asked.

    An empty text: they passed over the question.
    """

    turn: Id
    text: Words
    ms: Milliseconds


class Reason(_Event, frozen=True, kw_only=True, tag="reason"):
    """Why the response just given was chosen, in the trainee's words; empty if they passed over the question."""

    turn: Id
    text: Words


class Hint(_Event, frozen=True, kw_only=True, tag="hint"):
    """The hint at the probe of this turn was looked at."""

    turn: Id


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
    """The record that finishes an attempt, and nothing else does: at an ending, or for another reason.

    `count` is the number of records before it and `head` the checksum of the last of them.
    """

    ending: Id | None = None
    reason: Name | None = None
    count: Annotated[int, Meta(ge=1)]
    head: Checksum

    def __post_init__(self) -> None:
        if (self.ending is None) == (self.reason is None):
            raise ValueError("an end has either an ending or a reason")


class Felt(_Event, frozen=True, kw_only=True, tag="felt"):
    """How hard the scenario was found: the one record that may follow the end, once."""

    answer: FeltAnswer


First = Header | Branch
"""What the journal of a play begins with."""

_Played = Shown | Said | Probe | Hint | Choice | Reason | Retract | Pause | Resume | Note | End
Event = Header | _Played | Felt
"""What a record of an attempt can say."""

BranchEvent = Branch | _Played
"""What a record of a branch can say."""


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


def plain(event: msgspec.Struct) -> dict[str, object]:
    """The event as plain data, its kind included; lone surrogates become U+FFFD."""
    return {name: _readable(value) for name, value in msgspec.to_builtins(event).items()}


def _readable(value: object) -> object:
    # A terminal with a broken encoding can hand over half a character: no other program could read it back.
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value
