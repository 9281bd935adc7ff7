"""A text looks unfinished.

Words such as TODO, TBD, FIXME, XXX, ??? or lorem ipsum are left where something was still to be written, and trainees
would read them. So would they a rationale or debrief without a single letter. A patient may well say nothing but "...".

Bad:

    turns:
      opening:
        patient: I nearly did not come today.
        responses:
          wonder:
            says: And yet you are here.
            why: "TODO: ask Kim"   # <- still to be written
            to: done

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

import re
from collections.abc import Iterable, Iterator

from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.model import Scenario
from alliance_trainer.lint.places import Path, texts

CODE = "AT086"
SEVERITY: Severity = "warning"


_LEFT_OVER = re.compile(r"\b(?:TODO|TBD|FIXME|XXX)\b|\?\?\?|(?i:lorem ipsum)")
_A_LETTER = re.compile(r"[^\W_]")


def check(scenario: Scenario) -> Iterable[Finding]:
    """One finding for each such text."""
    return unfinished(texts(scenario))


def unfinished(found: Iterable[tuple[Path, str]]) -> Iterator[Finding]:
    """One finding for each text that looks unfinished, given with its path."""
    for path, text in found:
        left_over = _LEFT_OVER.search(text)
        if left_over:
            message = f"This text looks unfinished: it contains {left_over.group()!r}."
        elif not _A_LETTER.search(text) and not _is_spoken(path):
            message = "This text looks unfinished: there is no word in it."
        else:
            continue
        hint = "Write what trainees should read here."
        yield Finding(code=CODE, severity=SEVERITY, path=path, message=message, hint=hint)


def _is_spoken(path: tuple[str, ...]) -> bool:
    """Whether the patient says it: there, a mere "..." is a silence."""
    return path[-1] == "says" and path[-2].isdigit()
