"""The rupture episodes of a way through a table, as `core.episodes` finds them in a replay."""

from collections.abc import Sequence
from functools import lru_cache

from alliance_trainer.cohort.scoring.edges import Answer
from alliance_trainer.cohort.scoring.tables import Table
from alliance_trainer.core.episodes import Episode, Share
from alliance_trainer.core.vocabulary.outcomes import RESOLVED_FROM


def episodes_along(table: Table, way: Sequence[Answer]) -> tuple[Episode, ...]:
    """The maximal runs of answers at turns with a rupture."""
    episodes = []
    first = None
    for index, answer in enumerate(way):
        if not answer.ruptured:
            first = None
            continue
        if first is None:
            first = index
        if index + 1 == len(way) or not way[index + 1].ruptured:
            episodes.append(_episode(table, way, first, index))
    return tuple(episodes)


def _episode(table: Table, way: Sequence[Answer], first: int, last: int) -> Episode:
    made = first > 0 and way[first - 1].mistaken
    worsened, strong = False, None
    for index in range(first, last + 1):
        answer = way[index]
        worsened = worsened or answer.mistaken
        if strong is None and answer.strong:
            strong = index + 1 - first
    return _made(first, last + 1 - first, made, worsened, _resolved(table, way[last].to), strong)


@lru_cache(maxsize=4096)
def _made(first: int, turns: int, made: bool, worsened: bool, resolved: bool | None, strong: int | None) -> Episode:
    return Episode(
        first=first,
        turns=turns,
        trainee_made=made,
        worsened=worsened,
        resolved=resolved,
        turns_to_strong=strong,
    )


def _resolved(table: Table, place: int) -> bool | None:
    ending = table.automaton.ending_at(place)
    if ending is not None:
        return table.scenario.endings[ending].value >= RESOLVED_FROM
    turn = table.automaton.situations[place].turn
    return None if table.scenario.turns[turn].rupture != "none" else True


def share_of(resolved: Sequence[bool | None]) -> Share:
    """So many resolved of so many closed; open episodes (None) are left out."""
    return _share(resolved.count(True), len(resolved) - resolved.count(None))


@lru_cache(maxsize=4096)
def _share(resolved: int, closed: int) -> Share:
    return Share(resolved=resolved, closed=closed)
