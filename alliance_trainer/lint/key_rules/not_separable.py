"""One skill alone gives the full score in another.

Somebody who follows one skill only, and is blind to the others, scores .95 or more in another one: in this scenario
the two cannot be told apart. Let there be turns at which the response that is best in the one is not the only one
that is best in it, or call for different skills at different turns.

Bad:

    turns:   # <- both skills always point to the same response
      opening:
        patient: You are late.
        responses:
          own:
            {says: "I was ten minutes late.", rates: {recognition: 2, responsibility: 2},
             why: Owns it., to: second}
          explain:
            {says: "There was a jam on the bridge.", rates: {recognition: -1, responsibility: -1},
             why: Explains first., to: second}
          go-on:
            {says: "Shall we begin?", rates: {recognition: 0, responsibility: 0}, why: Leaves it., to: second}
      second:
        patient: You forgot the date again.
        responses:
          own:
            {says: "I forgot it, after I had promised.", rates: {recognition: 2, responsibility: 2},
             why: Owns it., to: third}
          explain:
            {says: "My calendar does not ring.", rates: {recognition: -1, responsibility: -1},
             why: Explains first., to: third}
          go-on:
            {says: "What would have been the day?", rates: {recognition: 0, responsibility: 0},
             why: Leaves it., to: third}
      third:
        patient: The room was locked.
        responses:
          own:
            {says: "I left the door locked.", rates: {recognition: 2, responsibility: 2},
             why: Owns it., to: fourth}
          explain:
            {says: "The porter has the key.", rates: {recognition: -1, responsibility: -1},
             why: Explains first., to: fourth}
          go-on:
            {says: "We are in now, at least.", rates: {recognition: 0, responsibility: 0},
             why: Leaves it., to: fourth}
      fourth:
        patient: You called me Ann.
        responses:
          own:
            {says: "I said Ann. It is Anna.", rates: {recognition: 2, responsibility: 2}, why: Owns it., to: done}
          explain:
            {says: "I once had a patient called Ann.", rates: {recognition: -1, responsibility: -1},
             why: Explains first., to: done}
          go-on:
            {says: "And how was the week?", rates: {recognition: 0, responsibility: 0}, why: Leaves it., to: done}

Good:

    turns:
      opening:
        patient: You are late.
        responses:
          own:
            {says: "I was ten minutes late.", rates: {recognition: 2, responsibility: 2},
             why: Owns it., to: second}
          soothe:
            {says: "That must be hard to sit with.", rates: {recognition: 2, responsibility: 0},
             why: Owns nothing., to: second}
          explain:
            {says: "I see. There was a jam on the bridge.", rates: {recognition: -1, responsibility: 2},
             why: Asks nothing., to: second}
      second:
        patient: You forgot the date again.
        responses:
          own:
            {says: "I forgot it, after I had promised.", rates: {recognition: 2, responsibility: 2},
             why: Owns it., to: third}
          soothe:
            {says: "These days matter to you.", rates: {recognition: 2, responsibility: 0},
             why: Owns nothing., to: third}
          explain:
            {says: "I see. My calendar does not ring.", rates: {recognition: -1, responsibility: 2},
             why: Asks nothing., to: third}
      third:
        patient: The room was locked.
        responses:
          own:
            {says: "I left the door locked.", rates: {recognition: 2, responsibility: 2},
             why: Owns it., to: fourth}
          soothe:
            {says: "That must have felt unwelcoming.", rates: {recognition: 2, responsibility: 0},
             why: Owns nothing., to: fourth}
          explain:
            {says: "I see. The porter has the key.", rates: {recognition: -1, responsibility: 2},
             why: Asks nothing., to: fourth}
      fourth:
        patient: You called me Ann.
        responses:
          own:
            {says: "I said Ann. It is Anna.", rates: {recognition: 2, responsibility: 2}, why: Owns it., to: done}
          soothe:
            {says: "Names matter to us all.", rates: {recognition: 2, responsibility: 0},
             why: Owns nothing., to: done}
          explain:
            {says: "I see. I once had a patient called Ann.", rates: {recognition: -1, responsibility: 2},
             why: Asks nothing., to: done}
"""

from collections.abc import Iterable

from alliance_trainer.analysis.key import SEPARABLE_BELOW, Key
from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.vocabulary.skills import SKILLS

CODE = "AT118"
SEVERITY: Severity = "warning"


def check(key: Key) -> Iterable[Finding]:
    """One finding for each such pair: the skill that is followed and the one that comes along."""
    for one in SKILLS:
        for other in SKILLS:
            score = key.mean(f"only-{one}", other) if one != other else None
            if score is not None and score >= SEPARABLE_BELOW:
                yield Finding(
                    code=CODE,
                    severity=SEVERITY,
                    path=("turns",),
                    part="key",
                    message=f"Who follows {one} alone scores {score:.2f} in {other}: the two cannot be told apart.",
                    hint=f"Let some responses be good in {one} and not in {other}.",
                )
