"""Scenario, Turn, Response, Ending: the one definition of the format, version 1.

It validates, it is the published JSON Schema, and the authoring guide is generated from it; what its keys
are for stands in `field_guide`.
"""

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError

from alliance_trainer.core.scalars import (
    ID_PATTERN,
    Change,
    Id,
    Line,
    Number,
    OneToFive,
    Percent,
    Rating,
    Text,
    When,
    Whole,
    YesNo,
    ZeroToFive,
)
from alliance_trainer.core.vocabulary.markers import MarkerId, RuptureType, rupture_type
from alliance_trainer.core.vocabulary.outcomes import OUTCOME_VALUES, Outcome
from alliance_trainer.core.vocabulary.skills import Rated
from alliance_trainer.core.vocabulary.stages import Stage
from alliance_trainer.core.vocabulary.strategies import RepairKind, StrategyId
from alliance_trainer.core.vocabulary.traps import TrapId

ALLIANCE_BOUNDS: dict[str, tuple[int, int]] = {
    "bond": (0, 100),
    "task": (0, 100),
    "goal": (0, 100),
    "tension": (0, 5),
    "trust": (0, 5),
}
"""The variables that every scenario has, with their lowest and highest values."""


def _listed(value: object) -> object:
    """One text stands for a list of that one."""
    return [value] if isinstance(value, str) else value


def _beat(value: object) -> object:
    return {"says": value} if isinstance(value, str) else value


def _marker(value: object) -> object:
    return {"id": value} if isinstance(value, str) else value


def _route(value: object) -> object:
    return {"to": value} if isinstance(value, str) else value


class _Part(BaseModel):
    """What all parts of the format share: unknown keys are errors, and nothing changes once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)


class Beat(_Part):
    """One thing the patient does: says something, shows something, or is silent for some seconds."""

    says: Text | None = None
    shows: Text | None = None
    silence: Annotated[int, Field(ge=1, le=600), Whole] | None = None
    when: When = None

    @model_validator(mode="after")
    def _exactly_one(self) -> "Beat":
        if sum(part is not None for part in (self.says, self.shows, self.silence)) != 1:
            raise PydanticCustomError("beat", "a beat has exactly one of says, shows and silence")
        return self


class _OrOne:
    """In the JSON Schema: a list, or one thing in its short form. Drawn only when the schema is asked for."""

    def __init__(self, short: dict[str, Any], most: int) -> None:
        self.short = short
        self.most = most

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        item = {"anyOf": [self.short, handler(core)["items"]]}
        return {"anyOf": [self.short, {"type": "array", "minItems": 1, "maxItems": self.most, "items": item}]}


_TEXT_SCHEMA = {"type": "string", "minLength": 1, "maxLength": 2000}
_ID_SCHEMA = {"type": "string", "pattern": ID_PATTERN}
Beats = Annotated[
    tuple[Annotated[Beat, BeforeValidator(_beat)], ...],
    BeforeValidator(_listed),
    Field(min_length=1, max_length=40),
    _OrOne(_TEXT_SCHEMA, most=40),
]


class Marker(_Part):
    """A rupture marker at a turn, how clear it is and how much it matters (1 to 5 each)."""

    id: MarkerId
    clarity: OneToFive = 3
    significance: OneToFive = 3


class Route(_Part):
    """Where a response leads, if its condition holds."""

    when: When = None
    to: Id


def _last_is_open(routes: tuple[Route, ...]) -> tuple[Route, ...]:
    if routes[-1].when is not None:
        raise PydanticCustomError("route_last", "the last entry has no `when`, so that there is always a way on")
    if any(route.when is None for route in routes[:-1]):
        raise PydanticCustomError("route_early", "only the last entry has no `when`: what stands below is never used")
    return routes


Routes = Annotated[
    tuple[Annotated[Route, BeforeValidator(_route)], ...],
    BeforeValidator(_listed),
    Field(min_length=1, max_length=20),
    _OrOne(_ID_SCHEMA, most=20),
]


class Response(_Part):
    """Something the therapist can say, what it is worth, and where it leads."""

    says: Text
    why: Text
    to: Routes
    when: When = None
    rates: dict[Rated, Rating] = Field(default_factory=dict)
    uses: tuple[StrategyId, ...] = ()
    trap: TrapId | None = None
    stance: Literal["away", "against"] | None = None
    harm: Annotated[int, Field(ge=0, le=2), Whole] = 0
    reply: Beats = ()
    effects: dict[Id, Change] | None = None

    @model_validator(mode="after")
    def _routes_in_order(self) -> "Response":
        _last_is_open(self.to)
        return self


class Turn(_Part):
    """One moment: what the patient does, what it is, and what can be answered."""

    patient: Beats
    responses: dict[Id, Response] = Field(min_length=1, max_length=9)
    inside: Text | None = None
    stage: Stage = "none"
    markers: tuple[Annotated[Marker, BeforeValidator(_marker)], ...] = ()
    notice: YesNo = True
    weight: Annotated[int, Field(ge=1, le=10), Whole] = 1

    @cached_property
    def rupture(self) -> RuptureType:
        """The rupture type, which follows from the markers."""
        return rupture_type(marker.id for marker in self.markers)


class Ending(_Part):
    """A way it can end, how good that is, and what it means."""

    outcome: Outcome
    debrief: Text
    title: Line | None = None
    patient: Beats = ()

    @property
    def value(self) -> int:
        """What the outcome is worth, 0 to 4."""
        return OUTCOME_VALUES[self.outcome]


class ContentNote(_Part):
    """A topic that some would rather know of beforehand."""

    topic: Line
    level: Literal["mentioned", "discussed", "central"] = "mentioned"


class Patient(_Part):
    """The person the trainee meets."""

    name: Line
    age: Annotated[int, Field(ge=3, le=120), Whole]
    pronouns: Line | None = None
    background: Text | None = None


class Alliance(_Part):
    """Where the alliance stands at the start."""

    bond: Percent = 60
    task: Percent = 60
    goal: Percent = 60
    tension: ZeroToFive = 1
    trust: ZeroToFive = 2


class Variable(_Part):
    """A number of the author's own, kept between its bounds."""

    start: Number = 0
    min: Number = 0
    max: Number = 10

    @model_validator(mode="after")
    def _ordered(self) -> "Variable":
        if not self.min <= self.start <= self.max:
            raise PydanticCustomError("variable_order", "min <= start <= max is expected")
        return self


class ScoreRange(_Part):
    """Between which percentages a skill's score must lie, both included."""

    at_least: Percent = 0
    at_most: Percent = 100


class Expectation(_Part):
    """A test inside a scenario: choose these responses, expect this ending, these turns, these scores."""

    choose: Annotated[tuple[Id, ...], BeforeValidator(_listed), Field(min_length=1, max_length=500)]
    ending: Id | None = None
    turns: Annotated[tuple[Id, ...], BeforeValidator(_listed), Field(max_length=500)] = ()
    scores: dict[Rated, ScoreRange] = Field(default_factory=dict)


class Scenario(_Part):
    """One scenario file."""

    format: Annotated[Literal[1], Whole]
    id: Id
    title: Line
    summary: Text
    patient: Patient
    briefing: Text
    start: Id
    turns: dict[Id, Turn] = Field(min_length=1, max_length=200)
    endings: dict[Id, Ending] = Field(min_length=1, max_length=40)
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "en"
    authors: tuple[Line, ...] = ()
    reviewed_by: Line = "none"
    approach: Line | None = None
    setting: Line = "in person"
    session: Annotated[int, Field(ge=1, le=999), Whole] = 1
    difficulty: OneToFive = 2
    repair: RepairKind = "either"
    content_notes: tuple[ContentNote, ...] = ()
    objectives: tuple[Line, ...] = ()
    alliance: Alliance = Alliance()
    variables: dict[Id, Variable] = Field(default_factory=dict)
    tests: dict[Id, Expectation] = Field(default_factory=dict, max_length=100)

    @cached_property
    def bounds(self) -> dict[str, tuple[int, int]]:
        """Every variable with its lowest and highest value, the alliance's first."""
        return ALLIANCE_BOUNDS | {name: (own.min, own.max) for name, own in self.variables.items()}

    @cached_property
    def start_values(self) -> dict[str, int]:
        """Every variable with the value it starts from."""
        return self.alliance.model_dump() | {name: own.start for name, own in self.variables.items()}
