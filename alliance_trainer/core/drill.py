"""Which moments a drill asks about, and in which order: by chance, so that nothing can be told from the order."""

from collections.abc import Mapping, Sequence

import msgspec

from alliance_trainer.core.draws import Draws
from alliance_trainer.core.drill_items import Item, keys_of
from alliance_trainer.core.vocabulary.markers import MarkerId, RuptureType

FOILS_IN_100 = 40
"""So often, at each place anew and whatever came before, a moment without a rupture is drawn."""

_DUE_IN_100 = 70
_FRESHEST_IN_100 = 40
_FEWEST = 6


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What a drill is to be like.

    `marker` and `type` narrow the ruptures down; foils always come along. `due` are the keys to come back to, which
    are preferred; `seen` tells for moments asked before how long ago that was: the higher, the later.
    """

    count: int
    marker: MarkerId | None = None
    type: RuptureType | None = None
    due: frozenset[str] = frozenset()
    seen: Mapping[str, int] = {}
    clarity: int = 3


def choose(pool: Sequence[Item], wish: Wish, seed: str) -> tuple[Item, ...]:
    """The moments of a drill, none twice; fewer than wished where the pool has no more.

    At each place a foil is drawn with the same chance (FOILS_IN_100), whatever came before, as long as there are
    both kinds left. The same pool, wish and seed give the same drill.
    """
    draws = Draws(seed)
    ruptures = [item for item in pool if item.markers and wanted(item, wish)]
    foils = [item for item in pool if not item.markers]
    chosen: list[Item] = []
    while len(chosen) < wish.count and (ruptures or foils):
        foil = draws.in_100(FOILS_IN_100)
        kind = (foils or ruptures) if foil else (ruptures or foils)
        item = _drawn(kind, wish, draws)
        kind.remove(item)
        chosen.append(item)
    return tuple(chosen)


def wanted(item: Item, wish: Wish) -> bool:
    """Whether a moment is of the kind that was wished, if one was."""
    if wish.marker is not None and wish.marker not in item.markers:
        return False
    return wish.type is None or item.rupture == wish.type


def _drawn(items: Sequence[Item], wish: Wish, draws: Draws) -> Item:
    """One of them: mostly one that practises what is due; of either source alike; rather new, of a fitting clarity."""
    due = [item for item in items if not wish.due.isdisjoint(keys_of(item.markers, item.foil))]
    prefers_due = draws.in_100(_DUE_IN_100)
    left = due if due and prefers_due else list(items)
    source = draws.one_of(sorted({item.source for item in left}))
    left = [item for item in left if item.source == source]
    new = [item for item in left if item.id not in wish.seen]
    left = new if len(new) >= _FEWEST else left
    left.sort(key=lambda item: (wish.seen.get(item.id, -1), abs(item.clarity - wish.clarity), item.id))
    freshest = max(_FEWEST, len(left) * _FRESHEST_IN_100 // 100)
    return draws.one_of(left[:freshest])
