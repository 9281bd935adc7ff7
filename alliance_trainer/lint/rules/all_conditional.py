"""Every response of a turn has a condition.

If all conditions are false at once, nothing is on offer and the play is stuck. One response without `when` makes sure
that there is always something to say.

Bad:

    turns:
      opening:
        patient: I nearly did not come today.
        responses:   # <- with trust at 3, nothing is on offer
          wonder:
            says: And yet you are here.
            rates: {recognition: 1}
            why: Meets both halves.
            when: trust > 3
            to: done
          ask:
            says: What kept you?
            why: Asks, a little early.
            when: trust < 3
            to: done

Good:

    turns:
      opening:
        patient: I nearly did not come today.
        responses:
          wonder:
            says: And yet you are here.
            rates: {recognition: 1}
            why: Meets both halves.
            when: trust > 3
            to: done
          ask:
            says: What kept you?
            why: Asks, a little early.
            to: done
"""

from collections.abc import Iterable

from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.model import Scenario

CODE = "AT084"
SEVERITY: Severity = "warning"


def check(scenario: Scenario) -> Iterable[Finding]:
    """One finding for each such turn."""
    for turn_id, turn in scenario.turns.items():
        if all(response.when is not None for response in turn.responses.values()):
            yield Finding(
                code=CODE,
                severity=SEVERITY,
                path=("turns", turn_id, "responses"),
                part="key",
                message=f"Every response of the turn {turn_id!r} has a condition: there may be nothing to say.",
                hint="Delete the `when` of one of them, or add a response without one.",
            )
