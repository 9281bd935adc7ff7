"""A scenario as a picture in SVG, laid out by our own code: one file, no script, light and dark."""

from collections.abc import Iterator

from alliance_trainer.reports.graph_boxes import BADGE, Drawn, Port, folded
from alliance_trainer.reports.graph_legend import legend
from alliance_trainer.reports.graph_model import LETTERS, WEIGHTS, Bundle, Choice, Graph, Node, Weight
from alliance_trainer.reports.graph_picture import Picture, picture_of
from alliance_trainer.reports.graph_routes import Stroke
from alliance_trainer.reports.graph_shapes import DOUBLE, outline
from alliance_trainer.reports.graph_style import STYLE
from alliance_trainer.reports.html_text import safe

MARGIN = 24.0
"""Free room around everything, in pixels."""
_NARROWEST = 640.0
"""The least room for title and legend."""
_LETTER = 9.5
"""How wide a letter of the title is, on the safe side."""
_ABOUT = "how its turns lead to each other"
_ABOVE = 20.0
"""Room above the first layer, for the sign that says where it starts."""


def graph_svg(graph: Graph) -> str:
    """The picture as a file of its own, with title and legend."""
    picture = picture_of(graph)
    wide, high = picture.layout.width, picture.layout.height + _ABOVE
    key, key_width, key_height = legend(max(wide, _NARROWEST))
    title = folded(f"{graph.title} ({graph.id})", int(max(wide, key_width) / _LETTER))
    top = MARGIN + 20 * len(title)
    body = (
        f"<style>\n{STYLE}</style>\n{''.join(_heading(title))}"
        f'<g transform="translate({MARGIN:.1f} {top:.1f})">\n{_body(picture)}</g>\n'
        f'<g transform="translate({MARGIN:.1f} {top + high + MARGIN:.1f})">\n{key}</g>\n'
    )
    width, height = max(wide, key_width) + 2 * MARGIN, top + high + key_height + 2 * MARGIN
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + framed(f"{graph.title}: {_ABOUT}", width, height, body)


def _heading(lines: list[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield f'<text class="heading" x="{MARGIN:.1f}" y="{MARGIN + 8 + 20 * number:.1f}">{safe(line)}</text>\n'


def graph_figure(graph: Graph) -> str:
    """The picture alone, for a page that has a title, a legend and the style of its own."""
    picture = picture_of(graph)
    wide, high = picture.layout.width, picture.layout.height + _ABOVE
    body = f'<g transform="translate({MARGIN:.1f} {MARGIN:.1f})">\n{_body(picture)}</g>\n'
    return framed(f"{graph.title}: {_ABOUT}", wide + 2 * MARGIN, high + 2 * MARGIN, body)


def framed(about: str, width: float, height: float, body: str) -> str:
    """A picture with its description, for those who do not see it, and its background."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="graph" role="img" aria-label="{safe(about)}"'
        f' width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}">\n'
        f'<title>{safe(about)}</title>\n<rect class="paper" width="{width:.0f}" height="{height:.0f}"/>\n{body}</svg>\n'
    )


def _body(picture: Picture) -> str:
    parts = [*_trunks(picture), *(part for bundle in picture.bundles for part in _bundle(picture, bundle))]
    parts += [part for node in picture.graph.nodes for part in _node(picture, node)]
    return f'<g transform="translate(0 {_ABOVE:.1f})">\n{"".join(parts)}</g>\n'


def _trunks(picture: Picture) -> Iterator[str]:
    """What the lines to one target share: for each weight from where the first such line joins."""
    through: dict[tuple[str, bool], list[Bundle]] = {}
    for bundle in picture.bundles:
        through.setdefault((bundle.target, bundle.back), []).append(bundle)
    for (target, back), bundles in through.items():
        for weight, weights in _drawn_apart(back=back):
            stroke = picture.router.trunk([one.source for one in bundles if weights & one.weights], target)
            if stroke is not None:
                yield _line(stroke, weight, back=back)


def _bundle(picture: Picture, bundle: Bundle) -> Iterator[str]:
    """What the ways from one box to another share, and from the line of each response to it."""
    router = picture.router
    mine = [one for one in _ports(picture.boxes[bundle.source]) if one[1].ways[one[0].way].to == bundle.target]
    for weight, weights in _drawn_apart(back=bundle.back):
        ports = sorted((port for port, choice in mine if choice.weight in weights), key=lambda port: port.y)
        if ports:
            for port in ports:
                yield _line(router.stub(bundle.source, port, bundle.target), weight, back=bundle.back)
            farthest = ports[-1 if bundle.back else 0]
            yield _line(router.bundle(bundle.source, farthest, bundle.target), weight, back=bundle.back)


def _drawn_apart(*, back: bool) -> list[tuple[Weight, frozenset[Weight]]]:
    """How to draw the lines of which weights: each its own way, but one way for all that go back."""
    return [("plain", frozenset(WEIGHTS))] if back else [(weight, frozenset({weight})) for weight in WEIGHTS]


def _ports(box: Drawn) -> Iterator[tuple[Port, Choice]]:
    for port in box.ports:
        yield port, box.node.choices[port.choice]


def _line(stroke: Stroke, weight: Weight, *, back: bool) -> str:
    look = f"{weight} back" if back else weight
    head = ""
    if stroke.head is not None:
        x, y, right, down = stroke.head
        across = f"{x - 9 * right - 4.5 * down:.1f} {y - 9 * down - 4.5 * right:.1f}"
        other = f"{x - 9 * right + 4.5 * down:.1f} {y - 9 * down + 4.5 * right:.1f}"
        head = f'<path class="head {look}" d="M{x:.1f} {y:.1f}L{across}L{other}Z"/>\n'
    return f'<path class="line {look}" d="{stroke.path}"/>\n{head}'


def _node(picture: Picture, node: Node) -> Iterator[str]:
    box, place = picture.boxes[node.id], picture.layout.places[node.id]
    left, top = place.x - box.width / 2, place.top
    yield f'<g class="node {node.kind}" data-id="{safe(node.id)}">\n'
    yield f'<path class="box" d="{outline(node.kind, left, top, box.width, box.height)}"/>\n'
    if node.kind in DOUBLE:
        yield f'<path class="inner" d="{outline(node.kind, left + 4, top + 4, box.width - 8, box.height - 8)}"/>\n'
    if node.start:
        yield _start(place.x, top)
    yield f"<title>{safe(node.told)}</title>\n"
    yield _badge(node, box, left, top) + _words(box, left, top, (None, None))
    if box.rule:
        yield f'<path class="rule" d="M{left + 8:.1f} {top + box.rule:.1f}h{box.width - 16:.1f}"/>\n'
    for number, choice in enumerate(node.choices):
        yield from _choice(picture, box, (left, top), number, choice)
    yield "</g>\n"


def _start(x: float, top: float) -> str:
    return (
        f'<rect class="badge" x="{x - 30:.1f}" y="{top - 18:.1f}" width="60" height="18"/>'
        f'<text class="letter" x="{x:.1f}" y="{top - 5:.1f}">START</text>\n'
    )


def _badge(node: Node, box: Drawn, left: float, top: float) -> str:
    x, y = left + (box.words[0].x - BADGE - 8), top + 8
    return (
        f'<rect class="badge" x="{x:.1f}" y="{y:.1f}" width="{BADGE:.0f}" height="{BADGE:.0f}"/>'
        f'<text class="letter" x="{x + BADGE / 2:.1f}" y="{y + 13.5:.1f}">{LETTERS[node.kind]}</text>\n'
    )


def _choice(picture: Picture, box: Drawn, corner: tuple[float, float], number: int, choice: Choice) -> Iterator[str]:
    """A response: a group of its own for each way, so that pointing at one shows the whole line."""
    left, top = corner
    told = f"<title>{safe(choice.says)} / {safe(choice.why)}</title>\n"
    if len(choice.ways) > 1:
        yield f'<g class="response">\n{told}{_words(box, left, top, (number, None))}</g>\n'
    for port in box.ports:
        if port.choice == number:
            to = choice.ways[port.way].to
            path = picture.router.whole(box.node.id, port, to).path
            names = f'data-from="{safe(box.node.id)}" data-response="{safe(choice.id)}" data-to="{safe(to)}"'
            yield (
                f'<g class="way" {names}>\n'
                f'{told}<path class="whole" d="{path}"/>\n{_words(box, left, top, (number, port.way))}</g>\n'
            )


def _words(box: Drawn, left: float, top: float, of: tuple[int | None, int | None]) -> str:
    return "".join(
        f'<text class="{words.style}" x="{left + words.x:.1f}" y="{top + words.y:.1f}">{safe(words.text)}</text>\n'
        for words in box.words
        if words.of == of
    )
