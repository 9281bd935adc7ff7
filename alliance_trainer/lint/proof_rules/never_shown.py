"""A beat is never shown.

Its `when` is false whenever a play comes here, so nobody ever reads it. The message says why, as far as that can be
said in a few words.

Bad:

    turns:
      opening:
        patient:
          - I nearly did not come today.
          - {says: I am glad I did., when: trust >= 3}   # <- trust is 2 at the start
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
          - I am glad I did.
        responses:
          wonder:
            says: And yet you are here.
            why: Meets both halves.
            to: done
"""

from collections.abc import Iterable

from alliance_trainer.analysis.proofs import Proofs
from alliance_trainer.core.findings import Finding, Severity

CODE = "AT091"
SEVERITY: Severity = "warning"


def check(proofs: Proofs) -> Iterable[Finding]:
    """One finding for each such beat of a turn, a reply or an ending that is met."""
    for constant in proofs.constants:
        if not constant.value and constant.path[-2].isdigit():
            yield Finding(
                code=CODE,
                severity=SEVERITY,
                path=constant.path,
                message=f"This is never shown: {constant.reason}.",
                hint="Change the condition, or delete the beat.",
            )
