"""The lines of a picture: from the line of a response, down or up beside its box, through the bends, to a border."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from alliance_trainer.core.walk import Link
from alliance_trainer.reports.graph_boxes import Drawn, Port
from alliance_trainer.reports.graph_lanes import Lane, Lanes, offset
from alliance_trainer.reports.graph_layers import Bend
from alliance_trainer.reports.graph_layout import Layout

HEAD = 20.0
"""How far below its top a box is entered from the side."""
_ROUND = 5.0
"""How round the corners beside a box are."""
_ARRIVALS = 24.0
"""How far lines that arrive at a box from above are from each other, at most."""


class Stroke(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of a line as a path, as SVG writes it; and the place and direction of an arrow's head at its end."""

    path: str
    head: tuple[float, float, float, float] | None = None


class Router:
    """Draws the lines of one layout. Pieces that several ways share are asked for once."""

    def __init__(self, layout: Layout, boxes: Mapping[str, Drawn], lanes: Mapping[str, Lanes], links: Iterable[Link]):
        self.layout = layout
        self.boxes = boxes
        self.lanes = lanes
        self.arrivals = _arrivals(self, links)

    def stub(self, name: str, port: Port, target: str) -> Stroke:
        """From the border of a box, at the line of a way, to the lane beside it."""
        return Stroke(path=f"M{self._start(name, port, target)}{self._turn(name, port, target)}")

    def bundle(self, name: str, port: Port, target: str) -> Stroke:
        """From the lane on, beside its way with the furthest to go, to the first shared bend or to the target."""
        lane, y = self._lane(name, target), self._y(name, port)
        first = _xy(lane, y + self._towards(name, target) * _ROUND)
        course = self.layout.course(name, target)
        steps = self._leave(name, target, lane) + self._arrive(name, target, course[0] if course else None)
        return Stroke(path=f"M{first}{steps}", head=None if course else self._head(name, target, None))

    def trunk(self, sources: Iterable[str], target: str) -> Stroke | None:
        """The bends that lines from these sources to a target share, and on to it; None if there are none.

        The links are all forward or all back.
        """
        bends = max((self.layout.course(source, target) for source in sources), key=len, default=())
        if not bends:
            return None
        first = _xy(self.layout.bends[bends[0]], self._edge(bends[0].layer, out=False, back=bends[0].back))
        return Stroke(path=f"M{first}{self._along(target, bends)}", head=self._head(target, target, bends[-1]))

    def whole(self, name: str, port: Port, target: str) -> Stroke:
        """The whole line of a way, from the border of its box to the border of its target."""
        lane = self._lane(name, target)
        course = self.layout.course(name, target)
        path = f"M{self._start(name, port, target)}{self._turn(name, port, target)}{self._leave(name, target, lane)}"
        path += self._arrive(name, target, course[0] if course else None)
        return Stroke(path=path + (self._along(target, course) if course else ""))

    def _along(self, target: str, bends: Sequence[Bend]) -> str:
        """From where the first bend begins, through all of them, to the target."""
        steps = ""
        for bend, following in zip(bends, [*bends[1:], None], strict=True):
            x, y = self.layout.bends[bend], self._edge(bend.layer, out=True, back=bend.back)
            steps += f"L{_xy(x, y)}"
            if following is not None:
                end = self.layout.bends[following], self._edge(following.layer, out=False, back=bend.back)
                steps += _curve(x, y, *end)
            else:
                steps += self._enter(target, x, y, bend)
        return steps

    def _leave(self, name: str, target: str, lane: float) -> str:
        if name == target:
            return ""
        return f"L{_xy(lane, self._exit(name, target))}"

    def _exit(self, name: str, target: str) -> float:
        return self._edge(self.layout.places[name].layer, out=True, back=(name, target) in self.layout.back)

    def _arrive(self, name: str, target: str, bend: Bend | None) -> str:
        """From the end of the lane to the first bend, or to the target."""
        x = self._lane(name, target)
        if name == target:
            return self._inward(name, x, self._y_head(name) + 8)
        y = self._exit(name, target)
        if bend is None:
            return self._enter(target, x, y, name)
        return _curve(x, y, self.layout.bends[bend], self._edge(bend.layer, out=False, back=bend.back))

    def _enter(self, target: str, x: float, y: float, last: Bend | str) -> str:
        back = last.back if isinstance(last, Bend) else (last, target) in self.layout.back
        if not back:
            return _curve(x, y, self.arrivals[target][last], self.layout.places[target].top)
        lane = self._beside(target, self.lanes[target].entry)
        bottom = self.layout.layers[self.layout.places[target].layer].bottom
        return _curve(x, y, lane, bottom) + self._inward(target, lane, self._y_head(target))

    def _inward(self, name: str, x: float, y: float) -> str:
        """Up a lane, round the corner and to the side of the box."""
        side = 1 if x > self.layout.places[name].x else -1
        return f"L{_xy(x, y + _ROUND)}Q{_xy(x, y)} {_xy(x - side * _ROUND, y)}L{_xy(self._border(name, side), y)}"

    def _head(self, name: str, target: str, last: Bend | None) -> tuple[float, float, float, float]:
        back = last.back if last is not None else (name, target) in self.layout.back
        if not back:
            return self.arrivals[target][last or name], self.layout.places[target].top, 0.0, 1.0
        own = name == target and last is None
        side = self._lane_of(name, target).side if own else self.lanes[target].entry.side
        return self._border(target, side), self._y_head(target) + (8 if own else 0), -float(side), 0.0

    def _start(self, name: str, port: Port, target: str) -> str:
        return _xy(self._border(name, self._lane_of(name, target).side), self._y(name, port))

    def _turn(self, name: str, port: Port, target: str) -> str:
        """From the border round the corner into the lane."""
        lane, y, side = self._lane(name, target), self._y(name, port), self._lane_of(name, target).side
        return f"L{_xy(lane - side * _ROUND, y)}Q{_xy(lane, y)} {_xy(lane, y + self._towards(name, target) * _ROUND)}"

    def _towards(self, name: str, target: str) -> int:
        return -1 if (name, target) in self.layout.back else 1

    def _lane_of(self, name: str, target: str) -> Lane:
        return self.lanes[name].lanes[target]

    def _lane(self, name: str, target: str) -> float:
        return self._beside(name, self._lane_of(name, target))

    def _beside(self, name: str, lane: Lane) -> float:
        return self._border(name, lane.side) + lane.side * offset(lane)

    def _border(self, name: str, side: int) -> float:
        return self.layout.places[name].x + side * self.boxes[name].width / 2

    def _y(self, name: str, port: Port) -> float:
        return self.layout.places[name].top + port.y

    def _y_head(self, name: str) -> float:
        return self.layout.places[name].top + HEAD

    def _edge(self, layer: int, *, out: bool, back: bool) -> float:
        """The height at which a line leaves a layer, or comes into it."""
        here = self.layout.layers[layer]
        return here.top if out == back else here.bottom

    def first_x(self, name: str, target: str) -> float:
        """Where a line leaves the layer of its box."""
        return self._lane(name, target)


def _arrivals(router: Router, links: Iterable[Link]) -> dict[str, dict[Bend | str, float]]:
    """For each box, where the lines from above arrive at its top: side by side in the order in which they come."""
    layout = router.layout
    coming: dict[str, dict[Bend | str, float]] = {name: {} for name in layout.places}
    for source, target in links:
        if (source, target) not in layout.back:
            course = layout.course(source, target)
            last: Bend | str = course[-1] if course else source
            coming[target][last] = layout.bends[course[-1]] if course else router.first_x(source, target)
    return {name: dict(_spread(layout.places[name].x, router.boxes[name].width, of)) for name, of in coming.items()}


def _spread(middle: float, width: float, coming: Mapping[Bend | str, float]) -> Iterator[tuple[Bend | str, float]]:
    ranked = sorted(coming, key=lambda last: coming[last])
    step = min(_ARRIVALS, width * 0.6 / max(1, len(ranked) - 1))
    for rank, last in enumerate(ranked):
        yield last, middle + (rank - (len(ranked) - 1) / 2) * step


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    half = (y + to_y) / 2
    return f"C{_xy(x, half)} {_xy(to_x, half)} {_xy(to_x, to_y)}"


def _xy(x: float, y: float) -> str:
    return f"{x:.1f} {y:.1f}"
