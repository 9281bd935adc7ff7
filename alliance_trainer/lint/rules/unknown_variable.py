"""A condition reads a variable that does not exist.

A condition may compare bond, task, goal, tension and trust, and the variables that the scenario declares under
`variables`. Another name is most often misspelt; it would count as 0 for ever.

Bad:

    turns:
      opening:
        patient:
          - I nearly did not come today.
          - shows: looks at the door
            when: tention >= 2   # <- the variable is called tension
        responses:
          wonder:
            says: And yet you are here.
            why: Meets both halves.
            to: done

Good:

    turns:
      opening:
        patient:
          - I nearly did not come today.
          - shows: looks at the door
            when: tension >= 2
        responses:
          wonder:
            says: And yet you are here.
            rates: {recognition: 1}
            why: Meets both halves.
            to: done
          insist:
            says: You should come every week.
            why: Lectures.
            effects: {tension: +1}
            to: opening
"""

from collections.abc import Iterable

from alliance_trainer.core.conditions import Compare
from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.suggestions import hint_for
from alliance_trainer.lint.places import condition_atoms

CODE = "AT076"
SEVERITY: Severity = "error"


def check(scenario: Scenario) -> Iterable[Finding]:
    """One finding for each such variable of a condition."""
    reported = set()
    for path, atom in condition_atoms(scenario):
        if isinstance(atom, Compare) and atom.variable not in scenario.bounds:
            if (path, atom.variable) not in reported:
                yield Finding(
                    code=CODE,
                    severity=SEVERITY,
                    path=path,
                    word=atom.variable,
                    message=f"There is no variable {atom.variable!r}.",
                    hint=hint_for(atom.variable, scenario.bounds) or "Declare it under `variables`.",
                )
            reported.add((path, atom.variable))
