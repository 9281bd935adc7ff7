"""A turn and an ending have the same id.

`to` names what follows by its id alone, so it must be clear which of the two is meant.

Bad:

    turns:
      opening:
        patient: I nearly did not come today.
        responses:
          wonder:
            says: And yet you are here.
            why: Meets both halves.
            to: done
      done:
        patient: See you next week.
        responses:
          nod:
            says: See you next week.
            why: Closes the session.
            to: done
    endings:
      done:   # <- a turn has this id, too
        outcome: worked-on
        debrief: The session went on.

Good:

    turns:
      opening:
        patient: I nearly did not come today.
        responses:
          wonder:
            says: And yet you are here.
            why: Meets both halves.
            to: goodbye
      goodbye:
        patient: See you next week.
        responses:
          nod:
            says: See you next week.
            why: Closes the session.
            to: done
"""

from collections.abc import Iterable

from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.model import Scenario

CODE = "AT074"
SEVERITY: Severity = "error"


def check(scenario: Scenario) -> Iterable[Finding]:
    """One finding for each such id, at the ending."""
    for ending_id in scenario.endings:
        if ending_id in scenario.turns:
            yield Finding(
                code=CODE,
                severity=SEVERITY,
                path=("endings", ending_id),
                part="key",
                message=f"{ending_id!r} is the id of a turn and of an ending.",
                hint="Rename one of them here and in every `to` that means it.",
            )
