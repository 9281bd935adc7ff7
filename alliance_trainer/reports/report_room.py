"""How much a report tells, so that its file stays small: everything of a small cohort, the essence of a large one."""

import msgspec

from alliance_trainer.cohort.study.figures import Study


class Room(msgspec.Struct, frozen=True, kw_only=True):
    """Limits of a report.

    `moments`: told in full on a trainee's page. `quotes`: of answers that put a better ending out of reach, for each
    attempt. `steps` and `nodes`: of the ways through a scenario, and in each step. `turns`: with so many in all the
    responses are quoted at every turn, else only at those with a flag. `line`: length of a quoted line, in characters.
    """

    moments: int
    quotes: int
    steps: int
    nodes: int
    turns: int
    line: int


WIDE = Room(moments=5, quotes=3, steps=8, nodes=6, turns=40, line=180)
CLOSE = Room(moments=2, quotes=1, steps=6, nodes=3, turns=40, line=80)
_MANY_ATTEMPTS = 150


def room_for(study: Study) -> Room:
    """The limits for a cohort."""
    return WIDE if study.of_record <= _MANY_ATTEMPTS else CLOSE
