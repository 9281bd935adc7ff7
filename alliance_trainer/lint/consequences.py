"""What else no play comes to because of something that never happens."""

from collections.abc import Iterable

from alliance_trainer.analysis.proofs import Proofs


def never_met_either(proofs: Proofs, targets: Iterable[str]) -> str:
    """A sentence that names those of the targets that no play comes to; empty if all are met in other ways."""
    met = proofs.turns | proofs.endings
    lost = [repr(target) for target in dict.fromkeys(targets) if target not in met]
    if not lost:
        return ""
    return f" So no play comes to {' or '.join(lost)}."
