"""A test in the file fails.

A test under `tests` gives the responses that it names, one after another, as a trainee would. Then what it expects has
to be so: each response is on offer where it is due, the ending is reached, the turns are met in this order, and the
scores lie between their bounds. This one does not come out as written. Either the scenario has changed without meaning
to, or the test is out of date. The message says what came instead.

Bad:

    turns:
      opening:
        patient: I nearly did not come today.
        responses:
          wonder:
            says: And yet you are here.
            rates: {recognition: 1}
            why: Meets both halves.
            to: done
          insist:
            says: You should come every week.
            rates: {recognition: -1}
            why: Lectures.
            to: done
    tests:
      lectures:
        choose: [insist]
        ending: done
        scores:
          recognition: {at_least: 50}   # <- insist has none of the two points for recognition

Good:

    turns:
      opening:
        patient: I nearly did not come today.
        responses:
          wonder:
            says: And yet you are here.
            rates: {recognition: 1}
            why: Meets both halves.
            to: done
          insist:
            says: You should come every week.
            rates: {recognition: -1}
            why: Lectures.
            to: done
    tests:
      lectures:
        choose: [insist]
        ending: done
        scores:
          recognition: {at_most: 10}
"""

from collections.abc import Iterable

from alliance_trainer.analysis.proofs import Proofs
from alliance_trainer.core.expectations import outcome_of
from alliance_trainer.core.findings import Finding, Severity

CODE = "AT107"
SEVERITY: Severity = "error"


def check(proofs: Proofs) -> Iterable[Finding]:
    """One finding for each thing that a test expects and that does not come."""
    for name, expectation in proofs.scenario.tests.items():
        for failure in outcome_of(proofs.scenario, expectation):
            yield Finding(
                code=CODE,
                severity=SEVERITY,
                path=("tests", name, *failure.path),
                message=f"The test {name!r} fails. {failure.message}",
                hint=failure.hint,
            )
