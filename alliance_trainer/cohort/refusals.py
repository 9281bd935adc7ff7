"""Why a record was not scored, as an entry for the list of those."""

import re

from alliance_trainer.cohort.result import NotScored, Refusal
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.journal.attempt_files import BadRecord

_STEP = re.compile(r"step (\d+): ")


def of_record(name: str, record: BadRecord) -> NotScored:
    """A record that cannot be read, in the file of this name."""
    return NotScored(
        file=name,
        line=record.line,
        kind="unreadable",
        reason=record.reason,
        attempt=record.attempt and writable(record.attempt),
    )


def of_attempt(name: str, line: int | None, attempt: Attempt, kind: Refusal, reason: str) -> NotScored:
    """An attempt in the file of this name that was read and not scored."""
    step = _STEP.match(reason) if kind == "illegal" else None
    return NotScored(
        file=name,
        line=line,
        kind=kind,
        reason=writable(reason),
        step=int(step[1]) if step else None,
        attempt=attempt.attempt,
        record=facts_of(attempt),
    )


def again(first: str, line: int, *, repeated: bool) -> tuple[Refusal, str]:
    """What it means that an attempt's id was there before, on a line of the file `first` (0: a journal)."""
    place = f"{first}, line {line}" if line else first
    if repeated:
        return "repeated", f"it is the same attempt as in {place}, and was counted there"
    return "conflict", f"its id is that of the attempt in {place}, which differs from it; only that was scored"


def facts_of(attempt: Attempt) -> Attempt:
    """The attempt without its steps."""
    fields = {name: getattr(attempt, name) for name in Attempt.__struct_fields__ if name != "steps"}
    return Attempt(**fields, steps=())


def writable(text: str) -> str:
    """A file's name can hold bytes that are no text; they are shown as U+FFFD."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
