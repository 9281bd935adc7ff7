"""The short way through a sound file: the tree and its marks straight from the events, everything looked at once.

It knows no problems. At the first thing that is out of the ordinary it gives up, and the file is read again on the
careful way, which says what is wrong. So it may refuse too much, which costs time, but must never let pass what the
careful way would report; the tests hold the two to each other.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import islice
from operator import sub
from typing import Any

import yaml

from alliance_trainer.scenario_files.events import FASTEST, PARSER_ERRORS, no_garbage_collection
from alliance_trainer.scenario_files.limits import DEEPEST, LONGEST_TEXT, MOST_BYTES, MOST_NODES
from alliance_trainer.scenario_files.marks import Marks
from alliance_trainer.scenario_files.tree import Tree

_Event = Any  # any type of the parser's: its stubs do not know that marks are always there
_PLAIN_BYTES = bytes((*b"\n\r", *range(0x20, 0x7F)))
# Letters that print and yet show nothing: fillers and joiners. The careful way has the whole list of what is refused.
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_FIRST_UNSEEN_PLANE = "\U000e0000"
# Quotes, dashes and a bullet that a word processor puts at the start of a text, and colons of other scripts.
_ODD_BEGINNINGS = frozenset(
    "\u201c\u201d\u201e\u00ab\u2018\u2019\u201a\u2010\u2011\u2012\u2013\u2014\u2015\u2022\u2212"
)
_ODD_COLONS = frozenset("\u2236\ufe55\uff1a")
_LONGEST_GAP = " " * 150  # what begins a line is only looked for so far back on the careful way
# Each begins with a sign of its own, since the search for one letter is the fastest there is.
_ODD_ESCAPE = re.compile(r'\\[^"\\/ n\r\n]')
_TIGHT_COLON = re.compile(r":(?<=[a-z_-]:)[^\s/:,]")
_TIGHT_DASH = re.compile("\n *-(?:[^\\W\\d_]|[\"'\u201c\u2018])")
_LONE_QUESTION_MARK = re.compile(r"\?(?<!\w\?)")
_COMMENT = re.compile(r"#(?<= #)")
_ENTRY_BELOW = re.compile(r"\n *- ")
_SILENCE_WITHOUT_COLON = r"[-{\[,] *silence +[0-9]"
_COLON_WITHOUT_SPACE = r"(?:\n *|- |[{\[,] ?)[a-z][a-z_-]{0,40}:[^\s/:,]"  # seldom needed, so compiled when it is


class Unusual(Exception):  # noqa: N818  # no error: the file may be sound, only not plain enough for the short way
    """Something that the careful way has to look at."""


def plain_text(data: bytes) -> str | None:
    """The text of a file in which no single character or sequence is out of the ordinary; None for all others."""
    if len(data) > MOST_BYTES or data.count(b"\r") != data.count(b"\r\n"):
        return None
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode()
        others = data.translate(None, _PLAIN_BYTES).decode()
    except UnicodeDecodeError:
        return None
    return text if can_be_seen(others) and _ODD_COLONS.isdisjoint(others) and not _looks_odd(text) else None


def can_be_seen(letters: str) -> bool:
    """Whether all of these characters are letters or signs that print. Odd spaces do not."""
    return letters.isprintable() and max(letters, default="") < _FIRST_UNSEEN_PLANE and _UNSEEN.isdisjoint(letters)


def _looks_odd(text: str) -> bool:
    """Whether something in the text looks like what `texts` and `refusals` report: a slip, a directive, a merge key."""
    lines = f"\n{text}"
    return (
        "\n%" in lines
        or "<<" in text
        or _LONGEST_GAP in text
        or ("\\" in text and _ODD_ESCAPE.search(text) is not None)
        or _TIGHT_DASH.search(lines) is not None
        or ("silence " in text and re.search(_SILENCE_WITHOUT_COLON, text) is not None)
        or (_TIGHT_COLON.search(text) is not None and re.search(_COLON_WITHOUT_SPACE, lines) is not None)
    )


def compose_quickly(text: str) -> tuple[dict[str, Tree], Marks] | None:
    """The tree of a text that `plain_text` let pass, and its marks; None where the careful way has to look."""
    loader = None
    try:
        loader = FASTEST(text)
        reader = _Reader(islice(iter(loader.get_event, None), 2 * MOST_NODES + 4))
        with no_garbage_collection():
            tree = reader.document()
        return tree, reader.marks(text)
    except (*PARSER_ERRORS, StopIteration, Unusual):  # StopIteration: more events than any file may have
        return None
    finally:
        if loader is not None:
            loader.dispose()


def _may_be_cut(text: str, starts: list[int], ends: list[int]) -> bool:
    """Whether a comment may cut off a text without quotes that was meant to go on."""
    for sign in _COMMENT.finditer(text):
        at = sign.start()
        node = bisect_right(starts, at) - 1
        # A gap is short, as `_looks_odd` has seen to; a line end in it begins a comment on a line of its own.
        if node < 0 or not 0 < at - ends[node] < len(_LONGEST_GAP) or text[ends[node] : at].strip(" "):
            continue
        if starts[node] == ends[node] or text[starts[node]] in "'\"|>[{":
            continue
        from alliance_trainer.scenario_files.comments import may_cut  # few files have a comment at such a place

        if may_cut(text, starts, ends, node, at):
            return True
    return False


class _Reader:
    """Goes down into lists and mappings by itself: no stack, no paths. Raises Unusual."""

    def __init__(self, events: Iterator[_Event]) -> None:
        self._take: Callable[[], _Event] = events.__next__
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._closes: list[int] = []
        self._with_dashes: list[int] = []  # the numbers of the texts that may have swallowed entries of a list

    def document(self) -> dict[str, Tree]:
        """The one document, a mapping, from the start of the stream to its end."""
        take = self._take
        take()
        take()
        first = take()
        if type(first) is not yaml.MappingStartEvent:
            raise Unusual
        tree = self._mapping(first, 1)
        take()
        if type(take()) is not yaml.StreamEndEvent:
            raise Unusual  # a second document
        return tree

    def marks(self, text: str) -> Marks:
        """Where everything stands. Raises Unusual where that shows something that the careful way has to look at."""
        starts, ends = self._starts, self._ends
        if len(starts) > MOST_NODES or max(map(sub, ends, starts)) > LONGEST_TEXT:
            raise Unusual
        for sign in _LONE_QUESTION_MARK.finditer(text):
            at = sign.start()
            node = bisect_right(starts, at) - 1
            if node < 0 or at >= ends[node] or ends[node] - starts[node] == 1:
                raise Unusual  # not in a text: in a comment, or the mark of a name, with which a pair can begin
        if _may_be_cut(text, starts, ends):
            raise Unusual
        if not (text.isascii() or _ODD_BEGINNINGS.isdisjoint([text[at : at + 1] for at in starts])):
            raise Unusual
        if any(_ENTRY_BELOW.search(text, starts[node], ends[node]) for node in self._with_dashes):
            raise Unusual
        return Marks(text=text, starts=array("i", starts), ends=array("i", ends), closes=array("i", self._closes))

    def _node(self, event: _Event, depth: int) -> Tree:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            return self._text(event)
        if depth >= DEEPEST:
            raise Unusual
        if kind is yaml.MappingStartEvent:
            return self._mapping(event, depth + 1)
        if kind is yaml.SequenceStartEvent:
            return self._list(event, depth + 1)
        raise Unusual  # an alias

    def _text(self, event: _Event) -> str:
        if event.anchor is not None or event.tag is not None:
            raise Unusual
        self._starts.append(event.start_mark.index)
        self._ends.append(event.end_mark.index)
        value: str = event.value
        if "- " in value:
            self._with_dashes.append(len(self._starts) - 1)
        return value

    def _mapping(self, event: _Event, depth: int) -> dict[str, Tree]:
        flow = self._open(event)
        take, node, text, scalar = self._take, self._node, self._text, yaml.ScalarEvent
        found: dict[str, Tree] = {}
        while type(event := take()) is scalar:
            key = text(event)
            if key in found or not key.strip():
                raise Unusual
            event = take()
            found[key] = text(event) if type(event) is scalar else node(event, depth)
        self._close(event, yaml.MappingEndEvent, flow)
        return found

    def _list(self, event: _Event, depth: int) -> list[Tree]:
        flow = self._open(event)
        take, node, end = self._take, self._node, yaml.SequenceEndEvent
        found: list[Tree] = []
        while type(event := take()) is not end:
            found.append(node(event, depth))
        self._close(event, end, flow)
        return found

    def _open(self, event: _Event) -> bool:
        if event.anchor is not None or event.tag is not None:
            raise Unusual
        self._starts.append(event.start_mark.index)
        self._ends.append(event.end_mark.index)
        flow: bool = event.flow_style
        return flow

    def _close(self, event: _Event, kind: Any, flow: bool) -> None:
        if type(event) is not kind:
            raise Unusual  # a list, a mapping or an alias where a name is due
        self._closes.append(event.end_mark.index if flow else 0)
