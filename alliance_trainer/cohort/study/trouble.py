"""The turns of a cohort in the order in which an instructor should look at them."""

from alliance_trainer.cohort.study.figures import Estimate, Study, TurnStudy


def by_trouble(study: Study) -> tuple[TurnStudy, ...]:
    """The turns with the most flags first, then the hardest, then as they stand in their files."""
    return tuple(sorted(study.turns, key=_trouble))


def flagged(turn: TurnStudy) -> bool:
    """Whether anything about the turn or its responses should be looked at."""
    return bool(turn.flags) or any(use.flags for use in turn.responses)


def _trouble(turn: TurnStudy) -> tuple[int, float, str, int]:
    flags = 2 * len(turn.flags) + sum(len(use.flags) for use in turn.responses)
    facility = turn.together.facility if turn.together else None
    return -flags, facility.value if isinstance(facility, Estimate) else 1.0, turn.scenario, turn.order
