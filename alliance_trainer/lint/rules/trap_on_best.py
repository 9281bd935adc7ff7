"""The best response of a turn is called a trap.

A trap is a response with good words and a bad function. Here the response with the highest sum of ratings in its turn
carries `trap`: either the ratings or the trap are not what you mean. The debrief would praise the response and warn of
it at once.

Bad:

    turns:
      opening:
        patient: I nearly did not come today.
        responses:
          wonder:
            says: And yet you are here.
            rates: {recognition: 1}
            why: Meets both halves.
            to: done
          soothe:
            says: Do not worry about that.
            rates: {recognition: 2}
            trap: reassurance   # <- and yet it has the highest ratings
            why: Soothes the feeling away.
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
            to: done
          soothe:
            says: Do not worry about that.
            rates: {recognition: -1}
            trap: reassurance
            why: Soothes the feeling away.
            to: done
"""

from collections.abc import Iterable

from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.model import Scenario

CODE = "AT081"
SEVERITY: Severity = "warning"


def check(scenario: Scenario) -> Iterable[Finding]:
    """One finding for each trap on a best response, where the ratings of the turn differ."""
    for turn_id, turn in scenario.turns.items():
        sums = {name: sum(response.rates.values()) for name, response in turn.responses.items()}
        best = max(sums.values())
        for name, response in turn.responses.items():
            if response.trap and sums[name] == best > min(sums.values()):
                yield Finding(
                    code=CODE,
                    severity=SEVERITY,
                    path=("turns", turn_id, "responses", name, "trap"),
                    message=f"{name!r} is called a trap, and no response of this turn has higher ratings.",
                    hint="Lower its ratings, raise those of a better response, or delete `trap`.",
                )
