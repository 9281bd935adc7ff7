"""A response is never on offer.

Its `when` is false whenever a play comes to the turn, so nobody can ever give it. The message says why, as far as that
can be said in a few words. What can only be come to by this response is never met either.

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
            when: trust > 2   # <- trust is 2 at the start, and nothing has changed it
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
from alliance_trainer.lint.consequences import never_met_either

CODE = "AT088"
SEVERITY: Severity = "warning"


def check(proofs: Proofs) -> Iterable[Finding]:
    """One finding for each such response of a turn that is met."""
    for constant in proofs.constants:
        match constant.path:
            case ("turns", turn, "responses", name, "when") if not constant.value:
                targets = [route.to for route in proofs.scenario.turns[turn].responses[name].to]
                yield Finding(
                    code=CODE,
                    severity=SEVERITY,
                    path=constant.path,
                    message=f"{name!r} is never on offer: {constant.reason}.{never_met_either(proofs, targets)}",
                    hint="Change the condition, or delete the response.",
                )
