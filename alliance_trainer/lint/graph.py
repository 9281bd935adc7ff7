"""The plain graph of a scenario, conditions ignored: where each turn can lead, and what can be reached."""

from collections.abc import Iterable, Mapping

from alliance_trainer.core.model import Scenario


def targets(scenario: Scenario) -> dict[str, set[str]]:
    """For each turn the ids of the turns and endings that its responses name, also those that do not exist."""
    return {
        turn_id: {route.to for response in turn.responses.values() for route in response.to}
        for turn_id, turn in scenario.turns.items()
    }


def is_whole(scenario: Scenario) -> bool:
    """Whether the start and all targets exist.

    While one does not, nobody can say what is reached: the misspelt target is the finding, and not all
    that hangs on it.
    """
    known = scenario.turns.keys() | scenario.endings.keys()
    return scenario.start in scenario.turns and all(to <= known for to in targets(scenario).values())


def reached(scenario: Scenario) -> set[str]:
    """The turns and endings that some way from the start leads to."""
    return _spread({scenario.start}, targets(scenario))


def with_way_out(scenario: Scenario) -> set[str]:
    """The turns from which some way leads to an ending, or to a target that does not exist (yet)."""
    backwards: dict[str, set[str]] = {}
    for turn_id, to in targets(scenario).items():
        for target in to:
            backwards.setdefault(target, set()).add(turn_id)
    outside = backwards.keys() - (scenario.turns.keys() - scenario.endings.keys())
    return _spread(outside, backwards)


def _spread(sources: Iterable[str], edges: Mapping[str, set[str]]) -> set[str]:
    found, queue = set(sources), list(sources)
    while queue:
        new = edges.get(queue.pop(), set()) - found
        found |= new
        queue.extend(new)
    return found
