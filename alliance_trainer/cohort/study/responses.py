"""How the responses of a turn are used: by how many, how these do elsewhere, and which of that is strange."""

from collections.abc import Sequence

import msgspec

from alliance_trainer.cohort.statistics.describe import Numbers, mean
from alliance_trainer.cohort.study import enough
from alliance_trainer.cohort.study.figures import Estimate, Figure, ResponseUse
from alliance_trainer.cohort.study.moments import Moments, Truth, TurnRef, Whole
from alliance_trainer.cohort.study.offers import Offer, best_for, best_of, best_where, on_offer_to
from alliance_trainer.core.debrief import percent
from alliance_trainer.core.model import Turn

RARE, MOST = 0.02, 0.5

SELDOM = "chosen by less than 2 %"
MISLEADS = "chosen by half or more, and not the best"
NOT_BY_THE_BEST = "the best response, but those who do best elsewhere choose another"
"""What an instructor should look at."""

Rest = tuple[Numbers, Truth]
"""For each answer: the share of points taken at all other moments, and whether there are enough of these."""


def responses_of(
    moments: Moments, rows: Whole, ref: TurnRef, turn: Turn | None, rest: Rest, offers: Sequence[Offer]
) -> tuple[ResponseUse, ...]:
    """The use of every response of a turn, chosen or not, in the order of its file.

    A response counts where it was on offer: its share is of those who could choose it, and it is a best one of
    those that were on offer with it.
    """
    chosen = moments.response[rows]
    by_key = best_of(turn, ref.responses)
    uses = []
    for place, name in enumerate(ref.responses):
        own = rows[chosen == place]
        response = turn.responses.get(name) if turn else None
        could = on_offer_to(name, offers)
        winners = best_for(name, offers)
        uses.append(
            ResponseUse(
                response=name,
                says=response.says.strip() if response else "",
                n=own.size,
                on_offer=could,
                share=own.size / could if could else 0.0,
                rest=_rest_of(own, rest),
                best=winners > 0 if could else name in by_key,
                best_for=winners,
                best_where=best_where(name, offers, ref.responses),
                best_by_key=name in by_key,
                harm=response.harm if response else int(moments.harm[own].max(initial=0)),
                flags=(),
            )
        )
    return tuple(flagged(use, uses) for use in uses)


def _rest_of(own: Whole, rest: Rest) -> Figure:
    shares, told = rest
    others: Numbers = shares[own[told[own]]]
    cases = f"choosers with {enough.OTHER_MOMENTS} other moments"
    return enough.given(mean(others), others.size, enough.AVERAGE, cases=cases)


def flagged(use: ResponseUse, uses: Sequence[ResponseUse]) -> ResponseUse:
    """The response with its flags; what was on offer to few is not called rare."""
    enough_for_rest = use.on_offer >= enough.DISCRIMINATION
    flags = []
    if enough_for_rest and use.share < RARE:
        flags.append(SELDOM)
    if use.on_offer >= enough.FACILITY and use.share >= MOST and not use.best and any(each.best for each in uses):
        flags.append(MISLEADS)
    if enough_for_rest and use.best and _outdone(use, uses):
        flags.append(NOT_BY_THE_BEST)
    return msgspec.structs.replace(use, flags=tuple(flags))


def _outdone(use: ResponseUse, uses: Sequence[ResponseUse]) -> bool:
    """Whether choosers of a response that is not best did better elsewhere, by a percentage point or more."""
    if not isinstance(use.rest, Estimate):
        return False
    others = [each.rest.value for each in uses if not each.best and isinstance(each.rest, Estimate)]
    return any(percent(other) > percent(use.rest.value) for other in others)
