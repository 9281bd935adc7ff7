"""A withdrawal is dropped without ever being met.

On some way the patient moves away, nobody ever takes it up, and yet it ends well: a trainee learns that a withdrawal
can be left alone. A withdrawal, alone or mixed with a confrontation, is met by a response, there or at any later turn,
with a rating above 0 for recognition, metacommunication, responsibility, inquiry, empathy or shifts; a nondefensive
answer alone does not meet it. Turns at which no response has ratings are not judged. An ending is good if it is worth 3
or more. Reported is the turn at which the withdrawal was last there to be met. Let what leads past it end less well,
let the withdrawal come back, or rate what meets it.

Bad:

    turns:
      opening:   # <- who moves on comes to the same good ending
        patient: It's fine. Really.
        markers: [wd-denial]
        responses:
          wonder:
            says: I wonder what it costs you to say so.
            rates: {recognition: 1}
            why: Stays with it.
            to: week
          move-on:
            says: Good. And the week?
            rates: {recognition: -1}
            why: Takes it at its word.
            to: week
      week:
        patient: I slept well.
        responses:
          listen:
            says: Tell me.
            why: Works with what is brought.
            to: done

Good:

    turns:
      opening:
        patient: It's fine. Really.
        markers: [wd-denial]
        responses:
          wonder:
            says: I wonder what it costs you to say so.
            rates: {recognition: 1}
            why: Stays with it.
            to: week
          move-on:
            says: Good. And the week?
            rates: {recognition: -1}
            why: Takes it at its word.
            to: smooth
      week:
        patient: I slept well.
        responses:
          listen:
            says: Tell me.
            why: Works with what is brought.
            to: done
    endings:
      done: {outcome: resolved, debrief: It was heard.}
      smooth: {outcome: sealed, debrief: It was passed over.}
"""

from collections.abc import Iterable

from alliance_trainer.analysis.dropped import dropped_withdrawals
from alliance_trainer.analysis.proofs import Proofs, shown
from alliance_trainer.core.findings import Finding, Severity

CODE = "AT105"
SEVERITY: Severity = "warning"


def check(proofs: Proofs) -> Iterable[Finding]:
    """One finding for each such turn, with a shortest way on which it happens."""
    for dropped in dropped_withdrawals(proofs.automaton):
        yield Finding(
            code=CODE,
            severity=SEVERITY,
            path=("turns", dropped.turn),
            part="key",
            message=f"The withdrawal at {dropped.turn!r} can be passed over for good, and it still ends at"
            f" {dropped.ending!r}: {shown(dropped.way)}.",
            hint="Let that way end less well, let the withdrawal come back, or rate what meets it.",
        )
