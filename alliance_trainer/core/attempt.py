"""An attempt as data: who played what, and the steps taken; the interchange format of one attempt a line."""

from typing import Literal

import msgspec

NoticeAnswer = Literal["none", "withdrawal", "confrontation", "mixed"]
Mode = Literal["practice", "assess"]


class Step(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One step: a response at a turn, with what was noticed there; or a rewind to a turn.

    `ms` is the time from the responses' appearance to the answer, in milliseconds.
    """

    turn: str | None = None
    notice: NoticeAnswer | None = None
    response: str | None = None
    ms: int | None = None
    rewind: str | None = None


class Attempt(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One attempt at one scenario. Only the scenario and the steps are needed to score it.

    `shared`: practice that its trainee gives to an instructor.
    """

    v: int = 1
    attempt: str
    trainee: str
    scenario: str
    steps: tuple[Step, ...]
    cohort: str | None = None
    occasion: str | None = None
    scenario_sha256: str | None = None
    mode: Mode | None = None
    status: Literal["complete", "unfinished", "abandoned"] = "complete"
    started: str | None = None
    receipt: str | None = None
    shared: bool = False
