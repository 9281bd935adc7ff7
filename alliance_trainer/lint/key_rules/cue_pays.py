"""The best responses can be found by a cue of the wording.

Somebody who follows this cue, and does not read for sense, does far better than somebody who picks at random: in more
than a quarter of the way from chance to always choosing the best, and so far that chance alone would come to it less
than once in a hundred. Trainees find such cues, and then practise the cue.

The cues: the first or last response of a turn as it stands in the file, the longest, shortest or middling one, the
one with most caring words, the one that apologises, that uses words about the process ("I wonder", "just now",
"between us"), that asks, that says "I" most; and a guesser that weighs nine such figures after having learnt from the
other turns. Let weak responses have the form too, and let some strong ones do without it.

Bad:

    turns:   # <- the best is always the one that says sorry
      opening:
        patient: You are late.
        responses:
          sorry:
            {says: "I am sorry. I was ten minutes late.", rates: {recognition: 2}, why: Owns it., to: second}
          explain:
            {says: "There was a jam on the bridge.", rates: {recognition: -1}, why: Explains first., to: second}
          go-on: {says: "Shall we begin?", rates: {recognition: 0}, why: Leaves it., to: second}
      second:
        patient: You forgot the date again.
        responses:
          sorry:
            {says: "I am sorry. I forgot it, after I had promised.", rates: {recognition: 2},
             why: Owns it., to: third}
          explain:
            {says: "My calendar does not ring.", rates: {recognition: -1}, why: Explains first., to: third}
          go-on:
            {says: "What would have been the day?", rates: {recognition: 0}, why: Leaves it., to: third}
      third:
        patient: The room was locked.
        responses:
          sorry:
            {says: "I am sorry. I left the door locked.", rates: {recognition: 2}, why: Owns it., to: fourth}
          explain:
            {says: "The porter has the key.", rates: {recognition: -1}, why: Explains first., to: fourth}
          go-on: {says: "We are in now, at least.", rates: {recognition: 0}, why: Leaves it., to: fourth}
      fourth:
        patient: You called me Ann.
        responses:
          sorry:
            {says: "I am sorry. I said Ann. It is Anna.", rates: {recognition: 2}, why: Owns it., to: fifth}
          explain:
            {says: "I once had a patient called Ann.", rates: {recognition: -1}, why: Explains first., to: fifth}
          go-on: {says: "And how was the week?", rates: {recognition: 0}, why: Leaves it., to: fifth}
      fifth:
        patient: You look tired of me.
        responses:
          sorry:
            {says: "I am sorry. I yawned at you just then.", rates: {recognition: 2}, why: Owns it., to: done}
          explain:
            {says: "I was up with my child last night.", rates: {recognition: -1}, why: Explains first., to: done}
          go-on: {says: "Let us go on, then.", rates: {recognition: 0}, why: Leaves it., to: done}

Good:

    turns:
      opening:
        patient: You are late.
        responses:
          own:
            {says: "I am sorry. I was ten minutes late.", rates: {recognition: 2}, why: Owns it., to: second}
          explain:
            {says: "There was a jam on the bridge.", rates: {recognition: -1}, why: Explains first., to: second}
          go-on: {says: "I wonder: shall we begin?", rates: {recognition: 0}, why: Leaves it., to: second}
      second:
        patient: You forgot the date again.
        responses:
          explain:
            {says: "I am sorry, my calendar does not ring.", rates: {recognition: -1},
             why: Explains first., to: third}
          go-on:
            {says: "What would have been the day?", rates: {recognition: 0}, why: Leaves it., to: third}
          own:
            {says: "I forgot it, after I had promised.", rates: {recognition: 2}, why: Owns it., to: third}
      third:
        patient: The room was locked.
        responses:
          go-on:
            {says: "I wonder: we are in now, at least.", rates: {recognition: 0}, why: Leaves it., to: fourth}
          own:
            {says: "I am sorry. I left the door locked.", rates: {recognition: 2}, why: Owns it., to: fourth}
          explain:
            {says: "The porter has the key.", rates: {recognition: -1}, why: Explains first., to: fourth}
      fourth:
        patient: You called me Ann.
        responses:
          own: {says: "I said Ann. It is Anna.", rates: {recognition: 2}, why: Owns it., to: fifth}
          explain:
            {says: "I am sorry, I once had a patient called Ann.", rates: {recognition: -1},
             why: Explains first., to: fifth}
          go-on: {says: "And how was the week?", rates: {recognition: 0}, why: Leaves it., to: fifth}
      fifth:
        patient: You look tired of me.
        responses:
          explain:
            {says: "I was up with my child last night.", rates: {recognition: -1}, why: Explains first., to: done}
          go-on: {says: "Let us go on, then.", rates: {recognition: 0}, why: Leaves it., to: done}
          own:
            {says: "I am sorry. I yawned at you just then.", rates: {recognition: 2}, why: Owns it., to: done}
"""

from collections.abc import Iterable

from alliance_trainer.analysis.cues import RIDGE
from alliance_trainer.analysis.key import CUE_ADVANTAGE, CUE_P, Key
from alliance_trainer.core.findings import Finding, Severity

CODE = "AT110"
SEVERITY: Severity = "warning"

_WORDS = {
    "first": "Always taking the first response",
    "last": "Always taking the last response",
    "longest": "Always taking the longest response",
    "shortest": "Always taking the shortest response",
    "middling": "Always taking a response of middling length",
    "caring": "Always taking the response with most caring words",
    "apologises": "Always taking the response that apologises",
    "process-words": "Always taking the response with words about the process",
    "question": "Always taking the response that asks",
    "most-i": 'Always taking the response that says "I" most',
    RIDGE: "Guessing by nine figures of the wording",
}


def check(key: Key) -> Iterable[Finding]:
    """One finding for each such cue. Source of the statistic: `analysis.cues`."""
    for gain in key.advantages:
        if gain.advantage >= CUE_ADVANTAGE and gain.p < CUE_P:
            gained = f"gains {gain.advantage:.0%} of what knowing the key gains (p = {gain.p:.4f})."
            yield Finding(
                code=CODE,
                severity=SEVERITY,
                path=("turns",),
                part="key",
                message=f"{_WORDS[gain.name]} {gained}",
                hint="Give weak responses the same form, and let some of the best do without it.",
            )
