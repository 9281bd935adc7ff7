"""Places in an order that a reader can follow, and the links among them that lead back."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

Link = tuple[str, str]
"""From where to where."""


class Walk(msgspec.Struct, frozen=True, kw_only=True):
    """Every place once, as far as possible after those that lead to it; and the links that close a circle.

    `reached`: how many of the places, from the first, some way from the start leads to.
    """

    order: tuple[str, ...]
    back: frozenset[Link]
    reached: int


def walk(start: str, links: Mapping[str, Sequence[str]]) -> Walk:
    """Walk through the places depth-first from the start, then from those that it did not reach.

    `links` has every place with the places that it leads to; targets that are no places are passed over.
    Without the links in `back` the rest has no circle. Linear in the number of links.
    """
    walker = _Walker(links)
    reached = walker.tree(start) if start in links else []
    order = [*reached, *(place for root in links for place in walker.tree(root))]
    return Walk(order=tuple(order), back=frozenset(walker.back), reached=len(reached))


class _Walker:
    def __init__(self, links: Mapping[str, Sequence[str]]) -> None:
        self.links = links
        self.met: set[str] = set()
        self.open: set[str] = set()
        self.back: set[Link] = set()

    def tree(self, root: str) -> list[str]:
        """What the root leads to and no earlier root did, in reverse order of leaving: targets after sources."""
        left: list[str] = []
        path: list[tuple[str, Iterator[str]]] = []
        if root not in self.met:
            path.append(self._enter(root))
        while path:
            place, targets = path[-1]
            new = next((target for target in targets if self._is_new(place, target)), None)
            if new is not None:
                path.append(self._enter(new))
            else:
                path.pop()
                self.open.remove(place)
                left.append(place)
        return left[::-1]

    def _enter(self, place: str) -> tuple[str, Iterator[str]]:
        self.met.add(place)
        self.open.add(place)
        return place, reversed(self.links[place])  # reversed, so that what is named first is read first

    def _is_new(self, place: str, target: str) -> bool:
        if target in self.open:
            self.back.add((place, target))
        return target in self.links and target not in self.met
