"""Two responses of a turn have the same words.

A trainee who reads two equal sentences cannot choose between them, yet they may be worth different points. Capitals,
spaces and punctuation make no difference here. The same words are fine where both responses have a `when` and the
two differ, so that only one of them is on offer.

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
          copy:
            says: "And yet, you are here!"   # <- the same words as in wonder
            why: Was meant to be changed.
            to: done

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
          copy:
            says: You should come every week.
            why: Lectures.
            to: done
"""

import re
from collections.abc import Iterable

from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.model import Response, Scenario

CODE = "AT080"
SEVERITY: Severity = "error"


def check(scenario: Scenario) -> Iterable[Finding]:
    """One finding for each response that repeats an earlier one of its turn."""
    for turn_id, turn in scenario.turns.items():
        earlier: dict[str, list[tuple[str, Response]]] = {}
        for name, response in turn.responses.items():
            same = earlier.setdefault(_heard(response.says), [])
            twin = next((other for other, one in same if _both_on_offer(one, response)), None)
            same.append((name, response))
            if twin is not None:
                yield Finding(
                    code=CODE,
                    severity=SEVERITY,
                    path=("turns", turn_id, "responses", name, "says"),
                    message=f"These are the words of {twin!r}, too: nobody could choose between the two.",
                    hint="Change one of them, or delete it.",
                )


def _heard(text: str) -> str:
    """What is left of a text when it is heard, not read; of one without a letter, all of it."""
    return " ".join(re.findall(r"\w+", text.casefold())) or text


def _both_on_offer(one: Response, other: Response) -> bool:
    return one.when is None or other.when is None or one.when == other.when
