"""A drawn picture read back: the boxes with their outlines, and the lines as points along them."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]
_STEP = re.compile(r"([MLQCVHhvZ])([^MLQCVHhvZ]*)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_MOVE = re.compile(r"translate\((-?[\d.]+) (-?[\d.]+)\)")
SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True, kw_only=True)
class DrawnBox:
    name: str
    kind: str
    left: float
    top: float
    right: float
    bottom: float
    texts: tuple[tuple[float, float, str, str], ...]  # x, y, style, text

    def holds(self, point: Point, slack: float) -> bool:
        """Whether a point lies inside by more than the slack."""
        return self.left + slack < point[0] < self.right - slack and self.top + slack < point[1] < self.bottom - slack

    def on_border(self, point: Point) -> bool:
        x, y = point
        within = self.left - 0.2 <= x <= self.right + 0.2 and self.top - 0.2 <= y <= self.bottom + 0.2
        return within and (min(abs(x - self.left), abs(x - self.right)) <= 0.2 or abs(y - self.top) <= 0.2)


@dataclass(frozen=True, kw_only=True)
class DrawnWay:
    source: str
    response: str
    target: str
    points: tuple[Point, ...]


@dataclass(frozen=True, kw_only=True)
class Drawing:
    width: float
    height: float
    boxes: dict[str, DrawnBox]
    ways: tuple[DrawnWay, ...]
    lines: tuple[tuple[str, tuple[Point, ...]], ...]  # class, points
    everything: tuple[Point, ...]
    root: ET.Element


def read_svg(text: str) -> Drawing:
    """Parse a picture; the coordinates are those of the whole."""
    root = ET.fromstring(text)
    found = list(_placed(root, 0.0, 0.0))
    boxes = {}
    for element, x, y in found:
        if element.tag == f"{SVG}g" and element.get("data-id"):
            box = _box(element, x, y)
            boxes[box.name] = box
    ways = [_way(element, x, y) for element, x, y in found if (element.get("class") or "") == "way"]
    lines = [
        (element.get("class", ""), tuple(_moved(_along(element.get("d", "")), x, y)))
        for element, x, y in found
        if element.get("class", "").startswith("line ")
    ]
    everything = [point for element, x, y in found for point in _moved(_extent(element), x, y)]
    size = [float(number) for number in root.get("viewBox", "").split()]
    assert size[:2] == [0.0, 0.0]
    return Drawing(
        width=size[2],
        height=size[3],
        boxes=boxes,
        ways=tuple(ways),
        lines=tuple(lines),
        everything=tuple(everything),
        root=root,
    )


def _placed(element: ET.Element, x: float, y: float) -> Iterator[tuple[ET.Element, float, float]]:
    moved = _MOVE.fullmatch(element.get("transform", ""))
    if moved:
        x, y = x + float(moved[1]), y + float(moved[2])
    yield element, x, y
    for child in element:
        yield from _placed(child, x, y)


def _moved(points: list[Point], x: float, y: float) -> list[Point]:
    return [(left + x, top + y) for left, top in points]


def _box(element: ET.Element, x: float, y: float) -> DrawnBox:
    (outline,) = [child for child in element if child.get("class") == "box"]
    corners = _moved(_along(outline.get("d", "")), x, y)
    texts = [
        (float(child.get("x", "0")) + x, float(child.get("y", "0")) + y, child.get("class", ""), child.text or "")
        for child in element.iter(f"{SVG}text")
    ]
    return DrawnBox(
        name=element.get("data-id", ""),
        kind=element.get("class", "").removeprefix("node "),
        left=min(left for left, _ in corners),
        right=max(left for left, _ in corners),
        top=min(top for _, top in corners),
        bottom=max(top for _, top in corners),
        texts=tuple(texts),
    )


def _way(element: ET.Element, x: float, y: float) -> DrawnWay:
    (whole,) = [child for child in element if child.get("class") == "whole"]
    return DrawnWay(
        source=element.get("data-from", ""),
        response=element.get("data-response", ""),
        target=element.get("data-to", ""),
        points=tuple(_moved(_along(whole.get("d", "")), x, y)),
    )


def _extent(element: ET.Element) -> list[Point]:
    """Points that an element reaches."""
    if element.tag == f"{SVG}path":
        return _along(element.get("d", ""))
    if element.tag == f"{SVG}text":
        x, y = float(element.get("x", "0")), float(element.get("y", "0"))
        size = 9.0 if element.get("class") == "heading" else 6.0
        return [(x, y - 8), (x + size * len(element.text or ""), y + 3)]
    if element.tag == f"{SVG}rect" and element.get("x"):
        x, y = float(element.get("x", "0")), float(element.get("y", "0"))
        return [(x, y), (x + float(element.get("width", "0")), y + float(element.get("height", "0")))]
    return []


def _along(path: str) -> list[Point]:
    """Points along a path, close enough to each other to notice a box."""
    points: list[Point] = []
    for sign, rest in _STEP.findall(path):
        numbers = [float(number) for number in _NUMBER.findall(rest)]
        pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
        if sign == "M":
            points.append(pairs[0])
        elif sign == "h":
            points.append((points[-1][0] + numbers[0], points[-1][1]))
        elif pairs:
            points += _bezier([points[-1], *pairs])
    return points


def _bezier(controls: list[Point]) -> list[Point]:
    """A point every 15 pixels, and the last."""
    length = sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(controls))
    steps = max(2, int(length / 15))
    return [_at(controls, step / steps) for step in range(1, steps + 1)]


def _at(controls: list[Point], share: float) -> Point:
    while len(controls) > 1:
        controls = [(a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share) for a, b in pairwise(controls)]
    return controls[0]
