"""What `cohort items` says, as CSV: a row a response, with its turn's figures; what is not given is empty."""

from collections.abc import Iterable

from alliance_trainer.cohort.study.figures import Estimate, Figure, ResponseUse, TurnStudy
from alliance_trainer.reports.cells import Value, row

COLUMNS = (
    "scenario",
    "turn",
    "order",
    "rupture",
    "turn_n",
    "facility",
    "facility_n",
    "discrimination",
    "discrimination_n",
    "asked",
    "named",
    "exact",
    "best_share",
    "turn_flags",
    "response",
    "says",
    "n",
    "share",
    "rest",
    "rest_n",
    "best",
    "harm",
    "flags",
    "on_offer",
    "best_for",
    "best_where",
)
"""The columns in order; facility and discrimination over the four skills together, flags parted by semicolons.

`share` is n / on_offer; `best_for` counts for how many of these the response was a best one.
"""


def items_csv(turns: Iterable[TurnStudy]) -> str:
    """The whole table, with its header; the turns in the order given."""
    rows = (row((*_turn(turn), *_response(use))) for turn in turns for use in turn.responses)
    return "".join((row(COLUMNS), *rows))


def _turn(turn: TurnStudy) -> tuple[Value, ...]:
    together = turn.together
    return (
        turn.scenario,
        turn.turn,
        turn.order,
        turn.rupture,
        turn.n,
        *_figure(together.facility if together else None),
        *_figure(together.discrimination if together else None),
        turn.asked,
        turn.named,
        turn.exact,
        turn.best_share,
        "; ".join(turn.flags),
    )


def _response(use: ResponseUse) -> tuple[Value, ...]:
    return (
        use.response,
        use.says,
        use.n,
        use.share,
        *_figure(use.rest),
        use.best,
        use.harm,
        "; ".join(use.flags),
        use.on_offer,
        use.best_for,
        use.best_where,
    )


def _figure(figure: Figure | None) -> tuple[float | None, int | None]:
    """The value, if it is given, and from how many cases it is or would be."""
    if figure is None:
        return None, None
    return figure.value if isinstance(figure, Estimate) else None, figure.n
