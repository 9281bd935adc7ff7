"""Agreement between raters on the screen: the figures that fit the scale, and the items to talk about."""

from collections.abc import Iterator

from alliance_trainer.cohort.statistics import quantiles
from alliance_trainer.cohort.study.agreeing import Agreement, Dispute
from alliance_trainer.cohort.study.rating_sheet import RatingSheet
from alliance_trainer.core.counting import counted
from alliance_trainer.core.vocabulary.markers import RUPTURE_TYPES
from alliance_trainer.terminal.blocks import Block, Entry, Gap, Item, Prose, Rule
from alliance_trainer.terminal.figures import in_words

_COLUMN = 24


def agree_blocks(found: Agreement) -> list[Block]:
    """The figures, then the items on which raters differ most."""
    sheet = found.sheet
    head = f"Agreement of {len(sheet.raters)} raters on {counted(len(sheet.items), 'item')}"
    items: list[Item] = [*_counts(found), Gap(), *_figures(found), Gap(), Prose(text=_reading(found))]
    if found.icc_one is not None and not quantiles.installed():
        items.append(Prose(text=f"Of ICC, {quantiles.MISSING}"))
    blocks = [Block(heading=Rule(left=head, major=True), items=tuple(items))]
    if found.disputed:
        talk: list[Item] = [_dispute(one, sheet) for one in found.disputed]
        if found.more_disputed:
            talk.append(Prose(text=f"... {found.more_disputed} more"))
        blocks.append(Block(heading=Rule(left="To talk about: ratings furthest apart"), items=tuple(talk)))
    return blocks


def _counts(found: Agreement) -> Iterator[Item]:
    scale = "words" if found.sheet.scale == "words" else f"whole numbers, {found.sheet.scale}"
    yield Entry(label="Scale", text=scale, column=_COLUMN)
    yield Entry(label="Raters", text=", ".join(found.sheet.raters), column=_COLUMN)
    missing = counted(found.missing, "rating")
    complete = f"{found.complete} rated by all, {found.rated} by two or more; {missing} missing"
    yield Entry(label="Items", text=complete, column=_COLUMN)


def _figures(found: Agreement) -> Iterator[Item]:
    words = found.sheet.scale == "words"
    named = (
        ("Kappa" if words else "Quadratic kappa", found.kappa),
        ("ICC(2,1), one rater", found.icc_one),
        ("ICC(2,k), their mean", found.icc_mean),
        (f"Krippendorff, {'nominal' if words else 'ordinal'}", found.alpha),
        ("Krippendorff, interval", found.interval_alpha),
    )
    for label, figure in named:
        if figure is not None:
            yield Entry(label=label, text=in_words(figure), column=_COLUMN)


def _reading(found: Agreement) -> str:
    """What the figures mean, in a sentence or two."""
    read = "1 is full agreement, 0 as much as by chance."
    if found.sheet.scale == "words":
        return read
    return (
        f"{read} A near miss counts less than a far one; plain kappa, which counts all alike, is not for such ratings."
    )


def _dispute(one: Dispute, sheet: RatingSheet) -> Entry:
    pairs = zip(sheet.raters, one.ratings, strict=True)
    words = sheet.scale == "words"
    told = [f"{rater} {RUPTURE_TYPES[rating] if words else rating}" for rater, rating in pairs if rating is not None]
    return Entry(label=one.item, text=", ".join(told), column=_COLUMN)
