"""Every turn has a rupture.

Who always finds a rupture has not learnt to tell one. A scenario needs at least one turn in which nothing is wrong,
so that seeing a rupture everywhere costs something. Leave `markers` of such a turn empty.

Bad:

    turns:   # <- the only turn has a marker
      opening:
        patient: It's fine. Really.
        markers: [wd-denial]
        responses:
          wonder:
            says: You say fine, and you look away.
            why: Puts the halves side by side.
            to: done

Good:

    turns:
      opening:
        patient: It's fine. Really.
        markers: [wd-denial]
        responses:
          wonder:
            says: You say fine, and you look away.
            why: Puts the halves side by side.
            to: week
      week:
        patient: I slept through twice this week.
        responses:
          ask:
            says: What was different?
            why: Works with what she brings.
            to: done
"""

from collections.abc import Iterable

from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.model import Scenario

CODE = "AT083"
SEVERITY: Severity = "warning"


def check(scenario: Scenario) -> Iterable[Finding]:
    """At most one finding."""
    if all(turn.markers for turn in scenario.turns.values()):
        yield Finding(
            code=CODE,
            severity=SEVERITY,
            path=("turns",),
            part="key",
            message="Every turn has a rupture: there is none in which nothing is wrong.",
            hint="Add a turn without `markers`, in which the work simply goes on.",
        )
