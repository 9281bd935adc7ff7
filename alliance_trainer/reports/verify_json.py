"""What `verify` found, as data for other programs. Keys are only ever added."""

from collections.abc import Sequence
from typing import Any

import msgspec

from alliance_trainer.cohort.assessment.claims import NOT_SHOWN, Verified, VerifiedPack

FORMAT = "alliance-trainer/verify"
VERSION = 1


def verify_data(attempts: Sequence[Verified], packs: Sequence[VerifiedPack], unused: Sequence[str]) -> dict[str, Any]:
    """The answer of `verify --format json`.

    Each claim has its `state` (holds, fails, not checked) and a `reason`, empty where it holds. `unused_receipts`
    are those given that are of none of the attempts.
    """
    return {
        "format": FORMAT,
        "version": VERSION,
        "attempts": [msgspec.to_builtins(one) for one in attempts],
        "packs": [msgspec.to_builtins(one) for one in packs],
        "unused_receipts": list(unused),
        "not_shown": list(NOT_SHOWN),
        "summary": {
            "attempts": len(attempts),
            "failing": sum(one.claims.failing for one in attempts),
            "packs": len(packs),
            "failing_packs": sum(one.key.state == "fails" for one in packs),
        },
    }
