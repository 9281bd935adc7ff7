"""Files of moments, format 1: short vignettes for the drill, each with its markers or as a foil.

Beats, markers and content notes are those of scenarios (`model`); what the keys are for stands in `moment_guide`.
"""

from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from alliance_trainer.core.model import Beats, ContentNote, Marker
from alliance_trainer.core.scalars import Id, Line, Text, Whole
from alliance_trainer.core.vocabulary.markers import RuptureType, rupture_type
from alliance_trainer.core.vocabulary.moments import FoilKind


def _marker(value: object) -> object:
    """The id alone stands for a marker."""
    return {"id": value} if isinstance(value, str) else value


class _Part(BaseModel):
    """As in scenarios: unknown keys are errors, and nothing changes once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)


class Vignette(_Part):
    """One moment: where it stands, what the patient does, and what it is."""

    context: Text
    patient: Beats
    markers: Annotated[
        tuple[Annotated[Marker, BeforeValidator(_marker)], ...],
        Field(max_length=4),
    ]
    why: Text
    foil: FoilKind | None = None
    content_notes: tuple[ContentNote, ...] = ()

    @model_validator(mode="after")
    def _rupture_or_foil(self) -> "Vignette":
        if self.markers and self.foil is not None:
            raise PydanticCustomError("foil_with_markers", "a foil has no markers")
        if not self.markers and self.foil is None:
            raise PydanticCustomError("foil_missing", "without markers a moment is a foil, and says of which kind")
        for number, beat in enumerate(self.patient):
            if beat.when is not None:
                raise PydanticCustomError("beat_when", "a moment has no conditions", {"beat": number})
        return self

    @cached_property
    def rupture(self) -> RuptureType:
        """The rupture type, which follows from the markers."""
        return rupture_type(marker.id for marker in self.markers)


class MomentSet(_Part):
    """What a file of moments holds."""

    title: Line
    items: dict[Id, Vignette] = Field(min_length=1, max_length=200)
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "en"
    authors: tuple[Line, ...] = ()
    reviewed_by: Line = "none"


class MomentFile(_Part):
    """One file of moments."""

    format: Annotated[Literal[1], Whole]
    moments: MomentSet
