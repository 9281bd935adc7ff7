"""The scenario starts at a turn that does not exist.

`start` names the first turn by its id. An ending cannot be the start: there would be nothing to practise.

Bad:

    start: openign   # <- the turn is called opening

Good:

    start: opening
"""

from collections.abc import Iterable

from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.suggestions import hint_for

CODE = "AT071"
SEVERITY: Severity = "error"


def check(scenario: Scenario) -> Iterable[Finding]:
    """At most one finding."""
    if scenario.start in scenario.turns:
        return
    is_ending = scenario.start in scenario.endings
    yield Finding(
        code=CODE,
        severity=SEVERITY,
        path=("start",),
        message=f"{scenario.start!r} is an ending, and a scenario starts at a turn."
        if is_ending
        else f"There is no turn {scenario.start!r} to start at.",
        hint=hint_for(scenario.start, scenario.turns) or "Name one of the turns.",
    )
