"""The cohort on the screen: a table, or a list where it is too narrow for one; then totals and what was not scored."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.cells import cell_len

from alliance_trainer.cohort.policy import Policy
from alliance_trainer.cohort.result import CohortFigures, CohortResult, NotScored, SkillSummary, TurnNoticed
from alliance_trainer.cohort.scoring.scored import NoticedFigures, Scored, SkillFigures, VersionNote
from alliance_trainer.core.vocabulary.skills import SKILLS, Rated
from alliance_trainer.terminal.blocks import Block, Drawing, Entry, Gap, Item, Prose, Rule

ROWS = 20
"""So many attempts are shown unless all are asked for."""

_LISTED = 10
_MARK = "+"
_HEADINGS: dict[Rated, str] = {
    "recognition": "Recog.",
    "nondefensiveness": "Nondef.",
    "metacommunication": "Metac.",
    "responsibility": "Resp.",
}
_NUMBERS = ("Noticed", *(_HEADINGS[skill] for skill in SKILLS))


def cohort_blocks(result: CohortResult, columns: int, *, plain: bool, everyone: bool, policy: Policy) -> list[Block]:
    """The table, the totals, and what was not scored."""
    rows = result.rows if everyone else result.rows[:ROWS]
    head = f"Scored {result.scored} of {result.read} attempts, {result.figures.trainees} trainees with a complete one"
    items: list[Item] = [Gap()]
    lines = None if plain else _drawn(rows, min(columns, 80) - 2)
    if lines is not None:
        items.append(Drawing(lines=tuple(line.rstrip() for line in lines)))
    else:
        items += [item for row in rows for item in _listed(row)]
    if result.scored > len(rows):
        items += [Gap(), Prose(text=f"... {result.scored - len(rows)} more (--all, or --format csv)")]
    table = Block(heading=Rule(left=head, major=True), items=tuple(items))
    return [table, _totals(result, policy), *_not_scored(result)]


def _drawn(rows: Sequence[Scored], wide: int) -> list[str] | None:
    """The table, if need be without the endings and with the scenarios below the trainees; None if too narrow."""
    forms = (
        [("Trainee", "Scenario", *_NUMBERS, "Ending"), *map(_cells, rows)],
        [("Trainee", *_NUMBERS), *_below(rows)],
    )
    for cells in forms:
        lines = _table(cells)
        if cell_len(lines[0]) <= wide:
            return lines
    return None


def _cells(row: Scored) -> tuple[str, ...]:
    return (row.attempt.trainee, _scenario(row), *_numbers(row), row.ending or row.status)


def _below(rows: Sequence[Scored]) -> Iterator[tuple[str, ...]]:
    for trainee, attempts in groupby(rows, key=lambda row: row.attempt.trainee):
        yield (trainee, *[""] * len(_NUMBERS))
        for row in attempts:
            yield (f"  {_scenario(row)}", *_numbers(row))


def _scenario(row: Scored) -> str:
    """The scenario, marked if the attempt does not count."""
    return row.attempt.scenario if row.of_record else f"{row.attempt.scenario} {_MARK}"


def _numbers(row: Scored) -> tuple[str, ...]:
    return (_noticed(row.noticed), *(_of(row.skills[skill]) for skill in SKILLS))


def _noticed(noticed: NoticedFigures) -> str:
    """Right answers to the probe, of so many."""
    asked = noticed.n_ruptures + noticed.n_foils
    exact = sum(noticed.confusion[at][at] for at in range(4))
    return f"{exact}/{asked}" if asked else "-"


def _of(figures: SkillFigures | None) -> str:
    return f"{figures.points}/{figures.offered}" if figures else "-"


def _table(cells: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(cell_len(line[at]) for line in cells) for at in range(len(cells[0]))]
    return ["  ".join(_padded(cell, width) for cell, width in zip(line, widths, strict=True)) for line in cells]


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))


def _listed(row: Scored) -> list[Item]:
    skills = ", ".join(f"{skill} {_of(row.skills[skill])}" for skill in SKILLS)
    text = f"{_scenario(row)}: noticed {_noticed(row.noticed)}, {skills}; {row.ending or row.status}"
    return [Entry(label=row.attempt.trainee, text=text)]


def _totals(result: CohortResult, policy: Policy) -> Block:
    figures = result.figures
    items: list[Item] = [
        Entry(label=skill.capitalize(), text=_summary(figures.skills[skill]), column=19) for skill in SKILLS
    ]
    if figures.noticed.offered:
        items.append(Entry(label="Noticed", text=_noticed_words(figures.noticed), column=19))
    if figures.hardest:
        items.append(Entry(label="Hardest to notice", text=_hardest(figures.hardest), column=19))
    if figures.review:
        items.append(Entry(label="To review", text=f"{figures.review} with a breach (harm 2)", column=19))
    if left := _left_out(figures, policy):
        items.append(Entry(label=f"Left out ({_MARK})", text=left, column=19))
    unsure = {note: count for note, count in figures.versions.items() if count and note != "same"}
    if unsure:
        words = "; ".join(f"{count} {_VERSIONS[note]}" for note, count in unsure.items())
        items.append(Entry(label="Version", text=words, column=19))
    items += [Gap(), Prose(text="Points of those on offer. Formative and unvalidated; not for ranking people.")]
    return Block(heading=Rule(left="The attempts that count, together"), items=tuple(items))


def _left_out(figures: CohortFigures, policy: Policy) -> str:
    """The attempts that are shown and do not count."""
    parts = [f"{count} {status}" for status, count in figures.statuses.items() if count and status != "complete"]
    if figures.repeats:
        counts = {"first": "the first counts", "last": "the last counts", "best": "the best counts"}[policy]
        parts.append(f"{figures.repeats} at a scenario played more than once, of which {counts}")
    return f"{', '.join(parts)}: shown one by one, not in these totals" if parts else ""


_VERSIONS: dict[VersionNote, str] = {
    "text": "played with other words in the scenario, which change no score",
    "re-keyed": "played before the ratings were changed, scored by those at hand",
    "re-routed": "played before the ways were changed, on a way that is still there",
    "other": "played in another version of the scenario, scored by the one at hand",
    "unstated": "do not say which version of the scenario was played",
}


def _summary(summary: SkillSummary) -> str:
    pooled = summary.pooled
    if pooled is None:
        return "not met"
    share = f"{pooled.score * 100:.0f} %" if pooled.tier != "counts" else "too few moments for a percentage"
    met = f"{summary.trainees} trainee{'' if summary.trainees == 1 else 's'}"
    return f"{pooled.points} of {pooled.offered} points, {pooled.moments} moments, {met}: {share}"


def _noticed_words(noticed: NoticedFigures) -> str:
    seen = noticed.n_ruptures - sum(row[0] for row in noticed.confusion[1:])
    plain = noticed.confusion[0][0]
    return f"{seen} of {noticed.n_ruptures} ruptures seen; {plain} of {noticed.n_foils} plain moments left plain"


def _hardest(turn: TurnNoticed) -> str:
    return f"{turn.turn} in {turn.scenario} ({turn.rupture}): {turn.noticed} of {turn.answers} noticed it"


def _not_scored(result: CohortResult) -> list[Block]:
    refused = sum(result.refused.values())
    if not refused:
        return []
    shown = result.not_scored[:_LISTED]
    items: list[Item] = [Prose(text=_place(one)) for one in shown]
    if refused > len(shown):
        items.append(Prose(text=f"... {refused - len(shown)} more (--format json names every one)"))
    return [Block(heading=Rule(left=f"Not scored: {refused}"), items=tuple(items))]


def _place(one: NotScored) -> str:
    line = f", line {one.line}" if one.line is not None else ""
    return f"{one.file}{line}: {one.reason}"
