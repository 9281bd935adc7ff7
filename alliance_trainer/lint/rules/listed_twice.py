"""A marker or a strategy is listed twice.

Once is enough; the second one changes nothing, and something else may have been meant.

Bad:

    turns:
      opening:
        patient: It's fine. Really.
        markers:
          - wd-denial
          - wd-denial   # <- the same marker again
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

Good:

    turns:
      opening:
        patient: It's fine. Really.
        markers:
          - wd-denial
          - wd-deferential-appeasing
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

from collections.abc import Iterable, Iterator, Sequence

from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.model import Scenario
from alliance_trainer.lint.places import Path, responses

CODE = "AT087"
SEVERITY: Severity = "warning"


def check(scenario: Scenario) -> Iterable[Finding]:
    """One finding for each repetition."""
    for turn_id, turn in scenario.turns.items():
        markers = [marker.id for marker in turn.markers]
        yield from repeated(("turns", turn_id, "markers"), markers, "marker")
    for path, response in responses(scenario):
        yield from repeated((*path, "uses"), response.uses, "strategy")


def repeated(path: Path, items: Sequence[str], kind: str) -> Iterator[Finding]:
    """One finding for each of the items that was there before; `kind` is what one of them is called."""
    for index, item in enumerate(items):
        if item in items[:index]:
            yield Finding(
                code=CODE,
                severity=SEVERITY,
                path=(*path, str(index)),
                message=f"The {kind} {item!r} is listed twice.",
                hint="Delete one of the two, or name another.",
            )
