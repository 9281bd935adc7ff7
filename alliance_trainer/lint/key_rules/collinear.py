"""Two skills are always rated alike.

Within turns the ratings of two skills go together nearly perfectly: Pearson's r, over responses and after taking off
each turn's mean, is above .90 over 20 responses or more. They are then one skill under two names. Ask of each
response: could it be good in the one and not in the other?

Bad:

    turns:   # <- recognition and responsibility are one
      opening:
        patient: You are late.
        responses:
          own:
            {says: "I was ten minutes late.", rates: {recognition: 2, responsibility: 2},
             why: Owns it., to: second}
          explain:
            {says: "There was a jam on the bridge.", rates: {recognition: -1, responsibility: -1},
             why: Explains first., to: second}
          soothe:
            {says: "That must be hard to sit with.", rates: {recognition: 0, responsibility: 0},
             why: Soothes., to: second}
          go-on:
            {says: "Shall we begin?", rates: {recognition: 1, responsibility: 1}, why: Leaves it., to: second}
      second:
        patient: You forgot the date again.
        responses:
          own:
            {says: "I forgot it, after I had promised.", rates: {recognition: 2, responsibility: 2},
             why: Owns it., to: third}
          explain:
            {says: "My calendar does not ring.", rates: {recognition: -1, responsibility: -1},
             why: Explains first., to: third}
          soothe:
            {says: "These days matter to you.", rates: {recognition: 0, responsibility: 0},
             why: Soothes., to: third}
          go-on:
            {says: "What would have been the day?", rates: {recognition: 1, responsibility: 1},
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
          soothe:
            {says: "That must have felt unwelcoming.", rates: {recognition: 0, responsibility: 0},
             why: Soothes., to: fourth}
          go-on:
            {says: "We are in now, at least.", rates: {recognition: 1, responsibility: 1},
             why: Leaves it., to: fourth}
      fourth:
        patient: You called me Ann.
        responses:
          own:
            {says: "I said Ann. It is Anna.", rates: {recognition: 2, responsibility: 2},
             why: Owns it., to: fifth}
          explain:
            {says: "I once had a patient called Ann.", rates: {recognition: -1, responsibility: -1},
             why: Explains first., to: fifth}
          soothe:
            {says: "Names matter to us all.", rates: {recognition: 0, responsibility: 0},
             why: Soothes., to: fifth}
          go-on:
            {says: "And how was the week?", rates: {recognition: 1, responsibility: 1},
             why: Leaves it., to: fifth}
      fifth:
        patient: You look tired of me.
        responses:
          own:
            {says: "I yawned at you just then.", rates: {recognition: 2, responsibility: 2},
             why: Owns it., to: done}
          explain:
            {says: "I was up with my child last night.", rates: {recognition: -1, responsibility: -1},
             why: Explains first., to: done}
          soothe:
            {says: "You have a lot to carry.", rates: {recognition: 0, responsibility: 0},
             why: Soothes., to: done}
          go-on:
            {says: "Let us go on, then.", rates: {recognition: 1, responsibility: 1}, why: Leaves it., to: done}

Good:

    turns:
      opening:
        patient: You are late.
        responses:
          own:
            {says: "I was ten minutes late.", rates: {recognition: 2, responsibility: 1},
             why: Owns it., to: second}
          explain:
            {says: "There was a jam on the bridge.", rates: {recognition: -1, responsibility: 0},
             why: Explains first., to: second}
          soothe:
            {says: "That must be hard to sit with.", rates: {recognition: 1, responsibility: -1},
             why: Soothes., to: second}
          go-on:
            {says: "Shall we begin?", rates: {recognition: 0, responsibility: 0}, why: Leaves it., to: second}
      second:
        patient: You forgot the date again.
        responses:
          own:
            {says: "I forgot it, after I had promised.", rates: {recognition: 2, responsibility: 1},
             why: Owns it., to: third}
          explain:
            {says: "My calendar does not ring.", rates: {recognition: -1, responsibility: 0},
             why: Explains first., to: third}
          soothe:
            {says: "These days matter to you.", rates: {recognition: 1, responsibility: -1},
             why: Soothes., to: third}
          go-on:
            {says: "What would have been the day?", rates: {recognition: 0, responsibility: 0},
             why: Leaves it., to: third}
      third:
        patient: The room was locked.
        responses:
          own:
            {says: "I left the door locked.", rates: {recognition: 2, responsibility: 1},
             why: Owns it., to: fourth}
          explain:
            {says: "The porter has the key.", rates: {recognition: -1, responsibility: 0},
             why: Explains first., to: fourth}
          soothe:
            {says: "That must have felt unwelcoming.", rates: {recognition: 1, responsibility: -1},
             why: Soothes., to: fourth}
          go-on:
            {says: "We are in now, at least.", rates: {recognition: 0, responsibility: 0},
             why: Leaves it., to: fourth}
      fourth:
        patient: You called me Ann.
        responses:
          own:
            {says: "I said Ann. It is Anna.", rates: {recognition: 2, responsibility: 1},
             why: Owns it., to: fifth}
          explain:
            {says: "I once had a patient called Ann.", rates: {recognition: -1, responsibility: 0},
             why: Explains first., to: fifth}
          soothe:
            {says: "Names matter to us all.", rates: {recognition: 1, responsibility: -1},
             why: Soothes., to: fifth}
          go-on:
            {says: "And how was the week?", rates: {recognition: 0, responsibility: 0},
             why: Leaves it., to: fifth}
      fifth:
        patient: You look tired of me.
        responses:
          own:
            {says: "I yawned at you just then.", rates: {recognition: 2, responsibility: 1},
             why: Owns it., to: done}
          explain:
            {says: "I was up with my child last night.", rates: {recognition: -1, responsibility: 0},
             why: Explains first., to: done}
          soothe:
            {says: "You have a lot to carry.", rates: {recognition: 1, responsibility: -1},
             why: Soothes., to: done}
          go-on:
            {says: "Let us go on, then.", rates: {recognition: 0, responsibility: 0}, why: Leaves it., to: done}
"""

from collections.abc import Iterable

from alliance_trainer.analysis.key import COLLINEAR_ABOVE, COLLINEAR_FROM, Key
from alliance_trainer.core.findings import Finding, Severity

CODE = "AT119"
SEVERITY: Severity = "warning"


def check(key: Key) -> Iterable[Finding]:
    """One finding for each such pair."""
    for pair in key.collinear:
        if pair.r > COLLINEAR_ABOVE and pair.responses >= COLLINEAR_FROM:
            one, other = pair.skills
            yield Finding(
                code=CODE,
                severity=SEVERITY,
                path=("turns",),
                part="key",
                message=f"{one} and {other} are rated alike: r = {pair.r:.2f} over {pair.responses} responses.",
                hint="Let some responses be good in the one and poor in the other.",
            )
