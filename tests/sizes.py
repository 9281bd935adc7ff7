"""How big the randomised tests are: ALLIANCE_TRAINER_TEST_SCALE multiplies every number (1 by default)."""

import os

SCALE = float(os.environ.get("ALLIANCE_TRAINER_TEST_SCALE", "1"))


def scaled(number: int) -> int:
    """The given number of examples at scale 1, at least 1."""
    return max(1, round(number * SCALE))
