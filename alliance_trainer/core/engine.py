"""The state machine: begin, offered, respond, undo. A state never changes; each answer gives a new one."""

from collections.abc import Iterator, Mapping

import msgspec

from alliance_trainer.core import conditions, effects
from alliance_trainer.core.errors import IllegalStepError
from alliance_trainer.core.model import Beat, Response, Scenario

TURN_CAP = 500
"""No attempt goes on for more answers than this; a scenario that loops is left with everything saved."""


class State(msgspec.Struct, frozen=True, kw_only=True):
    """Where a play stands: at a turn or at an ending, with the values, and the state it came from."""

    place: str
    ended: bool
    values: Mapping[str, int]
    visited: frozenset[str] = frozenset()
    chosen: frozenset[str] = frozenset()
    before: "State | None" = None
    came_by: str | None = None

    @property
    def depth(self) -> int:
        """How many answers lie between the start and here."""
        return sum(1 for _ in self.history()) - 1

    def history(self) -> Iterator["State"]:
        """This state and those before it, newest first."""
        state: State | None = self
        while state is not None:
            yield state
            state = state.before


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """What one answer did: the patient's reply, the values before and after, and where it led."""

    turn: str
    response: str
    reply: tuple[Beat, ...]
    before: Mapping[str, int]
    after: Mapping[str, int]
    to: str
    ended: bool


def begin(scenario: Scenario, at: str | None = None) -> State:
    """The first state: at the scenario's start, or at a turn an author wants to try.

    Raises IllegalStepError if there is no such turn.
    """
    place = at or scenario.start
    if place not in scenario.turns:
        raise IllegalStepError(f"there is no turn {place!r} in {scenario.id!r}")
    return State(place=place, ended=False, values=scenario.start_values)


def _holds(state: State, condition: conditions.Condition | None) -> bool:
    return conditions.holds(condition, state.values, state.chosen, state.visited)


def visible(state: State, beats: tuple[Beat, ...]) -> tuple[Beat, ...]:
    """The beats whose conditions hold now."""
    return tuple(beat for beat in beats if _holds(state, beat.when))


def beats(scenario: Scenario, state: State) -> tuple[Beat, ...]:
    """What the patient does at the place where the state stands."""
    place = scenario.endings[state.place] if state.ended else scenario.turns[state.place]
    return visible(state, place.patient)


def offered(scenario: Scenario, state: State) -> dict[str, Response]:
    """The responses on offer now, by id, in the author's order; none at an ending."""
    if state.ended:
        return {}
    responses = scenario.turns[state.place].responses
    return {name: response for name, response in responses.items() if _holds(state, response.when)}


def respond(scenario: Scenario, state: State, response_id: str) -> tuple[State, Happened]:
    """Give a response: reply, effects, then the way on, decided on the new values.

    Raises IllegalStepError if the attempt has ended or the response is unknown or not on offer.
    """
    if state.ended:
        raise IllegalStepError(f"the attempt ended at {state.place!r}; nothing can be answered there")
    response = offered(scenario, state).get(response_id)
    if response is None:
        known = response_id in scenario.turns[state.place].responses
        raise IllegalStepError(
            f"{response_id!r} is not on offer at {state.place!r} now"
            if known
            else f"no response {response_id!r} at {state.place!r}"
        )
    values = effects.apply(scenario, state.values, effects.changes_of(response))
    chosen = state.chosen | {f"{state.place}.{response_id}"}
    visited = state.visited | {state.place}
    to = next(route.to for route in response.to if conditions.holds(route.when, values, chosen, visited))
    if to not in scenario.turns and to not in scenario.endings:
        raise IllegalStepError(f"{response_id!r} at {state.place!r} leads to {to!r}, which does not exist")
    ended = to not in scenario.turns
    after = State(
        place=to,
        ended=ended,
        values=values,
        visited=visited,
        chosen=chosen,
        before=state,
        came_by=response_id,
    )
    happened = Happened(
        turn=state.place,
        response=response_id,
        reply=visible(state, response.reply),
        before=state.values,
        after=values,
        to=to,
        ended=ended,
    )
    return after, happened


def undo(state: State) -> State:
    """The state before the last answer. Raises IllegalStepError at the start."""
    if state.before is None:
        raise IllegalStepError("nothing has been answered yet, so there is nothing to undo")
    return state.before


def rewind(state: State, turn: str) -> State:
    """The latest earlier state that stands at a turn; this one if none does but this.

    So that an answer which led back to its own turn is taken back too. Raises IllegalStepError if the turn was never
    met.
    """
    met = [one for one in state.history() if one.place == turn and not one.ended]
    if not met:
        raise IllegalStepError(f"cannot go back to {turn!r}: it was not met on this way")
    return next((earlier for earlier in met if earlier is not state), state)
