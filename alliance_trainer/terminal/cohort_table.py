"""The cohort on the screen: a table, or a list where it is too narrow for one; then totals and what was not scored."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import wrap

from rich.cells import cell_len

from alliance_trainer.cohort.notes import AFTER_FEEDBACK, notes_of, versions_in_words
from alliance_trainer.cohort.policy import Policy
from alliance_trainer.cohort.result import CohortFigures, CohortResult, NotScored, SkillSummary, TurnNoticed
from alliance_trainer.cohort.scoring.scored import NoticedFigures, Scored, SkillFigures
from alliance_trainer.core.counting import counted
from alliance_trainer.core.vocabulary.skills import SKILLS, Rated
from alliance_trainer.terminal.blocks import Block, Drawing, Entry, Gap, Item, Prose, Rule
from alliance_trainer.terminal.figures import per_cent
from alliance_trainer.terminal.layout import padded

ROWS = 20
"""So many attempts are shown unless all are asked for."""

_LISTED = 10
_MARK = "+"
_IN = " " * 4
_HEADINGS: dict[Rated, str] = {
    "recognition": "Recog.",
    "nondefensiveness": "Nondef.",
    "metacommunication": "Metac.",
    "responsibility": "Resp.",
}
_NUMBERS = ("Right", *(_HEADINGS[skill] for skill in SKILLS))


def cohort_blocks(result: CohortResult, columns: int, *, plain: bool, everyone: bool, policy: Policy) -> list[Block]:
    """The table, the totals, and what was not scored."""
    rows = result.rows if everyone else result.rows[:ROWS]
    people = counted(result.figures.trainees, "trainee")
    head = f"Scored {result.scored} of {counted(result.read, 'attempt')}, {people} with a complete one"
    items: list[Item] = [Gap()]
    lines = None if plain else _drawn(rows, min(columns, 80) - 2)
    if lines is not None:
        items.append(Drawing(lines=tuple(line.rstrip() for line in lines)))
    else:
        items += [item for row in rows for item in _listed(row)]
    if result.scored > len(rows):
        items += [Gap(), Prose(text=f"... {result.scored - len(rows)} more (--all, or --format csv)")]
    table = Block(heading=Rule(left=head, major=True), items=tuple(items))
    return [table, _totals(result, policy), *_not_scored(result, everyone=everyone)]


def _drawn(rows: Sequence[Scored], wide: int) -> list[str] | None:
    """The table, if need be without the endings and with the scenarios below the trainees; None if too narrow.

    Notes have a column, where there are any, or else lines of their own.
    """
    forms = (
        [("Trainee", "Scenario", *_NUMBERS, "Ending", "Note"), *map(_cells, rows)],
        [("Trainee", *_NUMBERS, "Note"), *_below(rows)],
    )
    for form in forms:
        noted = any(note for *_, note in form[1:])
        lines = _table(form if noted else [cells[:-1] for cells in form])
        if cell_len(lines[0]) <= wide:
            return lines
    lines = _table([cells[:-1] for cells in forms[1]])
    return _with_notes(lines, forms[1], wide) if cell_len(lines[0]) <= wide else None


def _with_notes(lines: Sequence[str], form: Sequence[Sequence[str]], wide: int) -> list[str]:
    """The lines of a table, each with its note below it."""
    found = []
    for line, (*_, note) in zip(lines, form, strict=True):
        found.append(line)
        if note and line is not lines[0]:
            found += wrap(note, wide, initial_indent=_IN, subsequent_indent=_IN)
    return found


def _cells(row: Scored) -> tuple[str, ...]:
    return (row.attempt.trainee, _scenario(row), *_numbers(row), _end(row), _notes(row))


def _below(rows: Sequence[Scored]) -> Iterator[tuple[str, ...]]:
    for trainee, attempts in groupby(rows, key=lambda row: row.attempt.trainee):
        yield (trainee, *[""] * (len(_NUMBERS) + 1))
        for row in attempts:
            unfinished = ["unfinished"] if row.status == "unfinished" else []  # for there is no column for the ending
            yield (f"  {_scenario(row)}", *_numbers(row), "; ".join([*unfinished, *_beside(row)]))


def _notes(row: Scored) -> str:
    return "; ".join(_beside(row))


def _beside(row: Scored) -> Iterator[str]:
    """What is said of an attempt, and of one in assess mode the receipt that was shown at its end."""
    if row.status == "assisted":
        yield row.status
    if row.review:
        yield "to review"
    yield from notes_of(row)
    if row.attempt.mode == "assess" and row.attempt.receipt:
        yield f"receipt {row.attempt.receipt}"


def _end(row: Scored) -> str:
    """The ending, or that it is not finished."""
    return row.status if row.ending is None or row.status == "unfinished" else row.ending


def _scenario(row: Scored) -> str:
    """The scenario, marked if the attempt does not count."""
    return row.attempt.scenario if row.of_record else f"{row.attempt.scenario} {_MARK}"


def _numbers(row: Scored) -> tuple[str, ...]:
    return (_right(row.noticed), *(_of(row.skills[skill]) for skill in SKILLS))


def _right(noticed: NoticedFigures) -> str:
    """Moments called what they are, of so many."""
    asked = noticed.n_ruptures + noticed.n_foils
    exact = sum(noticed.confusion[at][at] for at in range(4))
    return f"{exact}/{asked}" if asked else "-"


def _of(figures: SkillFigures | None) -> str:
    return f"{figures.points}/{figures.offered}" if figures else "-"


def _table(cells: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(cell_len(line[at]) for line in cells) for at in range(len(cells[0]))]
    return ["  ".join(padded(cell, width) for cell, width in zip(line, widths, strict=True)) for line in cells]


def _listed(row: Scored) -> list[Item]:
    skills = ", ".join(f"{skill} {_of(row.skills[skill])}" for skill in SKILLS)
    words = "; ".join((f"{_scenario(row)}: right {_right(row.noticed)}, {skills}", _end(row), *_beside(row)))
    return [Entry(label=row.attempt.trainee, text=words)]


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
        items.append(
            Entry(
                label="To review",
                text=f"{figures.review} with a breach (harm 2), each marked",
                column=19,
            )
        )
    if left := _left_out(figures, policy):
        items.append(Entry(label=f"Left out ({_MARK})", text=left, column=19))
    items += _notes_on_all(figures)
    items += [Gap(), Prose(text=_KEY), Gap(), Prose(text="Formative and unvalidated; not for ranking people.")]
    return Block(heading=Rule(left="The attempts that count, together"), items=tuple(items))


_KEY = (
    "Right: moments called what they are, by the kind of rupture or as plain. Noticed: ruptures, called by any kind. "
    "All else: points of those on offer."
)


def _notes_on_all(figures: CohortFigures) -> Iterator[Item]:
    if figures.after_feedback:
        text = f"{figures.after_feedback} of those that count, {AFTER_FEEDBACK}"
        yield Entry(label="After feedback", text=text, column=19)
    if figures.not_shared:
        text = f"{figures.not_shared}, not shared: shown here, and in no items, comparison, report or export"
        yield Entry(label="Practice", text=text, column=19)
    if words := versions_in_words(figures.versions):
        yield Entry(label="Version", text=words, column=19)


def _left_out(figures: CohortFigures, policy: Policy) -> str:
    """The attempts that are shown and do not count."""
    parts = [f"{count} {status}" for status, count in figures.statuses.items() if count and status != "complete"]
    if figures.repeats:
        counts = {"first": "the first counts", "last": "the last counts", "best": "the best counts"}[policy]
        rule = f"{counts} (practice that is not shared only without another)" if figures.not_shared else counts
        parts.append(f"{figures.repeats} at a scenario played more than once, of which {rule}")
    return f"{', '.join(parts)}: shown one by one, not in these totals" if parts else ""


def _summary(summary: SkillSummary) -> str:
    pooled = summary.pooled
    if pooled is None:
        return "not met"
    share = per_cent(pooled.score) if pooled.tier != "counts" else "too few moments for a percentage"
    met = counted(summary.trainees, "trainee")
    won = f"{pooled.points} of {counted(pooled.offered, 'point')}"
    return f"{won}, {counted(pooled.moments, 'moment')}, {met}: {share}"


def _noticed_words(noticed: NoticedFigures) -> str:
    seen = noticed.n_ruptures - sum(row[0] for row in noticed.confusion[1:])
    plain = noticed.confusion[0][0]
    ruptures, foils = counted(noticed.n_ruptures, "rupture"), counted(noticed.n_foils, "plain moment")
    return f"{seen} of {ruptures}; {plain} of {foils} left plain"


def _hardest(turn: TurnNoticed) -> str:
    return f"{turn.turn} in {turn.scenario} ({turn.rupture}): {turn.noticed} of {turn.answers} noticed it"


def _not_scored(result: CohortResult, *, everyone: bool) -> list[Block]:
    refused = sum(result.refused.values())
    if not refused:
        return []
    shown = result.not_scored if everyone else result.not_scored[:_LISTED]
    items: list[Item] = [Prose(text=_place(one)) for one in shown]
    if refused > len(shown):
        items.append(Prose(text=f"... {refused - len(shown)} more (--all, or --format json)"))
    again = result.refused.get("repeated", 0)
    counts = {"not scored": result.unscored, "there twice, counted once": again}
    heading = "; ".join(f"{words}: {count}" for words, count in counts.items() if count)
    return [Block(heading=Rule(left=heading.capitalize()), items=tuple(items))]


def _place(one: NotScored) -> str:
    line = f", line {one.line}" if one.line is not None else ""
    return f"{one.file}{line}: {one.reason}"
