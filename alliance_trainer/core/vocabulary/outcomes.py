"""How a scenario can end, and what each ending is worth."""

from typing import Literal

Outcome = Literal["dropout", "impasse", "sealed", "partly", "resolved-immediate", "resolved", "worked-on"]

OUTCOME_VALUES: dict[Outcome, int] = {
    "dropout": 0,
    "impasse": 1,
    "sealed": 1,
    "partly": 2,
    "resolved-immediate": 3,
    "resolved": 4,
    "worked-on": 4,
}

OUTCOME_MEANINGS: dict[Outcome, str] = {
    "dropout": "the patient left",
    "impasse": "stuck: nothing was repaired",
    "sealed": "smoothed over: it looks repaired and is not",
    "partly": "partly repaired",
    "resolved-immediate": "repaired at once",
    "resolved": "repaired",
    "worked-on": "the work went on; nothing needed repair",
}

RESOLVED_FROM = 3
"""An episode that runs into an ending counts as resolved from this value on."""
