"""The box of a node before it has a place: its lines of text, how large it is, and from which line each way leaves."""

import re
from collections.abc import Iterator, Mapping

import msgspec

from alliance_trainer.reports.graph_model import Choice, Node, Way

PAD = 12.0
"""Free room around the text, in pixels; corners are cut or rounded within it."""
_NARROWEST, _WIDEST = 176.0, 310.0
"""How wide the text may be."""
_LONG = 40
"""A way in more characters than this is meant to take two lines."""
BADGE = 18.0
"""The size of the square with the letter."""

Style = str
"""What a line of text is: `name` (of the node), `fact`, `choice`, `choice strongest`, `mark` or `onward`."""

_SIZES: Mapping[str, tuple[float, float]] = {
    "name": (7.9, 17.0),
    "fact": (6.3, 14.0),
    "choice": (7.3, 17.0),
    "mark": (5.8, 13.0),
    "onward": (6.4, 14.0),
}
"""For each style how wide a character is at most on average, and how high a line: on the safe side, since the font
is not known here."""

INDENT = 12.0
"""How far what stands below a response is moved in."""


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """One line of text: where it begins, from the box's left top, its baseline, and its style.

    `of`: the choice that it belongs to and the number of its way, None for the box and for a choice as a whole.
    """

    x: float
    y: float
    text: str
    style: Style
    of: tuple[int | None, int | None]


class Port(msgspec.Struct, frozen=True, kw_only=True):
    """Where a way leaves: the line's middle from the box's top, the choice and the number of its way."""

    y: float
    choice: int
    way: int


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """A box with its text and ports; `rule` is the height of the line below its head, 0 if nothing follows."""

    node: Node
    width: float
    height: float
    words: tuple[Words, ...]
    ports: tuple[Port, ...]
    rule: float


def drawn(node: Node, order: Mapping[str, int] | None = None) -> Drawn:
    """Write a box; `order` ranks targets: responses that lead to what comes first stand first.

    The order changes nothing in the size.
    """
    return _Writer(node, order or {}).box()


class _Writer:
    def __init__(self, node: Node, order: Mapping[str, int]) -> None:
        self.node = node
        self.order = order
        self.words: list[Words] = []
        self.ports: list[Port] = []
        self.pad = PAD + (8.0 if node.ending else 0.0)  # the sides of endings are not straight
        self.room = min(_WIDEST, max(_NARROWEST, *self._lengths()))
        self.y = 8.0
        self.now: tuple[int | None, int | None] = (None, None)

    def _lengths(self) -> Iterator[float]:
        yield BADGE + 8 + len(self.node.id) * _SIZES["name"][0]
        for choice in self.node.choices:
            yield (len(choice.id) + 2) * _SIZES["choice"][0]
            for mark in choice.marks:
                yield INDENT + len(mark) * _SIZES["mark"][0]
            for way in choice.ways if len(choice.ways) > 1 else ():
                yield INDENT + len(_way(way)) * _SIZES["onward"][0] * (0.55 if len(_way(way)) > _LONG else 1)

    def box(self) -> Drawn:
        self._write(self.node.id, "name", BADGE + 8)
        self.y = max(self.y, 8 + BADGE) + 2
        for fact in self.node.facts:
            self._write(fact, "fact")
        rule = 0.0
        if self.node.choices:
            rule = self.y + 6
            self.y = rule + 3
            for number in sorted(range(len(self.node.choices)), key=self._rank):
                self._choice(number, self.node.choices[number])
        return Drawn(
            node=self.node,
            width=self.room + 2 * self.pad,
            height=self.y + 12,
            words=tuple(self.words),
            ports=tuple(self.ports),
            rule=rule,
        )

    def _rank(self, number: int) -> float:
        ways = self.node.choices[number].ways
        return sum(self.order.get(way.to, 0) for way in ways) / len(ways)

    def _choice(self, number: int, choice: Choice) -> None:
        only = 0 if len(choice.ways) == 1 else None
        self.now = (number, only)
        top = self._write(f"{choice.sign}{choice.id}", "choice strongest" if choice.strongest else "choice")
        for mark in (*choice.marks, *([choice.offered] if choice.offered else [])):
            self._write(mark, "mark", INDENT)
        if only is not None:
            self.ports.append(Port(y=top, choice=number, way=only))
            if choice.ways[only].back:
                self._write(f"back to {choice.ways[only].to}", "mark", INDENT)
            return
        for at, way in enumerate(choice.ways):
            self.now = (number, at)
            top = self._write(_way(way), "onward", INDENT)
            self.ports.append(Port(y=top, choice=number, way=at))

    def _write(self, text: str, style: Style, indent: float = 0.0) -> float:
        """Write a text in as many lines as it takes, and return the middle of the first."""
        width, height = _SIZES[style.split(maxsplit=1)[0]]
        middle = self.y + height / 2
        for line in folded(text, int((self.room - indent) / width)):
            self.y += height
            self.words.append(Words(x=self.pad + indent, y=self.y - height * 0.25, text=line, style=style, of=self.now))
        return middle


_AFTER = re.compile(r"(?<=[-.])")
"""Where a long id may be broken."""


def _way(way: Way) -> str:
    return f"{way.condition}: {'back to ' if way.back else ''}{way.to}"


def folded(text: str, most: int) -> list[str]:
    """The text in lines of at most so many characters, broken at spaces, then after hyphens and dots, then anywhere."""
    lines, line = [], ""
    for piece in _pieces(text, most):
        joined = f"{line}{piece}"
        if line and len(joined.rstrip()) > most:
            lines.append(line.rstrip())
            joined = piece.lstrip()
        line = joined
    return [*lines, line.rstrip()]


def _pieces(text: str, most: int) -> Iterator[str]:
    for word in text.split():
        parts = [word] if len(word) <= most else _AFTER.split(word)
        pieces = [part[at : at + most] for part in parts for at in range(0, len(part), most)]
        yield from pieces[:-1]
        yield f"{pieces[-1]} "
