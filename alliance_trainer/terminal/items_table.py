"""The turns of a cohort as items on the screen: what to look at first, and how each response was used."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from alliance_trainer.cohort.notes import remarks
from alliance_trainer.cohort.study.figures import Estimate, Model, ResponseUse, SkillStudy, Study, TurnStudy, Withheld
from alliance_trainer.cohort.study.trouble import by_trouble, flagged
from alliance_trainer.core.counting import counted
from alliance_trainer.terminal.blocks import Block, Drawing, Entry, Gap, Item, Prose, Rule
from alliance_trainer.terminal.figures import decimal, in_short, in_words, per_cent
from alliance_trainer.terminal.layout import NARROW

TURNS = 8
"""So many turns are shown unless all are asked for."""

_COLUMN = 16


def items_blocks(study: Study, columns: int, *, plain: bool, everyone: bool) -> list[Block]:
    """The whole, then the turns by trouble, then how far the scores can be relied on."""
    turns = by_trouble(study)
    shown = turns if everyone else turns[:TURNS]
    tables = not plain and columns >= NARROW
    blocks = [_head(study, turns), *(_turn(turn, columns, tables=tables) for turn in shown)]
    if len(turns) > len(shown):
        more = f"... {counted(len(turns) - len(shown), 'more turn')} (--all, or --format csv)"
        blocks.append(Block(items=(Prose(text=more),)))
    return [*blocks, _reliability(study)] if turns else blocks


def _head(study: Study, turns: Sequence[TurnStudy]) -> Block:
    many = sum(flagged(turn) for turn in turns)
    attempts, trainees = counted(study.of_record, "attempt"), counted(len(study.trainees), "trainee")
    items: list[Item] = [
        Entry(label="Of record", text=f"{attempts} ({study.policy} complete one each)", column=_COLUMN),
        *(Entry(label="Left out", text=f"{one.attempts}: {one.reason}", column=_COLUMN) for one in study.left_out),
        *(Entry(label="Of these", text=text, column=_COLUMN) for text in remarks(study.after_feedback, study.versions)),
        Entry(label="To look at", text=f"{many} of {counted(len(turns), 'turn')}", column=_COLUMN),
    ]
    if turns:
        items.append(Prose(text=_KEY))
    return Block(heading=Rule(left=f"Turns as items, {trainees}", major=True), items=tuple(items))


_KEY = (
    "Facility: points taken of those on offer, 0 hard to 1 easy. Discrimination: do those who do well elsewhere do "
    "well here? Elsewhere: the share of points that a response's choosers took at all other turns. * best response."
)


def _turn(turn: TurnStudy, columns: int, *, tables: bool) -> Block:
    items: list[Item] = [
        *_warnings(turn),
        Entry(label="Patient", text=_beginning(turn.patient), column=_COLUMN),
        *_figures(turn),
        *([Gap(), *_responses(turn.responses, columns)] if tables else map(_listed, turn.responses)),
    ]
    kind = "no rupture" if turn.rupture == "none" else turn.rupture
    return Block(heading=Rule(left=f"{turn.turn} in {turn.scenario}", right=f"{kind}, n {turn.n}"), items=tuple(items))


def _warnings(turn: TurnStudy) -> Iterator[Item]:
    for flag in turn.flags:
        yield Entry(label="Look", text=flag, tone="warn", column=_COLUMN)
    for use in turn.responses:
        for flag in use.flags:
            yield Entry(label="Look", text=f"{use.response}: {flag}", tone="warn", column=_COLUMN)


def _figures(turn: TurnStudy) -> Iterator[Item]:
    if turn.together:
        yield Entry(label="Facility", text=in_words(turn.together.facility), column=_COLUMN)
        yield Entry(label="Discrimination", text=in_words(turn.together.discrimination), column=_COLUMN)
    if turn.asked:
        named = f"{turn.named} of {turn.asked} named a rupture"
        text = named if turn.rupture == "none" else f"{named}, {turn.exact} as {turn.rupture}"
        yield Entry(label="Noticed", text=text, column=_COLUMN)


def _beginning(text: str) -> str:
    """The first words of what the patient says, enough to know the turn by."""
    words = text.split()
    kept = " ".join(words[:24])
    return kept if len(words) <= 24 else f"{kept} ..."


def _responses(uses: Sequence[ResponseUse], columns: int) -> Iterator[Item]:
    """The uses as a table, or as a list where it would be wider than the screen."""
    rows = [("Response", "n", "share", "elsewhere"), *map(_cells, uses)]
    widths = [max(cell_len(row[at]) for row in rows) for at in range(4)]
    if sum(widths) + 8 > min(columns, 79):
        yield from map(_listed, uses)
        return
    lines = []
    for name, *numbers in rows:
        cells = [" " * (width - cell_len(cell)) + cell for cell, width in zip(numbers, widths[1:], strict=True)]
        lines.append("  ".join((name + " " * (widths[0] - cell_len(name)), *cells)))
    yield Drawing(lines=tuple(lines))


def _cells(use: ResponseUse) -> tuple[str, str, str, str]:
    return f"{use.response}{' *' if use.best else ''}", str(use.n), per_cent(use.share), in_short(use.rest)


def _listed(use: ResponseUse) -> Entry:
    best = ", the best" if use.best else ""
    elsewhere = f", elsewhere {decimal(use.rest.value)}" if isinstance(use.rest, Estimate) else ""
    return Entry(label=use.response, text=f"chosen by {use.n} ({per_cent(use.share)}){best}{elsewhere}")


def _reliability(study: Study) -> Block:
    entries = [Entry(label=one.skill.capitalize(), text=_relied(one), column=19) for one in study.skills]
    items: list[Item] = [*entries, Gap(), Prose(text="Formative and unvalidated; not for ranking people.")]
    return Block(heading=Rule(left="How far the scores can be relied on"), items=tuple(items))


def _relied(skill: SkillStudy) -> str:
    match skill.model:
        case Model(phi=phi, reliability=reliability, turns=turns):
            over = counted(turns, "turn")
            model = f"Phi {decimal(phi)}, reliability {decimal(reliability)} (person + turn model, {over})"
        case Withheld(reason=reason, n=n):
            model = f"Phi not given: {reason} (here {n})"
    if not isinstance(skill.alpha, Estimate):
        return model
    common = counted(skill.common_turns, "turn")
    return f"{model}; alpha {decimal(skill.alpha.value)} on the {common} that all met, and only there"
