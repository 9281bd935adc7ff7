"""The supervisor's sheet as one page that is printed on one side of A4; it loads and runs nothing."""

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from alliance_trainer.reports.html_text import STYLE, page, safe
from alliance_trainer.reports.sheet import Sheet, left_out_in_words, rows, ways
from alliance_trainer.reports.sheet_curve import curve

_STYLE = """\
body { max-width: 46rem; font-size: .95rem; line-height: 1.4; }
h1 { font-size: 1.35rem; margin: 0 0 .2rem; }
h2 { font-size: 1.05rem; margin: .9rem 0 .2rem; border-top: 2px solid var(--ink); padding-top: .25rem; }
h3 { font-size: 1rem; margin: .5rem 0 .1rem; }
p { margin: .25rem 0; overflow-wrap: anywhere; }
.facts { display: flex; flex-wrap: wrap; gap: 0 2rem; }
dl { display: grid; grid-template-columns: 7.5rem 1fr; gap: .05rem .7rem; margin: .15rem 0; break-inside: avoid; }
dt { font-weight: bold; }
dd { margin: 0; overflow-wrap: anywhere; }
.skills { grid-template-columns: 11.5rem 1fr; }
.own { border-left: 4px solid var(--blue); padding-left: .5rem; }
.curve { display: block; width: 100%; height: auto; }
.curve text { fill: var(--ink); font-size: 12px; }
.curve .grid { stroke: var(--soft); stroke-width: .5; }
.curve polyline { fill: none; stroke-width: 2; }
.curve .mine { stroke: var(--blue); }
.curve .best { stroke: var(--ink); stroke-dasharray: 2 5; }
.curve .dot { fill: var(--blue); }
.curve .rupture { fill: var(--orange); }
.curve .on { fill: #fff; font-weight: bold; }
.curve .repaired { fill: var(--paper); stroke: var(--blue); stroke-width: 2; }
.notes { border: 1px solid var(--soft); min-height: 9rem; break-inside: avoid; }
.small { font-size: .85rem; }
@media (max-width: 35rem) { dl, .skills { grid-template-columns: 1fr; } dd { margin-bottom: .25rem; } }
@media print {
  @page { size: A4; margin: 8mm 12mm; }
  body { max-width: none; margin: 0; padding: 0; font-size: 8.2pt; line-height: 1.22; }
  h1 { font-size: 12.5pt; } h2 { font-size: 9.5pt; margin: 4pt 0 1pt; padding-top: 1pt; border-top-width: 1px; }
  h3 { font-size: 8.4pt; margin: 2pt 0 0; } p { margin: 1.5pt 0; } .small { font-size: 7.4pt; }
  .curve { max-width: 100mm; } .notes { min-height: 20mm; }
  dl { grid-template-columns: 20mm 1fr; } .skills { grid-template-columns: 32mm 1fr; }
}
"""


def _through_the_door(value: object) -> object:
    """Every text goes out cleaned and escaped; only what was made as HTML stays as it is."""
    return value if isinstance(value, Markup) else Markup(safe(str(value)))  # escaped by safe


_TEMPLATES = Environment(
    loader=PackageLoader("alliance_trainer.reports", "templates"),
    autoescape=True,
    finalize=_through_the_door,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def sheet_html(told: Sheet) -> str:
    """The page: one file without script, light and dark, in ASCII."""
    debrief = told.told
    picture = curve(debrief.levels, debrief.strongest_levels, debrief.marks, debrief.in_words)
    body = _TEMPLATES.get_template("sheet_body.html").render(
        sheet=told,
        debrief=debrief,
        curve=Markup(picture),  # our own drawing
        moments=[(moment, rows(moment)) for moment in told.moments],
        left_out=left_out_in_words(told),
        tries=[(one, ways(one)) for one in told.tries],
    )
    return page(told.heading, STYLE + _STYLE, body)
