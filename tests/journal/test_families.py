"""What a family of journals reads: an event by the word that names its kind, as strictly as by all kinds together."""

from collections.abc import Iterator

import drill_play
import msgspec
import pytest
from journal_play import ATTEMPT, RECORDS

from alliance_trainer.journal import events
from alliance_trainer.journal.branches import first_record
from alliance_trainer.journal.events import Felt
from alliance_trainer.journal.families import FAMILIES, Family

BRANCH = first_record(RECORDS, 2, app="0.1.0", branch=ATTEMPT, started="2026-11-02T09:14:00Z")
EVENTS = [*(each.event for each in RECORDS), Felt(answer="right"), BRANCH, drill_play.header(), *drill_play.script()]
ONE_OF_EACH = {(type(event).__module__, type(event).__name__): event for event in EVENTS}
WRONG = (None, True, -1, 1.5, 2**70, "", "x\n", "choice", "header", "end", [], ["a"], {}, {"kind": "note"})


def changed(data: dict[str, object]) -> Iterator[dict[str, object]]:
    """The event's fields as they are, with one more, with one less, and with each of them wrong in many ways."""
    yield data
    yield data | {"more": 1}
    for name in data:
        yield {other: value for other, value in data.items() if other != name}
        yield from (data | {name: value} for value in WRONG)


def told(family: Family, data: dict[str, object], *, together: bool) -> object:
    try:
        return msgspec.convert(data, family.kinds) if together else family.read(data)
    except ValueError as error:
        return str(error)


@pytest.mark.parametrize("family", FAMILIES, ids=[family.folder for family in FAMILIES])
def test_an_event_is_read_by_its_kind_as_by_all_kinds_together(family: Family) -> None:
    answers = [
        (told(family, data, together=False), told(family, data, together=True))
        for event in ONE_OF_EACH.values()
        for data in changed(events.plain(event))
    ]
    assert [pair for pair in answers if pair[0] != pair[1] or type(pair[0]) is not type(pair[1])] == []
    assert {type(one) for one, _ in answers} >= set(family.types.values())
    assert sum(isinstance(one, str) for one, _ in answers) > 1000
