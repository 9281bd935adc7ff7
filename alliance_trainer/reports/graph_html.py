"""A scenario as one page: the picture, its legend, and a table of turns and responses that says the same."""

from collections.abc import Iterator

from alliance_trainer.reports.graph_legend import legend
from alliance_trainer.reports.graph_model import LETTERS, Choice, Graph, Node
from alliance_trainer.reports.graph_style import STYLE as PICTURE_STYLE
from alliance_trainer.reports.graph_svg import framed, graph_figure
from alliance_trainer.reports.html_text import STYLE, page, safe

_STYLE = """\
body { max-width: 90rem; }
.scroll { overflow: auto; border: 1px solid var(--soft); }
.scroll svg { display: block; }
.badge-letter { display: inline-block; min-width: 1.3em; text-align: center; font-weight: bold;
  background: var(--ink); color: var(--paper); margin-right: .4em; }
.turn > th { border-top: 3px solid var(--ink); }
tbody th { font-weight: normal; }
.strongest .id { font-weight: bold; }
td ul { margin: 0; padding-left: 1.1em; }
.turns { table-layout: fixed; }
.turns thead th { width: 30%; }
.turns thead th:first-child, .turns thead th:nth-child(3) { width: 20%; }
@media print { .scroll { overflow: visible; border: 0; } .scroll svg { max-width: 100%; height: auto; }
  body { font-size: .75rem; } h2 { break-after: avoid; } details:not([open]) { display: none; } }
"""


def graph_html(graph: Graph) -> str:
    """The page: one file without script, light and dark, fit to print."""
    return page(graph.title, STYLE + PICTURE_STYLE + _STYLE, "".join(_body(graph)))


def _body(graph: Graph) -> Iterator[str]:
    turns = [node for node in graph.nodes if not node.ending]
    endings = [node for node in graph.nodes if node.ending]
    key, width, height = legend(1100.0)
    about = "What the shapes and lines of the picture mean"
    yield f'<main>\n<h1>{safe(graph.title)} <span class="id">({safe(graph.id)})</span></h1>\n'
    yield (
        f"<p>How its {len(turns)} turns and {len(endings)} endings lead to each other. The same stands in words in"
        ' <a href="#turns">the table of turns</a> and <a href="#endings">the table of endings</a>.'
        " Point at a response in the picture to see its whole line and its words. What is opened in the tables"
        " is printed, too.</p>\n"
    )
    yield f"<h2>What it means</h2>\n{_scroll(about, framed(about, width, height, key))}"
    yield f"<h2>Picture</h2>\n{_scroll('The picture', graph_figure(graph))}"
    yield '<h2 id="turns">Turns and responses</h2>\n<table class="turns">\n'
    yield _columns("Turn", "Response", "Keyed as, on offer", "Leads to")
    for node in turns:
        yield from _turn(graph, node)
    yield '</table>\n<h2 id="endings">Endings</h2>\n<table>\n'
    yield f"{_columns('Ending', 'What it means')}<tbody>\n"
    for node in endings:
        yield f'<tr id="at-{safe(node.id)}"><th scope="row">{_head(node)}</th><td>{_told(graph, node.told)}</td></tr>\n'
    yield "</tbody>\n</table>\n</main>\n"


def _columns(*names: str) -> str:
    cells = "".join(f'<th scope="col">{name}</th>' for name in names)
    return f"<thead><tr>{cells}</tr></thead>\n"


def _scroll(name: str, content: str) -> str:
    return f'<div class="scroll" role="region" aria-label="{safe(name)}" tabindex="0">\n{content}</div>\n'


def _head(node: Node) -> str:
    start = "START " if node.start else ""
    letter = f'<span class="badge-letter">{LETTERS[node.kind]}</span>'
    return f'{letter}<strong class="id">{start}{safe(node.id)}</strong><br>{"<br>".join(map(safe, node.facts))}'


def _told(graph: Graph, text: str) -> str:
    return f'<span lang="{safe(graph.language)}">{safe(text)}</span>'


def _turn(graph: Graph, node: Node) -> Iterator[str]:
    yield "<tbody>\n"
    for number, choice in enumerate(node.choices):
        yield f'<tr class="turn" id="at-{safe(node.id)}">' if number == 0 else "<tr>"
        if number == 0:
            words = f"<details><summary>what the patient does</summary>{_told(graph, node.told)}</details>"
            yield f'<th scope="rowgroup" rowspan="{len(node.choices)}">{_head(node)}{words}</th>'
        yield from _response(graph, choice)
        yield "</tr>\n"
    yield "</tbody>\n"


def _response(graph: Graph, choice: Choice) -> Iterator[str]:
    yield f'<td class="{choice.weight}"><span class="id">{safe(choice.sign)}{safe(choice.id)}</span>'
    yield f"<details><summary>words and why</summary><p>{_told(graph, choice.says)}</p>"
    yield f"<p>{_told(graph, choice.why)}</p></details></td>"
    yield f"<td>{'<br>'.join(map(safe, (*choice.marks, *([choice.offered] if choice.offered else []))))}</td><td><ul>"
    for way in choice.ways:
        condition = f"{safe(way.condition)}: " if way.condition else ""
        back = "back to " if way.back else ""
        yield f'<li>{condition}{back}<a href="#at-{safe(way.to)}">{safe(way.to)}</a></li>'
    yield "</ul></td>"
