"""The moments that a drill asks about: vignettes, and turns of scenarios in their context."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from heapq import heappop, heappush

import msgspec

from alliance_trainer.core import engine
from alliance_trainer.core.course import total
from alliance_trainer.core.engine import State
from alliance_trainer.core.model import Beat, Scenario, Turn
from alliance_trainer.core.vignettes import MomentFile, Vignette
from alliance_trainer.core.vocabulary.markers import MarkerId, RuptureType, rupture_type
from alliance_trainer.core.vocabulary.moments import FoilKind, MomentSource

_CHECKSUM = 16


class Before(msgspec.Struct, frozen=True, kw_only=True):
    """The exchange before a turn: what the patient did, what the therapist said, what came at once."""

    beats: tuple[Beat, ...]
    said: str
    reply: tuple[Beat, ...]


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One moment that can be asked about.

    `id` names file and moment, or scenario and turn. `name` is what the patient is called. No markers: nothing is
    wrong here, and `foil` says what it is instead, where that is known. `clarity`: of the clearest marker, 1 to 5.
    `notes`: topics that some would rather know of. `content`: a checksum of all that is shown and keyed.
    """

    id: str
    source: MomentSource
    title: str
    name: str
    context: str
    beats: tuple[Beat, ...]
    markers: tuple[MarkerId, ...]
    why: str
    content: str
    before: Before | None = None
    foil: FoilKind | None = None
    clarity: int = 3
    notes: tuple[str, ...] = ()

    @property
    def rupture(self) -> RuptureType:
        """The rupture type, which follows from the markers."""
        return rupture_type(self.markers)


def from_vignettes(file: str, moments: MomentFile) -> Iterator[Item]:
    """The moments of a file, whose name without its ending is `file`."""
    for name, vignette in moments.moments.items.items():
        yield Item(
            id=f"{file}/{name}",
            source="moments",
            title=moments.moments.title,
            name="Patient",
            context=vignette.context.strip(),
            beats=vignette.patient,
            markers=tuple(marker.id for marker in vignette.markers),
            why=vignette.why.strip(),
            content=_content(vignette),
            foil=vignette.foil,
            clarity=max((marker.clarity for marker in vignette.markers), default=3),
            notes=tuple(note.topic for note in vignette.content_notes),
        )


def from_scenario(scenario: Scenario) -> Iterator[Item]:
    """The turns that ask what is noticed and that a play can come to, each as the most sensible way meets it."""
    for name, state in sensible_ways(scenario).items():
        turn = scenario.turns[name]
        if turn.notice:
            yield Item(
                id=f"{scenario.id}/{name}",
                source="library",
                title=scenario.title,
                name=scenario.patient.name,
                context=scenario.briefing.strip(),
                beats=engine.visible(state, turn.patient),
                markers=tuple(marker.id for marker in turn.markers),
                why=(turn.inside or "").strip(),
                content=_content(turn),
                before=_before(scenario, state),
                clarity=max((marker.clarity for marker in turn.markers), default=3),
                notes=tuple(note.topic for note in scenario.content_notes),
            )


def sensible_ways(scenario: Scenario) -> Mapping[str, State]:
    """Every turn that can be come to so, with the state in which the best answers lead to it.

    Best means the fewest points left behind on the way, over the four skills; then the fewest answers. Each turn
    is gone on from once, in the state in which it was first met.
    """
    found: dict[str, State] = {}
    waiting: list[tuple[int, int, int, State]] = [(0, 0, 0, engine.begin(scenario))]
    met = 0
    while waiting:
        lost, length, _, state = heappop(waiting)
        if state.ended or state.place in found:
            continue
        found[state.place] = state
        offered = engine.offered(scenario, state)
        best = max(map(total, offered.values()), default=0)
        for name, response in offered.items():
            ahead, _happened = engine.respond(scenario, state, name)
            met += 1
            heappush(waiting, (lost + best - total(response), length + 1, met, ahead))
    return found


def _before(scenario: Scenario, state: State) -> Before | None:
    earlier, by = state.before, state.came_by
    if earlier is None or by is None:
        return None
    turn = scenario.turns[earlier.place]
    response = turn.responses[by]
    return Before(
        beats=engine.visible(earlier, turn.patient),
        said=response.says.strip(),
        reply=engine.visible(earlier, response.reply),
    )


def _content(part: Vignette | Turn) -> str:
    """The first 16 hex digits of SHA-256 over what a moment says and is."""
    plain = part.model_dump(mode="json", include={"context", "patient", "markers", "foil", "why", "inside"})
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:_CHECKSUM]


def keys_of(markers: Sequence[MarkerId], foil: FoilKind | None) -> tuple[str, ...]:
    """What a moment practises, as keys of spacing: its markers, or the kind of foil; `none` for any other."""
    if markers:
        return tuple(markers)
    return (foil or "none",)
