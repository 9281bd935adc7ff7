"""From a turn no ending can be reached.

Whoever comes to this turn can never finish: all its responses lead on, directly or by other turns, to turns that
lead back to it. Every turn needs some way to an ending.

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
          insist:
            says: You should come every week.
            why: Lectures.
            to: stuck
      stuck:   # <- its only response leads back to it
        patient: You always say that.
        responses:
          again:
            says: Because it is true.
            why: Insists.
            to: stuck

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
          insist:
            says: You should come every week.
            why: Lectures.
            to: stuck
      stuck:
        patient: You always say that.
        responses:
          again:
            says: Because it is true.
            why: Insists.
            to: stuck
          stop:
            says: I do, and it helps neither of us.
            rates: {recognition: 1}
            why: Steps out of the loop.
            to: done
"""

from collections.abc import Iterable

from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.model import Scenario
from alliance_trainer.lint.graph import with_way_out

CODE = "AT075"
SEVERITY: Severity = "error"


def check(scenario: Scenario) -> Iterable[Finding]:
    """One finding for each such turn."""
    safe = with_way_out(scenario)
    for turn_id in scenario.turns:
        if turn_id not in safe:
            yield Finding(
                code=CODE,
                severity=SEVERITY,
                path=("turns", turn_id),
                part="key",
                message=f"From the turn {turn_id!r} no ending can be reached: the play would never stop.",
                hint="Let one of its responses lead to an ending, or to a turn from which one can be reached.",
            )
