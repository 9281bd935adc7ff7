"""Rupture markers: seven of withdrawal, seven of confrontation, and the rupture type they add up to."""

from collections.abc import Iterable
from typing import Literal

import msgspec

RuptureType = Literal["none", "withdrawal", "confrontation", "mixed"]
MarkerId = Literal[
    "wd-denial",
    "wd-minimal-response",
    "wd-abstract-communication",
    "wd-avoidant-storytelling",
    "wd-deferential-appeasing",
    "wd-content-affect-split",
    "wd-self-criticism-hopelessness",
    "cf-complaint-therapist",
    "cf-rejects-intervention",
    "cf-complaint-activities",
    "cf-complaint-parameters",
    "cf-complaint-progress",
    "cf-defends-self",
    "cf-control-pressure",
]

RUPTURE_TYPES: tuple[RuptureType, ...] = ("none", "withdrawal", "confrontation", "mixed")


class MarkerKind(msgspec.Struct, frozen=True, kw_only=True):
    """What a marker is: its rupture type, a few words for the screen, and what it means."""

    type: Literal["withdrawal", "confrontation"]
    label: str
    meaning: str


def _away(label: str, meaning: str) -> MarkerKind:
    return MarkerKind(type="withdrawal", label=label, meaning=meaning)


def _against(label: str, meaning: str) -> MarkerKind:
    return MarkerKind(type="confrontation", label=label, meaning=meaning)


MARKERS: dict[MarkerId, MarkerKind] = {
    "wd-denial": _away("denies", "disowns a feeling, or the weight of an event, in a way that shuts the topic"),
    "wd-minimal-response": _away("goes quiet", "answers so thinly that an invitation to work dies"),
    "wd-abstract-communication": _away(
        "goes abstract", "vague or intellectual talk that keeps own experience at a distance"
    ),
    "wd-avoidant-storytelling": _away(
        "tells stories", "tangents, other people's stories or a lighter subject, to leave the task"
    ),
    "wd-deferential-appeasing": _away("gives in", "agreement, praise or compliance that hides dissent"),
    "wd-content-affect-split": _away("says one thing and shows another", "the emotion shown does not fit the words"),
    "wd-self-criticism-hopelessness": _away(
        "turns on self", "blames self or gives up on the therapy instead of voicing a complaint"
    ),
    "cf-complaint-therapist": _against(
        "complains about you", "criticises the therapist's manner, competence or person"
    ),
    "cf-rejects-intervention": _against("rejects what you offer", "bats away a reflection, question or interpretation"),
    "cf-complaint-activities": _against("complains about the tasks", "objects to the tasks of the therapy"),
    "cf-complaint-parameters": _against("complains about the frame", "objects to time, fee, frequency, format or room"),
    "cf-complaint-progress": _against(
        "complains about progress", "says that the therapy does not work, or is too slow"
    ),
    "cf-defends-self": _against("defends self", "justifies self against an accusation felt from the therapist"),
    "cf-control-pressure": _against("presses", "orders, ultimatums, demands for special treatment or instant answers"),
}


def rupture_type(markers: Iterable[MarkerId]) -> RuptureType:
    """The rupture type that a turn's markers add up to; never typed by hand."""
    types = {MARKERS[marker].type for marker in markers}
    if not types:
        return "none"
    return types.pop() if len(types) == 1 else "mixed"
