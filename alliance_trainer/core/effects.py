"""What a response does to the variables: its own effects, or the default rule, kept inside the bounds."""

from collections.abc import Mapping

from alliance_trainer.core.model import Response, Scenario
from alliance_trainer.core.vocabulary.skills import SKILLS

BOND_PER_POINT = 3
"""By the default rule the bond moves so much for each point of the four ratings' sum (of this project)."""


def changes_of(response: Response) -> dict[str, int]:
    """The changes a response asks for, before any bound.

    Own effects if the author gave any (an empty mapping means: nothing moves). Else the default rule, which
    gives every scenario an alliance curve: with s = the sum of the four ratings, the bond moves by 3 s, so
    that the level of the alliance moves by s; tension falls by 1 from s = 4 on, rises by 1 from s = -2 down,
    and rises by `harm` on top.
    """
    if response.effects is not None:
        return dict(response.effects)
    total = sum(response.rates.get(skill, 0) for skill in SKILLS)
    tension = response.harm + (total <= -2) - (total >= 4)
    moved = {"bond": BOND_PER_POINT * total, "tension": tension}
    return {name: change for name, change in moved.items() if change}


def apply(scenario: Scenario, values: Mapping[str, int], changes: Mapping[str, int]) -> dict[str, int]:
    """The values after the changes, each clamped at its bounds. Unknown names are left out."""
    after = dict(values)
    for name, change in changes.items():
        if name in scenario.bounds:
            low, high = scenario.bounds[name]
            after[name] = min(high, max(low, after[name] + change))
    return after


def level(values: Mapping[str, int]) -> int:
    """The level of the alliance, 0 to 100: mean of bond, task and goal, rounded half up (of this project)."""
    return (2 * (values["bond"] + values["task"] + values["goal"]) + 3) // 6
