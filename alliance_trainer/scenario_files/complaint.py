"""A complaint of the parser with the lines around it, and the advice that answers it."""

import msgspec
from msgspec import field

from alliance_trainer.scenario_files.characters import excerpt
from alliance_trainer.scenario_files.diagnostics import Problem
from alliance_trainer.scenario_files.events import Stuck
from alliance_trainer.scenario_files.source import Source
from alliance_trainer.scenario_files.tree import Path


class Advice(msgspec.Struct, frozen=True, kw_only=True):
    """What to tell the author, and what to blot out so that the rest can be read.

    `blots` maps character offsets to the character to put there; empty where reading must stop.
    `keeps_tree` is False where a blot takes away more than a mark inside a text. `more` are problems of the
    same kind on other lines.
    """

    problem: Problem
    more: tuple[Problem, ...] = ()
    blots: dict[int, str] = field(default_factory=dict)
    keeps_tree: bool = True


class Complaint(msgspec.Struct, frozen=True, kw_only=True):
    """Where and why the parser is stuck.

    `path` is the list or mapping that was being read; `last` the offsets of the last complete text or
    bracketed list before the trouble, if there is one; `opened` is the innermost bracket that is still open.
    """

    stuck: Stuck
    source: Source
    path: Path
    last: tuple[int, int] | None
    opened: int | None = None

    @property
    def index(self) -> int:
        """Offset of the trouble, inside the text."""
        return min(max(self.stuck.index, 0), len(self.source.text))

    @property
    def origin(self) -> int:
        """Offset of what was being read when the trouble came; the trouble's own where none is known."""
        return self.index if self.stuck.context_index is None else self.stuck.context_index

    @property
    def number(self) -> int:
        """The line of the trouble, from 1."""
        return self.source.position(self.index)[0]

    @property
    def line(self) -> str:
        """The line of the trouble as it is parsed."""
        return self.source.parsed_line(self.number)

    @property
    def before(self) -> str:
        """The line up to the trouble."""
        return self.source.text[self.source.starts[self.number - 1] : self.index]

    @property
    def character(self) -> str:
        """The character at the trouble; empty at the end of the file."""
        return self.source.text[self.index : self.index + 1]

    @property
    def line_start(self) -> int:
        """Offset of the first character of the line of the trouble."""
        return self.source.starts[self.number - 1]

    def line_above(self, number: int) -> int:
        """The nearest line above the given one that has more than a comment; 0 if there is none."""
        number -= 1
        while number > 0 and self.source.parsed_line(number).lstrip(" \t")[:1] in ("", "#"):
            number -= 1
        return number

    def problem(self, code: str, span: tuple[int, int], message: str, hint: str) -> Problem:
        """A problem at the place being read; the span is offsets, clamped to at least the start."""
        return Problem(code=code, start=span[0], end=max(span), message=message, hint=hint, path=self.path)


def indentation(line: str) -> int:
    """How many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def in_quotes(text: str) -> str:
    """A text as it can be written in YAML with quotes around it, shortened."""
    text = excerpt(text)
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"
