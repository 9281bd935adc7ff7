"""A scenario in the DOT language, for programs that draw graphs: nothing in a text means anything."""

from collections.abc import Iterator, Mapping

from alliance_trainer.core.clean import clean
from alliance_trainer.reports.graph_model import LETTERS, Bundle, Graph, Kind, Node

_LOOKS: Mapping[Kind, str] = {
    "plain": "shape=box",
    "withdrawal": 'shape=box, style="rounded,dashed", color="#0078C8", penwidth=2',
    "confrontation": 'shape=octagon, color="#C25400", penwidth=3',
    "mixed": "shape=doubleoctagon",
    "good": 'shape=ellipse, peripheries=2, color="#0078C8"',
    "partly": 'shape=house, style="dashed"',
    "sealed": 'shape=ellipse, style="dotted", penwidth=2',
    "bad": 'shape=hexagon, color="#C25400", penwidth=3',
}
_LINES = {"strongest": "style=bold, penwidth=2.5", "plain": "style=solid", "weak": "style=dashed"}
_BACK = 'style=dotted, penwidth=2, color="#C25400", constraint=false'


def graph_dot(graph: Graph) -> str:
    """The graph, one edge for all ways from one turn to the next place."""
    return "\n".join(_lines(graph)) + "\n"


def _lines(graph: Graph) -> Iterator[str]:
    names = graph.names
    yield f"digraph {_quoted(graph.id)} {{"
    yield "  // + the strongest response, bold; ! a trap or harm, dashed; back to an earlier turn, dotted"
    yield f"  graph [label={_quoted(graph.title)}, labelloc=t, rankdir=TB];"
    yield '  node [fontname="Helvetica", fontsize=11];'
    yield '  edge [fontname="Helvetica", fontsize=9];'
    yield '  start [label="START", shape=circle, style=bold];'
    for node in graph.nodes:
        yield f"  {names[node.id]} [label={_quoted(*_label(node))}, {_LOOKS[node.kind]}];"
    yield f"  start -> {names[graph.start]} [style=bold];"
    for bundle in graph.bundles:
        yield f"  {names[bundle.source]} -> {names[bundle.target]} [label={_quoted(*bundle.lines)}, {_look(bundle)}];"
    yield "}"


def _label(node: Node) -> tuple[str, ...]:
    return (f"{LETTERS[node.kind]}: {node.id}", *node.facts)


def _look(bundle: Bundle) -> str:
    return _BACK if bundle.back else _LINES[bundle.weight]


def _quoted(*lines: str) -> str:
    """A quoted string of some lines: quotes, backslashes and entities stand for themselves."""
    return '"' + "\\n".join(_escaped(line) for line in lines) + '"'


def _escaped(line: str) -> str:
    text = " ".join(clean(line).split()).replace("&", "&amp;").replace("\\", "\\\\").replace('"', "&quot;")
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii")
