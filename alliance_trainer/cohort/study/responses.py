"""How the responses of a turn are used: by how many, how these do elsewhere, and which of that is strange."""

from collections.abc import Sequence

import msgspec

from alliance_trainer.cohort.statistics.describe import Numbers, mean
from alliance_trainer.cohort.study import enough
from alliance_trainer.cohort.study.figures import Estimate, Figure, ResponseUse
from alliance_trainer.cohort.study.moments import Moments, Truth, TurnRef, Whole
from alliance_trainer.core.debrief import percent
from alliance_trainer.core.model import Turn
from alliance_trainer.core.vocabulary.skills import SKILLS

RARE, MOST = 0.02, 0.5

SELDOM = "chosen by less than 2 %"
MISLEADS = "chosen by half or more, and not the best"
NOT_BY_THE_BEST = "the best response, but those who do best elsewhere choose another"
"""What an instructor should look at."""

Rest = tuple[Numbers, Truth]
"""For each answer: the share of points taken at all other moments, and whether there are enough of these."""


def responses_of(moments: Moments, rows: Whole, ref: TurnRef, turn: Turn | None, rest: Rest) -> tuple[ResponseUse, ...]:
    """The use of every response of a turn, chosen or not, in the order of its file."""
    chosen = moments.response[rows]
    uses = []
    for place, name in enumerate(ref.responses):
        own = rows[chosen == place]
        response = turn.responses.get(name) if turn else None
        uses.append(
            ResponseUse(
                response=name,
                says=response.says.strip() if response else "",
                n=own.size,
                share=own.size / rows.size if rows.size else 0.0,
                rest=_rest_of(own, rest),
                best=bool(moments.best[own].any()) or (not own.size and _would_be_best(turn, name)),
                harm=response.harm if response else int(moments.harm[own].max(initial=0)),
                flags=(),
            )
        )
    always = {name for name in ref.responses if turn and name in turn.responses and turn.responses[name].when is None}
    return tuple(flagged(use, uses, rows.size, always) for use in uses)


def _rest_of(own: Whole, rest: Rest) -> Figure:
    shares, told = rest
    others: Numbers = shares[own[told[own]]]
    cases = f"choosers with {enough.OTHER_MOMENTS} other moments"
    return enough.given(mean(others), others.size, enough.AVERAGE, cases=cases)


def _would_be_best(turn: Turn | None, name: str) -> bool:
    """Whether a response nobody chose takes all that the four skills offer over all responses."""
    if turn is None or name not in turn.responses:
        return False
    rated = [skill for skill in SKILLS if any(skill in each.rates for each in turn.responses.values())]
    ratings = {skill: [each.rates.get(skill, 0) for each in turn.responses.values()] for skill in rated}
    spread = {skill: found for skill, found in ratings.items() if max(found) > min(found)}
    own = turn.responses[name].rates
    return bool(spread) and all(own.get(skill, 0) == max(found) for skill, found in spread.items())


def flagged(use: ResponseUse, uses: Sequence[ResponseUse], n: int, always: set[str]) -> ResponseUse:
    """The response with its flags; one that is not always on offer may be rare for that reason."""
    enough_for_rest = n >= enough.DISCRIMINATION
    flags = []
    if enough_for_rest and use.share < RARE and use.response in always:
        flags.append(SELDOM)
    if n >= enough.FACILITY and use.share >= MOST and not use.best and any(each.best for each in uses):
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
