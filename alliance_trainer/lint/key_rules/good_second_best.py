"""The second-best responses are too good.

Somebody who always takes the second-best response, never the best one, scores above .85 in this skill. The difference
between the best and the next is then no difference in this skill. Widen it, or rate the skill elsewhere.

Bad:

    turns:   # <- the second is as good in recognition
      opening:
        patient: You are late.
        responses:
          own:
            {says: "I was ten minutes late.", rates: {recognition: 2, responsibility: 2},
             why: Owns it., to: second}
          explain:
            {says: "There was a jam on the bridge.", rates: {recognition: 2, responsibility: 1},
             why: Explains first., to: second}
          go-on:
            {says: "Shall we begin?", rates: {recognition: -2, responsibility: -2}, why: Leaves it., to: second}
      second:
        patient: You forgot the date again.
        responses:
          own:
            {says: "I forgot it, after I had promised.", rates: {recognition: 2, responsibility: 2},
             why: Owns it., to: third}
          explain:
            {says: "My calendar does not ring.", rates: {recognition: 2, responsibility: 1},
             why: Explains first., to: third}
          go-on:
            {says: "What would have been the day?", rates: {recognition: -2, responsibility: -2},
             why: Leaves it., to: third}
      third:
        patient: The room was locked.
        responses:
          own:
            {says: "I left the door locked.", rates: {recognition: 2, responsibility: 2},
             why: Owns it., to: fourth}
          explain:
            {says: "The porter has the key.", rates: {recognition: 2, responsibility: 1},
             why: Explains first., to: fourth}
          go-on:
            {says: "We are in now, at least.", rates: {recognition: -2, responsibility: -2},
             why: Leaves it., to: fourth}
      fourth:
        patient: You called me Ann.
        responses:
          own:
            {says: "I said Ann. It is Anna.", rates: {recognition: 2, responsibility: 2}, why: Owns it., to: done}
          explain:
            {says: "I once had a patient called Ann.", rates: {recognition: 2, responsibility: 1},
             why: Explains first., to: done}
          go-on:
            {says: "And how was the week?", rates: {recognition: -2, responsibility: -2},
             why: Leaves it., to: done}

Good:

    turns:
      opening:
        patient: You are late.
        responses:
          own:
            {says: "I was ten minutes late.", rates: {recognition: 2, responsibility: 2},
             why: Owns it., to: second}
          explain:
            {says: "There was a jam on the bridge.", rates: {recognition: 0, responsibility: 1},
             why: Explains first., to: second}
          go-on:
            {says: "Shall we begin?", rates: {recognition: -2, responsibility: -2}, why: Leaves it., to: second}
      second:
        patient: You forgot the date again.
        responses:
          own:
            {says: "I forgot it, after I had promised.", rates: {recognition: 2, responsibility: 2},
             why: Owns it., to: third}
          explain:
            {says: "My calendar does not ring.", rates: {recognition: 0, responsibility: 1},
             why: Explains first., to: third}
          go-on:
            {says: "What would have been the day?", rates: {recognition: -2, responsibility: -2},
             why: Leaves it., to: third}
      third:
        patient: The room was locked.
        responses:
          own:
            {says: "I left the door locked.", rates: {recognition: 2, responsibility: 2},
             why: Owns it., to: fourth}
          explain:
            {says: "The porter has the key.", rates: {recognition: 0, responsibility: 1},
             why: Explains first., to: fourth}
          go-on:
            {says: "We are in now, at least.", rates: {recognition: -2, responsibility: -2},
             why: Leaves it., to: fourth}
      fourth:
        patient: You called me Ann.
        responses:
          own:
            {says: "I said Ann. It is Anna.", rates: {recognition: 2, responsibility: 2}, why: Owns it., to: done}
          explain:
            {says: "I once had a patient called Ann.", rates: {recognition: 0, responsibility: 1},
             why: Explains first., to: done}
          go-on:
            {says: "And how was the week?", rates: {recognition: -2, responsibility: -2},
             why: Leaves it., to: done}
"""

from collections.abc import Iterable

from alliance_trainer.analysis.key import SECOND_BEST_ABOVE, Key
from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.vocabulary.skills import SKILLS

CODE = "AT116"
SEVERITY: Severity = "warning"


def check(key: Key) -> Iterable[Finding]:
    """One finding for each such skill."""
    for skill in SKILLS:
        second = key.mean("second-best", skill)
        if second is not None and second > SECOND_BEST_ABOVE:
            yield Finding(
                code=CODE,
                severity=SEVERITY,
                path=("turns",),
                part="key",
                message=f"Always taking the second-best response gives {second:.2f} in {skill}.",
                hint="Let the second-best response of a turn fall short in it by more.",
            )
