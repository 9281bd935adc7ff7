"""A loop can be gone round to raise a variable.

A play can go round this loop as often as it likes, without a mistake, and each round raises the variable: trust is then
earned by patience with the program, not with the patient. Scores are safe, they count only the first answer at a turn.
Let the way back be open once, with `visited(...)`, or let the rise happen outside the loop.

Bad:

    turns:
      opening:   # <- asking again and again raises trust
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
            effects: {trust: +1}
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
          ask:
            says: What kept you?
            why: Asks, a little early.
            effects: {trust: +1}
            to: done
"""

from collections.abc import Iterable

from alliance_trainer.analysis.loops import farmable_loops
from alliance_trainer.analysis.proofs import Proofs, shown
from alliance_trainer.core.findings import Finding, Severity

CODE = "AT093"
SEVERITY: Severity = "warning"


def check(proofs: Proofs) -> Iterable[Finding]:
    """One finding for each part of the scenario with such a loop: for the variable that comes first by name."""
    seen: set[str] = set()
    for loop in farmable_loops(proofs.automaton):
        turn = loop.loop[0][0]
        if turn not in seen:
            seen.add(turn)
            yield Finding(
                code=CODE,
                severity=SEVERITY,
                path=("turns", turn),
                part="key",
                message=f"Going round {shown(loop.loop)} raises {loop.variable} by {loop.gain} each time.",
                hint="Open the way back only once (`when: not visited(...)`), or raise it somewhere else.",
            )
