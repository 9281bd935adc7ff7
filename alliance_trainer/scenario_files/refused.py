"""What is said of a tree that the model refuses: the problems of YAML and format, less what follows from others."""

import msgspec
from msgspec.structs import replace
from pydantic import ValidationError

from alliance_trainer.core.field_guide import SCENARIO_GUIDE, Guide
from alliance_trainer.core.findings import Finding
from alliance_trainer.core.model import Scenario
from alliance_trainer.scenario_files.misplaced import find
from alliance_trainer.scenario_files.salvage import has_clear_names, salvage
from alliance_trainer.scenario_files.schema_problems import findings_of
from alliance_trainer.scenario_files.tree import Parsed


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """What the YAML half has left to say, what the format says, and a draft to find more in, if the names are clear."""

    parsed: Parsed
    findings: tuple[Finding, ...]
    draft: Scenario | None


def refused(error: ValidationError, parsed: Parsed, guide: Guide = SCENARIO_GUIDE) -> Refused:
    """The findings on a tree; a draft only of a scenario."""
    misplaced = find(parsed, guide)
    kept = (one for one in parsed.diagnostics if not any(part.repeats(one, parsed.positions) for part in misplaced))
    is_clear = guide is SCENARIO_GUIDE and not misplaced and has_clear_names(parsed.diagnostics)
    return Refused(
        parsed=replace(parsed, diagnostics=tuple(kept)),
        findings=findings_of(error, guide, parsed.tree, misplaced),
        draft=salvage(parsed.tree) if is_clear and parsed.tree is not None else None,
    )
