"""A jump of more than one stage without an exceptional response.

Patients that yield too fast teach too little. Here a response leads to a stage that is two or more beyond the furthest
one of the same model that a play has come to, and it is not exceptional: it is not good (four skills that add up to 2
or more, no rating below 0, no harm), or fewer than two of its ratings are +2. A patient who was further on before and
has slipped back may take up where they were. W2 and W3 count as equally far, so do C2 and C3, and C4 and C5; a move to
W3, C3 or C5, where the patient flinches from having gone too far, is no jump, and neither is one between the two models
or from or to a turn without a stage. A bad response is not reported here (see AT101).

Bad:

    turns:
      opening:
        patient: You sit there like a wall.
        stage: C0
        markers: [cf-complaint-therapist]
        responses:
          hear:
            says: I hear that you are angry.
            rates: {nondefensiveness: 1}
            why: Takes it in, a little flatly.
            to: hurt   # <- from the attack at once to the hurt under it
          explain:
            says: I was thinking about what you said.
            rates: {nondefensiveness: -1}
            why: Explains.
            to: gone
      hurt:
        patient: I counted on you.
        stage: C4
        responses:
          stay:
            says: And I was not there.
            why: Stays with it.
            to: done
    endings:
      done: {outcome: resolved, debrief: It was heard.}
      gone: {outcome: dropout, debrief: She left.}

Good:

    turns:
      opening:
        patient: You sit there like a wall.
        stage: C0
        markers: [cf-complaint-therapist]
        responses:
          hear:
            says: I hear that you are angry.
            rates: {nondefensiveness: 1}
            why: Takes it in, a little flatly.
            to: specific
          explain:
            says: I was thinking about what you said.
            rates: {nondefensiveness: -1}
            why: Explains.
            to: gone
      specific:
        patient: On Monday, when I told you about my brother.
        stage: C1
        responses:
          stay:
            says: On Monday.
            why: Stays with it.
            to: done
    endings:
      done: {outcome: resolved, debrief: It was heard.}
      gone: {outcome: dropout, debrief: She left.}
"""

from collections.abc import Iterable

from alliance_trainer.analysis.proofs import Proofs
from alliance_trainer.analysis.stage_moves import StageMoves, is_bad, is_exceptional
from alliance_trainer.core.findings import Finding, Severity

CODE = "AT102"
SEVERITY: Severity = "warning"


def check(proofs: Proofs) -> Iterable[Finding]:
    """One finding for each such way on."""
    stages = StageMoves(automaton=proofs.automaton)
    for response, moves in stages.of_responses():
        if is_bad(response) or is_exceptional(response):
            continue
        for move in moves:
            # Only then are all ways here looked at, for the stages that were met before
            if move.steps is None or move.steps < 2:
                continue
            if stages.leaps.get((move.turn, move.response, response.to[move.index].to), 0) > 1:
                yield Finding(
                    code=CODE,
                    severity=SEVERITY,
                    path=move.path,
                    message=f"From {move.before} to {move.after} is more than one stage further at once, and"
                    f" {move.response!r} is not exceptional.",
                    hint="Put a turn in between, rate two skills +2 if it is that good, or correct a stage.",
                )
