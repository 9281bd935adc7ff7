"""Change between two occasions on the screen: who is compared, and each score's change."""

from collections.abc import Iterator, Sequence

from alliance_trainer.cohort.notes import remarks
from alliance_trainer.cohort.statistics import quantiles
from alliance_trainer.cohort.statistics.change import RELIABLE
from alliance_trainer.cohort.study.comparing import FEWEST_MOMENTS, Comparison, Comparisons, Remarks
from alliance_trainer.cohort.study.figures import Estimate, Figure
from alliance_trainer.core.counting import counted
from alliance_trainer.terminal.blocks import Block, Entry, Gap, Item, Prose, Rule
from alliance_trainer.terminal.figures import decimal, in_words

_COLUMN = 18


def compare_blocks(found: Comparisons) -> list[Block]:
    """Who is compared, each score, and what to bear in mind."""
    who_are = "who is" if len(found.both) == 1 else "who are"
    head = f"Change of {counted(len(found.both), 'trainee')} {who_are} on both occasions"
    who = Block(heading=Rule(left=head, major=True), items=tuple(_who(found)))
    return [who, *(_score(one, found.reliability) for one in found.scores), _bear_in_mind(found)]


def _who(found: Comparisons) -> Iterator[Item]:
    yield Entry(label="Only before", text=_names(found.only_before), column=_COLUMN)
    yield Entry(label="Only after", text=_names(found.only_after), column=_COLUMN)
    if found.unfinished_before or found.unfinished_after:
        told = f"before: {_names(found.unfinished_before)}; after: {_names(found.unfinished_after)}"
        yield Entry(label="Nothing finished", text=told, column=_COLUMN)
    if found.on_both:
        text = f"{counted(found.on_both, 'attempt')}, which {'counts' if found.on_both == 1 else 'count'} as before"
        yield Entry(label="In both places", text=text, column=_COLUMN)
    yield Entry(label="Played before", text=_names(found.scenarios_before), column=_COLUMN)
    yield from _of_these(found.remarks_before)
    yield Entry(label="Played after", text=_names(found.scenarios_after), column=_COLUMN)
    yield from _of_these(found.remarks_after)


def _of_these(found: Remarks) -> Iterator[Item]:
    for text in remarks(found.after_feedback, found.versions):
        yield Entry(label="Of these", text=f"{text} (of {found.of_record} in all)", column=_COLUMN)


def _names(names: Sequence[str]) -> str:
    return ", ".join(names) or "none"


def _score(one: Comparison, reliability: float | None) -> Block:
    items: list[Item] = []
    if isinstance(one.before, Estimate) and isinstance(one.after, Estimate):
        means = f"{decimal(one.before.value)} before, {decimal(one.after.value)} after"
        items.append(Entry(label="Means", text=means, column=_COLUMN))
    items.append(Entry(label="Mean change", text=_signed(one.change), column=_COLUMN))
    if isinstance(one.change, Estimate):
        items.append(Entry(label="Size, g_av", text=in_words(one.g_av), column=_COLUMN))
    if one.too_few:
        items.append(Entry(label="Too few moments", text=_names(one.too_few), column=_COLUMN))
    if reliability is not None:
        items += _reliable(one)
    return Block(heading=Rule(left=one.of.capitalize(), right=counted(len(one.pairs), "pair")), items=tuple(items))


def _signed(figure: Figure) -> str:
    words = in_words(figure)
    return f"+{words}" if isinstance(figure, Estimate) and figure.value > 0 else words


def _reliable(one: Comparison) -> Iterator[Item]:
    """Whose change is more than error of measurement."""
    if one.no_index:
        yield Entry(label="Reliable change", text=f"not given: {one.no_index}", column=_COLUMN)
        return
    for label, sign in (("Reliably better", 1), ("Reliably worse", -1)):
        told = [
            f"{pair.trainee} ({pair.index:+.2f})"
            for pair in one.pairs
            if pair.reliable and pair.index is not None and pair.index * sign > 0
        ]
        yield Entry(label=label, text=_names(tuple(told)), column=_COLUMN)


def _bear_in_mind(found: Comparisons) -> Block:
    lines = [
        f"A trainee's score counts where {FEWEST_MOMENTS} moments or more were met on both occasions. g_av divides the "
        "mean change by the mean spread of the two occasions (corrected for few pairs)."
    ]
    if found.reliability is not None:
        lines.append(
            f"Reliable: an index beyond {RELIABLE} either way, with the reliability {found.reliability} that you gave "
            "for these scores."
        )
    if found.same_scenarios < len(found.both):
        lines.append(
            f"{found.same_scenarios} of {counted(len(found.both), 'trainee')} played the same scenarios on both "
            "occasions: for the others change may be a difference in how hard these are."
        )
    lines.append("Nothing here says why scores changed. Formative and unvalidated; not for ranking people.")
    if not quantiles.installed():
        lines.append(f"Of each mean, {quantiles.MISSING}")
    items: list[Item] = [item for line in lines for item in (Gap(), Prose(text=line))]
    return Block(items=tuple(items[1:]))
