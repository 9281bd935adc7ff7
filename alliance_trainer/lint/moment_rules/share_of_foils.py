"""Too few or too many moments of a file are foils.

Who calls everything a rupture must be wrong often enough to notice, and who calls nothing one as well. Of eight or
more moments in a file, a quarter to six in ten should be foils; a third is a good share.

Bad:

    moments:
      title: First sessions
      items:   # <- eight ruptures, and not one moment in which nothing is wrong
        one: {context: You have asked how he is., patient: It's fine., markers: [wd-denial], why: Shut.}
        two: {context: You have asked how she is., patient: Dunno., markers: [wd-minimal-response], why: Thin.}
        three: {context: You were late., patient: Again., markers: [cf-complaint-parameters], why: The frame.}
        four: {context: You asked for the sheet., patient: It is silly., markers: [cf-complaint-activities], why: Task.}
        five: {context: You have said how it seems., patient: No., markers: [cf-rejects-intervention], why: Refused.}
        six: {context: You asked why., patient: I did try., markers: [cf-defends-self], why: Felt accused.}
        seven: {context: You asked for a plan., patient: You decide., markers: [wd-deferential-appeasing], why: Yields.}
        eight: {context: You wait., patient: Say something!, markers: [cf-control-pressure], why: Presses.}

Good:

    moments:
      title: First sessions
      items:
        one: {context: You have asked how he is., patient: It's fine., markers: [wd-denial], why: Shut.}
        two: {context: You have asked how she is., patient: Dunno., markers: [wd-minimal-response], why: Thin.}
        three: {context: You were late., patient: Again., markers: [cf-complaint-parameters], why: The frame.}
        four: {context: You asked for the sheet., patient: It is silly., markers: [cf-complaint-activities], why: Task.}
        five: {context: You have said how it seems., patient: No., markers: [cf-rejects-intervention], why: Refused.}
        six: {context: You asked why., patient: "Let me think. Mine.", markers: [], foil: thinking-time, why: Thinks.}
        seven: {context: You asked., patient: "Not now, I am tired.", markers: [], foil: named-tiredness, why: Named.}
        eight: {context: You wait., patient: The bus was late., markers: [], foil: working-story, why: It is the work.}
"""

from collections.abc import Iterable

from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.vignettes import MomentFile

CODE = "AT109"
SEVERITY: Severity = "warning"

_FROM = 8
_FEWEST_IN_100 = 25
_MOST_IN_100 = 60


def check(moments: MomentFile) -> Iterable[Finding]:
    """At most one finding."""
    items = moments.moments.items
    foils = sum(not item.markers for item in items.values())
    if len(items) < _FROM or _FEWEST_IN_100 * len(items) <= 100 * foils <= _MOST_IN_100 * len(items):
        return
    few = 100 * foils < _FEWEST_IN_100 * len(items)
    yield Finding(
        code=CODE,
        severity=SEVERITY,
        path=("moments", "items"),
        part="key",
        message=f"{foils} of these {len(items)} moments are foils: too {'few' if few else 'many'}.",
        hint=f"Add moments {'without' if few else 'with'} markers; a third of foils is a good share.",
    )
