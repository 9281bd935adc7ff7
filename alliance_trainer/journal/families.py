"""The families of journals, attempts, branches and drills: where each lies, and which kinds of records it may hold.

Lines, chain, checksums and the record that ends a journal are the same for all.
"""

from collections.abc import Mapping
from typing import Any, get_args

import msgspec

from alliance_trainer.journal import drill_events, events
from alliance_trainer.journal.drill_events import DrillEvent, DrillHeader
from alliance_trainer.journal.events import Branch, BranchEvent, Event, First, Header

AnyEvent = Event | BranchEvent | DrillEvent
"""What a record of any family can say."""

AnyFirst = First | DrillHeader
"""What a journal of any family begins with."""


class Family(msgspec.Struct, frozen=True, kw_only=True):
    """One family: the folder it lies in, what one of it is called, the format it is written in, its kinds.

    `header` is what the first record is, and no other; `kinds` the union of all types; `types` each of them by the
    word that names its kind.
    """

    folder: str
    noun: str
    version: int
    header: Any  # a type, or a union of types
    kinds: Any  # msgspec takes a union, which its type stub has no name for
    types: dict[str, type[msgspec.Struct]]

    def read(self, data: Mapping[str, object]) -> AnyEvent:
        """The event that plain data holds. Raises ValueError, whose text says what is wrong with which field."""
        kind = data.get("kind")
        # msgspec works a union out anew at each call, ten times as long as reading one type of it takes.
        wanted = self.types.get(kind, self.kinds) if isinstance(kind, str) else self.kinds
        event: AnyEvent = msgspec.convert(data, wanted)
        return event


def id_of(first: AnyFirst) -> str:
    """The id that a journal's first record gives it: the name of its file."""
    match first:
        case Header(attempt=name) | Branch(branch=name) | DrillHeader(drill=name):
            return name


def _types(kinds: Any) -> dict[str, type[msgspec.Struct]]:
    return {str(each.__struct_config__.tag): each for each in get_args(kinds)}


ATTEMPTS = Family(
    folder="attempts",
    noun="attempt",
    version=events.FORMAT,
    header=events.Header,
    kinds=events.Event,
    types=_types(events.Event),
)
BRANCHES = Family(
    folder="branches",
    noun="branch",
    version=events.FORMAT,
    header=events.Branch,
    kinds=events.BranchEvent,
    types=_types(events.BranchEvent),
)
DRILLS = Family(
    folder="drills",
    noun="drill",
    version=drill_events.FORMAT,
    header=drill_events.DrillHeader,
    kinds=DrillEvent,
    types=_types(DrillEvent),
)
FAMILIES = (ATTEMPTS, BRANCHES, DRILLS)
