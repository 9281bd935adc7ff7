"""Where things stand in a scenario: every response, route, condition and text, each with its path."""

from collections.abc import Iterator

from alliance_trainer.core.conditions import Atom, Condition, atoms
from alliance_trainer.core.model import Beat, Response, Route, Scenario

Path = tuple[str, ...]


def responses(scenario: Scenario) -> Iterator[tuple[Path, Response]]:
    """Every response of every turn."""
    for turn_id, turn in scenario.turns.items():
        for name, response in turn.responses.items():
            yield ("turns", turn_id, "responses", name), response


def routes(scenario: Scenario) -> Iterator[tuple[Path, Route]]:
    """Every way a response leads on."""
    for path, response in responses(scenario):
        for index, route in enumerate(response.to):
            yield (*path, "to", str(index)), route


def beats(scenario: Scenario) -> Iterator[tuple[Path, Beat]]:
    """Everything that the patient does: at turns, in replies, at endings."""
    for turn_id, turn in scenario.turns.items():
        yield from _numbered(("turns", turn_id, "patient"), turn.patient)
    for path, response in responses(scenario):
        yield from _numbered((*path, "reply"), response.reply)
    for ending_id, ending in scenario.endings.items():
        yield from _numbered(("endings", ending_id, "patient"), ending.patient)


def _numbered(path: Path, items: tuple[Beat, ...]) -> Iterator[tuple[Path, Beat]]:
    for index, item in enumerate(items):
        yield (*path, str(index)), item


def conditions(scenario: Scenario) -> Iterator[tuple[Path, Condition]]:
    """Every condition that is there, of responses, routes and beats."""
    for part in (responses(scenario), routes(scenario), beats(scenario)):
        for path, item in part:
            if item.when is not None:
                yield (*path, "when"), item.when


def condition_atoms(scenario: Scenario) -> Iterator[tuple[Path, Atom]]:
    """Every comparison, chose() and visited(), with the path of its condition; each once a condition."""
    for path, condition in conditions(scenario):
        for atom in dict.fromkeys(atoms(condition)):
            yield path, atom


def texts(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """Every text that somebody reads, patient's words included."""
    for field in ("title", "summary", "briefing", "approach", "setting"):
        yield from _given((field,), getattr(scenario, field))
    for index, objective in enumerate(scenario.objectives):
        yield ("objectives", str(index)), objective
    for field in ("name", "pronouns", "background"):
        yield from _given(("patient", field), getattr(scenario.patient, field))
    for turn_id, turn in scenario.turns.items():
        yield from _given(("turns", turn_id, "inside"), turn.inside)
    for path, response in responses(scenario):
        yield (*path, "says"), response.says
        yield (*path, "why"), response.why
    for ending_id, ending in scenario.endings.items():
        yield from _given(("endings", ending_id, "title"), ending.title)
        yield ("endings", ending_id, "debrief"), ending.debrief
    for path, beat in beats(scenario):
        yield from _given((*path, "says"), beat.says)
        yield from _given((*path, "shows"), beat.shows)


def _given(path: Path, text: str | None) -> Iterator[tuple[Path, str]]:
    if text is not None:
        yield path, text
