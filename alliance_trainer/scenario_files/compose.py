"""Events to a plain tree with positions, refusing everything in YAML that a scenario does not need.

Nothing here is typed: every scalar is the text that the author wrote. The limits stop the reading early, so
that no file, however hostile, costs more than its first 50,000 parts.
"""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
import yaml

from alliance_trainer.scenario_files import comments, refusals, slips, texts
from alliance_trainer.scenario_files.complaint import Advice
from alliance_trainer.scenario_files.diagnostics import Problem
from alliance_trainer.scenario_files.events import Stuck, no_garbage_collection, offsets, read_events
from alliance_trainer.scenario_files.frames import Frame
from alliance_trainer.scenario_files.limits import DEEPEST, MOST_NODES
from alliance_trainer.scenario_files.source import Source
from alliance_trainer.scenario_files.tree import Path, Place, Style, Tree

_Event = Any  # any type of the parser's: its stubs do not know that marks are always there
_MOST_PROBLEMS = 1_000  # far more than are ever shown, and few enough to keep hostile files cheap
_STYLES: dict[str | None, Style] = {"'": "single", '"': "double", "|": "block", ">": "block"}
_BLANKS = (" ", "\t")


class Composed(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one text.

    `tree` is None where the text has no content or could not be read to its end; `stuck` then says where
    the parser gave up, unless a limit ended the reading. `path` is where reading ended, `last` the offsets
    of the last complete text or bracketed list before it, `opened` that of the innermost open bracket. `slips`
    are to be repaired before anything else here is believed.
    """

    tree: Tree | None
    places: dict[Path, Place]
    problems: tuple[Problem, ...]
    slips: tuple[Advice, ...]
    stuck: Stuck | None
    path: Path
    last: tuple[int, int] | None
    opened: int | None
    nodes: int


def compose(source: Source) -> Composed:
    """The tree of a source and the problems found on the way."""
    composer = _Composer(source)
    with no_garbage_collection():
        events = read_events(source.text)
        composer.take_all(events)
        events.close()
    return composer.result()


class _Composer:
    """Takes events one after another and builds the tree; its parts are the open frames, outermost first.

    Most texts are sound, so each is first asked whether it may be otherwise at all; only then is its path made and
    looked at what is wrong. `_frame` is the innermost open frame.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self._done = False
        self._root: Tree | None = None
        self._frame: Frame | None = None
        self._frames: list[Frame] = []
        self._places: dict[Path, Place] = {}
        self._problems: list[Problem] = []
        self._slips: list[Advice] = []
        self._stuck: Stuck | None = None
        self._complete = False
        self._last: tuple[int, int] | None = None
        self._end = 0
        self._behind = 0  # like `_end`, but in front of the question mark of a pair
        self._nodes = 0

    def result(self) -> Composed:
        """What was built so far."""
        return Composed(
            tree=self._root if self._complete else None,
            places=self._places,
            problems=tuple(self._problems),
            slips=tuple(self._slips),
            stuck=self._stuck,
            path=self._pending(),
            last=self._last,
            opened=self._frame.start if self._frame is not None and self._frame.flow else None,
            nodes=self._nodes,
        )

    def take_all(self, events: Iterable[yaml.Event | Stuck]) -> None:
        """Take one event after another, until nothing further should be read."""
        takers: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._take_scalar,
            yaml.MappingStartEvent: self._take_start,
            yaml.SequenceStartEvent: self._take_start,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.AliasEvent: self._take_alias,
            yaml.DocumentEndEvent: self._finish,
            Stuck: self._give_up,
        }  # the stream's and the document's start say nothing that is needed
        for event in events:
            take = takers.get(type(event))
            if take is not None:
                take(event)
                if self._done:
                    break

    def _take_scalar(self, event: _Event) -> None:
        """A text in quotes, as a block, or without any mark."""
        if not self._is_one_more(event):
            return
        self._note_properties(event)
        style = _STYLES.get(event.style, "plain")
        span = (event.start_mark.index, event.end_mark.index)
        if style == "block":
            span = refusals.block_span(span, self.source)
        self._take_text(event.value, span, style)

    def _take_alias(self, event: _Event) -> None:
        """A reference to an anchor, which is refused and taken for the text that it is written as."""
        if not self._is_one_more(event):
            return
        self._note(refusals.alias(event, self._next_path()))
        self._take_text(self.source.text[slice(*offsets(event))], offsets(event), "plain", is_alias=True)

    def _take_start(self, event: _Event) -> None:
        if self._is_one_more(event):
            self._note_properties(event)
            self._open(event)

    def _is_one_more(self, event: _Event) -> bool:
        """Whether one more part may be read; counts it."""
        self._nodes += 1
        if self._nodes <= MOST_NODES:
            return True
        self._stop(refusals.too_many(offsets(event)[0], MOST_NODES, self._here()))
        return False

    def _note_properties(self, event: _Event) -> None:
        if event.anchor is not None or event.tag is not None:
            self._note(*refusals.properties(event, self.source, self._next_path()))

    def _take_text(self, text: str, span: tuple[int, int], style: Style, *, is_alias: bool = False) -> None:
        """A text: the key that is due, or else a value."""
        frame, behind = self._frame, self._behind
        is_key = frame is not None and frame.awaits_key
        if texts.may_be_odd(text, span, style):
            text = self._note_text(text, span, style, is_key=is_key)
        self._end = self._behind = span[1]
        if span[0] < span[1]:  # an empty value was not written by anyone
            self._last = span
        if frame is not None and is_key:
            self._take_key(frame, text, span, behind, is_plain=style == "plain")
            return
        if style == "plain" and not is_alias and self.source.text[span[1] : span[1] + 1] in _BLANKS:
            self._note_cut(span)
        self._put(text, span, style)

    def _note_text(self, text: str, span: tuple[int, int], style: Style, *, is_key: bool) -> str:
        """What is wrong with a single text; the text as it may stand in the tree."""
        path = (*self._here(), text[:100]) if is_key else self._next_path()
        text, found = texts.text_problems(text, span, style, self.source, path)
        self._note(*found)
        if style != "plain" or found or self._is_full:
            return text
        is_first = not (is_key and self._frame is not None and self._frame.first)
        slip = (
            slips.slip(span, self.source, path, is_key=is_key, is_first=is_first) if slips.may_be_slip(text) else None
        )
        if slip is not None and slip.blots:
            self._slips.append(slip)
            return text
        look = texts.look_problem(text, span, self.source, path) if slip is None else slip.problem
        if look is not None:
            self._note(look)
        return text

    def _note_cut(self, span: tuple[int, int]) -> None:
        """A comment right behind a text; what a list in brackets holds may well have one."""
        frame = self._frame
        in_brackets = frame is not None and frame.flow and not frame.is_mapping
        cut = None if in_brackets or self._is_full else comments.cut_text(span, self.source, self._next_path())
        if cut is not None:
            self._note(cut)

    def _take_key(self, frame: Frame, text: str, span: tuple[int, int], behind: int, *, is_plain: bool) -> None:
        """A key; `behind` is where the text or bracket before it ends."""
        frame.key, frame.key_span, frame.keep_value = text, span, True
        gap = self.source.text[behind : span[0]]
        if text not in frame.first and not refusals.may_be_odd_key(text, gap):
            frame.first[text] = span[0]
            return
        path = (*frame.path, text)
        problem = refusals.key_problem(text, span, is_plain, gap, path)
        if problem is None and text in frame.first:
            line = self.source.position(frame.first[text])[0]
            problem = refusals.duplicate_key(text, span, line, path)
        if problem is not None:
            self._note(problem)
            frame.keep_value = False
        frame.first.setdefault(text, span[0])

    def _open(self, event: _Event) -> None:
        """A list or mapping begins: as a value, or (refused) as a key."""
        start, end = offsets(event)
        if len(self._frames) >= DEEPEST:
            self._stop(refusals.too_deep(start, DEEPEST, self._here()))
            return
        parent = self._frame
        as_key = parent is not None and parent.awaits_key
        if parent is not None and as_key:
            self._note(refusals.collection_as_key(start, max(end, start + 1), parent.path))
            parent.key, parent.key_span, parent.keep_value = "?", (start, end), False
        is_mapping = type(event) is yaml.MappingStartEvent
        frame = Frame(
            node={} if is_mapping else [],
            is_mapping=is_mapping,
            path=self._next_path(),
            keep=parent is None or parent.keeps_next,
            start=start,
            flow=bool(event.flow_style),
        )
        self._end = end
        self._behind = start if self.source.text[start:end] == "?" else end
        if not as_key:
            self._put(frame.node, (start, end), "mapping" if is_mapping else "list")
        self._frames.append(frame)
        self._frame = frame

    def _close(self, event: _Event) -> None:
        frame = self._frames.pop()
        self._frame = self._frames[-1] if self._frames else None
        if frame.flow:
            self._end = self._behind = offsets(event)[1]
            self._last = (frame.start, self._end)
        place = self._places.get(frame.path)
        if frame.keep and place is not None:
            value = (place.value[0], max(self._end, place.value[0]))
            self._places[frame.path] = Place(key=place.key, value=value, style=place.style)

    def _put(self, node: Tree, span: tuple[int, int], style: Style) -> None:
        """Hang a value into the innermost open list or mapping, or make it the root."""
        path, frame = self._next_path(), self._frame
        if frame is None:
            self._root = node
            self._places[path] = Place(key=None, value=span, style=style)
        elif not frame.is_mapping:
            frame.node.append(node)
            if frame.keep:
                self._places[path] = Place(key=None, value=span, style=style)
        else:
            if frame.keep and frame.keep_value:
                frame.node[frame.key] = node
                self._places[path] = Place(key=frame.key_span, value=span, style=style)
            frame.key = None

    def _give_up(self, stuck: Stuck) -> None:
        self._stuck = stuck
        self._complete = False
        self._done = True

    def _finish(self, event: _Event) -> None:
        """The first document ends: it is the scenario, and nothing but comments may follow."""
        self._complete = True
        second = refusals.second_document(event, self.source)
        if second is not None:
            self._note(second)
            self._complete = False  # dashes between parts of one scenario are more likely than two scenarios
            self._done = True

    def _stop(self, problem: Problem) -> None:
        self._note(problem)
        self._done = True

    def _note(self, *problems: Problem) -> None:
        if not self._is_full:
            self._problems.extend(problems)

    @property
    def _is_full(self) -> bool:
        """Whether there are so many problems that no other is looked for."""
        return len(self._problems) + len(self._slips) >= _MOST_PROBLEMS

    def _here(self) -> Path:
        return () if self._frame is None else self._frame.path

    def _pending(self) -> Path:
        """The path of the value that is due after a key, or else of the innermost open list or mapping."""
        is_due = self._frame is not None and self._frame.key is not None
        return self._next_path() if is_due else self._here()

    def _next_path(self) -> Path:
        """The path of the value that comes next."""
        return () if self._frame is None else self._frame.next_path
