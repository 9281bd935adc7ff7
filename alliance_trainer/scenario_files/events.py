"""The YAML parser's events, one by one, with every failure of the parser turned into a value.

Only the event level of PyYAML is used: its composer overflows the C stack on deep nesting, and its
constructors turn `no` into False and `010` into 8. The faster C parser is used where it is installed.
"""

import gc
from collections.abc import Generator, Iterator
from contextlib import contextmanager

import msgspec
import yaml

FASTEST: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The C parser where it is installed, else the one in Python."""

PARSER_ERRORS = (yaml.YAMLError, ValueError, OverflowError, RecursionError)
"""Everything that the parsers raise for a text; UnicodeError is a ValueError."""


class Stuck(msgspec.Struct, frozen=True, kw_only=True):
    """The place where the parser could not go on, and its words for why.

    `index` is the character offset of the trouble; `context_index` that of what was being read, if the
    parser named it. The words differ a little between the two parsers; `advice` knows both.
    """

    problem: str
    context: str
    index: int
    context_index: int | None


def read_events(text: str, loader_class: type = FASTEST) -> Generator[yaml.Event | Stuck, None, None]:
    """The events of a text; the last one is a `Stuck` where the parser gives up. Never raises for a text."""
    loader = None
    try:
        loader = loader_class(text)
        yield from iter(loader.get_event, None)  # behind the last one there is none
    except PARSER_ERRORS as error:
        yield _stuck(error)
    finally:
        if loader is not None:
            loader.dispose()


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Keep the collector off: it walks all of the growing tree again and again, at three times the cost."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def offsets(event: yaml.Event) -> tuple[int, int]:
    """Where an event begins and ends, in characters. The parsers always say; only their types do not."""
    start, end = event.start_mark, event.end_mark
    return (start.index if start else 0), (end.index if end else 0)


def _stuck(error: Exception) -> Stuck:
    if not isinstance(error, yaml.MarkedYAMLError):
        position = getattr(error, "position", 0)
        return Stuck(problem=str(error)[:200], context="", index=position, context_index=None)
    problem_mark = error.problem_mark or error.context_mark
    return Stuck(
        problem=error.problem or "",
        context=error.context or "",
        index=problem_mark.index if problem_mark else 0,
        context_index=error.context_mark.index if error.context_mark else None,
    )
