"""A good response moves the patient back.

Here a good response leads to an earlier stage of the same model, whatever the values are: who does it well learns that
it does harm. Stages count from W0 to W5 and from C0 to C6 (W2 and W3, C2 and C3, C4 and C5 are equally far). A move to
W3, C3 or C5, where the patient flinches from having gone too far, can come after any response and is not counted as
back, and neither is one between the two models or to a turn without a stage. A response is good if its four skills add
up to 2 or more, none of its ratings is below 0, and it does no harm. If only some of its ways lead back, because trust
is low for example, nothing is reported.

Bad:

    turns:
      opening:
        patient: It feels a bit much, the homework. But it's fine.
        stage: W2
        markers: [wd-deferential-appeasing]
        responses:
          follow:
            says: A bit much. I would like to hear about that half.
            rates: {recognition: 2, metacommunication: 1}
            why: Follows the complaint and not the retreat.
            to: thinner   # <- from half a complaint back to mere compliance
          move-on:
            says: Good. What did you write down?
            rates: {recognition: -1}
            why: Takes the second half at its word.
            to: thinner
      thinner:
        patient: No, really, it's fine.
        stage: W0
        markers: [wd-denial]
        responses:
          wonder:
            says: I wonder what it costs you to say so.
            rates: {recognition: 1}
            why: Stays with it.
            to: week
          take-it:
            says: All right.
            rates: {recognition: -1}
            why: Leaves it.
            to: stuck
      week:
        patient: I did sleep.
        responses:
          listen:
            says: Tell me.
            why: Works with what is brought.
            to: done
    endings:
      done: {outcome: resolved, debrief: It was heard.}
      stuck: {outcome: sealed, debrief: It was not heard.}

Good:

    turns:
      opening:
        patient: It feels a bit much, the homework. But it's fine.
        stage: W2
        markers: [wd-deferential-appeasing]
        responses:
          follow:
            says: A bit much. I would like to hear about that half.
            rates: {recognition: 2, metacommunication: 1}
            why: Follows the complaint and not the retreat.
            to: owned
          move-on:
            says: Good. What did you write down?
            rates: {recognition: -1}
            why: Takes the second half at its word.
            to: stuck
      owned:
        patient: I don't want homework every week.
        stage: W4
        responses:
          welcome:
            says: Then let us find out what you do want.
            why: Welcomes it.
            to: done
    endings:
      done: {outcome: resolved, debrief: It was heard.}
      stuck: {outcome: sealed, debrief: It was not heard.}
"""

from collections.abc import Iterable

from alliance_trainer.analysis.proofs import Proofs
from alliance_trainer.analysis.stage_moves import StageMoves, is_good
from alliance_trainer.core.findings import Finding, Severity

CODE = "AT100"
SEVERITY: Severity = "warning"


def check(proofs: Proofs) -> Iterable[Finding]:
    """One finding for each such response, at the first of its ways on; none where not all situations are known."""
    if not proofs.complete:
        return
    for response, moves in StageMoves(automaton=proofs.automaton).of_responses():
        first = moves[0]
        if is_good(response) and all(move.steps is not None and move.steps < 0 for move in moves):
            yield Finding(
                code=CODE,
                severity=SEVERITY,
                path=first.path,
                message=f"{first.response!r} is a good response and leads back, from {first.before} to {first.after}.",
                hint="Let it lead on, rate it lower, or correct the stage of one of the two turns.",
            )
