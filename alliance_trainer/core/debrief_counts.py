"""What a debrief counts, in words: what was noticed, and which ruptures led back."""

from alliance_trainer.core.counting import counted
from alliance_trainer.core.recognition import Noticed
from alliance_trainer.core.scoring import Scorecard


def counts(card: Scorecard) -> tuple[tuple[str, str], ...]:
    """The lines of the debrief as (label, text) pairs."""
    rows = [("Noticing", noticing_words(card.noticed))]
    if card.assisted:
        rows.append(("Repair", "not counted: an answer was taken back on this way"))
    elif card.episodes:
        rows.append(("Repair", _repair_words(card)))
        if card.recovery.closed:
            resolved, closed = card.recovery.resolved, card.recovery.closed
            rows.append(("Recovery", f"{counted(closed, 'rupture')} made or made worse by a line, {resolved} led back"))
    else:
        rows.append(("Repair", "no rupture came up on this way"))
    return tuple(rows)


def by_kind(ruptures: int) -> str:
    """So many ruptures were called what they are."""
    return f"{ruptures} called by {'its' if ruptures == 1 else 'their'} kind"


def noticing_words(noticed: Noticed) -> str:
    """What was noticed, as counts in words."""
    parts = []
    if noticed.n_ruptures:
        seen = noticed.n_ruptures - sum(row[0] for row in noticed.confusion[1:])
        named = sum(noticed.confusion[at][at] for at in (1, 2, 3))
        parts.append(f"{seen} of {counted(noticed.n_ruptures, 'rupture')} seen, {by_kind(named)}")
    if noticed.n_foils:
        quiet = noticed.confusion[0][0]
        parts.append(f"{quiet} of {counted(noticed.n_foils, 'plain moment')} left plain")
    if noticed.skipped:
        parts.append(f"{noticed.skipped} not answered")
    if noticed.n_ruptures and not noticed.n_foils:
        parts.append("no plain moment came up, so it cannot be said whether ruptures are called too often")
    return "; ".join(parts) or "not asked on this way"


def _repair_words(card: Scorecard) -> str:
    """All ruptures that were answered, those of them that led back, and that which is still open, if one is."""
    parts = [f"{counted(len(card.episodes), 'rupture')} on the way"]
    if card.repair.closed:
        parts.append(f"{card.repair.resolved} led back to a plain moment")
    still_open = len(card.episodes) - card.repair.closed
    if still_open:
        parts.append("still open" if len(card.episodes) == 1 else f"{still_open} still open")
    return ", ".join(parts)
