"""A drill on three moments as events: right and wrong answers, an undo, a note, how sure, a pause and an end."""

from alliance_trainer.journal.drill_events import (
    FORMAT,
    Asked,
    DrillEvent,
    DrillHeader,
    ItemNote,
    Named,
    Noticed,
    Sure,
    TakenBack,
)
from alliance_trainer.journal.events import Pause

DRILL = "d2rill4aaaaaaaaaaaaaaaaaaa"


def header(**changes: object) -> DrillHeader:
    fields: dict[str, object] = {
        "v": FORMAT,
        "app": "0.1.0",
        "drill": DRILL,
        "trainee": "wren-27",
        "seed": "7",
        "feedback": "each",
        "count": 3,
        "started": "2026-11-02T09:14:00Z",
    }
    return DrillHeader(**(fields | changes))  # type: ignore[arg-type]


def script() -> list[DrillEvent]:
    """What follows the header, without the end."""
    order = ("wd-denial", "wd-minimal-response", "wd-deferential-appeasing", "cf-defends-self")
    one, two, three = "first/at-the-door", "first/the-bus", "its-fine/slip"
    return [
        Asked(item=one, source="moments", markers=("wd-denial",), content="0" * 16),
        Noticed(item=one, answer="none", ms=900),
        ItemNote(item=one, text="Look at the door — “closed?”"),
        TakenBack(item=one, what="noticed"),
        Noticed(item=one, answer="withdrawal", ms=1200),
        Named(item=one, marker="wd-minimal-response", order=order, ms=2000),  # type: ignore[arg-type]
        TakenBack(item=one, what="named"),
        Named(item=one, marker="wd-denial", order=order, ms=300),  # type: ignore[arg-type]
        Sure(item=one, percent=80),
        Asked(item=two, source="moments", foil="working-story", content="1" * 16),
        Noticed(item=two, answer="mixed", ms=700),
        Asked(item=three, source="library", markers=("wd-denial", "cf-defends-self"), content="2" * 16),
        Pause(at="2026-11-02T09:20:00Z"),
    ]
