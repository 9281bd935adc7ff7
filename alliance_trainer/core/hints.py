"""A hint at the probe: two signs to look for, of which one, both or neither is there."""

import hashlib

from alliance_trainer.core.model import Turn
from alliance_trainer.core.vocabulary.markers import MARKERS, MarkerId


def hint(turn_id: str, turn: Turn, seed: str) -> tuple[MarkerId, MarkerId]:
    """A sign of withdrawal and one of confrontation: the turn's own where it has one, else any other.

    There is always one of each, so that the two never give the type of the rupture away. The same for the same seed.
    """
    own = [marker.id for marker in turn.markers]
    chosen = []
    for kind in ("withdrawal", "confrontation"):
        every = [name for name, marker in MARKERS.items() if marker.type == kind]
        true = [name for name in every if name in own]
        chosen.append(min(true or every, key=lambda name: _place(seed, turn_id, name)))
    return chosen[0], chosen[1]


def _place(seed: str, turn_id: str, marker: str) -> bytes:
    return hashlib.sha256(f"hint\x1f{seed}\x1f{turn_id}\x1f{marker}".encode()).digest()
