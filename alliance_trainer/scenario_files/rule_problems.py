"""What the format refuses within a part, as findings: conditions, beats, routes, variables (AT053, AT058 to AT061)."""

from collections.abc import Callable

from alliance_trainer.core.findings import Finding
from alliance_trainer.scenario_files.schema_trouble import Trouble
from alliance_trainer.scenario_files.schema_values import what_it_is


def _condition(trouble: Trouble) -> Finding:
    hint = "Examples: `trust >= 3`, `chose(turn.response)`, `visited(turn) and not tension > 2`."
    message, offset = trouble.context.get("message"), trouble.context.get("offset")
    if message is None:
        found = what_it_is(trouble.value)
        return trouble.finding("AT053", f"A condition on one line is expected, found {found}.", hint)
    return trouble.finding("AT053", f"This condition cannot be read: {message}.", hint, offset=offset)


def _beat(trouble: Trouble) -> Finding:
    message = "A beat is one thing: it has exactly one of `says`, `shows` and `silence`."
    hint = "Make an entry of its own, with its own dash, of each thing that the patient does."
    return trouble.finding("AT058", message, hint)


def _last_route(trouble: Trouble) -> Finding:
    routes = _routes(trouble.value)
    if not all(_has_condition(route) for route in routes):
        return _early_route(trouble)  # there is a way on, only not at the end
    message = "The last entry of `to` has a condition, so there may be no way on."
    hint = "Delete its `when`, or add an entry without one below:  - to: some-turn"
    return trouble.finding("AT059", message, hint, path=(*trouble.path, "to", str(len(routes) - 1), "when"))


def _early_route(trouble: Trouble) -> Finding:
    routes = _routes(trouble.value)
    open_ends = (at for at, route in enumerate(routes) if not _has_condition(route))
    message = "This entry of `to` has no condition: what stands below it is never used."
    if _has_condition(routes[-1]):
        hint = "Move it to the end of the list: there it is the way on if nothing above it holds."
    else:
        hint = "Give it a `when`, or delete it: the last entry is the one without a condition."
    return trouble.finding("AT060", message, hint, path=(*trouble.path, "to", str(next(open_ends, 0))))


def _routes(response: object) -> list[object]:
    routes = response.get("to") if isinstance(response, dict) else None
    return routes if isinstance(routes, list) else [routes]


def _has_condition(route: object) -> bool:
    return isinstance(route, dict) and "when" in route


def _order(trouble: Trouble) -> Finding:
    message = "The numbers of this variable do not go together: `min` <= `start` <= `max` is needed."
    return trouble.finding(
        "AT061", message, "Without a line of their own, start and min are 0 and max is 10.", part="key"
    )


HANDLERS: dict[str, Callable[[Trouble], Finding | None]] = {
    "condition": _condition,
    "condition_shape": _condition,
    "beat": _beat,
    "route_last": _last_route,
    "route_early": _early_route,
    "variable_order": _order,
}
"""By the model's kinds of error."""
