"""The review sheet as one page: to read and tick on a screen, or to print and fill in by hand."""

from collections.abc import Iterator
from itertools import groupby

from alliance_trainer.core.outline import Outline
from alliance_trainer.reports.html_text import STYLE, page, safe
from alliance_trainer.reports.review_sheet import Check, Fact, Heading, Notes, Part, parts

_STYLE = """\
body { max-width: 52rem; }
h2 { border-top: 3px solid var(--ink); padding-top: .5rem; }
h2, h3 { break-after: avoid; }
dl { display: grid; grid-template-columns: minmax(6rem, 9rem) 1fr; gap: .15rem .8rem; }
dt { font-weight: bold; }
dd:empty { border-bottom: 1px solid var(--soft); min-height: 1.5em; }
dd { margin: 0; overflow-wrap: anywhere; }
.checks { list-style: none; padding: 0; break-inside: avoid; }
.checks input { width: 1.1em; height: 1.1em; margin-right: .5em; }
textarea { box-sizing: border-box; width: 100%; min-height: 7rem; font: inherit; padding: .3rem;
  background: var(--paper); color: var(--ink); border: 1px solid var(--soft); break-inside: avoid; }
.once { color: var(--ink); border-left: 4px solid var(--orange); padding-left: .6rem; }
@media print { .once { display: none; } }
@media (max-width: 35rem) { dl { display: block; } }
"""

_ONCE = "What you tick and type here is not saved: print it, or fill in the Markdown form of this sheet instead."


def review_html(told: Outline) -> str:
    """The page: one file without script, light and dark."""
    return page(f"Review: {told.title}", STYLE + _STYLE, f"<main>\n{''.join(_body(told))}</main>\n")


def _body(told: Outline) -> Iterator[str]:
    for number, (kind, group) in enumerate(groupby(parts(told), key=_kind)):
        some = list(group)
        match kind:
            case "facts":
                yield f"<dl>\n{''.join(_inner(part) for part in some)}</dl>\n"
            case "checks":
                yield f'<ul class="checks">\n{"".join(_inner(part) for part in some)}</ul>\n'
            case _:
                yield "".join(_inner(part) for part in some)
        if number == 1:  # below the title and the first sentence
            yield f'<p class="once">{_ONCE}</p>\n'


def _kind(part: Part) -> str:
    match part:
        case Fact(label=label) if label:
            return "facts"
        case Check():
            return "checks"
        case _:
            return type(part).__name__


def _inner(part: Part) -> str:
    match part:
        case Heading(level=level, text=text, anchor=anchor):
            name = f' id="{safe(anchor)}"' if anchor else ""
            return f"<h{level}{name}>{safe(text)}</h{level}>\n"
        case Fact(label="", text=text):
            return f"<p>{safe(text)}</p>\n"
        case Fact(label=label, text=text):
            return f"<dt>{safe(label)}</dt><dd>{safe(text)}</dd>\n"
        case Check(text=text):
            return f'<li><label><input type="checkbox">{safe(text)}</label></li>\n'
        case Notes(about=about):
            return f'<label>Notes on {safe(about)}<textarea rows="4"></textarea></label>\n'
