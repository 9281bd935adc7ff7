"""Words of the drill on single moments: where moments come from, what a moment without a rupture looks like."""

from typing import Literal, get_args

from alliance_trainer.core.vocabulary.markers import MarkerId

MomentSource = Literal["moments", "library"]
"""A vignette of a file of moments, or a turn of a scenario."""

FeedbackWhen = Literal["each", "end", "off"]

FoilKind = Literal["honest-disagreement", "named-tiredness", "working-story", "thinking-time"]

Sureness = Literal[50, 60, 70, 80, 90, 100]
"""How sure of an answer, in percent: at 50 the answer is as likely wrong as right."""

SURE_STEPS: tuple[Sureness, ...] = get_args(Sureness)

FOIL_KINDS: tuple[FoilKind, ...] = get_args(FoilKind)

FOIL_MEANINGS: dict[FoilKind, str] = {
    "honest-disagreement": "a difference of opinion, said openly, that the work can use",
    "named-tiredness": "tiredness or a bad day, named as what it is",
    "working-story": "a detailed story that is the work, not a way out of it",
    "thinking-time": "quiet in which the patient is thinking, and then says what",
}

FOIL_LABELS: dict[FoilKind, str] = {
    "honest-disagreement": "honest disagreement",
    "named-tiredness": "tiredness, named",
    "working-story": "a story that is the work",
    "thinking-time": "thinking time",
}

LOOKS_LIKE: dict[FoilKind, tuple[MarkerId, ...]] = {
    "honest-disagreement": (
        "cf-rejects-intervention",
        "cf-complaint-activities",
        "cf-defends-self",
        "cf-complaint-parameters",
        "wd-denial",
        "wd-abstract-communication",
    ),
    "named-tiredness": (
        "wd-minimal-response",
        "wd-self-criticism-hopelessness",
        "wd-denial",
        "cf-complaint-progress",
        "cf-complaint-activities",
        "cf-complaint-parameters",
    ),
    "working-story": (
        "wd-avoidant-storytelling",
        "wd-abstract-communication",
        "wd-content-affect-split",
        "cf-defends-self",
        "cf-control-pressure",
        "cf-complaint-therapist",
    ),
    "thinking-time": (
        "wd-minimal-response",
        "wd-denial",
        "wd-deferential-appeasing",
        "cf-rejects-intervention",
        "cf-defends-self",
        "cf-complaint-therapist",
    ),
}
"""The markers that such a moment is most easily taken for, the likeliest of each kind first; three of each kind."""

NEAR: dict[MarkerId, tuple[MarkerId, ...]] = {
    "wd-denial": ("wd-minimal-response", "wd-deferential-appeasing", "wd-content-affect-split", "cf-defends-self"),
    "wd-minimal-response": (
        "wd-denial",
        "wd-self-criticism-hopelessness",
        "wd-abstract-communication",
        "cf-rejects-intervention",
    ),
    "wd-abstract-communication": (
        "wd-avoidant-storytelling",
        "wd-content-affect-split",
        "wd-denial",
        "cf-rejects-intervention",
    ),
    "wd-avoidant-storytelling": (
        "wd-abstract-communication",
        "wd-content-affect-split",
        "wd-deferential-appeasing",
        "cf-complaint-activities",
    ),
    "wd-deferential-appeasing": (
        "wd-denial",
        "wd-self-criticism-hopelessness",
        "wd-content-affect-split",
        "cf-complaint-activities",
    ),
    "wd-content-affect-split": (
        "wd-denial",
        "wd-avoidant-storytelling",
        "wd-deferential-appeasing",
        "cf-complaint-therapist",
    ),
    "wd-self-criticism-hopelessness": (
        "wd-deferential-appeasing",
        "wd-minimal-response",
        "wd-denial",
        "cf-complaint-progress",
    ),
    "cf-complaint-therapist": (
        "cf-rejects-intervention",
        "cf-complaint-progress",
        "cf-defends-self",
        "wd-content-affect-split",
    ),
    "cf-rejects-intervention": ("cf-complaint-therapist", "cf-complaint-activities", "cf-defends-self", "wd-denial"),
    "cf-complaint-activities": (
        "cf-rejects-intervention",
        "cf-complaint-progress",
        "cf-complaint-parameters",
        "wd-deferential-appeasing",
    ),
    "cf-complaint-parameters": (
        "cf-complaint-activities",
        "cf-control-pressure",
        "cf-complaint-therapist",
        "wd-avoidant-storytelling",
    ),
    "cf-complaint-progress": (
        "cf-complaint-therapist",
        "cf-complaint-activities",
        "cf-control-pressure",
        "wd-self-criticism-hopelessness",
    ),
    "cf-defends-self": ("cf-complaint-therapist", "cf-rejects-intervention", "cf-control-pressure", "wd-denial"),
    "cf-control-pressure": (
        "cf-complaint-progress",
        "cf-complaint-parameters",
        "cf-complaint-therapist",
        "wd-minimal-response",
    ),
}
"""For each marker those it is easily taken for, the nearest first: three of its own type, one of the other."""
