"""The stages of the two resolution models, as in `stage:` of a turn."""

from typing import Literal, get_args

Stage = Literal["none", "W0", "W1", "W2", "W3", "W4", "W5", "C0", "C1", "C2", "C3", "C4", "C5", "C6"]

STAGES: tuple[Stage, ...] = get_args(Stage)

STAGE_MEANINGS: dict[Stage, str] = {
    "none": "no stage of a rupture",
    "W0": "withdrawal: the marker is there, the patient complies or moves away",
    "W1": "withdrawal: the patient attends to what happens now",
    "W2": "withdrawal: half a complaint, then a step back",
    "W3": "withdrawal: afraid of what saying more would do",
    "W4": "withdrawal: says it, and owns it",
    "W5": "withdrawal: states a need and sets terms",
    "C0": "confrontation: attack, demand or contempt",
    "C1": "confrontation: still angry, but specific",
    "C2": "confrontation: says how it was read",
    "C3": "confrontation: afraid of having been too much",
    "C4": "confrontation: disappointment and hurt",
    "C5": "confrontation: away from softness, back to anger or irony",
    "C6": "confrontation: fear, and the wish to be looked after",
}

STAGE_DEPTHS: dict[Stage, int] = {
    "W0": 0,
    "W1": 1,
    "W2": 2,
    "W3": 2,
    "W4": 3,
    "W5": 4,
    "C0": 0,
    "C1": 1,
    "C2": 2,
    "C3": 2,
    "C4": 3,
    "C5": 3,
    "C6": 4,
}
"""How far a stage is on the way of its model, 0 to 4; `none` has no depth (of this project)."""

STEPS_ASIDE: frozenset[Stage] = frozenset({"W3", "C3", "C5"})
"""Stages at which the patient flinches from having gone too far; fear of that can come after any response."""


def steps_between(before: Stage, after: Stage) -> int | None:
    """How many stages a move leads forward, below 0 back (-4 to 4); None where it is not to be judged.

    That is so between the two models, from or to `none`, and into a step aside.
    """
    if before == "none" or after == "none" or before[0] != after[0] or after in STEPS_ASIDE:
        return None
    return STAGE_DEPTHS[after] - STAGE_DEPTHS[before]
