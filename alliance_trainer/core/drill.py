"""Which moments a drill asks about, and in which order: by chance, so that nothing can be told from the order."""

from collections.abc import Mapping, Sequence

import msgspec

from alliance_trainer.core.draws import Draws
from alliance_trainer.core.drill_items import Item, keys_of
from alliance_trainer.core.vocabulary.markers import MarkerId, RuptureType

FOILS_IN_100 = 40
"""So often, at each place anew and whatever came before, a moment without a rupture is drawn."""

SURE_FROM = 4
"""From so many moments on a drill is sure to hold what came due first; in a shorter one that would tell the answer."""

_DUE_AGAIN_IN_100 = 20
_FRESHEST_IN_100 = 40
_FEWEST = 6


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What a drill is to be like.

    `marker` and `type` narrow the ruptures down; foils always come along. `due` are the keys to come back to, each
    with the day on which it came due; `seen` tells for moments asked before how long ago that was: the higher, the
    later.
    """

    count: int
    marker: MarkerId | None = None
    type: RuptureType | None = None
    due: Mapping[str, int] = {}
    seen: Mapping[str, int] = {}
    clarity: int = 3


def choose(pool: Sequence[Item], wish: Wish, seed: str) -> tuple[Item, ...]:
    """The moments of a drill, none twice; fewer than wished where the pool has no more.

    At each place a foil is drawn with the same chance (FOILS_IN_100), whatever came before, as long as there are
    both kinds left. The places of a kind go to what is due, one to each key and the longest due first, then to the
    rest; which of them stands where is chance again. The same pool, wish and seed give the same drill.
    """
    draws = Draws(seed)
    by_id = sorted(pool, key=lambda item: item.id)
    ruptures = [item for item in by_id if item.markers and wanted(item, wish)]
    foils = [item for item in by_id if not item.markers]
    keys = _due_in(ruptures + foils, wish, draws)
    places = _places(len(ruptures), len(foils), wish.count, draws)
    while keys and wish.count >= SURE_FROM and _is_foil(keys[0], foils) not in places:
        places = _places(len(ruptures), len(foils), wish.count, draws)
    filled = {
        foil: draws.shuffled(_filled(kind, places.count(foil), keys, wish, draws))
        for foil, kind in ((False, ruptures), (True, foils))
    }
    return tuple(filled[foil].pop() for foil in places)


def wanted(item: Item, wish: Wish) -> bool:
    """Whether a moment is of the kind that was wished, if one was."""
    if wish.marker is not None and wish.marker not in item.markers:
        return False
    return wish.type is None or item.rupture == wish.type


def _places(ruptures: int, foils: int, count: int, draws: Draws) -> list[bool]:
    """Whether a foil stands at each place, of so many that there are of either kind."""
    places: list[bool] = []
    while len(places) < min(count, ruptures + foils):
        foil = draws.in_100(FOILS_IN_100)
        used = places.count(foil)
        places.append(foil if used < (foils if foil else ruptures) else not foil)
    return places


def _due_in(items: Sequence[Item], wish: Wish, draws: Draws) -> list[str]:
    """The keys that are due and practised by one of these, the longest due first.

    The first of all is the one that home names; of the others that came due on one day the order is chance.
    """
    practised = {key for item in items for key in _keys(item)}
    keys = sorted(practised & wish.due.keys(), key=lambda key: (wish.due[key], key))
    return keys[:1] + sorted(draws.shuffled(keys[1:]), key=lambda key: wish.due[key])


def _is_foil(key: str, foils: Sequence[Item]) -> bool:
    return any(key in _keys(item) for item in foils)


def _filled(kind: Sequence[Item], count: int, keys: Sequence[str], wish: Wish, draws: Draws) -> list[Item]:
    """So many of a kind: one for each key that is due, in their order, then of all, now and then another due one."""
    left, chosen = list(kind), list[Item]()
    for key in keys:
        if len(chosen) < count and not _practising(chosen, (key,)):
            chosen += _taken(_practising(left, (key,)), left, wish, draws)
    while len(chosen) < count:
        again = draws.in_100(_DUE_AGAIN_IN_100)
        chosen += _taken((_practising(left, keys) if again else left) or left, left, wish, draws)
    return chosen


def _taken(fitting: Sequence[Item], left: list[Item], wish: Wish, draws: Draws) -> list[Item]:
    """One of the fitting ones, taken out of those that are left; none where none is fitting."""
    if not fitting:
        return []
    item = _drawn(fitting, wish, draws)
    left.remove(item)
    return [item]


def _practising(items: Sequence[Item], keys: Sequence[str]) -> list[Item]:
    return [item for item in items if not set(keys).isdisjoint(_keys(item))]


def _keys(item: Item) -> tuple[str, ...]:
    return keys_of(item.markers, item.foil)


def _drawn(items: Sequence[Item], wish: Wish, draws: Draws) -> Item:
    """One of them: of either source alike; rather new, and of a fitting clarity."""
    source = draws.one_of(sorted({item.source for item in items}))
    left = draws.shuffled([item for item in items if item.source == source])
    new = [item for item in left if item.id not in wish.seen]
    fewest = min(_FEWEST, (len(left) + 2) // 3)
    left = new if len(new) >= fewest else left
    left.sort(key=lambda item: (wish.seen.get(item.id, -1), abs(item.clarity - wish.clarity)))
    freshest = max(fewest, len(left) * _FRESHEST_IN_100 // 100)
    return draws.one_of(left[:freshest])
