"""The look of a cohort's report: tints for its pictures in both schemes, small tables, and how it is printed."""

from alliance_trainer.core.vocabulary.skills import SKILL_MEANINGS, SKILLS

LIGHT_TINTS = ("#f09a5c", "#f6c19b", "#fbe2cf", "#efefef", "#d2e6f6", "#9fcdf0", "#5fb0ea")
DARK_TINTS = ("#9c4400", "#6e3408", "#40220f", "#262626", "#10293d", "#0a3d62", "#005c99")
"""Seven shades from nothing (orange) over a half (grey) to all (blue): apart for every kind of colour vision."""


def _meanings() -> str:
    """The meanings of the skills on the trainees' pages: written once, since there can be hundreds of pages."""
    return "".join(
        f'.skills tbody tr:nth-child({row}) th::after {{ content: ": {SKILL_MEANINGS[skill]}"; }}\n'
        for row, skill in enumerate(SKILLS, 1)
    )


def _tints(tints: tuple[str, ...]) -> str:
    return " ".join(f"--{letter}: {tint};" for letter, tint in zip("abcdefg", tints, strict=True))


REPORT_STYLE = (
    f"""\
:root {{ {_tints(LIGHT_TINTS)} --quiet: #595959; --line: #0067ad; }}
@media (prefers-color-scheme: dark) {{ :root {{ {_tints(DARK_TINTS)} --quiet: #a6a6a6; --line: #58aeee; }} }}
@media print {{ :root {{ {_tints(LIGHT_TINTS)} --quiet: #595959; --line: #0067ad; }} }}
"""
    + _meanings()
    + """\
body { overflow-wrap: break-word; }
a { color: var(--line); }
h2 { border-top: 3px solid var(--ink); padding-top: .6rem; margin-top: 2.5rem; }
figure { margin: 0 0 1rem; }
svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--ink); font: 11px system-ui, "DejaVu Sans", Arial, sans-serif; }
q, li b, .heat th { unicode-bidi: isolate; }
.group th { font-weight: bold; padding-top: .8rem; border-left: 0; border-right: 0; }
small, .quiet { font-size: .85em; color: var(--quiet); }
.skills th::after { color: var(--quiet); font-weight: normal; }
.how::before { content: "How each ended; how many ruptures led back before that; and quoted, if any, answers after"
  " which a better ending was out of reach."; }
.more::after { content: " there was a stronger response, or something else to be noticed."; }
.how, .more { font-size: .85em; color: var(--quiet); }
.notes { max-width: 50rem; }
.narrow { display: none; }
.caveat { border-left: 4px solid var(--orange); padding-left: .7rem; max-width: 50rem; }
.names, .toc { display: flex; flex-wrap: wrap; gap: .3rem 1rem; list-style: none; padding: 0; }
.names li { max-width: 100%; overflow-wrap: anywhere; }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 27rem), 1fr)); gap: 1rem 2rem; }
.pictures h3 { margin: 0; }
.pictures p { margin: .1rem 0 .4rem; }
.square { max-width: 30rem; }
.scroll { overflow-x: auto; max-width: 100%; margin: .5rem 0 1rem; position: relative; }
.scroll th, .scroll td { font-size: .85rem; }
.flow svg { min-width: 72rem; }
summary { cursor: pointer; padding: .3rem 0; color: var(--line); }
table { margin: .3rem 0 1rem; }
.fit { width: auto; max-width: 100%; }
th { font-weight: 600; }
tbody th { overflow-wrap: anywhere; font-weight: normal; min-width: 6rem; }
.relied th, .skills th { overflow-wrap: normal; }
.number, .confusion td { text-align: right; white-space: nowrap; }
.heat { width: auto; border-collapse: separate; border-spacing: 1px; }
.heat th, .heat td { border: 0; padding: .15rem .3rem; text-align: center; min-width: 1.9rem; }
.heat tbody th { text-align: left; min-width: 5.5rem; max-width: 11rem; position: sticky; left: 0;
  background: var(--paper); }
.heat td, .key, .swatch, .skills i, .items i { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.heat td { background: var(--g); } .heat td.n, .heat td:empty { background: none; }
.heat td:empty::before { content: "·"; }
.heat .a, .heat .b, .heat .c, .heat .d, .heat .e, .heat .f { background: var(--t); }
.a { --t: var(--a); } .b { --t: var(--b); } .c { --t: var(--c); } .d { --t: var(--d); } .e { --t: var(--e); }
.f { --t: var(--f); } .g { --t: var(--g); } .key { background: var(--t); }
.key { display: inline-block; padding: 0 .5rem; margin: 0 .1rem .2rem 0; }
.axis { stroke: var(--soft); stroke-width: 1; fill: none; }
.dashed { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 3 3; fill: none; }
.dot { stroke: var(--line); stroke-width: 7; stroke-linecap: round; }
.hole { stroke: var(--paper); stroke-width: 4; stroke-linecap: round; }
.box { fill: var(--f); stroke: var(--ink); stroke-width: 1; }
.mark { stroke: var(--ink); stroke-width: 2; fill: none; }
.cross { stroke: var(--orange); stroke-width: 3; fill: none; }
.middle { text-anchor: middle; }
.end { text-anchor: end; }
.best { fill: var(--f); }
.other { fill: var(--b); stroke: var(--orange); stroke-width: 1; stroke-dasharray: 3 2; }
.node { stroke: var(--ink); stroke-width: 8; }
.stop { fill: var(--paper); stroke: var(--ink); stroke-width: 2; }
.halo { paint-order: stroke; stroke: var(--paper); stroke-width: 3px; stroke-linejoin: round; }
.swatch { display: inline-block; width: 2rem; height: .8rem; border: 1px solid var(--ink); vertical-align: middle; }
.swatch.best { background: var(--f); } .swatch.other { background: var(--b); border: 1px dashed var(--orange); }
.items td ul { margin: 0; padding: 0; list-style: none; }
.items li { padding: .1rem 0 .1rem .4rem; border-left: 2px solid var(--soft); margin-bottom: .25rem; }
.items li.good { border-left: 4px solid var(--line); }
.items i { display: block; height: .3rem; width: calc(var(--s) * 1%); background: var(--soft); }
.items .good i { background: var(--line); }
.flag { border-left: 4px solid var(--orange); padding-left: .4rem; margin: .2rem 0; }
.skills i { display: block; width: 8rem; max-width: 100%; height: .8rem; border: 1px solid var(--soft);
  background: linear-gradient(90deg, transparent calc(var(--p) * 1% - 1.5px), var(--ink) 0,
  var(--ink) calc(var(--p) * 1% + 1.5px), transparent 0),
  linear-gradient(90deg, transparent calc(var(--l) * 1%), var(--f) 0, var(--f) calc(var(--h) * 1%), transparent 0); }
.moments { padding-left: 1.2rem; }
.moments li { margin-bottom: .8rem; break-inside: avoid; }
.moments blockquote { margin: .2rem 0; padding-left: .7rem; border-left: 3px solid var(--soft); }
.moments p { margin: .2rem 0; }
@media (max-width: 40rem) {
  body { margin: .8rem auto; padding: 0 .7rem; }
  h1 { font-size: 1.5rem; } h2 { font-size: 1.25rem; }
  .stack thead { display: none; }
  .stack, .stack tbody, .stack tr, .stack th, .stack td { display: block; width: auto; text-align: left; border: 0; }
  .stack tr { border: 1px solid var(--soft); margin-bottom: .5rem; padding: .2rem .4rem; }
  .stack td, .stack th { padding: .1rem 0; }
  .stack tbody th { font-weight: 600; }
  .stack .group { border: 0; margin: .6rem 0 0; padding: 0; }
  .stack caption { display: block; }
  .stack td { display: inline-block; margin-right: 1rem; }
  .stack td:last-child { display: block; margin: 0; }
  .stack td::before { color: var(--quiet); }
  ul, ol { padding-left: 1.2rem; }
  .narrow { display: block; }
  .scenarios td:nth-of-type(1)::before { content: "Id: "; }
  .scenarios td:nth-of-type(2)::before { content: "Attempts of record: "; }
  .scenarios td:nth-of-type(3)::before { content: "Hash of its key: "; }
  .relied td:nth-of-type(1)::before { content: "Trainees: "; }
  .relied td:nth-of-type(2)::before { content: "Reliability: "; }
  .relied td:nth-of-type(3)::before { content: "Phi: "; }
  .relied td:nth-of-type(4)::before { content: "Alpha: "; }
  .items td:nth-of-type(1)::before { content: "It was: "; }
  .items td:nth-of-type(2)::before { content: "Met by: "; }
  .items td:nth-of-type(3)::before { content: "Noticed: "; }
  .items td:nth-of-type(4)::before { content: "Points: "; }
  .items td:nth-of-type(5)::before { content: "Link with the rest: "; }
  .onward td:nth-of-type(1)::before { content: "People: "; }
  .onward td:nth-of-type(2)::before { content: "Went on to (of them by a best response): "; }
}
@media print {
  body { max-width: none; margin: 0; padding: 0; font-size: .75rem; line-height: 1.35; }
  h2 { margin-top: 0; } h3 { margin: .6rem 0 .3rem; } p, ul, ol { margin: .35rem 0; }
  .pictures { grid-template-columns: 1fr 1fr; }
  .ways { page: wide; }
  nav, summary, .screen { display: none; }
  details { display: block; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
  .scroll { overflow: visible; }
  .flow svg { min-width: 0; }
  .heat th, .heat td { font-size: .6rem; padding: 1px; min-width: 1.3rem; }
  .heat tbody th { position: static; }
  .trainee { break-before: page; }
  h2, h3, caption { break-after: avoid; }
  figure { break-inside: avoid; }
  body:has(.trainee:target) main > :not(.trainee:target) { display: none; }
  .trainee:target { break-before: auto; }
}
@page { margin: 14mm; }
@page wide { size: landscape; }
"""
)
