"""A variable has a name that is taken.

Every scenario has bond, task, goal, tension and trust; a variable of your own cannot have one of these names. Nor can
it be called and, or, not, chose or visited: these words mean something else in a condition.

Bad:

    variables:
      trust:   # <- every scenario has trust already
        start: 1
        max: 5
    turns:
      opening:
        patient:
          - I nearly did not come today.
          - shows: smiles
            when: trust >= 4
        responses:
          wonder:
            says: And yet you are here.
            rates: {recognition: 1}
            why: Meets both halves.
            to: done
          insist:
            says: You should come every week.
            why: Lectures.
            effects: {trust: -1}
            to: opening

Good:

    alliance: {trust: 4}
    turns:
      opening:
        patient:
          - I nearly did not come today.
          - shows: smiles
            when: trust >= 4
        responses:
          wonder:
            says: And yet you are here.
            rates: {recognition: 1}
            why: Meets both halves.
            to: done
          insist:
            says: You should come every week.
            why: Lectures.
            effects: {trust: -1}
            to: opening
"""

from collections.abc import Iterable

from alliance_trainer.core.conditions import KEYWORDS
from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.model import ALLIANCE_BOUNDS, Scenario

CODE = "AT085"
SEVERITY: Severity = "error"


def check(scenario: Scenario) -> Iterable[Finding]:
    """One finding for each such variable."""
    for name in scenario.variables:
        if name in ALLIANCE_BOUNDS:
            message = f"Every scenario has {name!r} already: a variable of your own needs another name."
            hint = f"To set where it starts, write  alliance: {{{name}: {scenario.variables[name].start}}}"
        elif name in KEYWORDS:
            message = f"{name!r} is a word of the conditions: a variable needs another name."
            hint = "Choose a word for what it counts, for example apologies."
        else:
            continue
        path = ("variables", name)
        yield Finding(code=CODE, severity=SEVERITY, path=path, part="key", message=message, hint=hint)
