"""At a turn there can be nothing to say.

A play can come to this turn while the conditions of all its responses are false: nothing is on offer, and the trainee
is stuck. The message names a shortest way there. One response without `when` makes sure that there is always
something to say.

Bad:

    turns:
      opening:
        patient: I nearly did not come today.
        responses:   # <- after two insisting answers nothing is on offer
          wonder:
            says: And yet you are here.
            rates: {recognition: 1}
            why: Meets both halves.
            when: trust == 2
            to: done
          insist:
            says: You should come every week.
            why: Lectures.
            when: trust >= 1
            effects: {trust: -1}
            to: opening

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
            when: trust >= 1
            effects: {trust: -1}
            to: opening
"""

from collections.abc import Iterable

from alliance_trainer.analysis.proofs import Proofs, shown
from alliance_trainer.core.findings import Finding, Severity

CODE = "AT084"
SEVERITY: Severity = "error"


def check(proofs: Proofs) -> Iterable[Finding]:
    """One finding for each such turn."""
    for turn, place in proofs.stuck.items():
        way = shown(proofs.automaton.way_to(place))
        yield Finding(
            code=CODE,
            severity=SEVERITY,
            path=("turns", turn, "responses"),
            part="key",
            message=f"At the turn {turn!r} there can be nothing to say, for example after: {way}.",
            hint="Delete the `when` of one of its responses, or add a response without one.",
        )
