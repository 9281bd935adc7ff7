"""A response changes a variable that does not exist.

`effects` may change bond, task, goal, tension and trust, and the variables that the scenario declares under
`variables`. A change of anything else would be lost.

Bad:

    turns:
      opening:
        patient: I nearly did not come today.
        responses:
          wonder:
            says: And yet you are here.
            why: Meets both halves.
            effects:
              bnod: +6   # <- the variable is called bond
            to: done

Good:

    turns:
      opening:
        patient: I nearly did not come today.
        responses:
          wonder:
            says: And yet you are here.
            why: Meets both halves.
            effects:
              bond: +6
            to: done
"""

from collections.abc import Iterable

from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.suggestions import hint_for
from alliance_trainer.lint.places import responses

CODE = "AT077"
SEVERITY: Severity = "error"


def check(scenario: Scenario) -> Iterable[Finding]:
    """One finding for each such change."""
    for path, response in responses(scenario):
        for name in response.effects or ():
            if name not in scenario.bounds:
                yield Finding(
                    code=CODE,
                    severity=SEVERITY,
                    path=(*path, "effects", name),
                    part="key",
                    message=f"There is no variable {name!r} to change.",
                    hint=hint_for(name, scenario.bounds) or "Declare it under `variables`.",
                )
