"""Two moments have the same words.

Who has met a moment before knows what it is: the second one no longer asks anything. If the same words are meant to
be told apart by what is seen or by what came before, change a word or two all the same.

Bad:

    moments:
      title: First sessions
      items:
        at-the-door:
          context: Third session. You have said that the time is up.
          patient: It's fine. Really.
          markers: [wd-denial]
          why: He closes a topic that was just opened.
        on-the-phone:
          context: Fifth session, by telephone. You have come late.
          patient: "It's fine. Really."   # <- the same words again
          markers: []
          foil: named-tiredness
          why: He says how tired he is, and it is nothing else.

Good:

    moments:
      title: First sessions
      items:
        at-the-door:
          context: Third session. You have said that the time is up.
          patient: It's fine. Really.
          markers: [wd-denial]
          why: He closes a topic that was just opened.
        on-the-phone:
          context: Fifth session, by telephone. You have come late.
          patient: No harm done. I slept four hours, I am glad to sit.
          markers: []
          foil: named-tiredness
          why: He says how tired he is, and it is nothing else.
"""

from collections.abc import Iterable

from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.vignettes import MomentFile

CODE = "AT108"
SEVERITY: Severity = "warning"


def check(moments: MomentFile) -> Iterable[Finding]:
    """One finding for each repetition, at the later moment."""
    first: dict[str, str] = {}
    for name, item in moments.moments.items.items():
        said = " ".join(" ".join(beat.says.split()).casefold() for beat in item.patient if beat.says)
        if said and said in first:
            yield Finding(
                code=CODE,
                severity=SEVERITY,
                path=("moments", "items", name, "patient"),
                message=f"The patient's words here are those of the moment {first[said]!r}.",
                hint="Word one of them differently, or delete it.",
            )
        first.setdefault(said, name)
