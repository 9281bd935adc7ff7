"""A test names something that does not exist.

A test under `tests` chooses responses and names turns and an ending by their ids. Here is an id that none has: most
often it is misspelt, or it was renamed and this line was not.

Bad:

    tests:
      stays:
        choose: [wonder]
        ending: dnoe   # <- the ending is called done

Good:

    tests:
      stays:
        choose: [wonder]
        ending: done
"""

from collections.abc import Collection, Iterable, Iterator

from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.model import Expectation, Scenario
from alliance_trainer.core.suggestions import hint_for

CODE = "AT106"
SEVERITY: Severity = "error"

_Named = tuple[tuple[str, ...], str, str]
"""Where in a test a name stands, what kind of thing it names, and the name."""


def check(scenario: Scenario) -> Iterable[Finding]:
    """One finding for each such name, at the item of the list or the value."""
    known: dict[str, Collection[str]] = {
        "response": dict.fromkeys(name for turn in scenario.turns.values() for name in turn.responses),
        "turn": scenario.turns,
        "ending": scenario.endings,
    }
    for test, expectation in scenario.tests.items():
        for path, kind, name in _names(expectation):
            if name not in known[kind]:
                yield Finding(
                    code=CODE,
                    severity=SEVERITY,
                    path=("tests", test, *path),
                    message=f"There is no {kind} {name!r}.",
                    hint=_other_kind(name, kind, known) or hint_for(name, known[kind]) or f"Name the {kind} by its id.",
                )


def _names(expectation: Expectation) -> Iterator[_Named]:
    for index, choice in enumerate(expectation.choose):
        yield ("choose", str(index)), "response", choice
    if expectation.ending is not None:
        yield ("ending",), "ending", expectation.ending
    for index, turn in enumerate(expectation.turns):
        yield ("turns", str(index)), "turn", turn


def _other_kind(name: str, wanted: str, known: dict[str, Collection[str]]) -> str:
    """A hint where the name is that of something else, e.g. an ending under `turns`."""
    kinds = [kind for kind in known if kind != wanted and name in known[kind]]
    return f"{name!r} is the id of a {kinds[0]}.".replace("a ending", "an ending") if kinds else ""
