"""What `verify` found, for people: the claims about each attempt, what is worth a look, and what is never shown."""

from collections.abc import Iterator, Sequence

from alliance_trainer.cohort.assessment.claims import Claim, Verified, VerifiedPack
from alliance_trainer.terminal.blocks import Block, Entry, Item, Prose, Rule

_COLUMN = 26
_NOT_SHOWN = "Not shown by any of this: who played, and whether it was played once."


def claims_blocks(
    attempts: Sequence[Verified], packs: Sequence[VerifiedPack], unused: Sequence[str]
) -> Iterator[Block]:
    """A block for each pack and attempt, then the sums."""
    for pack in packs:
        items = (
            Entry(label="Key is committed to by", text=pack.commitment, column=_COLUMN),
            _row("Key as committed", pack.key),
        )
        yield Block(heading=Rule(left=f"{pack.title} (pack)", right=pack.file), items=items)
    for one in attempts:
        yield _attempt(one)
    yield _sums(attempts, packs, unused)


def _attempt(one: Verified) -> Block:
    claims = one.claims
    items: list[Item] = [
        _row("Unaltered since receipt", claims.unaltered),
        _row("Record whole in itself", claims.chain),
        _row("Key as committed", claims.key),
        _row("Path legal", claims.path),
    ]
    if one.started is not None:
        items.append(
            Entry(label="Begun", text=f"{one.started}, seed {one.seed or 'not told'}, {one.status}", column=_COLUMN)
        )
    items += [Entry(label="Look at", text=remark, column=_COLUMN) for remark in one.remarks]
    who = f"{one.trainee}, {one.scenario}" if one.trainee else "An attempt that cannot be read"
    return Block(heading=Rule(left=who, right=(one.attempt or "")[:8]), items=(Prose(text=one.file), *items))


def _row(label: str, claim: Claim) -> Entry:
    words = {"holds": "holds", "fails": "DOES NOT HOLD", "not checked": "not checked"}[claim.state]
    text = f"{words}: {claim.reason}" if claim.reason else words
    return Entry(label=label, text=text, column=_COLUMN, tone="warn" if claim.state == "fails" else "body")


def _sums(attempts: Sequence[Verified], packs: Sequence[VerifiedPack], unused: Sequence[str]) -> Block:
    failing = sum(one.claims.failing for one in attempts) + sum(pack.key.state == "fails" for pack in packs)
    count = len(attempts) + len(packs)
    items: list[Item] = [Prose(text=f"{count} checked, {failing} with a claim that does not hold.")]
    items += [Prose(text=f"The receipt {code} is of none of these attempts.", tone="warn") for code in unused]
    if any(one.remarks for one in attempts):
        items.append(
            Prose(text="What stands under 'Look at' shows nothing by itself: there may be good reasons for it.")
        )
    items.append(Prose(text=_NOT_SHOWN, tone="strong"))
    return Block(heading=Rule(left="In all", major=True), items=tuple(items))
