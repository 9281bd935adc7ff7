"""An attempt as data: who played what, and the steps taken; the interchange format of one attempt a line."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

NoticeAnswer = Literal["none", "withdrawal", "confrontation", "mixed"]
Mode = Literal["practice", "assess"]


LONGEST_MS = 2**53
"""No time is longer, in milliseconds: every program can hold it."""


LEAST_CONFIDENCE, MOST_CONFIDENCE = 50, 100
"""Per cent: as likely wrong as right, and certainty."""


class Step(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One step: a response at a turn, with what was noticed there; or a rewind to a turn.

    `ms` is the time from the responses' appearance to the answer, in milliseconds. `confidence`: how sure of
    what was noticed, 50 to 100 per cent.
    """

    turn: str | None = None
    notice: NoticeAnswer | None = None
    response: str | None = None
    ms: Annotated[int, Meta(ge=0, le=LONGEST_MS)] | None = None
    rewind: str | None = None
    confidence: Annotated[int, Meta(ge=LEAST_CONFIDENCE, le=MOST_CONFIDENCE)] | None = None


class Attempt(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One attempt at one scenario. Only the scenario and the steps are needed to score it.

    `scenario_sha256` is the identity of the scenario that was played (see core.identity); `scenario_graph`,
    `scenario_text` and `scenario_key` are its three parts. `shared`: practice that its trainee gives to an
    instructor. The steps are written last, so that what stands before them can be read by itself.
    """

    v: int = 1
    attempt: str
    trainee: str
    scenario: str
    cohort: str | None = None
    occasion: str | None = None
    scenario_sha256: str | None = None
    mode: Mode | None = None
    status: Literal["complete", "unfinished", "abandoned"] = "complete"
    started: str | None = None
    receipt: str | None = None
    shared: bool = False
    scenario_graph: str | None = None
    scenario_text: str | None = None
    scenario_key: str | None = None
    steps: tuple[Step, ...]

    @property
    def not_shared(self) -> bool:
        """Whether it is practice that its trainee keeps."""
        return self.mode == "practice" and not self.shared

    @property
    def withheld(self) -> bool:
        """Whether nothing may be told of how it goes: an assessment that can still be gone on with."""
        return self.mode == "assess" and self.status == "unfinished"
