"""Several whole numbers in one: a single addition adds all that one attempt's figures need.

Wide enough for the largest attempt that the format allows.
"""

import struct
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from alliance_trainer.core.tally import SCALE, Tally
from alliance_trainer.core.vocabulary.skills import RATED, Rated

_COUNTED = 20
# points, offered, moments; chance, squares; variance: of each skill. Then counts of answers to the probe (16),
# skipped, unasked, harm 1, harm 2; then rupture and foil points.
_DETAILS = struct.Struct("<" + "HHHIIQ" * len(RATED) + "B" * _COUNTED + "HH")
PER_SKILL = 6
COUNTS = PER_SKILL * len(RATED)
"""Where the counts begin in the unpacked details."""

_BYTE, _SHORT, _LONG = (1 << 8) - 1, (1 << 16) - 1, (1 << 32) - 1


def fits(weights: Iterable[int]) -> bool:
    """Whether the sums of any attempt fit, at a scenario whose turns have these weights.

    A moment offers at most 4 times its weight, and each turn is scored once.
    """
    offered = [4 * weight for weight in weights]
    return (
        len(offered) <= _BYTE
        and sum(offered) <= _SHORT
        and SCALE * sum(offered) <= _LONG
        and sum(most * most for most in offered) <= _LONG
    )


def pack_details(tallies: Mapping[Rated, Tally]) -> int:
    """What one step gives for each skill."""
    of_skills = chain.from_iterable(sums_of(tallies.get(skill, Tally())) for skill in RATED)
    return _packed(tuple(of_skills), (0,) * (_COUNTED + 2))


def sums_of(tally: Tally) -> tuple[int, ...]:
    """The six sums of a tally, in their order."""
    return (tally.points, tally.offered, tally.moments, tally.chance, tally.squares, tally.variance)


def pack_counts(counts: Sequence[int], credit: tuple[int, int]) -> int:
    """What one step counts: answers to the probe (16), skipped, unasked, harm 1 and harm 2; and its credit."""
    return _packed((0,) * COUNTS, (*counts, *credit))


def _packed(*fields: Sequence[int]) -> int:
    return int.from_bytes(_DETAILS.pack(*chain(*fields)), "little")


def unpack_details(packed: int) -> tuple[int, ...]:
    """The sums of an attempt: six for each skill in the order of RATED, then the counts, then the credit."""
    return _DETAILS.unpack(packed.to_bytes(_DETAILS.size, "little"))
