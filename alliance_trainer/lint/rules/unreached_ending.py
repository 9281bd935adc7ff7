"""No way from the start leads to an ending.

Nobody can ever reach this ending: no response that can be reached names it in `to`. This rule waits until every
`to` names something that exists, because a misspelt `to` is the likelier mistake.

Bad:

    endings:
      done:
        outcome: worked-on
        debrief: The session went on.
      leaves:   # <- no response leads here
        outcome: dropout
        debrief: She did not come back.

Good:

    endings:
      done:
        outcome: worked-on
        debrief: The session went on.
"""

from collections.abc import Iterable

from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.model import Scenario
from alliance_trainer.lint.graph import is_whole, reached

CODE = "AT073"
SEVERITY: Severity = "warning"


def check(scenario: Scenario) -> Iterable[Finding]:
    """One finding for each such ending."""
    if not is_whole(scenario):
        return
    found = reached(scenario)
    for ending_id in scenario.endings:
        if ending_id not in found:
            yield Finding(
                code=CODE,
                severity=SEVERITY,
                path=("endings", ending_id),
                part="key",
                message=f"No way from the start leads to the ending {ending_id!r}.",
                hint="Let a response lead to it with `to`, or delete it.",
            )
