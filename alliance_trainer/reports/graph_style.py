"""The look of a picture: two house colours and one grey, all with a contrast of 4.5 on white and on black."""

STYLE = """\
.graph { --paper: #fff; --ink: #000; --soft: #757575; --blue: #0078C8; --orange: #C25400; }
@media (prefers-color-scheme: dark) { .graph { --paper: #000; --ink: #fff; } }
@media print { .graph { --paper: #fff; --ink: #000; } }
.graph .paper { fill: var(--paper); }
.graph text { fill: var(--ink); font: 11px system-ui, "DejaVu Sans", Arial, sans-serif; }
.graph .name, .graph .choice { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
.graph .name { font-size: 13px; font-weight: bold; }
.graph .choice { font-size: 12px; }
.graph .choice.strongest { font-weight: bold; }
.graph .mark { font-size: 10px; }
.graph .heading { font-size: 15px; font-weight: bold; }
.graph .box { fill: var(--paper); stroke: var(--ink); stroke-width: 1.2; }
.graph .inner { fill: none; stroke: var(--ink); stroke-width: 1.2; }
.graph .rule { stroke: var(--soft); stroke-width: 1; }
.graph .badge { fill: var(--ink); }
.graph .letter { fill: var(--paper); font-weight: bold; font-size: 12px; text-anchor: middle; }
.graph .withdrawal .box, .graph .good .box, .graph .good .inner { stroke: var(--blue); }
.graph .withdrawal .badge, .graph .good .badge { fill: var(--blue); }
.graph .confrontation .box, .graph .bad .box { stroke: var(--orange); stroke-width: 3; }
.graph .confrontation .badge, .graph .bad .badge { fill: var(--orange); }
.graph .withdrawal .box { stroke-dasharray: 7 4; stroke-width: 1.8; }
.graph .partly .box { stroke-dasharray: 9 4 2 4; stroke-width: 1.8; }
.graph .sealed .box { stroke-dasharray: 2 3; stroke-width: 2; }
.graph .line { fill: none; stroke: var(--soft); stroke-width: 1.3; }
.graph .line.strongest { stroke: var(--ink); stroke-width: 2.8; }
.graph .line.weak { stroke-dasharray: 6 4; }
.graph .line.back { stroke: var(--orange); stroke-dasharray: 1.5 4.5; stroke-width: 2.4; stroke-linecap: round; }
.graph .head { fill: var(--soft); }
.graph .head.strongest { fill: var(--ink); }
.graph .head.back { fill: var(--orange); }
.graph .whole { fill: none; stroke: transparent; stroke-width: 9; }
.graph .way:hover .whole { stroke: var(--blue); stroke-width: 4; }
.graph .way:hover text { text-decoration: underline; }
"""
