"""A turn has a choice, and nothing in it is scored.

A skill is scored in a turn if some response rates it and the ratings differ; a response that does not rate it counts
as 0. In this turn no skill is: the trainee chooses, and nothing follows for the scorecard. A turn with a single
response may be left unrated.

Bad:

    turns:
      opening:   # <- two responses, no ratings
        patient: I nearly did not come today.
        responses:
          wonder:
            says: And yet you are here.
            why: Meets both halves.
            to: done
          insist:
            says: You should come every week.
            why: Lectures.
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
          insist:
            says: You should come every week.
            rates: {recognition: -1}
            why: Lectures.
            to: done
"""

from collections.abc import Iterable

from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.model import Scenario, Turn
from alliance_trainer.core.vocabulary.skills import RATED

CODE = "AT082"
SEVERITY: Severity = "warning"


def check(scenario: Scenario) -> Iterable[Finding]:
    """One finding for each such turn."""
    for turn_id, turn in scenario.turns.items():
        if len(turn.responses) > 1 and not _is_scored(turn):
            yield Finding(
                code=CODE,
                severity=SEVERITY,
                path=("turns", turn_id),
                part="key",
                message=f"Nothing is scored in the turn {turn_id!r}: no skill is rated differently by its responses.",
                hint="Give its responses `rates`, for example  rates: {recognition: 2}",
            )


def _is_scored(turn: Turn) -> bool:
    return any(len({response.rates.get(skill, 0) for response in turn.responses.values()}) > 1 for skill in RATED)
