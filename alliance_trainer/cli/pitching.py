"""How hard to make a play, from how hard the last one was found."""

from alliance_trainer.core.pitch import Judged, pitch
from alliance_trainer.journal import disk
from alliance_trainer.journal.families import ATTEMPTS
from alliance_trainer.journal.own_words import felt_of
from alliance_trainer.journal.shelf import Shelf
from alliance_trainer.journal.store import Store

_LOOKED_AT = 20
"""So many of the latest journals are looked at: an answer from long ago says little about today."""


def hints_wanted(kept: Store) -> bool:
    """Whether help at the probe is to name two signs: the last scenario that was judged was too hard."""
    shelf = Shelf(data=kept.folder, family=ATTEMPTS)
    for attempt in _latest_first(shelf):
        felt = felt_of(shelf.read(attempt).records)
        if felt is not None:
            return pitch([Judged(difficulty=1, felt=felt)]).hints
    return False


def _latest_first(kept: Shelf) -> list[str]:
    changed = []
    for name in kept.names():
        try:
            changed.append((disk.changed_at(kept.path(name)), name))
        except OSError:  # gone a moment ago
            continue
    return [name for _, name in sorted(changed, reverse=True)[:_LOOKED_AT]]
