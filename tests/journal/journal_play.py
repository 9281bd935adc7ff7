"""A 12-turn attempt as events: probes, choices, undos, own words, a hint, a note, pauses and an end."""

import json

from alliance_trainer.journal.events import (
    FORMAT,
    Choice,
    End,
    Event,
    Header,
    Hint,
    Note,
    Pause,
    Probe,
    Reason,
    Resume,
    Retract,
    Said,
    ScenarioRef,
    Shown,
)
from alliance_trainer.journal.record import GENESIS, Record, checksum, write
from alliance_trainer.journal.scan import Records

ATTEMPT = "k7q2m4aaaaaaaaaaaaaaaaaaaa"
TURNS = [
    "opening",
    "slip",
    "it-is-fine",
    "the-diary",
    "quiet",
    "back-again",
    "cancelled",
    "the-clock",
    "both-hurt",
    "mending",
    "a-plan",
    "goodbye",
]
ANSWERS = ("withdrawal", "none", "mixed", "confrontation")


def header(**changes: object) -> Header:
    fields: dict[str, object] = {
        "v": FORMAT,
        "app": "0.1.0",
        "attempt": ATTEMPT,
        "trainee": "wren-27",
        "scenario": ScenarioRef(id="its-fine", sha256="a" * 64, graph="b" * 64, text="c" * 64, key="d" * 64),
        "mode": "practice",
        "seed": "7",
        "notice": "before",
        "started": "2026-11-02T09:14:00Z",
    }
    return Header(**(fields | changes))  # type: ignore[arg-type]


def _turn(number: int, turn: str) -> list[Event]:
    order = (f"{turn}-b", f"{turn}-a", f"{turn}-c")
    said: list[Event] = [Said(turn=turn, text="“You went quiet”, I think.", ms=900)] if number == 1 else []
    reason: list[Event] = [Reason(turn=turn, text="It left room.")] if number == 1 else []
    hint: list[Event] = [Hint(turn=turn)] if number == 3 else []
    return [
        *hint,
        Probe(turn=turn, answer=ANSWERS[number % 4], ms=4000 + number),  # type: ignore[arg-type]
        *said,
        Shown(turn=turn, order=order),
        Choice(turn=turn, response=order[number % 3], ms=8000 + number),
        *reason,
    ]


def script() -> list[Event]:
    """What follows the header, without the end."""
    events: list[Event] = []
    for number, turn in enumerate(TURNS):
        events += _turn(number, turn)
        if number == 2:
            events += [Retract(turn=turn, what="choice"), Choice(turn=turn, response=f"{turn}-a", ms=900)]
        if number == 4:
            events.append(Note(turn=turn, text="She looked away — ask “what happened?”\nNext week."))
        if number == 6:
            events += [Pause(at="2026-11-02T09:30:00Z"), Resume(at="2026-11-03T18:00:05Z")]
        if number == 8:
            events.insert(-1, Retract(turn=turn, what="probe"))
            events.insert(-1, Probe(turn=turn, answer="none", ms=10))
    return events


def chained(first: Header, events: list[Event], *, ending: str | None = "worked-on") -> tuple[Records, bytes]:
    """Records and bytes of a journal as the writer would make it; an `ending` of None leaves it unfinished."""
    records: list[Record] = []
    lines = b""

    def add(event: Event) -> None:
        nonlocal lines
        record, line = write(event, seq=len(records), prev=records[-1].sum if records else GENESIS)
        records.append(record)
        lines += line

    for event in (first, *events):
        add(event)
    if ending is not None:
        add(End(ending=ending, count=len(records), head=records[-1].sum))
    return tuple(records), lines


def forged(data: dict[str, object], seq: int, prev: str) -> bytes:
    """A line with a right checksum and any fields: what a person who recomputes the chain could write."""
    data = data | {"seq": seq, "prev": prev}
    line = json.dumps(data | {"sum": checksum(data)}, sort_keys=True, separators=(",", ":"))
    return line.encode() + b"\n"


RECORDS, DATA = chained(header(), script())
"""The whole attempt: what an undisturbed play leaves."""
