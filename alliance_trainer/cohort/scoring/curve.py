"""The curve of the alliance along a way through a table, each point of it worked out once."""

from dataclasses import dataclass, field

from alliance_trainer.cohort.scoring.tables import Table, Walk
from alliance_trainer.core import effects
from alliance_trainer.core.scoring import AlliancePoint

_NAMES = ("bond", "task", "goal", "tension")
_MOST_STANDS = 20_000
"""So many points are remembered at the most; then it begins anew (it takes some 10 MB)."""


@dataclass(eq=False, slots=True)
class _Stand:
    """A point of the curve and, by the edge taken from it, the next."""

    point: AlliancePoint
    after: "dict[int, _Stand]" = field(default_factory=dict)


class Curve:
    """The points of the curve that some attempt came to."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._scenario = table.scenario
        self._forget()

    def _forget(self) -> None:
        self._stands: dict[AlliancePoint, _Stand] = {}
        values = self._scenario.start_values
        self._start = self._stand({name: values[name] for name in _NAMES}, 0)

    def along(self, walk: Walk) -> tuple[AlliancePoint, ...]:
        """The points from the start to where the attempt stands."""
        if len(self._stands) > _MOST_STANDS:
            self._forget()
        stand = self._start
        points = [stand.point]
        for edge in walk.way:
            stand = stand.after.get(edge) or self._next(stand, edge)
            points.append(stand.point)
        return tuple(points)

    def _next(self, stand: _Stand, edge: int) -> _Stand:
        answer = self._table.edges[edge].answer
        response = self._scenario.turns[answer.turn].responses[answer.response]
        moved = {name: by for name, by in effects.changes_of(response).items() if name in _NAMES}
        before = {name: getattr(stand.point, name) for name in _NAMES}
        after = stand.after[edge] = self._stand(effects.apply(self._scenario, before, moved), answer.to)
        return after

    def _stand(self, values: dict[str, int], place: int) -> _Stand:
        ended = place >= self._table.first_ending
        turn = None if ended else self._table.automaton.situations[place].turn
        point = AlliancePoint(turn=turn, **values, level=effects.level(values))
        return self._stands.setdefault(point, _Stand(point))
