"""What the journal of a drill can say: a header, then for each moment what was asked and what was answered.

A record of a moment carries its markers as they were keyed when it was asked, so that a drill can be read back
without the files that the moments came from, whatever has become of them since.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from alliance_trainer.core.attempt import NoticeAnswer
from alliance_trainer.core.vocabulary.markers import MarkerId
from alliance_trainer.core.vocabulary.moments import FeedbackWhen, FoilKind, MomentSource, Sureness
from alliance_trainer.journal.events import AttemptId, Checksum, End, Milliseconds, Moment, Name, Pause

FORMAT = 1
"""The format of drills that this version writes; a header with a greater `v` is left alone."""

ItemId = Annotated[str, Meta(pattern=r"\A[a-z][a-z0-9-]{0,63}/[a-z][a-z0-9-]{0,63}\Z")]
"""File and moment, or scenario and turn."""


class _Event(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, tag_field="kind"
):
    """What all kinds share: strict about extra fields, absent rather than null, told apart by `kind`."""


class DrillHeader(_Event, frozen=True, kw_only=True, tag="header"):
    """The first record: `v` is FORMAT and `app` the program's version when it is written; `started` is UTC."""

    v: Annotated[int, Meta(ge=1)]
    app: Name
    drill: AttemptId
    trainee: Name
    seed: str
    feedback: FeedbackWhen
    count: Annotated[int, Meta(ge=1, le=1000)]
    started: Moment


class Asked(_Event, frozen=True, kw_only=True, tag="asked"):
    """A moment appeared: which, what it is (no markers: nothing is wrong), and its content's checksum."""

    item: ItemId
    source: MomentSource
    markers: tuple[MarkerId, ...] = ()
    foil: FoilKind | None = None
    content: Checksum


class Noticed(_Event, frozen=True, kw_only=True, tag="noticed"):
    """An answer to "what is going on?"; `ms` milliseconds after it was asked."""

    item: ItemId
    answer: NoticeAnswer
    ms: Milliseconds


class Named(_Event, frozen=True, kw_only=True, tag="named"):
    """An answer to "which sign?", out of those in `order`, as they were shown."""

    item: ItemId
    marker: MarkerId
    order: tuple[MarkerId, ...]
    ms: Milliseconds


class Sure(_Event, frozen=True, kw_only=True, tag="sure"):
    """How sure the trainee was of what they noticed, in percent."""

    item: ItemId
    percent: Sureness


class TakenBack(_Event, frozen=True, kw_only=True, tag="retract"):
    """An undo, before any feedback: the last answer about this moment was taken back."""

    item: ItemId
    what: Literal["noticed", "named"]


class ItemNote(_Event, frozen=True, kw_only=True, tag="note"):
    """A note to self."""

    item: ItemId
    text: str


DrillEvent = DrillHeader | Asked | Noticed | Named | Sure | TakenBack | ItemNote | Pause | End
