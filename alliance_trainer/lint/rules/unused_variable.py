"""A variable is declared and no condition reads it.

A variable of your own is there to decide something later. If no `when` reads it, nobody will ever notice its value:
either a condition is missing, or the variable can go.

Bad:

    variables:
      apologies:   # <- no condition reads it
        start: 0
        max: 3

Good:

    variables:
      apologies:
        start: 0
        max: 3
    turns:
      opening:
        patient:
          - I nearly did not come today.
          - shows: sighs
            when: apologies >= 1
        responses:
          sorry:
            says: I am sorry.
            why: Once is enough.
            effects:
              apologies: +1
            to:
              - when: apologies < 2
                to: opening
              - to: done
"""

from collections.abc import Iterable

from alliance_trainer.core.conditions import Compare
from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.model import Scenario
from alliance_trainer.lint.places import condition_atoms

CODE = "AT078"
SEVERITY: Severity = "warning"


def check(scenario: Scenario) -> Iterable[Finding]:
    """One finding for each such variable."""
    read = {atom.variable for _, atom in condition_atoms(scenario) if isinstance(atom, Compare)}
    for name in scenario.variables:
        if name not in read:
            yield Finding(
                code=CODE,
                severity=SEVERITY,
                path=("variables", name),
                part="key",
                message=f"No condition reads the variable {name!r}.",
                hint=f"Use it in a `when`, for example  {name} >= 1 , or delete it.",
            )
