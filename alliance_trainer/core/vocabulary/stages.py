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
