"""Too few or too many turns have no rupture.

Noticing is measured against moments in which nothing is wrong. Of the turns that ask what is noticed, a quarter to
three fifths should have no rupture: with fewer, calling everything a rupture is right nearly always; with more,
calling nothing one is.

Bad:

    turns:   # <- only the last has no rupture
      opening:
        patient: You are late.
        markers: [cf-complaint-parameters]
        responses:
          own: {says: "I was ten minutes late.", rates: {recognition: 2}, why: Owns it., to: second}
          explain:
            {says: "There was a jam on the bridge.", rates: {recognition: -1}, why: Explains first., to: second}
          soothe:
            {says: "That must be hard to sit with.", rates: {recognition: 0}, why: Soothes., to: second}
          go-on: {says: "Shall we begin?", rates: {recognition: 1}, why: Leaves it., to: second}
      second:
        patient: You forgot the date again.
        markers: [cf-complaint-therapist]
        responses:
          own:
            {says: "I forgot it, after I had promised.", rates: {recognition: 2}, why: Owns it., to: third}
          explain:
            {says: "My calendar does not ring.", rates: {recognition: -1}, why: Explains first., to: third}
          soothe: {says: "These days matter to you.", rates: {recognition: 0}, why: Soothes., to: third}
          go-on:
            {says: "What would have been the day?", rates: {recognition: 1}, why: Leaves it., to: third}
      third:
        patient: The room was locked.
        markers: [cf-complaint-parameters]
        responses:
          own: {says: "I left the door locked.", rates: {recognition: 2}, why: Owns it., to: fourth}
          explain:
            {says: "The porter has the key.", rates: {recognition: -1}, why: Explains first., to: fourth}
          soothe:
            {says: "That must have felt unwelcoming.", rates: {recognition: 0}, why: Soothes., to: fourth}
          go-on: {says: "We are in now, at least.", rates: {recognition: 1}, why: Leaves it., to: fourth}
      fourth:
        patient: You called me Ann.
        markers: [cf-complaint-therapist]
        responses:
          own: {says: "I said Ann. It is Anna.", rates: {recognition: 2}, why: Owns it., to: fifth}
          explain:
            {says: "I once had a patient called Ann.", rates: {recognition: -1}, why: Explains first., to: fifth}
          soothe: {says: "Names matter to us all.", rates: {recognition: 0}, why: Soothes., to: fifth}
          go-on: {says: "And how was the week?", rates: {recognition: 1}, why: Leaves it., to: fifth}
      fifth:
        patient: You look tired of me.
        responses:
          own: {says: "I yawned at you just then.", rates: {recognition: 2}, why: Owns it., to: done}
          explain:
            {says: "I was up with my child last night.", rates: {recognition: -1}, why: Explains first., to: done}
          soothe: {says: "You have a lot to carry.", rates: {recognition: 0}, why: Soothes., to: done}
          go-on: {says: "Let us go on, then.", rates: {recognition: 1}, why: Leaves it., to: done}

Good:

    turns:
      opening:
        patient: You are late.
        markers: [cf-complaint-parameters]
        responses:
          own: {says: "I was ten minutes late.", rates: {recognition: 2}, why: Owns it., to: second}
          explain:
            {says: "There was a jam on the bridge.", rates: {recognition: -1}, why: Explains first., to: second}
          soothe:
            {says: "That must be hard to sit with.", rates: {recognition: 0}, why: Soothes., to: second}
          go-on: {says: "Shall we begin?", rates: {recognition: 1}, why: Leaves it., to: second}
      second:
        patient: You forgot the date again.
        responses:
          own:
            {says: "I forgot it, after I had promised.", rates: {recognition: 2}, why: Owns it., to: third}
          explain:
            {says: "My calendar does not ring.", rates: {recognition: -1}, why: Explains first., to: third}
          soothe: {says: "These days matter to you.", rates: {recognition: 0}, why: Soothes., to: third}
          go-on:
            {says: "What would have been the day?", rates: {recognition: 1}, why: Leaves it., to: third}
      third:
        patient: The room was locked.
        markers: [cf-complaint-parameters]
        responses:
          own: {says: "I left the door locked.", rates: {recognition: 2}, why: Owns it., to: fourth}
          explain:
            {says: "The porter has the key.", rates: {recognition: -1}, why: Explains first., to: fourth}
          soothe:
            {says: "That must have felt unwelcoming.", rates: {recognition: 0}, why: Soothes., to: fourth}
          go-on: {says: "We are in now, at least.", rates: {recognition: 1}, why: Leaves it., to: fourth}
      fourth:
        patient: You called me Ann.
        markers: [cf-complaint-therapist]
        responses:
          own: {says: "I said Ann. It is Anna.", rates: {recognition: 2}, why: Owns it., to: fifth}
          explain:
            {says: "I once had a patient called Ann.", rates: {recognition: -1}, why: Explains first., to: fifth}
          soothe: {says: "Names matter to us all.", rates: {recognition: 0}, why: Soothes., to: fifth}
          go-on: {says: "And how was the week?", rates: {recognition: 1}, why: Leaves it., to: fifth}
      fifth:
        patient: You look tired of me.
        responses:
          own: {says: "I yawned at you just then.", rates: {recognition: 2}, why: Owns it., to: done}
          explain:
            {says: "I was up with my child last night.", rates: {recognition: -1}, why: Explains first., to: done}
          soothe: {says: "You have a lot to carry.", rates: {recognition: 0}, why: Soothes., to: done}
          go-on: {says: "Let us go on, then.", rates: {recognition: 1}, why: Leaves it., to: done}
"""

from collections.abc import Iterable

from alliance_trainer.analysis.key import FOILS_LEAST, FOILS_MOST, Key
from alliance_trainer.core.findings import Finding, Severity

CODE = "AT120"
SEVERITY: Severity = "warning"


def check(key: Key) -> Iterable[Finding]:
    """At most one finding; none in a scenario that has no turn without a rupture, which another rule reports."""
    foils, asking = key.foils
    if foils and not FOILS_LEAST <= foils / asking <= FOILS_MOST:
        yield Finding(
            code=CODE,
            severity=SEVERITY,
            path=("turns",),
            part="key",
            message=f"{foils} of the {asking} turns that ask what is noticed have no rupture ({foils / asking:.0%}).",
            hint="A quarter to three fifths make noticing measurable.",
        )
