"""A worse response raises the score.

Of all who come to this turn, those who say this worse response end with a higher mean score than those who say the
best one, if both go on as a fallible expert would, who errs in three of ten turns. It usually opens a long and easy
way on which points are cheap. Let the way of repair be no easier than the way without the error.

Bad:

    turns:
      opening:
        patient: You are late.
        responses:
          own: {says: "I was ten minutes late.", rates: {recognition: 2}, why: Owns it., to: second}
          explain:   # <- an easy way with many points follows
            {says: "There was a jam on the bridge.", rates: {recognition: 1}, why: Explains., to: third}
      second:
        patient: You forgot the date again.
        responses:
          own:
            {says: "I forgot it, after I had promised.", rates: {recognition: 2}, why: Owns it., to: done}
          explain: {says: "My calendar does not ring.", rates: {recognition: -2}, why: Explains., to: done}
          soothe: {says: "These days matter to you.", rates: {recognition: -2}, why: Soothes., to: done}
          go-on:
            {says: "What would have been the day?", rates: {recognition: -2}, why: Leaves it., to: done}
      third:
        patient: The room was locked.
        responses:
          own: {says: "I left the door locked.", rates: {recognition: 2}, why: Owns it., to: fourth}
          soothe:
            {says: "That must have felt unwelcoming.", rates: {recognition: 2}, why: Meets it., to: fourth}
          go-on: {says: "We are in now, at least.", rates: {recognition: -2}, why: Leaves it., to: fourth}
      fourth:
        patient: You called me Ann.
        responses:
          own: {says: "I said Ann. It is Anna.", rates: {recognition: 2}, why: Owns it., to: fifth}
          soothe: {says: "Names matter to us all.", rates: {recognition: 2}, why: Meets it., to: fifth}
          go-on: {says: "And how was the week?", rates: {recognition: -2}, why: Leaves it., to: fifth}
      fifth:
        patient: You look tired of me.
        responses:
          own: {says: "I yawned at you just then.", rates: {recognition: 2}, why: Owns it., to: done}
          soothe: {says: "You have a lot to carry.", rates: {recognition: 2}, why: Meets it., to: done}
          go-on: {says: "Let us go on, then.", rates: {recognition: -2}, why: Leaves it., to: done}

Good:

    turns:
      opening:
        patient: You are late.
        responses:
          own: {says: "I was ten minutes late.", rates: {recognition: 2}, why: Owns it., to: second}
          explain:
            {says: "There was a jam on the bridge.", rates: {recognition: -1}, why: Explains., to: second}
      second:
        patient: You forgot the date again.
        responses:
          own:
            {says: "I forgot it, after I had promised.", rates: {recognition: 2}, why: Owns it., to: third}
          explain: {says: "My calendar does not ring.", rates: {recognition: -2}, why: Explains., to: third}
          soothe: {says: "These days matter to you.", rates: {recognition: -2}, why: Soothes., to: third}
          go-on:
            {says: "What would have been the day?", rates: {recognition: -2}, why: Leaves it., to: third}
      third:
        patient: The room was locked.
        responses:
          own: {says: "I left the door locked.", rates: {recognition: 2}, why: Owns it., to: fourth}
          soothe:
            {says: "That must have felt unwelcoming.", rates: {recognition: 2}, why: Meets it., to: fourth}
          go-on: {says: "We are in now, at least.", rates: {recognition: -2}, why: Leaves it., to: fourth}
      fourth:
        patient: You called me Ann.
        responses:
          own: {says: "I said Ann. It is Anna.", rates: {recognition: 2}, why: Owns it., to: fifth}
          soothe: {says: "Names matter to us all.", rates: {recognition: 2}, why: Meets it., to: fifth}
          go-on: {says: "And how was the week?", rates: {recognition: -2}, why: Leaves it., to: fifth}
      fifth:
        patient: You look tired of me.
        responses:
          own: {says: "I yawned at you just then.", rates: {recognition: 2}, why: Owns it., to: done}
          soothe: {says: "You have a lot to carry.", rates: {recognition: 2}, why: Meets it., to: done}
          go-on: {says: "Let us go on, then.", rates: {recognition: -2}, why: Leaves it., to: done}
"""

from collections.abc import Iterable

from alliance_trainer.analysis.key import Key
from alliance_trainer.core.findings import Finding, Severity

CODE = "AT121"
SEVERITY: Severity = "warning"


def check(key: Key) -> Iterable[Finding]:
    """One finding for each such response. Source of the margin: `analysis.profit`."""
    for one in key.margins:
        if one.margin < 0:
            yield Finding(
                code=CODE,
                severity=SEVERITY,
                path=("turns", one.turn, "responses", one.response),
                part="key",
                message=f"{one.response!r} is worse than the best, and raises the mean score by {-one.margin:.3f}.",
                hint="Make the way that it opens harder or shorter, or rate the response higher.",
            )
