"""Warnings that comments in the file silence, and complaints about comments that silence nothing.

`# ignore AT083: reason` holds for the line that it ends or, alone on a line, for the line below; above the first
key it holds for the whole file. Only what the YAML parser takes for a comment counts: not a # inside a text.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from re import finditer, sub

import msgspec
import yaml

from alliance_trainer.core.findings import Severity
from alliance_trainer.scenario_files.comments import SILENCING
from alliance_trainer.scenario_files.diagnostics import MOST_SHOWN, Diagnostic, Problem, diagnose
from alliance_trainer.scenario_files.events import Stuck, no_garbage_collection, offsets, read_events
from alliance_trainer.scenario_files.limits import DEEPEST, MOST_NODES
from alliance_trainer.scenario_files.silencing_page import CODE
from alliance_trainer.scenario_files.source import Source


class Register(msgspec.Struct, frozen=True, kw_only=True):
    """All codes there are, and those of which this run cannot say that they are nowhere in the file."""

    known: Mapping[str, Severity]
    unsure: Collection[str] = ()


class _Order(msgspec.Struct, frozen=True, kw_only=True):
    """One code in a silencing comment, its offset, and the line that it holds for: None for the whole file."""

    code: str
    start: int
    line: int | None


def silenced(diagnostics: Sequence[Diagnostic], source: Source, register: Register) -> tuple[Diagnostic, ...]:
    """The diagnostics of one file without the silenced warnings, and with a warning for each useless order.

    Nothing is said about a code that may be in the file although it was not found: while there are errors, not
    all is looked at, and of very many diagnostics only the first are known.
    """
    orders = tuple(_orders(source))
    places = {(order.code, order.line) for order in orders}
    kept: list[Diagnostic] = []
    used: set[tuple[str, int | None]] = set()
    for one in diagnostics:
        by = places & {(one.code, one.line), (one.code, None)} if one.severity == "warning" else set()
        used |= by
        if not by:
            kept.append(one)
    is_sure = len(diagnostics) < MOST_SHOWN and all(one.severity == "warning" for one in diagnostics)
    useless = (order for order in orders if (order.code, order.line) not in used)
    return (*kept, *islice(_complaints(useless, source, register, is_sure=is_sure), MOST_SHOWN + 1))


def _complaints(
    useless: Iterable[_Order], source: Source, register: Register, *, is_sure: bool
) -> Iterator[Diagnostic]:
    for order in useless:
        words = _refused(order, register)
        if words is None and is_sure and order.code not in register.unsure:
            words = _unused(order)
        if words is not None:
            end = order.start + len(order.code)
            problem = Problem(code=CODE, start=order.start, end=end, message=words[0], hint=words[1])
            yield diagnose(problem, "warning", source)


def _refused(order: _Order, register: Register) -> tuple[str, str] | None:
    """Message and hint for a code that no comment could silence."""
    severity = register.known.get(order.code)
    if severity is None:
        meant = f"AT{sub('[^0-9]', '', order.code)[-3:].zfill(3)}"
        is_near = order.code.startswith("AT") and meant in register.known
        hint = f"Did you mean {meant}?" if is_near else "All of them: alliance-trainer explain all"
        return f"There is no code {order.code[:20]}.", hint
    if severity == "error":
        return f"{order.code} is an error, and errors cannot be silenced.", "Delete the code here, and mend the error."
    if order.code == CODE:
        return f"{CODE} is about comments such as this one and cannot be silenced.", "Delete this comment."
    return None


def _unused(order: _Order) -> tuple[str, str]:
    where = "in this file" if order.line is None else f"on line {order.line}"
    message = f"There is no warning {order.code} {where} that this comment could silence."
    return message, "Delete the code; or write the comment at the end of the warning's line, or alone right above it."


def _orders(source: Source) -> Iterator[_Order]:
    """Every code in every silencing comment, in the order of the file."""
    starts, ends, limit = _texts(source.text)
    first_key = starts[0] if starts else limit
    comments = [
        (source.position(at.start())[0], at)
        for at in SILENCING.finditer(source.written)
        if at.start() < limit and not _is_inside(at.start(), starts, ends)
    ]
    below = _below({line for line in {line for line, _ in comments} if _is_alone(line, source, starts, ends)})
    for line, comment in comments:
        for_file = line in below and comment.start() < first_key
        holds_for = None if for_file else below.get(line, line)
        for code in finditer("[A-Za-z0-9_]+", comment.group(1)):
            yield _Order(code=code.group().upper(), start=comment.start(1) + code.start(), line=holds_for)


def _below(alone: Collection[int]) -> dict[int, int]:
    """For each line with nothing but a silencing comment the line it holds for: several may stand above one line."""
    below: dict[int, int] = {}
    for line in sorted(alone, reverse=True):
        below[line] = below.get(line + 1, line + 1)
    return below


def _is_alone(number: int, source: Source, starts: Sequence[int], ends: Sequence[int]) -> bool:
    """Whether a line with a comment has nothing but the comment."""
    line = source.parsed_line(number)
    margin = len(line) - len(line.lstrip(" \t"))
    return line[margin : margin + 1] == "#" and not _is_inside(source.starts[number - 1] + margin, starts, ends)


def _is_inside(at: int, starts: Sequence[int], ends: Sequence[int]) -> bool:
    """Whether an offset lies in a text."""
    before = bisect_right(starts, at) - 1
    return before >= 0 and at < ends[before]


def _texts(text: str) -> tuple[list[int], list[int], int]:
    """Where the texts of a file begin and end, keys among them, and the offset from which on nothing is known.

    What is read is bounded as on the way to a scenario: hostile files end early here too.
    """
    starts: list[int] = []
    ends: list[int] = []
    depth = limit = 0
    with no_garbage_collection():
        for event in islice(read_events(text), 2 * MOST_NODES):
            if isinstance(event, Stuck):
                # A quote that is never closed makes one text of all that follows it.
                quote = event.context_index if "scalar" in event.context else None
                return starts, ends, event.index if quote is None else quote
            start, limit = offsets(event)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                break
            if isinstance(event, yaml.ScalarEvent):
                starts.append(_first_line_end(text, start, limit) if event.style in ("|", ">") else start)
                ends.append(limit)
    return starts, ends, len(text) if isinstance(event, yaml.StreamEndEvent) else limit


def _first_line_end(text: str, start: int, end: int) -> int:
    """Where the text of a block begins: behind its sign there may be a comment."""
    line_end = text.find("\n", start, end)
    return end if line_end < 0 else line_end
