"""Events to a plain tree with positions, refusing everything in YAML that a scenario does not need.

Nothing here is typed: every scalar is the text that the author wrote. The limits stop the reading early, so
that no file, however hostile, costs more than its first 50,000 parts.
"""

import msgspec
import yaml

from alliance_trainer.scenario_files import comments, refusals, texts
from alliance_trainer.scenario_files.diagnostics import Problem
from alliance_trainer.scenario_files.events import Stuck, no_garbage_collection, offsets, read_events
from alliance_trainer.scenario_files.limits import DEEPEST, MOST_NODES
from alliance_trainer.scenario_files.source import Source
from alliance_trainer.scenario_files.tree import Path, Place, Style, Tree

_MOST_PROBLEMS = 1_000  # far more than are ever shown, and few enough to keep hostile files cheap
_STYLES: dict[str | None, Style] = {"'": "single", '"': "double", "|": "block", ">": "block"}


class Composed(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one text.

    `tree` is None where the text has no content or could not be read to its end; `stuck` then says where
    the parser gave up, unless a limit ended the reading. `path` is where reading ended, `last` the offsets
    of the last complete text or bracketed list before it, `opened` that of the innermost open bracket.
    """

    tree: Tree | None
    places: dict[Path, Place]
    problems: tuple[Problem, ...]
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
        for event in events:
            composer.take(event)
            if composer.done:
                break
        events.close()
    return composer.result()


class _Frame(msgspec.Struct, kw_only=True):
    """An open list or mapping. `keep` is False for what will not be in the tree (the value of a second key)."""

    node: "list[Tree] | dict[str, Tree]"
    path: Path
    keep: bool
    start: int
    flow: bool
    count: int = 0
    key: str | None = None
    key_span: tuple[int, int] = (0, 0)
    keep_value: bool = True
    first: dict[str, int] = msgspec.field(default_factory=dict)


class _Composer:
    """Takes events one after another and builds the tree; its parts are the open frames, outermost first."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.done = False
        self._root: Tree | None = None
        self._frames: list[_Frame] = []
        self._places: dict[Path, Place] = {}
        self._problems: list[Problem] = []
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
            stuck=self._stuck,
            path=self._pending(),
            last=self._last,
            opened=self._frames[-1].start if self._frames and self._frames[-1].flow else None,
            nodes=self._nodes,
        )

    def take(self, event: yaml.Event | Stuck) -> None:
        """Take the next event; sets `done` when nothing further should be read."""
        match event:
            case Stuck():
                self._stuck = event
                self._complete = False
                self.done = True
            case yaml.NodeEvent():
                self._take_node(event)
            case yaml.CollectionEndEvent():
                self._close(event)
            case yaml.DocumentEndEvent():
                self._finish(event)
            case _:
                pass  # the stream's and the document's start say nothing that is needed

    def _take_node(self, event: yaml.NodeEvent) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            self._stop(refusals.too_many(offsets(event)[0], MOST_NODES, self._here()))
            return
        match event:
            case yaml.AliasEvent():
                self._note(refusals.alias(event, self._next_path()))
                self._take_scalar(self.source.text[slice(*offsets(event))], event)
            case yaml.ScalarEvent():
                self._note(*refusals.properties(event, self.source, self._next_path()))
                self._take_scalar(event.value, event)
            case yaml.CollectionStartEvent():
                self._note(*refusals.properties(event, self.source, self._next_path()))
                self._open(event)

    def _take_scalar(self, text: str, event: yaml.NodeEvent) -> None:
        """A text: the key that is due, or else a value."""
        span = refusals.scalar_span(event, self.source)
        frame = self._frames[-1] if self._frames else None
        is_key = frame is not None and isinstance(frame.node, dict) and frame.key is None
        path = (*frame.path, text[:100]) if frame is not None and is_key else self._next_path()
        style = _STYLES.get(getattr(event, "style", None), "plain")
        gap = self.source.text[self._behind : span[0]]
        text, found = texts.text_problems(text, span, style, self.source, path)
        self._note(*found)
        if style == "plain" and not found:
            self._note_look(text, span, path)
        self._end = self._behind = span[1]
        if span[0] < span[1]:  # an empty value was not written by anyone
            self._last = span
        if frame is not None and is_key:
            self._take_key(frame, text, span, gap, is_plain=style == "plain")
        else:
            if style == "plain" and isinstance(event, yaml.ScalarEvent):
                self._note_cut(span, path)
            self._put(text, span, style)

    def _note_look(self, text: str, span: tuple[int, int], path: Path) -> None:
        problem = None if self._is_full else texts.look_problem(text, span, self.source, path)
        if problem is not None:
            self._note(problem)

    def _note_cut(self, span: tuple[int, int], path: Path) -> None:
        """A comment right behind a text; what a list in brackets holds may well have one."""
        frame = self._frames[-1] if self._frames else None
        in_brackets = frame is not None and frame.flow and isinstance(frame.node, list)
        cut = None if in_brackets or self._is_full else comments.cut_text(span, self.source, path)
        if cut is not None:
            self._note(cut)

    def _take_key(self, frame: _Frame, text: str, span: tuple[int, int], gap: str, *, is_plain: bool) -> None:
        frame.key, frame.key_span, frame.keep_value = text, span, True
        path = (*frame.path, text)
        problem = refusals.key_problem(text, span, is_plain, gap, path)
        if problem is None and text in frame.first:
            line = self.source.position(frame.first[text])[0]
            problem = refusals.duplicate_key(text, span, line, path)
        if problem is not None:
            self._note(problem)
            frame.keep_value = False
        frame.first.setdefault(text, span[0])

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        """A list or mapping begins: as a value, or (refused) as a key."""
        start, end = offsets(event)
        if len(self._frames) >= DEEPEST:
            self._stop(refusals.too_deep(start, DEEPEST, self._here()))
            return
        parent = self._frames[-1] if self._frames else None
        as_key = parent is not None and isinstance(parent.node, dict) and parent.key is None
        if parent is not None and as_key:
            self._note(refusals.collection_as_key(start, max(end, start + 1), parent.path))
            parent.key, parent.key_span, parent.keep_value = "?", (start, end), False
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        frame = _Frame(
            node={} if is_mapping else [],
            path=self._next_path(),
            keep=self._keeps_next(),
            start=start,
            flow=bool(event.flow_style),
        )
        self._end = end
        self._behind = start if self.source.text[start:end] == "?" else end
        if not as_key:
            self._put(frame.node, (start, end), "mapping" if is_mapping else "list")
        self._frames.append(frame)

    def _close(self, event: yaml.CollectionEndEvent) -> None:
        frame = self._frames.pop()
        if frame.flow:
            self._end = self._behind = offsets(event)[1]
            self._last = (frame.start, self._end)
        place = self._places.get(frame.path)
        if frame.keep and place is not None:
            self._places[frame.path] = Place(
                key=place.key, value=(place.value[0], max(self._end, place.value[0])), style=place.style
            )

    def _put(self, node: Tree, span: tuple[int, int], style: Style) -> None:
        """Hang a value into the innermost open list or mapping, or make it the root."""
        path, keep = self._next_path(), self._keeps_next()
        frame = self._frames[-1] if self._frames else None
        key_span = None
        if frame is None:
            self._root = node
        elif isinstance(frame.node, list):
            frame.node.append(node)
            frame.count += 1
        else:
            key_span = frame.key_span
            if keep and frame.key is not None:
                frame.node[frame.key] = node
            frame.key = None
        if keep:
            self._places[path] = Place(key=key_span, value=span, style=style)

    def _finish(self, event: yaml.DocumentEndEvent) -> None:
        """The first document ends: it is the scenario, and nothing but comments may follow."""
        self._complete = True
        second = refusals.second_document(event, self.source)
        if second is not None:
            self._note(second)
            self._complete = False  # dashes between parts of one scenario are more likely than two scenarios
            self.done = True

    def _stop(self, problem: Problem) -> None:
        self._note(problem)
        self.done = True

    def _note(self, *problems: Problem) -> None:
        if not self._is_full:
            self._problems.extend(problems)

    @property
    def _is_full(self) -> bool:
        """Whether there are so many problems that no other is looked for."""
        return len(self._problems) >= _MOST_PROBLEMS

    def _here(self) -> Path:
        return self._frames[-1].path if self._frames else ()

    def _pending(self) -> Path:
        """The path of the value that is due after a key, or else of the innermost open list or mapping."""
        is_due = bool(self._frames) and self._frames[-1].key is not None
        return self._next_path() if is_due else self._here()

    def _next_path(self) -> Path:
        """The path of the value that comes next."""
        if not self._frames:
            return ()
        frame = self._frames[-1]
        step = str(frame.count) if isinstance(frame.node, list) else frame.key
        return frame.path if step is None else (*frame.path, step)

    def _keeps_next(self) -> bool:
        """Whether the value that comes next will be in the tree."""
        if not self._frames:
            return True
        frame = self._frames[-1]
        return frame.keep and (isinstance(frame.node, list) or frame.keep_value)
