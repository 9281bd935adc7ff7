"""Only one route counts as right.

Patients get to the same point by different roads, and good therapists take different ones. In this scenario all ways to
the good endings, those worth 3 or more, meet the same turns in the same order. Let some good response lead by another
turn. Ways are told apart by the turns they meet, not by what is said there. Only scenarios of five turns or more are
looked at.

Bad:

    turns:   # <- whatever is said, it is this one road
      opening:
        patient: It's fine. Really.
        markers: [wd-denial]
        responses:
          wonder:
            says: I wonder what it costs you to say so.
            rates: {recognition: 1}
            why: Stays with it.
            to: half
          take-it:
            says: Good.
            rates: {recognition: -1}
            why: Takes it at its word.
            to: half
      half:
        patient: It was a bit much.
        responses:
          follow:
            says: Too much of what?
            rates: {inquiry: 1}
            why: Follows.
            to: homework
      homework:
        patient: The homework.
        responses:
          which:
            says: All of it?
            why: Asks.
            to: terms
      terms:
        patient: One page a week I could do.
        responses:
          agree:
            says: One page, then.
            why: Settles it with her.
            to: leaving
      leaving:
        patient: Till Monday.
        responses:
          bye:
            says: Till Monday.
            why: Ends in time.
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
            to: half
          take-it:
            says: Good.
            rates: {recognition: -1}
            why: Takes it at its word.
            to: homework
      half:
        patient: It was a bit much.
        responses:
          follow:
            says: Too much of what?
            why: Follows.
            to: homework
      homework:
        patient: The homework is a bit much.
        responses:
          which:
            says: All of it?
            rates: {inquiry: 1}
            why: Asks.
            to: terms
          less:
            says: Then do less of it.
            why: Settles it too soon.
            to: smooth
      terms:
        patient: One page a week I could do.
        responses:
          agree:
            says: One page, then.
            why: Settles it with her.
            to: leaving
      leaving:
        patient: Till Monday.
        responses:
          bye:
            says: Till Monday.
            why: Ends in time.
            to: done
    endings:
      done: {outcome: resolved, debrief: She was heard.}
      smooth: {outcome: sealed, debrief: She was not heard.}
"""

from collections.abc import Iterable

from alliance_trainer.analysis.proofs import Proofs
from alliance_trainer.analysis.ways import one_good_route
from alliance_trainer.core.findings import Finding, Severity

CODE = "AT104"
SEVERITY: Severity = "warning"
TURNS_FROM = 5
"""Shorter scenarios have no room for two roads."""


def check(proofs: Proofs) -> Iterable[Finding]:
    """At most one finding; none where not all situations are known."""
    if not proofs.complete or len(proofs.turns) < TURNS_FROM:
        return
    route = one_good_route(proofs.automaton)
    if route is not None:
        yield Finding(
            code=CODE,
            severity=SEVERITY,
            path=("turns",),
            part="key",
            message=f"Only one route leads to a good ending: {' > '.join(route)}.",
            hint="Let another good response lead by another turn.",
        )
