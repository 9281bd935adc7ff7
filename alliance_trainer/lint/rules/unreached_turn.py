"""No way from the start leads to a turn.

Nobody can ever play this turn: no response that can be reached names it in `to`. It may be left over from an
earlier version, or the response that should lead to it leads elsewhere. This rule waits until every `to` names
something that exists, because a misspelt `to` is the likelier mistake.

Bad:

    turns:
      opening:
        patient: I nearly did not come today.
        responses:
          wonder:
            says: And yet you are here.
            why: Meets both halves.
            to: done
      second-thought:   # <- no response leads here
        patient: I am glad I came.
        responses:
          ask:
            says: What made the difference?
            why: Follows her.
            to: done

Good:

    turns:
      opening:
        patient: I nearly did not come today.
        responses:
          wonder:
            says: And yet you are here.
            why: Meets both halves.
            to: second-thought
      second-thought:
        patient: I am glad I came.
        responses:
          ask:
            says: What made the difference?
            why: Follows her.
            to: done
"""

from collections.abc import Iterable

from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.model import Scenario
from alliance_trainer.lint.graph import is_whole, reached

CODE = "AT072"
SEVERITY: Severity = "warning"


def check(scenario: Scenario) -> Iterable[Finding]:
    """One finding for each such turn."""
    if not is_whole(scenario):
        return
    found = reached(scenario)
    for turn_id in scenario.turns:
        if turn_id not in found:
            yield Finding(
                code=CODE,
                severity=SEVERITY,
                path=("turns", turn_id),
                part="key",
                message=f"No way from the start leads to the turn {turn_id!r}.",
                hint="Let a response lead to it with `to`, or delete it.",
            )
