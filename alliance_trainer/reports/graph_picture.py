"""A graph laid out: the boxes with their text, where they stand, and the router for the lines between them."""

from collections.abc import Mapping

import msgspec

from alliance_trainer.reports.graph_boxes import Drawn, drawn
from alliance_trainer.reports.graph_lanes import lanes_of, room
from alliance_trainer.reports.graph_layout import Box, Layout, lay_out
from alliance_trainer.reports.graph_model import Bundle, Graph
from alliance_trainer.reports.graph_routes import Router


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """All that is needed to draw a graph."""

    graph: Graph
    layout: Layout
    boxes: Mapping[str, Drawn]
    bundles: tuple[Bundle, ...]
    router: Router


def picture_of(graph: Graph) -> Picture:
    """Lay out a graph. The same graph always gives the same picture."""
    bundles = graph.bundles
    targets: dict[str, list[str]] = {node.id: [] for node in graph.nodes}
    returning: dict[str, list[str]] = {node.id: [] for node in graph.nodes}
    for bundle in bundles:
        targets[bundle.source].append(bundle.target)
        if bundle.back and bundle.source != bundle.target:
            returning[bundle.target].append(bundle.source)
    sizes = {node.id: drawn(node) for node in graph.nodes}
    layout = lay_out(
        [
            Box(
                id=name,
                width=size.width,
                height=size.height,
                side=room(len(targets[name]), entered=bool(returning[name])),
            )
            for name, size in sizes.items()
        ],
        graph.links,
        graph.start,
    )
    lanes = {name: lanes_of(layout, name, targets[name], returning[name]) for name in targets}
    boxes = {node.id: drawn(node, lanes[node.id].order) for node in graph.nodes}
    router = Router(layout, boxes, lanes, graph.links)
    return Picture(graph=graph, layout=layout, boxes=boxes, bundles=bundles, router=router)
