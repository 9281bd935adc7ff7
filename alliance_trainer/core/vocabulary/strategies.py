"""Resolution strategies: what a response does to repair, immediate or exploratory."""

from typing import Literal

import msgspec

RepairKind = Literal["immediate", "exploratory", "either"]
StrategyId = Literal[
    "rs-clarify-misunderstanding",
    "rs-change-task-goal",
    "rs-rationale",
    "rs-redirect-refocus",
    "rs-validate-defence",
    "rs-invite-thoughts-feelings",
    "rs-acknowledge-contribution",
    "rs-disclose-experience",
    "rs-link-pattern-dyad",
    "rs-link-pattern-others",
]


class Strategy(msgspec.Struct, frozen=True, kw_only=True):
    """A strategy: whether it repairs at once, explores, or bridges the two; and what it does."""

    kind: Literal["immediate", "bridge", "exploratory"]
    meaning: str


STRATEGIES: dict[StrategyId, Strategy] = {
    "rs-clarify-misunderstanding": Strategy(kind="immediate", meaning="says what was meant and checks what was heard"),
    "rs-change-task-goal": Strategy(kind="immediate", meaning="offers a task or goal that suits better"),
    "rs-rationale": Strategy(kind="immediate", meaning="shows the task, or explains why it is done"),
    "rs-redirect-refocus": Strategy(kind="immediate", meaning="gently brings the patient back to the work"),
    "rs-validate-defence": Strategy(kind="bridge", meaning="finds the sense in the patient's guardedness"),
    "rs-invite-thoughts-feelings": Strategy(
        kind="exploratory", meaning="asks about feelings toward the therapist or the therapy"
    ),
    "rs-acknowledge-contribution": Strategy(kind="exploratory", meaning="names the own part"),
    "rs-disclose-experience": Strategy(kind="exploratory", meaning="shares the own here-and-now experience of the two"),
    "rs-link-pattern-dyad": Strategy(kind="exploratory", meaning="links to a pattern between the two"),
    "rs-link-pattern-others": Strategy(kind="exploratory", meaning="links to the patient's other relationships"),
}
