"""The plain tree of a scenario file (texts, lists, mappings) and the table of where each part of it stands."""

import re
from collections.abc import Mapping
from typing import Literal

import msgspec

from alliance_trainer.core.findings import Part
from alliance_trainer.scenario_files.diagnostics import Diagnostic
from alliance_trainer.scenario_files.source import Source, make_source

Tree = str | list["Tree"] | dict[str, "Tree"]
Path = tuple[str, ...]
Style = Literal["plain", "single", "double", "block", "list", "mapping"]

# Compiled at their first use (`re` keeps them): only a finding inside a text needs them.
_PROPERTIES = r"(?:[&!]\S*\s+)*"  # an anchor or a tag in front of a text: refused, but skipped here
_ESCAPE = r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)"


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of a file: lines and columns from 1, columns in characters, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where one node stands, in character offsets: its key (None in a list and at the root) and its value."""

    key: tuple[int, int] | None
    value: tuple[int, int]
    style: Style


class Positions(msgspec.Struct, frozen=True, kw_only=True):
    """Where everything in a file stands, by path.

    A path is a tuple of keys from the root; items of lists are named by their index as text, e.g.
    ("turns", "slip", "patient", "1", "shows"). The root is ().
    """

    source: Source
    places: Mapping[Path, Place]

    def __contains__(self, path: Path) -> bool:
        return path in self.places

    def key(self, path: Path) -> Span | None:
        """The span of the key at a path; None where there is no such path or no key."""
        place = self.places.get(path)
        return self._span(place.key) if place and place.key else None

    def value(self, path: Path) -> Span | None:
        """The span of the whole value at a path; None where there is no such path."""
        place = self.places.get(path)
        return self._span(place.value) if place else None

    def style(self, path: Path) -> Style | None:
        """How the value at a path was written: plain, in quotes, as a block, or as a list or mapping."""
        place = self.places.get(path)
        return place.style if place else None

    def inside(self, path: Path, offset: int) -> Span | None:
        """The one character `offset` characters (from 0) into a text that was written on one line.

        None where the text goes over several lines or is not there. Quotes and escapes are counted as
        they were written, so the span points at what the author sees. An offset past the end points
        behind the last character.
        """
        place = self.places.get(path)
        if place is None or place.style not in ("plain", "single", "double"):
            return None
        start, end = place.value
        start += _length(_PROPERTIES, self.source.text[start:end])
        raw = self.source.text[start:end]
        if "\n" in raw:
            return None
        starts = _character_starts(raw, place.style)
        index = min(max(offset, 0), len(starts) - 1)
        after = starts[min(index + 1, len(starts) - 1)]
        return self._span((start + starts[index], start + after))

    def nearest(self, path: Path) -> Path:
        """The path itself or its nearest ancestor that is in the file; () if there is none."""
        while path and path not in self.places:
            path = path[:-1]
        return path

    def pointer(self, path: Path, part: Part = "value", offset: int | None = None) -> Span:
        """The span that shows a problem at a path best; always one, if need be the file's first character."""
        there = self.nearest(path)
        if there == path and offset is not None and part == "value":
            inside = self.inside(path, offset)
            if inside:
                return inside
        key, value = self.key(there), self.value(there)
        if key and (there != path or part == "key" or self._is_below_its_key(there)):
            return key
        return self._first_line(value) if value else Span(line=1, column=1, end_line=1, end_column=1)

    def _is_below_its_key(self, path: Path) -> bool:
        """Whether a list or mapping is not all on the line of its key: pointing at it would show only a part."""
        key, value = self.key(path), self.value(path)
        if key is None or value is None or self.style(path) not in ("list", "mapping"):
            return False
        return value.end_line != key.line

    def _first_line(self, span: Span) -> Span:
        if span.line == span.end_line:
            return span
        end = len(self.source.line(span.line)) + 1
        return Span(line=span.line, column=span.column, end_line=span.line, end_column=end)

    def _span(self, offsets: tuple[int, int]) -> Span:
        line, column = self.source.position(offsets[0])
        end_line, end_column = self.source.position(offsets[1])
        return Span(line=line, column=column, end_line=end_line, end_column=end_column)


class Parsed(msgspec.Struct, frozen=True, kw_only=True):
    """The YAML half of reading a scenario file.

    `tree` is a mapping of texts, lists and mappings, or None where the file could not be read to its end or
    is no mapping. A tree may come with errors: then the parts that were refused are left out or stand as
    they were written, and the rest can still be checked.
    """

    tree: Tree | None
    positions: Positions
    diagnostics: tuple[Diagnostic, ...]


def no_positions(file: str) -> Positions:
    """The positions of a file of which nothing could be read."""
    return Positions(source=make_source(file, ""), places={})


def _length(pattern: str, text: str) -> int:
    """How long the match at the start of a text is; 0 where there is none."""
    found = re.match(pattern, text)
    return found.end() if found else 0


def _character_starts(raw: str, style: Style) -> list[int]:
    """Where each character of a one-line text begins in its written form, and where the last one ends."""
    if style == "plain":
        return list(range(len(raw) + 1))
    starts = []
    index, end = 1, max(len(raw) - 1, 1)
    while index < end:
        starts.append(index)
        index += _width(raw, index, style)
    return [*starts, end]


def _width(raw: str, index: int, style: Style) -> int:
    if style == "single":
        return 2 if raw.startswith("''", index) else 1
    return _length(_ESCAPE, raw[index : index + 10]) or 1
