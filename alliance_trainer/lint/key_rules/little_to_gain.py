"""Knowing better hardly pays.

For this skill somebody who always takes the best response scores hardly higher than somebody who picks at random: the
two mean scores lie less than .35 apart. The responses are too alike in it, or most of them are good. Sharpen the weak
ones, or rate the skill only where it is called for.

Bad:

    turns:   # <- two of three are as good as can be
      opening:
        patient: You are late.
        responses:
          own: {says: "I was ten minutes late.", rates: {recognition: 2}, why: Owns it., to: second}
          explain:
            {says: "There was a jam on the bridge.", rates: {recognition: 2}, why: Explains first., to: second}
          go-on: {says: "Shall we begin?", rates: {recognition: 1}, why: Leaves it., to: second}
      second:
        patient: You forgot the date again.
        responses:
          own:
            {says: "I forgot it, after I had promised.", rates: {recognition: 2}, why: Owns it., to: third}
          explain:
            {says: "My calendar does not ring.", rates: {recognition: 2}, why: Explains first., to: third}
          go-on:
            {says: "What would have been the day?", rates: {recognition: 1}, why: Leaves it., to: third}
      third:
        patient: The room was locked.
        responses:
          own: {says: "I left the door locked.", rates: {recognition: 2}, why: Owns it., to: fourth}
          explain:
            {says: "The porter has the key.", rates: {recognition: 2}, why: Explains first., to: fourth}
          go-on: {says: "We are in now, at least.", rates: {recognition: 1}, why: Leaves it., to: fourth}
      fourth:
        patient: You called me Ann.
        responses:
          own: {says: "I said Ann. It is Anna.", rates: {recognition: 2}, why: Owns it., to: done}
          explain:
            {says: "I once had a patient called Ann.", rates: {recognition: 2}, why: Explains first., to: done}
          go-on: {says: "And how was the week?", rates: {recognition: 1}, why: Leaves it., to: done}

Good:

    turns:
      opening:
        patient: You are late.
        responses:
          own: {says: "I was ten minutes late.", rates: {recognition: 2}, why: Owns it., to: second}
          explain:
            {says: "There was a jam on the bridge.", rates: {recognition: -1}, why: Explains first., to: second}
          go-on: {says: "Shall we begin?", rates: {recognition: 0}, why: Leaves it., to: second}
      second:
        patient: You forgot the date again.
        responses:
          own:
            {says: "I forgot it, after I had promised.", rates: {recognition: 2}, why: Owns it., to: third}
          explain:
            {says: "My calendar does not ring.", rates: {recognition: -1}, why: Explains first., to: third}
          go-on:
            {says: "What would have been the day?", rates: {recognition: 0}, why: Leaves it., to: third}
      third:
        patient: The room was locked.
        responses:
          own: {says: "I left the door locked.", rates: {recognition: 2}, why: Owns it., to: fourth}
          explain:
            {says: "The porter has the key.", rates: {recognition: -1}, why: Explains first., to: fourth}
          go-on: {says: "We are in now, at least.", rates: {recognition: 0}, why: Leaves it., to: fourth}
      fourth:
        patient: You called me Ann.
        responses:
          own: {says: "I said Ann. It is Anna.", rates: {recognition: 2}, why: Owns it., to: done}
          explain:
            {says: "I once had a patient called Ann.", rates: {recognition: -1}, why: Explains first., to: done}
          go-on: {says: "And how was the week?", rates: {recognition: 0}, why: Leaves it., to: done}
"""

from collections.abc import Iterable

from alliance_trainer.analysis.key import LITTLE_TO_GAIN, Key
from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.vocabulary.skills import SKILLS

CODE = "AT113"
SEVERITY: Severity = "warning"


def check(key: Key) -> Iterable[Finding]:
    """One finding for each such skill."""
    for skill in SKILLS:
        expert, chance = key.mean("expert", skill), key.mean("random", skill)
        if expert is not None and chance is not None and expert - chance < LITTLE_TO_GAIN:
            yield Finding(
                code=CODE,
                severity=SEVERITY,
                path=("turns",),
                part="key",
                message=f"For {skill} the best answers score {expert:.2f} and random ones {chance:.2f}: hardly less.",
                hint="Make the weak responses weaker in it, or rate it at fewer turns.",
            )
