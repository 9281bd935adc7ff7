"""A response is called like a letter or a word that means something else.

In answer to a question `b`, `u`, `n`, `q`, `?`, `h` and the words help, back, undo, note, leave, quit and transcript
always do what the keys below the question say. A response with such an id can be chosen by its number alone, in
scripts too.

Bad:

    turns:
      opening:
        patient: I nearly did not come today.
        responses:
          b:   # <- b always means: look back
            says: And yet you are here.
            why: Meets both halves.
            to: done

Good:

    turns:
      opening:
        patient: I nearly did not come today.
        responses:
          both-halves:
            says: And yet you are here.
            why: Meets both halves.
            to: done
"""

from collections.abc import Iterable

from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.vocabulary.letters import RESERVED
from alliance_trainer.lint.places import responses

CODE = "AT095"
SEVERITY: Severity = "warning"


def check(scenario: Scenario) -> Iterable[Finding]:
    """One finding for each such response."""
    for path, _ in responses(scenario):
        if path[-1] in RESERVED:
            yield Finding(
                code=CODE,
                severity=SEVERITY,
                path=path,
                part="key",
                message=f"{path[-1]!r} always means something else when a question is answered.",
                hint="Give the response an id that says what it does.",
            )
