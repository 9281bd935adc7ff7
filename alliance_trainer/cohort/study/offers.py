"""Which responses of a turn were on offer together, to how many, and which of these were the best."""

from collections.abc import Iterable, Sequence

import msgspec
import numpy as np

from alliance_trainer.cohort.study.moments import Moments, TurnRef, Whole
from alliance_trainer.core.model import Turn
from alliance_trainer.core.vocabulary.skills import SKILLS

WHERE_OFFERED = "where it was on offer"
FOR_SOME = "for some to whom it was on offer"


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """Responses that were on offer together to so many people, and which of these take all that is on offer."""

    responses: frozenset[str]
    best: frozenset[str]
    people: int


def offers_of(moments: Moments, rows: Whole, ref: TurnRef, turn: Turn | None) -> tuple[Offer, ...]:
    """Each set of responses that somebody could choose from; one for a turn that offers the same to everybody."""
    if not rows.size:
        return ()
    sets, which = np.unique(moments.on_offer[rows, : len(ref.responses)], axis=0, return_inverse=True)
    return tuple(
        _offer(
            moments,
            rows[which.ravel() == place],
            [name for name, held in zip(ref.responses, own, strict=True) if held],
            turn,
            ref,
        )
        for place, own in enumerate(sets.tolist())
    )


def _offer(moments: Moments, rows: Whole, names: Sequence[str], turn: Turn | None, ref: TurnRef) -> Offer:
    """The best are those that were scored so, and of responses that nobody chose those that would have been."""
    chosen = moments.response[rows]
    by_place = {name: moments.best[rows[chosen == ref.responses.index(name)]] for name in names}
    would_be = best_of(turn, names)
    return Offer(
        responses=frozenset(names),
        best=frozenset(name for name, own in by_place.items() if (own.any() if own.size else name in would_be)),
        people=rows.size,
    )


def best_of(turn: Turn | None, names: Iterable[str]) -> frozenset[str]:
    """Of responses that are on offer together, those that take all that the four skills offer; without a key none."""
    offered = {name: turn.responses[name].rates for name in names if turn and name in turn.responses}
    ratings = {skill: [rates.get(skill, 0) for rates in offered.values()] for skill in SKILLS}
    most = {skill: max(found) for skill, found in ratings.items() if found and max(found) > min(found)}
    return frozenset(
        name
        for name, rates in offered.items()
        if most and all(rates.get(skill, 0) == top for skill, top in most.items())
    )


def on_offer_to(name: str, offers: Iterable[Offer]) -> int:
    """To how many a response was on offer."""
    return sum(offer.people for offer in offers if name in offer.responses)


def best_for(name: str, offers: Iterable[Offer]) -> int:
    """For how many a response was a best one of those on offer."""
    return sum(offer.people for offer in offers if name in offer.best)


def best_where(name: str, offers: Sequence[Offer], order: Sequence[str]) -> str:
    """For whom a best response was the best; empty where that is everybody, and where it never is.

    `order` has the ids as they stand in the file: of several better responses the first is named.
    """
    had = [offer for offer in offers if name in offer.responses]
    wins = [offer for offer in had if name in offer.best]
    if not wins or len(wins) == len(offers):
        return ""
    if len(wins) == len(had):
        return WHERE_OFFERED
    better = frozenset.intersection(*(offer.best for offer in had if name not in offer.best))
    better = better.difference(*(offer.responses for offer in wins))
    first = next((other for other in order if other in better), None)
    return FOR_SOME if first is None else f"where {first} was not on offer"
