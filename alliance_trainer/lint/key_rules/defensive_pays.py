"""Always taking the worst response does too well.

Somebody who always takes the response with the lowest sum of ratings should come to nothing. Here that scores above
.25 in a skill, or reaches an ending that counts as good. Let the worst response of a turn be poor in every skill that
the turn rates, and let a run of them lead to where it would.

Bad:

    turns:   # <- the worst is not the most defensive
      opening:
        patient: You are late.
        responses:
          own:
            {says: "I was ten minutes late.", rates: {recognition: 2, nondefensiveness: 2},
             why: Owns it., to: second}
          explain:
            {says: "There was a jam on the bridge.", rates: {recognition: -2, nondefensiveness: 1},
             why: Explains first., to: second}
          go-on:
            {says: "Shall we begin?", rates: {recognition: 0, nondefensiveness: 0}, why: Leaves it., to: second}
      second:
        patient: You forgot the date again.
        responses:
          own:
            {says: "I forgot it, after I had promised.", rates: {recognition: 2, nondefensiveness: 2},
             why: Owns it., to: third}
          explain:
            {says: "My calendar does not ring.", rates: {recognition: -2, nondefensiveness: 1},
             why: Explains first., to: third}
          go-on:
            {says: "What would have been the day?", rates: {recognition: 0, nondefensiveness: 0},
             why: Leaves it., to: third}
      third:
        patient: The room was locked.
        responses:
          own:
            {says: "I left the door locked.", rates: {recognition: 2, nondefensiveness: 2},
             why: Owns it., to: fourth}
          explain:
            {says: "The porter has the key.", rates: {recognition: -2, nondefensiveness: 1},
             why: Explains first., to: fourth}
          go-on:
            {says: "We are in now, at least.", rates: {recognition: 0, nondefensiveness: 0},
             why: Leaves it., to: fourth}
      fourth:
        patient: You called me Ann.
        responses:
          own:
            {says: "I said Ann. It is Anna.", rates: {recognition: 2, nondefensiveness: 2},
             why: Owns it., to: done}
          explain:
            {says: "I once had a patient called Ann.", rates: {recognition: -2, nondefensiveness: 1},
             why: Explains first., to: done}
          go-on:
            {says: "And how was the week?", rates: {recognition: 0, nondefensiveness: 0},
             why: Leaves it., to: done}

Good:

    endings:
      done: {outcome: impasse, debrief: Nothing was met.}
      met: {outcome: resolved, debrief: It was met.}
    turns:
      opening:
        patient: You are late.
        responses:
          own:
            {says: "I was ten minutes late.", rates: {recognition: 2, nondefensiveness: 2},
             why: Owns it., to: second}
          explain:
            {says: "There was a jam on the bridge.", rates: {recognition: -2, nondefensiveness: -1},
             why: Explains first., to: second}
          go-on:
            {says: "Shall we begin?", rates: {recognition: 0, nondefensiveness: 0}, why: Leaves it., to: second}
      second:
        patient: You forgot the date again.
        responses:
          own:
            {says: "I forgot it, after I had promised.", rates: {recognition: 2, nondefensiveness: 2},
             why: Owns it., to: third}
          explain:
            {says: "My calendar does not ring.", rates: {recognition: -2, nondefensiveness: -1},
             why: Explains first., to: third}
          go-on:
            {says: "What would have been the day?", rates: {recognition: 0, nondefensiveness: 0},
             why: Leaves it., to: third}
      third:
        patient: The room was locked.
        responses:
          own:
            {says: "I left the door locked.", rates: {recognition: 2, nondefensiveness: 2},
             why: Owns it., to: fourth}
          explain:
            {says: "The porter has the key.", rates: {recognition: -2, nondefensiveness: -1},
             why: Explains first., to: fourth}
          go-on:
            {says: "We are in now, at least.", rates: {recognition: 0, nondefensiveness: 0},
             why: Leaves it., to: fourth}
      fourth:
        patient: You called me Ann.
        responses:
          own:
            {says: "I said Ann. It is Anna.", rates: {recognition: 2, nondefensiveness: 2},
             why: Owns it., to: met}
          explain:
            {says: "I once had a patient called Ann.", rates: {recognition: -2, nondefensiveness: -1},
             why: Explains first., to: done}
          go-on:
            {says: "And how was the week?", rates: {recognition: 0, nondefensiveness: 0},
             why: Leaves it., to: done}
"""

from collections.abc import Iterable

from alliance_trainer.analysis.key import DEFENSIVE_ABOVE, DEFENSIVE_OUTCOME, Key
from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.vocabulary.skills import SKILLS

CODE = "AT117"
SEVERITY: Severity = "warning"


def check(key: Key) -> Iterable[Finding]:
    """One finding for each such skill, and one if a good ending is reached."""
    for skill in SKILLS:
        worst = key.mean("defensive", skill)
        if worst is not None and worst > DEFENSIVE_ABOVE:
            message = f"Always taking the worst response still gives {worst:.2f} in {skill}."
            yield _finding(message, "Rate the worst response of a turn lower in it.")
    if key.policies and key.best_outcome("defensive") >= DEFENSIVE_OUTCOME:
        message = "Always taking the worst response leads to an ending that counts as good."
        yield _finding(message, "Let such a way lead to another ending.")


def _finding(message: str, hint: str) -> Finding:
    return Finding(code=CODE, severity=SEVERITY, path=("turns",), part="key", message=message, hint=hint)
