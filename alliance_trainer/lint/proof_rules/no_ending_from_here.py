"""A play can come to where it can never end.

There are ways from this turn to an ending, but a play can come here with values with which none of them is ever open:
it goes round and round for ever. The message names a shortest way there.

Bad:

    turns:
      opening:
        patient: I nearly did not come today.
        responses:
          wonder:
            says: And yet you are here.
            rates: {recognition: 1}
            why: Meets both halves.
            effects: {trust: +1}
            to: second
          insist:
            says: You should come every week.
            why: Lectures.
            to: second
      second:   # <- who insisted has a trust of 2, and it stays so
        patient: You always say that.
        responses:
          again:
            says: Because it is true.
            why: Insists.
            effects: {}
            to:
              - {when: trust > 2, to: done}
              - to: second

Good:

    turns:
      opening:
        patient: I nearly did not come today.
        responses:
          wonder:
            says: And yet you are here.
            rates: {recognition: 1}
            why: Meets both halves.
            to: second
          insist:
            says: You should come every week.
            why: Lectures.
            to: second
      second:
        patient: You always say that.
        responses:
          again:
            says: Because it is true.
            why: Insists.
            to: done
"""

from collections.abc import Iterable

from alliance_trainer.analysis.proofs import Proofs, shown
from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.lint.graph import with_way_out

CODE = "AT092"
SEVERITY: Severity = "error"


def check(proofs: Proofs) -> Iterable[Finding]:
    """One finding, for the turn at which it is soonest too late."""
    open_turns = with_way_out(proofs.scenario)  # the others are reported by the graph alone
    for turn, place in proofs.trapped.items():
        if turn in open_turns:
            way = shown(proofs.automaton.way_to(place))
            yield Finding(
                code=CODE,
                severity=SEVERITY,
                path=("turns", turn),
                part="key",
                message=f"From the turn {turn!r} no ending can be reached, for example after: {way}.",
                hint="Open a way to an ending that does not depend on what came before.",
            )
            return
