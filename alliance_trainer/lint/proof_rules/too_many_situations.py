"""The scenario has too many situations to be proved sound.

A situation is a turn together with all that later conditions can still tell apart. Up to 300,000 of them are looked
at; this scenario has more, so what was found stands, and what was not found is no proof. `analyze` samples plays
instead. Fewer variables in conditions, or narrower bounds for them, bring the number down.

Bad:

    variables:
      walks: {max: 1000}
      talks: {max: 1000}
    turns:   # <- how often each was chosen matters up to 900 times
      opening:
        patient: I nearly did not come today.
        responses:
          walk:
            says: Shall we walk?
            rates: {recognition: -1}
            why: Leaves the room with what was said.
            effects: {walks: +1}
            to: opening
          talk:
            says: Let us talk about the week.
            rates: {recognition: -1}
            why: Leaves what was said.
            effects: {talks: +1}
            to: opening
          wonder:
            says: And yet you are here.
            rates: {recognition: 1}
            why: Meets both halves.
            to:
              - {when: walks >= 900 and talks >= 900, to: done}
              - to: done

Good:

    variables:
      walks: {max: 2}
    turns:
      opening:
        patient: I nearly did not come today.
        responses:
          walk:
            says: Shall we walk?
            rates: {recognition: -1}
            why: Leaves the room with what was said.
            when: walks < 2
            effects: {walks: +1}
            to: opening
          wonder:
            says: And yet you are here.
            rates: {recognition: 1}
            why: Meets both halves.
            to: done
"""

from collections.abc import Iterable

from alliance_trainer.analysis.proofs import Proofs
from alliance_trainer.core.findings import Finding, Severity

CODE = "AT094"
SEVERITY: Severity = "warning"


def check(proofs: Proofs) -> Iterable[Finding]:
    """At most one finding."""
    if not proofs.complete:
        count = len(proofs.automaton.situations)
        yield Finding(
            code=CODE,
            severity=SEVERITY,
            path=("turns",),
            part="key",
            message=f"This scenario has more than {count:,} situations: what holds on every way cannot be proved.",
            hint="Let conditions compare fewer variables, or give these narrower bounds.",
        )
