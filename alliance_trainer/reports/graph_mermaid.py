"""A scenario as a Mermaid flowchart, for pages that draw one: nothing in a text means anything."""

import re
from collections.abc import Iterator, Mapping

from alliance_trainer.core.clean import clean
from alliance_trainer.reports.graph_model import LETTERS, Bundle, Graph, Kind, Node

_UNSAFE = re.compile(r"[^A-Za-z0-9 ,():-]|:(?! )")
"""These are written as numbers: quotes, markup, comments, icons and formulas all need one of them."""

_SHAPES: Mapping[Kind, tuple[str, str]] = {
    "plain": ("[", "]"),
    "withdrawal": ("(", ")"),
    "confrontation": ("{{", "}}"),
    "mixed": ("[[", "]]"),
    "good": ("([", "])"),
    "partly": ("[/", "\\]"),
    "sealed": ("[(", ")]"),
    "bad": (">", "]"),
}
_LOOKS: Mapping[Kind, str] = {
    "plain": "stroke:#000",
    "withdrawal": "stroke:#0078C8,stroke-width:2px,stroke-dasharray:7 4",
    "confrontation": "stroke:#C25400,stroke-width:3px",
    "mixed": "stroke:#000,stroke-width:2px",
    "good": "stroke:#0078C8,stroke-width:3px",
    "partly": "stroke:#000,stroke-width:2px,stroke-dasharray:9 4 2 4",
    "sealed": "stroke:#000,stroke-width:2px,stroke-dasharray:2 3",
    "bad": "stroke:#C25400,stroke-width:3px",
}
_ARROWS = {"strongest": "==>", "plain": "-->", "weak": "-.->"}
_BACK = "stroke:#C25400,stroke-dasharray:2 4"


def graph_mermaid(graph: Graph) -> str:
    """The flowchart, one arrow for all ways from one turn to the next place."""
    return "\n".join(_lines(graph)) + "\n"


def _lines(graph: Graph) -> Iterator[str]:
    names = graph.names
    yield "flowchart TD"
    yield f"%% {_quoted(graph.title)}, {_quoted(graph.id)}"
    yield "%% + the strongest response, thick; ! a trap or harm, broken; back to an earlier turn, dotted"
    yield 'start(("START"))'
    for node in graph.nodes:
        yield _node(node, names)
    yield f"start --> {names[graph.start]}"
    for bundle in graph.bundles:
        yield _arrow(bundle, names)
    back = [str(number) for number, bundle in enumerate(graph.bundles, start=1) if bundle.back]
    if back:
        yield f"linkStyle {','.join(back)} {_BACK}"
    for kind in dict.fromkeys(node.kind for node in graph.nodes):
        yield f"classDef {kind} fill:#fff,color:#000,{_LOOKS[kind]}"


def _node(node: Node, names: Mapping[str, str]) -> str:
    left, right = _SHAPES[node.kind]
    lines = "<br/>".join(_quoted(line) for line in (f"{LETTERS[node.kind]}: {node.id}", *node.facts))
    return f'{names[node.id]}{left}"{lines}"{right}:::{node.kind}'


def _arrow(bundle: Bundle, names: Mapping[str, str]) -> str:
    label = "<br/>".join(_quoted(line) for line in bundle.lines)
    return f'{names[bundle.source]} {_ARROWS[bundle.weight]}|"{label}"| {names[bundle.target]}'


def _quoted(text: str) -> str:
    return _UNSAFE.sub(lambda found: f"#{ord(found[0])};", " ".join(clean(text).split()))
