"""A way on is never taken.

In the list under `to` the first entry whose `when` holds is taken. No play takes this one: its own condition never
holds here, or one of the entries above it is taken in every case. The message says why. What can only be come to by
this way is never met.

Bad:

    turns:
      opening:
        patient: I nearly did not come today.
        responses:
          wonder:
            says: And yet you are here.
            why: Meets both halves.
            effects: {trust: +1}
            to:
              - {when: trust > 4, to: done}   # <- trust is 2 at the start and 3 now
              - to: done

Good:

    turns:
      opening:
        patient: I nearly did not come today.
        responses:
          wonder:
            says: And yet you are here.
            why: Meets both halves.
            to: done
"""

from collections.abc import Iterable

from alliance_trainer.analysis.proofs import Proofs
from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.lint.consequences import never_met_either

CODE = "AT089"
SEVERITY: Severity = "warning"


def check(proofs: Proofs) -> Iterable[Finding]:
    """One finding for each such way on of a response that is on offer somewhere."""
    for turn, name, index, reason in proofs.ways_never_taken():
        route = proofs.scenario.turns[turn].responses[name].to[index]
        path = ("turns", turn, "responses", name, "to", str(index), "to" if route.when is None else "when")
        lost = never_met_either(proofs, [route.to])
        yield Finding(
            code=CODE,
            severity=SEVERITY,
            path=path,
            message=f"This way to {route.to!r} is never taken: {reason}.{lost}",
            hint="Change the condition, or delete the entry.",
        )
