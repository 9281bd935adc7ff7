"""A response leads to a turn or ending that does not exist.

`to` names the turn or ending that follows, by its id. If no turn and no ending has that id, the play cannot
go on there. Most often the id is misspelt, or the turn was renamed and this line was not.

Bad:

    turns:
      opening:
        patient: I nearly did not come today.
        responses:
          wonder:
            says: And yet you are here.
            why: Meets both halves.
            to: doen   # <- there is no turn and no ending of this name

Good:

    turns:
      opening:
        patient: I nearly did not come today.
        responses:
          wonder:
            says: And yet you are here.
            why: Meets both halves.
            to: done
"""

from collections.abc import Iterable

from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.suggestions import hint_for, nearest
from alliance_trainer.lint.places import routes

CODE = "AT070"
SEVERITY: Severity = "error"


def check(scenario: Scenario) -> Iterable[Finding]:
    """One finding for each such route."""
    known = dict.fromkeys((*scenario.turns, *scenario.endings))
    has_shared = not scenario.turns.keys().isdisjoint(scenario.endings)
    for path, route in routes(scenario):
        # What is like no other name may be that of a turn which got the id of an ending: AT074 says it.
        if route.to not in known and not (has_shared and nearest(route.to, known) is None):
            yield Finding(
                code=CODE,
                severity=SEVERITY,
                path=(*path, "to"),
                message=f"There is no turn or ending {route.to!r}.",
                hint=hint_for(route.to, known) or "Add a turn or an ending with this id, or name another.",
            )
