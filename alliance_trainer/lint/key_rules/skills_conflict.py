"""The best responses are not the best in every skill.

Somebody who always takes the response with the highest sum of ratings still scores less than .95 in this skill: what
is best altogether is not the best in it, so the skills pull against each other, and nobody can do well in all. Now
and then that is life; over a whole scenario it makes scores hard to read.

Bad:

    turns:   # <- the best in sum is never the most nondefensive
      opening:
        patient: You are late.
        responses:
          own:
            {says: "I was ten minutes late.", rates: {recognition: 2, nondefensiveness: 0},
             why: Owns it., to: second}
          explain:
            {says: "There was a jam on the bridge.", rates: {recognition: -1, nondefensiveness: 1},
             why: Explains first., to: second}
          go-on:
            {says: "Shall we begin?", rates: {recognition: 0, nondefensiveness: 0}, why: Leaves it., to: second}
      second:
        patient: You forgot the date again.
        responses:
          own:
            {says: "I forgot it, after I had promised.", rates: {recognition: 2, nondefensiveness: 0},
             why: Owns it., to: third}
          explain:
            {says: "My calendar does not ring.", rates: {recognition: -1, nondefensiveness: 1},
             why: Explains first., to: third}
          go-on:
            {says: "What would have been the day?", rates: {recognition: 0, nondefensiveness: 0},
             why: Leaves it., to: third}
      third:
        patient: The room was locked.
        responses:
          own:
            {says: "I left the door locked.", rates: {recognition: 2, nondefensiveness: 0},
             why: Owns it., to: fourth}
          explain:
            {says: "The porter has the key.", rates: {recognition: -1, nondefensiveness: 1},
             why: Explains first., to: fourth}
          go-on:
            {says: "We are in now, at least.", rates: {recognition: 0, nondefensiveness: 0},
             why: Leaves it., to: fourth}
      fourth:
        patient: You called me Ann.
        responses:
          own:
            {says: "I said Ann. It is Anna.", rates: {recognition: 2, nondefensiveness: 0},
             why: Owns it., to: done}
          explain:
            {says: "I once had a patient called Ann.", rates: {recognition: -1, nondefensiveness: 1},
             why: Explains first., to: done}
          go-on:
            {says: "And how was the week?", rates: {recognition: 0, nondefensiveness: 0},
             why: Leaves it., to: done}

Good:

    turns:
      opening:
        patient: You are late.
        responses:
          own:
            {says: "I was ten minutes late.", rates: {recognition: 2, nondefensiveness: 1},
             why: Owns it., to: second}
          explain:
            {says: "There was a jam on the bridge.", rates: {recognition: -1, nondefensiveness: -1},
             why: Explains first., to: second}
          go-on:
            {says: "Shall we begin?", rates: {recognition: 0, nondefensiveness: 1}, why: Leaves it., to: second}
      second:
        patient: You forgot the date again.
        responses:
          own:
            {says: "I forgot it, after I had promised.", rates: {recognition: 2, nondefensiveness: 1},
             why: Owns it., to: third}
          explain:
            {says: "My calendar does not ring.", rates: {recognition: -1, nondefensiveness: -1},
             why: Explains first., to: third}
          go-on:
            {says: "What would have been the day?", rates: {recognition: 0, nondefensiveness: 1},
             why: Leaves it., to: third}
      third:
        patient: The room was locked.
        responses:
          own:
            {says: "I left the door locked.", rates: {recognition: 2, nondefensiveness: 1},
             why: Owns it., to: fourth}
          explain:
            {says: "The porter has the key.", rates: {recognition: -1, nondefensiveness: -1},
             why: Explains first., to: fourth}
          go-on:
            {says: "We are in now, at least.", rates: {recognition: 0, nondefensiveness: 1},
             why: Leaves it., to: fourth}
      fourth:
        patient: You called me Ann.
        responses:
          own:
            {says: "I said Ann. It is Anna.", rates: {recognition: 2, nondefensiveness: 1},
             why: Owns it., to: done}
          explain:
            {says: "I once had a patient called Ann.", rates: {recognition: -1, nondefensiveness: -1},
             why: Explains first., to: done}
          go-on:
            {says: "And how was the week?", rates: {recognition: 0, nondefensiveness: 1},
             why: Leaves it., to: done}
"""

from collections.abc import Iterable

from alliance_trainer.analysis.key import CONFLICT_BELOW, Key
from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.vocabulary.skills import SKILLS

CODE = "AT114"
SEVERITY: Severity = "warning"


def check(key: Key) -> Iterable[Finding]:
    """One finding for each such skill."""
    for skill in SKILLS:
        expert = key.mean("expert", skill)
        if expert is not None and expert < CONFLICT_BELOW:
            yield Finding(
                code=CODE,
                severity=SEVERITY,
                path=("turns",),
                part="key",
                message=f"Always taking the best response gives only {expert:.2f} in {skill}: the skills conflict.",
                hint="Let the best response of a turn be the best in each skill that the turn rates, nearly always.",
            )
