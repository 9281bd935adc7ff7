"""The families of journals, attempts, branches and drills: where each lies, and which kinds of records it may hold.

Lines, chain, checksums and the record that ends a journal are the same for all.
"""

from typing import Any

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

    `header` is what the first record is, and no other; `kinds` the union of all types.
    """

    folder: str
    noun: str
    version: int
    header: Any  # a type, or a union of types
    kinds: Any  # msgspec takes a union, which its type stub has no name for

    def read(self, data: object) -> AnyEvent:
        """The event that plain data holds. Raises ValueError, whose text says what is wrong with which field."""
        event: AnyEvent = msgspec.convert(data, self.kinds)
        return event


def id_of(first: AnyFirst) -> str:
    """The id that a journal's first record gives it: the name of its file."""
    match first:
        case Header(attempt=name) | Branch(branch=name) | DrillHeader(drill=name):
            return name


ATTEMPTS = Family(folder="attempts", noun="attempt", version=events.FORMAT, header=events.Header, kinds=events.Event)
BRANCHES = Family(
    folder="branches", noun="branch", version=events.FORMAT, header=events.Branch, kinds=events.BranchEvent
)
DRILLS = Family(
    folder="drills", noun="drill", version=drill_events.FORMAT, header=drill_events.DrillHeader, kinds=DrillEvent
)
FAMILIES = (ATTEMPTS, BRANCHES, DRILLS)
