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
_LISTED_WORDS = 10


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
    "well here? Share: of those to whom a response was on offer. Elsewhere: the share of points that a response's "
    "choosers took at all other turns. * best response of those on offer."
)


def _turn(turn: TurnStudy, columns: int, *, tables: bool) -> Block:
    items: list[Item] = [
        *_warnings(turn),
        Entry(label="Patient", text=_beginning(turn.patient, 24), column=_COLUMN),
        *_figures(turn),
        *([Gap(), *_responses(turn, columns)] if tables else (_listed(turn, use) for use in turn.responses)),
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
    if turn.asked and turn.rupture == "none":
        text = f"{turn.asked - turn.named} of {turn.asked} left it plain"
        yield Entry(label="Noticed", text=text, column=_COLUMN)
    elif turn.asked:
        text = f"{turn.named} of {turn.asked} named a rupture, {turn.exact} as {turn.rupture}"
        yield Entry(label="Noticed", text=text, column=_COLUMN)


def _beginning(text: str, most: int) -> str:
    """The first words of what somebody says, enough to know it by."""
    words = text.split()
    kept = " ".join(words[:most])
    return kept if len(words) <= most else f"{kept} ..."


def _responses(turn: TurnStudy, columns: int) -> Iterator[Item]:
    """The uses as a table, or as a list where it would be wider than the screen."""
    rows = [("Response", "n", "share", "elsewhere"), *(_cells(turn, use) for use in turn.responses)]
    widths = [max(cell_len(row[at]) for row in rows) for at in range(4)]
    wide = min(columns, 79) - 2
    if sum(widths) + 6 > wide:
        yield from (_listed(turn, use) for use in turn.responses)
        return
    lines = [_drawn(row, widths) for row in rows]
    below: list[list[str]] = [[], *(_below(use, wide) for use in turn.responses)]
    yield Drawing(lines=tuple(line for head, more in zip(lines, below, strict=True) for line in (head, *more)))


def _drawn(row: Sequence[str], widths: Sequence[int]) -> str:
    name, *numbers = row
    cells = [" " * (width - cell_len(cell)) + cell for cell, width in zip(numbers, widths[1:], strict=True)]
    return "  ".join((name + " " * (widths[0] - cell_len(name)), *cells))


def _below(use: ResponseUse, wide: int) -> list[str]:
    """The lines below a response: how what it says begins, as far as one line goes, and for whom it is the best."""
    words = use.says.split()
    most = next((n for n in range(len(words), 0, -1) if cell_len(_said(use, n)) + 4 <= wide), 0)
    lines = [f"    {_said(use, most)}"] if most else []
    return [*lines, *([f"    * best {use.best_where}"] if use.best_where else [])]


def _said(use: ResponseUse, most: int) -> str:
    return f'"{_beginning(use.says, most)}"'


def _cells(turn: TurnStudy, use: ResponseUse) -> tuple[str, str, str, str]:
    n = str(use.n) if use.on_offer == turn.n else f"{use.n} of {use.on_offer}"
    share = per_cent(use.share) if use.on_offer else "-"
    return f"{use.response}{' *' if use.best else ''}", n, share, in_short(use.rest)


def _listed(turn: TurnStudy, use: ResponseUse) -> Entry:
    return Entry(label=use.response, text=", ".join(_told(turn, use)))


def _told(turn: TurnStudy, use: ResponseUse) -> Iterator[str]:
    said = f"{_said(use, _LISTED_WORDS)}: " if use.says else ""
    if use.on_offer == turn.n:
        yield f"{said}chosen by {use.n} ({per_cent(use.share)})"
    elif use.on_offer:
        yield f"{said}chosen by {use.n} of the {use.on_offer} to whom it was on offer ({per_cent(use.share)})"
    else:
        yield f"{said}on offer to nobody"
    if use.best:
        yield f"the best {use.best_where}".rstrip()
    if isinstance(use.rest, Estimate):
        yield f"elsewhere {decimal(use.rest.value)}"


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
