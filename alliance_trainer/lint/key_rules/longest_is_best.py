"""The longest response is the best too often.

In a turn of four responses the longest one is the best in about a quarter of the cases if length says nothing. Here
it is the best more often than chance explains: in more than .25 + 2 sqrt(.1875 / n) of the n turns. Cut the best ones
where they say more than they need, and let some weak ones go on.

Bad:

    turns:   # <- the best is always the longest
      opening:
        patient: You are late.
        responses:
          own:
            {says: "I was ten minutes late. I wonder what that was like.", rates: {recognition: 2},
             why: Owns it and asks., to: second}
          explain:
            {says: "There was a jam on the bridge.", rates: {recognition: -1}, why: Explains first., to: second}
          go-on: {says: "Shall we begin?", rates: {recognition: 0}, why: Leaves it., to: second}
      second:
        patient: You forgot the date again.
        responses:
          own:
            {says: "I forgot it, after I had promised. I wonder what that was like.", rates: {recognition: 2},
             why: Owns it and asks., to: third}
          explain:
            {says: "My calendar does not ring.", rates: {recognition: -1}, why: Explains first., to: third}
          go-on:
            {says: "What would have been the day?", rates: {recognition: 0}, why: Leaves it., to: third}
      third:
        patient: The room was locked.
        responses:
          own:
            {says: "I left the door locked. I wonder what that was like.", rates: {recognition: 2},
             why: Owns it and asks., to: fourth}
          explain:
            {says: "The porter has the key.", rates: {recognition: -1}, why: Explains first., to: fourth}
          go-on: {says: "We are in now, at least.", rates: {recognition: 0}, why: Leaves it., to: fourth}
      fourth:
        patient: You called me Ann.
        responses:
          own:
            {says: "I said Ann. It is Anna. I wonder what that was like.", rates: {recognition: 2},
             why: Owns it and asks., to: fifth}
          explain:
            {says: "I once had a patient called Ann.", rates: {recognition: -1}, why: Explains first., to: fifth}
          go-on: {says: "And how was the week?", rates: {recognition: 0}, why: Leaves it., to: fifth}
      fifth:
        patient: You look tired of me.
        responses:
          own:
            {says: "I yawned at you just then. I wonder what that was like.", rates: {recognition: 2},
             why: Owns it and asks., to: done}
          explain:
            {says: "I was up with my child last night.", rates: {recognition: -1}, why: Explains first., to: done}
          go-on: {says: "Let us go on, then.", rates: {recognition: 0}, why: Leaves it., to: done}

Good:

    turns:
      opening:
        patient: You are late.
        responses:
          own:
            {says: "I was ten minutes late. I wonder what that was like.", rates: {recognition: 2},
             why: Owns it., to: second}
          explain:
            {says: "There was a jam on the bridge. It will not happen again.", rates: {recognition: -1},
             why: Explains first., to: second}
          go-on: {says: "Shall we begin?", rates: {recognition: 0}, why: Leaves it., to: second}
      second:
        patient: You forgot the date again.
        responses:
          own:
            {says: "I forgot it, after I had promised. I wonder what that was like.", rates: {recognition: 2},
             why: Owns it., to: third}
          explain:
            {says: "My calendar does not ring. It will not happen again.", rates: {recognition: -1},
             why: Explains first., to: third}
          go-on:
            {says: "What would have been the day?", rates: {recognition: 0}, why: Leaves it., to: third}
      third:
        patient: The room was locked.
        responses:
          own: {says: "I left the door locked.", rates: {recognition: 2}, why: Owns it., to: fourth}
          explain:
            {says: "The porter has the key. It will not happen again.", rates: {recognition: -1},
             why: Explains first., to: fourth}
          go-on: {says: "We are in now, at least.", rates: {recognition: 0}, why: Leaves it., to: fourth}
      fourth:
        patient: You called me Ann.
        responses:
          own: {says: "I said Ann. It is Anna.", rates: {recognition: 2}, why: Owns it., to: fifth}
          explain:
            {says: "I once had a patient called Ann. It will not happen again.", rates: {recognition: -1},
             why: Explains first., to: fifth}
          go-on: {says: "And how was the week?", rates: {recognition: 0}, why: Leaves it., to: fifth}
      fifth:
        patient: You look tired of me.
        responses:
          own: {says: "I yawned at you just then.", rates: {recognition: 2}, why: Owns it., to: done}
          explain:
            {says: "I was up with my child last night. It will not happen again.", rates: {recognition: -1},
             why: Explains first., to: done}
          go-on: {says: "Let us go on, then.", rates: {recognition: 0}, why: Leaves it., to: done}
"""

from collections.abc import Iterable

from alliance_trainer.analysis.key import Key
from alliance_trainer.core.findings import Finding, Severity

CODE = "AT111"
SEVERITY: Severity = "warning"


def check(key: Key) -> Iterable[Finding]:
    """At most one finding. The limit is two standard deviations above a quarter (of this project)."""
    hits, count, limit = key.longest_is_best
    if count and hits / count > limit:
        yield Finding(
            code=CODE,
            severity=SEVERITY,
            path=("turns",),
            part="key",
            message=f"The longest response is the best in {hits} of {count} turns: trainees learn to choose by length.",
            hint="Shorten some of the best responses, or let some weak ones be longer.",
        )
