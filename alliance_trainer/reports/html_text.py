"""The one door to HTML and SVG: text that stays text, whatever it contains, and pages that load and run nothing."""

import re
from html import escape

from alliance_trainer.core.clean import MARK, clean

_NOT_IN_XML = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def safe(text: str) -> str:
    """The text cleaned and escaped, for the inside of an element or of a quoted attribute.

    Pure ASCII: a page reads the same whatever encoding a screen or a pipe has.
    """
    escaped = escape(_NOT_IN_XML.sub(MARK, clean(text)), quote=True)
    return escaped.encode("ascii", "xmlcharrefreplace").decode("ascii")


def page(title: str, style: str, body: str) -> str:
    """A whole page in one file; `style` and `body` are HTML already."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{safe(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )


STYLE = """\
:root { color-scheme: light dark; --paper: #fff; --ink: #000; --soft: #757575; --blue: #0078C8; --orange: #C25400; }
@media (prefers-color-scheme: dark) { :root { --paper: #000; --ink: #fff; } }
@media print { :root { color-scheme: light; --paper: #fff; --ink: #000; } }
body { background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, "DejaVu Sans", sans-serif;
  margin: 1.5rem auto; max-width: 75rem; padding: 0 1rem; }
h1, h2, h3 { line-height: 1.25; }
code, .id { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
a { color: var(--blue); }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--orange); }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: bold; padding: .5rem 0; }
th, td { border: 1px solid var(--soft); padding: .3rem .5rem; text-align: left; vertical-align: top; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
"""
"""The look of every page: light and dark, colours that reach a contrast of 4.5 on white and on black, printable."""
