"""The four signs that are offered once a rupture was named, so that their mix says nothing about the truth."""

from collections.abc import Iterable

from alliance_trainer.core.attempt import NoticeAnswer
from alliance_trainer.core.draws import Draws
from alliance_trainer.core.drill_items import Item
from alliance_trainer.core.vocabulary.markers import MARKERS, MarkerId
from alliance_trainer.core.vocabulary.moments import LOOKS_LIKE, NEAR


def options(item: Item, answer: NoticeAnswer, seed: str) -> tuple[MarkerId, ...]:
    """Four markers, in an order of chance, the moment's own among them if it has any.

    Whoever said withdrawal or confrontation is offered three of that kind and one of the other, whoever said both
    two of each: always, whether that was right or not. The others are those nearest to what is there.
    """
    draws = Draws(f"{seed}/{item.id}/signs")
    shares = {"withdrawal": 2, "confrontation": 2}
    if answer in shares:
        shares = dict.fromkeys(shares, 1) | {answer: 3}
    chosen: list[MarkerId] = []
    for kind, share in shares.items():
        chosen += list(dict.fromkeys(_likely(item, kind, draws)))[:share]
    return tuple(draws.shuffled(chosen))


def _likely(item: Item, kind: str, draws: Draws) -> Iterable[MarkerId]:
    """All markers of a kind, those that are there first, then those that are near, then the rest by chance."""
    near = [other for marker in item.markers for other in NEAR[marker]]
    near += LOOKS_LIKE[item.foil] if item.foil else ()
    rest = draws.shuffled(list(MARKERS))
    return (marker for marker in (*item.markers, *near, *rest) if MARKERS[marker].type == kind)
