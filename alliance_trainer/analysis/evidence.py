"""How much evidence a set of scenarios gives at the least, whatever ways are taken through them."""

from collections.abc import Iterable

import msgspec

from alliance_trainer.analysis.extremes import ranges
from alliance_trainer.analysis.moves import moves_of, scoring_automaton
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.vocabulary.skills import SKILLS, Skill


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """Of some scenarios played together: the fewest moments of each skill on any ways, and turns without a rupture.

    `foils` and `asking` count the turns in the files that ask what is noticed.
    """

    moments: dict[Skill, int]
    foils: int
    asking: int


def evidence(scenarios: Iterable[Scenario]) -> Evidence | None:
    """What there is at the least; None where a scenario has too many situations to know, or no way to an ending."""
    moments = dict.fromkeys(SKILLS, 0)
    foils = asking = 0
    for scenario in scenarios:
        automaton = scoring_automaton(scenario)
        found = ranges(moves_of(automaton)) if automaton.complete else None
        if found is None:
            return None
        for skill in SKILLS:
            moments[skill] += found[skill].moments_min
        asked = [turn for turn in scenario.turns.values() if turn.notice]
        asking += len(asked)
        foils += sum(turn.rupture == "none" for turn in asked)
    return Evidence(moments=moments, foils=foils, asking=asking)
