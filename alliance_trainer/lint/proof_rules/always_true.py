"""A condition is always true.

Whenever this `when` is asked it holds, so it decides nothing. Either it is left over, or it was meant to be stricter.
The message says why it always holds.

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
          ask:
            says: What kept you?
            why: Asks, a little early.
            when: trust <= 2   # <- trust is 2 here in every case
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
          ask:
            says: What kept you?
            why: Asks, a little early.
            to: done
"""

from collections.abc import Iterable

from alliance_trainer.analysis.proofs import Proofs
from alliance_trainer.core.findings import Finding, Severity

CODE = "AT090"
SEVERITY: Severity = "warning"


def check(proofs: Proofs) -> Iterable[Finding]:
    """One finding for each such condition of a response or a beat."""
    for constant in proofs.constants:
        if constant.value:
            yield Finding(
                code=CODE,
                severity=SEVERITY,
                path=constant.path,
                message=f"This condition is always true: {constant.reason}.",
                hint="Delete the `when`, or make it stricter.",
            )
