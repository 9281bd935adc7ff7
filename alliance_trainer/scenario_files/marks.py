"""The bare offsets of a tree's parts, and the table of places that is made of them once a finding asks for it."""

from array import array
from collections.abc import Iterator, Mapping

import msgspec

from alliance_trainer.scenario_files.tree import Path, Place, Style, Tree

_STYLES: dict[str, Style] = {"'": "single", '"': "double", "|": "block", ">": "block"}


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """Where the parts of a tree stand, in the order of the file; the tree says which part is which.

    `starts` and `ends` hold an offset for each text, list and mapping, keys included. A list or mapping is
    marked where it begins; `closes` holds the offset behind its bracket, or 0 where it has none, in the order
    in which they close. `text` is the text as it is parsed; it has no anchors and no tags.
    """

    text: str
    starts: "array[int]"
    ends: "array[int]"
    closes: "array[int]"


class LatePlaces(Mapping[Path, Place]):
    """The places of a tree by path, worked out from its marks when the first of them is asked for."""

    def __init__(self, tree: Tree, marks: Marks) -> None:
        self._tree = tree
        self._marks = marks
        self._known: dict[Path, Place] | None = None

    def __getitem__(self, path: Path) -> Place:
        return self._places[path]

    def __iter__(self) -> Iterator[Path]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    @property
    def _places(self) -> dict[Path, Place]:
        if self._known is None:
            walk = _Walk(self._marks)
            walk.node(self._tree, (), None)
            self._known = walk.places
        return self._known


class _Walk:
    """Goes through tree and marks side by side. `_end` is the end of the last text or bracket."""

    def __init__(self, marks: Marks) -> None:
        self.places: dict[Path, Place] = {}
        self._text = marks.text
        self._spans = zip(marks.starts, marks.ends, strict=True)
        self._closes = iter(marks.closes)
        self._end = 0

    def node(self, node: Tree, path: Path, key: tuple[int, int] | None) -> None:
        """The next node and all that is in it."""
        if isinstance(node, str):
            span, style = self._scalar()
            self.places[path] = Place(key=key, value=span, style=style)
            return
        start, self._end = next(self._spans)
        style = "mapping" if isinstance(node, dict) else "list"
        self.places[path] = Place(key=key, value=(start, self._end), style=style)  # before what is in it
        if isinstance(node, dict):
            for name, value in node.items():
                self.node(value, (*path, name), self._scalar()[0])
        else:
            for index, value in enumerate(node):
                self.node(value, (*path, str(index)), None)
        self._end = next(self._closes) or self._end
        self.places[path] = Place(key=key, value=(start, self._end), style=style)

    def _scalar(self) -> tuple[tuple[int, int], Style]:
        """The span of the next text, and how it was written; a block's end mark lies behind its blank lines."""
        start, end = next(self._spans)
        style = _STYLES.get(self._text[start : start + 1], "plain") if start < end else "plain"
        if style == "block":
            end = start + len(self._text[start:end].rstrip())
        self._end = end
        return (start, end), style
