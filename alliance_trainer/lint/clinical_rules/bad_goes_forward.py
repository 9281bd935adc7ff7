"""A bad response moves the patient forward.

Here a bad response leads to a later stage of the same model in some play: who does it badly is shown that it works.
Stages count from W0 to W5 and from C0 to C6 (W2 and W3, C2 and C3, C4 and C5 are equally far). A move to W3, C3 or C5,
where the patient flinches from having gone too far, is not counted as forward, and neither is one between the two
models or to a turn without a stage. A response is bad if one of its ratings is -2, if it does harm, or if its stance
is against.

Bad:

    turns:
      opening:
        patient: You sit there like a wall.
        stage: C0
        markers: [cf-complaint-therapist]
        responses:
          hear:
            says: Like a wall. And you were left alone with it.
            rates: {nondefensiveness: 2}
            why: Takes it in.
            to: specific
          strike-back:
            says: That is because you never let me speak.
            rates: {nondefensiveness: -2}
            why: Hits back.
            to: specific   # <- from an attack to a complaint that can be talked about
      specific:
        patient: On Monday, when I told you about my brother.
        stage: C1
        responses:
          stay:
            says: On Monday.
            why: Stays with it.
            to: done

Good:

    turns:
      opening:
        patient: You sit there like a wall.
        stage: C0
        markers: [cf-complaint-therapist]
        responses:
          hear:
            says: Like a wall. And you were left alone with it.
            rates: {nondefensiveness: 2}
            why: Takes it in.
            to: specific
          strike-back:
            says: That is because you never let me speak.
            rates: {nondefensiveness: -2}
            why: Hits back.
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
from alliance_trainer.analysis.stage_moves import StageMoves, is_bad
from alliance_trainer.core.findings import Finding, Severity

CODE = "AT101"
SEVERITY: Severity = "warning"


def check(proofs: Proofs) -> Iterable[Finding]:
    """One finding for each such way on of a bad response."""
    for response, moves in StageMoves(automaton=proofs.automaton).of_responses():
        for move in moves if is_bad(response) else ():
            if move.steps is not None and move.steps > 0:
                yield Finding(
                    code=CODE,
                    severity=SEVERITY,
                    path=move.path,
                    message=f"{move.response!r} is a bad response and leads on, from {move.before} to {move.after}.",
                    hint="Let it lead elsewhere, rate it higher, or correct the stage of one of the two turns.",
                )
