"""What `analyze` says, for people: a page with the ways, the moments, the best way, the policies, and the key."""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from alliance_trainer.analysis.cues import RIDGE, Advantage
from alliance_trainer.analysis.extremes import JointWay
from alliance_trainer.analysis.march import Results
from alliance_trainer.analysis.proofs import shown
from alliance_trainer.analysis.report import Analysis, Verdict
from alliance_trainer.core.findings import Finding
from alliance_trainer.core.vocabulary.outcomes import OUTCOME_VALUES
from alliance_trainer.core.vocabulary.skills import SKILLS, Skill
from alliance_trainer.terminal.blocks import Block, Drawing, Entry, Gap, Item, Prose, Rule
from alliance_trainer.terminal.layout import MEASURE, padded

_SHORT: dict[Skill, str] = {
    "recognition": "recogn.",
    "nondefensiveness": "nondef.",
    "metacommunication": "metacom.",
    "responsibility": "respons.",
}
_LABELS = 21
_MOST_TURNING = 12


def analysis_blocks(analysis: Analysis, findings: Sequence[Finding], columns: int, *, plain: bool) -> list[Block]:
    """The page of one scenario. `findings` are those about its key."""
    room = 0 if plain else min(columns, MEASURE)
    return [
        _overview(analysis),
        _unmet(analysis),
        _skills(analysis, room),
        _best(analysis),
        _turning(analysis),
        _policies(analysis, room),
        _key(analysis, findings, room),
    ]


def pooled_block(advantages: Sequence[Advantage], scenarios: int, columns: int, *, plain: bool) -> Block:
    """What following each cue gains over the turns of several scenarios."""
    items = _cues(advantages, 0 if plain else min(columns, MEASURE))
    note = Prose(text="The guesser learnt from the other scenarios each time.")
    return Block(heading=Rule(left=f"Cues over all {scenarios} scenarios", major=True), items=(*items, note))


def _overview(analysis: Analysis) -> Block:
    automaton, ways = analysis.proofs.automaton, analysis.ways
    exact = "everything below is exact" if analysis.complete else "more than the budget: what follows is partly sampled"
    items: list[Item] = [
        Entry(label="Situations", text=f"{len(automaton.situations):,}; {exact}", column=_LABELS),
        Entry(label="Ways", text=_ways_in_words(analysis), column=_LABELS),
        Entry(label="Turns on a way", text=f"{_number(ways.shortest)} to {_number(ways.longest)}", column=_LABELS),
        Entry(label="Tests in the file", text=_tested(analysis), column=_LABELS),
        *(_ending(analysis, verdict) for verdict in analysis.endings),
    ]
    return Block(heading=Rule(left=f"Analysis: {analysis.scenario.title}", major=True), items=tuple(items))


def _ways_in_words(analysis: Analysis) -> str:
    if analysis.ways.paths is not None:
        return f"{analysis.ways.paths:,} from the start to an ending"
    return "without number: a way can go round in circles" if analysis.proofs.complete else "not counted"


def _number(value: int | None) -> str:
    return "?" if value is None else str(value)


def _tested(analysis: Analysis) -> str:
    given, everything = analysis.tested
    count = len(analysis.scenario.tests)
    return f"{count}, which give {given} of {everything} responses" if count else "none"


def _ending(analysis: Analysis, verdict: Verdict) -> Entry:
    ending = analysis.scenario.endings[verdict.id]
    words = f"{ending.outcome} (worth {OUTCOME_VALUES[ending.outcome]})"
    if analysis.random is not None:
        words += f"; {_percent(analysis.random.endings[verdict.id])} of random plays"
    return Entry(label=verdict.id, text=words if verdict.holds else f"{words}; {_why_not(verdict)}", column=_LABELS)


def _why_not(verdict: Verdict) -> str:
    if verdict.plays is not None:
        return f"not observed in {verdict.plays:,} random plays"
    return "never reached (proved)"


def _percent(share: float) -> str:
    if 0 < share < 0.0005:
        return f"{share:.1e}"
    return f"{100 * share:.1f} %"


def _unmet(analysis: Analysis) -> Block:
    """What never happens, and conditions that decide nothing."""
    items: list[Item] = [
        Prose(text=f"{verdict.id}: {_why_not(verdict)}")
        for verdict in (*analysis.turns, *analysis.responses)
        if not verdict.holds
    ]
    items += [
        Prose(text=f"{'.'.join(one.path)}: always {'true' if one.value else 'false'}, {one.reason}")
        for one in analysis.proofs.constants
    ]
    items = items or [Prose(text="Nothing: every turn is met, every response is on offer somewhere.")]
    return Block(heading=Rule(left="What never happens"), items=tuple(items))


def _skills(analysis: Analysis, room: int) -> Block:
    heads = ("", "moments on a way", "random play", "on the joint best")
    rows = [_skill_row(analysis, skill) for skill in SKILLS]
    return Block(heading=Rule(left="The four skills"), items=tuple(_tabled(heads, rows, room)))


def _skill_row(analysis: Analysis, skill: Skill) -> tuple[str, ...]:
    reach = analysis.ranges.get(skill)
    moments = f"{reach.moments_min} to {reach.moments_max}" if reach else "?"
    return skill, moments, _mean(analysis.random, skill), _score(analysis.joint_best, skill)


def _mean(found: Results | None, skill: Skill) -> str:
    spread = found.skills[skill] if found else None
    return "-" if spread is None or spread.mean is None else f"{spread.mean:.2f} (sd {spread.sd:.2f})"


def _score(way: JointWay | None, skill: Skill) -> str:
    score = way.score(skill) if way else None
    return "-" if score is None else f"{score:.2f}"


def _best(analysis: Analysis) -> Block:
    items: list[Item] = []
    for label, way in (("Most points", analysis.joint_best), ("Fewest points", analysis.joint_least)):
        if way is not None:
            total = f"{sum(way.points.values())} of {sum(way.offered.values())}"
            outcome = analysis.scenario.endings[way.ending].outcome
            items.append(Entry(label=label, text=f"{total}, to {way.ending} ({outcome})", column=_LABELS))
            items.append(Prose(text=shown(way.path, most=len(way.path))))
    if analysis.joint_best and analysis.best_outcome is not None:
        reached = OUTCOME_VALUES[analysis.scenario.endings[analysis.joint_best.ending].outcome]
        if reached < analysis.best_outcome:
            items.append(Prose(text="The way with the most points does not lead to the best ending."))
    return Block(heading=Rule(left="The joint best way"), items=tuple(items or [Prose(text="Not known.")]))


def _turning(analysis: Analysis) -> Block:
    found = analysis.turning_points
    items: list[Item] = [
        Prose(text=f"{one.turn}.{one.response}: -{one.lost}{' always' if one.always else ' in some situations'}")
        for one in found[:_MOST_TURNING]
    ]
    if len(found) > _MOST_TURNING:
        items.append(Prose(text=f"... and {len(found) - _MOST_TURNING} more (--format json)"))
    return Block(
        heading=Rule(left="Responses that put a better ending out of reach"),
        items=tuple(items or [Prose(text="None: the best ending stays in reach to the last.")]),
    )


def _policies(analysis: Analysis, room: int) -> Block:
    heads = ("mean score of", *(_SHORT[skill] for skill in SKILLS), "most often to")
    rows = [_policy_row(name, found) for name, found in analysis.key.policies.items()]
    items = _tabled(heads, rows, room) if rows else [Prose(text="Not known beyond the budget.")]
    return Block(heading=Rule(left="What policies come to"), items=tuple(items))


def _policy_row(name: str, found: Results) -> tuple[str, ...]:
    means = (found.skills[skill].mean for skill in SKILLS)
    ending = max(found.endings, key=lambda one: found.endings[one])
    scores = ("-" if mean is None else f"{mean:.2f}" for mean in means)
    return name, *scores, f"{ending} {_percent(found.endings[ending])}"


def _key(analysis: Analysis, findings: Sequence[Finding], room: int) -> Block:
    key = analysis.key
    hits, count, limit = key.longest_is_best
    foils, asking = key.foils
    worst = min(key.margins, key=lambda one: one.margin, default=None)
    alike = max(key.collinear, key=lambda one: one.r, default=None)
    items: list[Item] = [
        *_cues(key.advantages, room),
        Gap(),
        Entry(label="Longest is best", text=f"in {hits} of {count} turns (limit {limit:.0%})", column=_LABELS),
        Entry(label="Best stands at place", text=_positions(key.positions), column=_LABELS),
        Entry(label="No rupture", text=f"in {foils} of {asking} turns that ask", column=_LABELS),
    ]
    if alike:
        words = f"{' and '.join(alike.skills)}: r = {alike.r:.2f} over {alike.responses} responses"
        items.append(Entry(label="Most alike", text=words, column=_LABELS))
    if worst:
        words = f"{worst.turn}.{worst.response}: {worst.margin:+.3f} of the mean score"
        items.append(Entry(label="Cheapest mistake", text=words, column=_LABELS))
    items += [Gap(), *_found(findings)]
    return Block(heading=Rule(left="The key: can it be guessed?"), items=tuple(items))


def _positions(counts: Sequence[int]) -> str:
    return ", ".join(f"{place}: {count}" for place, count in enumerate(counts, start=1)) or "-"


def _found(findings: Sequence[Finding]) -> Iterable[Item]:
    if not findings:
        yield Prose(text="Nothing to report about the key.")
    for finding in findings:
        yield Prose(text=f"{finding.code} {finding.message} {finding.hint}")


def _cues(advantages: Sequence[Advantage], room: int) -> list[Item]:
    heads = ("following only", "gains", "p")
    rows = [
        ("nine figures of the wording" if one.name == RIDGE else one.name, f"{one.advantage:+.2f}", f"{one.p:.4f}")
        for one in advantages
    ]
    return _tabled(heads, rows, room)


def _tabled(heads: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> list[Item]:
    """A table, or where it does not fit a list: the first cell as the label, the others with their heads."""
    every = (heads, *rows)
    widths = [max(cell_len(line[at]) for line in every) for at in range(len(heads))]
    if sum(widths) + 2 * len(widths) > room:
        return [Entry(label=row[0], text=_told(heads, row), column=_LABELS) for row in rows]
    lines = ("  ".join(map(padded, line, widths)).rstrip() for line in every)
    return [Drawing(lines=tuple(lines))]


def _told(heads: Sequence[str], row: Sequence[str]) -> str:
    return ", ".join(f"{head} {cell}".strip() for head, cell in zip(heads[1:], row[1:], strict=True))
