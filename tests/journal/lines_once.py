"""For checks that go through one attempt thousands of times: each of its lines is worked out once."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alliance_trainer.journal import record
from alliance_trainer.journal.families import ATTEMPTS, FAMILIES, Family
from alliance_trainer.journal.record import Record


@contextmanager
def each_line_once() -> Iterator[None]:
    """The same line is read, and the same event written at the same place, as the first time. Also a decorator.

    A line says the same wherever it is met, so this changes nothing but the time: at the end everything is worked out
    once more and compared. What is refused is refused anew each time.
    """
    read, write = record.read, record.write
    lines: dict[tuple[str, bytes], Record] = {}
    written: dict[tuple[Any, int, str, str], tuple[Record, bytes]] = {}

    def read_once(line: bytes, family: Family = ATTEMPTS) -> Record:
        found = lines.get((family.noun, line))
        if found is None:
            found = lines[family.noun, line] = read(line, family)
        return found

    def write_once(event: Any, *, seq: int, prev: str, family: Family = ATTEMPTS) -> tuple[Record, bytes]:
        found = written.get((event, seq, prev, family.noun))
        if found is None:
            found = written[event, seq, prev, family.noun] = write(event, seq=seq, prev=prev, family=family)
        return found

    record.read, record.write = read_once, write_once
    try:
        yield
    finally:
        record.read, record.write = read, write
    families = {family.noun: family for family in FAMILIES}
    assert all(read(line, families[noun]) == found for (noun, line), found in lines.items())
    for (event, seq, prev, noun), found in written.items():
        assert write(event, seq=seq, prev=prev, family=families[noun]) == found
